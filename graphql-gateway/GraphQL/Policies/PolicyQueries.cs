using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.GraphQL.Policies;

/// <summary>The policy in force: the school's pack with the statutory floor beneath it.</summary>
public sealed class Policy(CompiledPolicy compiled, SchoolFacts facts)
{
    private PolicyPack Pack => compiled.Policy;

    /// <summary>Id of the pack, such as wyre-forest.</summary>
    [GraphQLName("pack")]
    public string PackId => Pack.Id;

    /// <summary>Its title.</summary>
    public string Title => Pack.Title;

    /// <summary>The pack's own version, with +n for the n-th time that this school adopted one or got a newer floor.</summary>
    public string? Version => facts.PolicyVersion;

    /// <summary>Nation whose law applies.</summary>
    public Nation Nation => Pack.Nation;

    /// <summary>Id of the statutory floor.</summary>
    public string Floor => compiled.Floor;

    /// <summary>When and by whom it is reviewed.</summary>
    public PolicyReview Review => Pack.Review;

    /// <summary>Who is told of a report.</summary>
    public IReadOnlyList<Role> ReportsGoTo => Pack.ReportsGoTo;

    /// <summary>Who is told of technical incidents.</summary>
    public IReadOnlyList<Role> TechnicalReportsGoTo => Pack.TechnicalReportsGoTo;

    /// <summary>Who is told of serious incidents.</summary>
    public SeriousIncidentRule? SeriousIncidents => Pack.SeriousIncidents;

    /// <summary>Who gets the weekly update on checks.</summary>
    public IReadOnlyList<Role> WeeklyUpdateTo => Pack.WeeklyUpdateTo;

    /// <summary>Natures of incident, as this policy names them.</summary>
    public IReadOnlyList<Nature> Natures => Pack.Natures;

    /// <summary>The response matrix: nature and awareness give the steps.</summary>
    public IReadOnlyList<ResponseRow> Matrix => Pack.Responses;

    /// <summary>Steps of the guarded paths.</summary>
    public IReadOnlyList<PathRule> Paths => Pack.Paths;

    /// <summary>What is acceptable, when, for whom: the ids are uses that technologyAccess answers.</summary>
    public IReadOnlyList<UserAction> UserActions => Pack.UserActions;

    /// <summary>What may follow for whom.</summary>
    public IReadOnlyList<SanctionsMatrix> Sanctions => Pack.Sanctions;

    /// <summary>Who may lift a ban of technology before its end.</summary>
    public IReadOnlyList<Role> BansLiftableBy => BanRules.LiftersUnder(Pack);

    /// <summary>Where the floor won over the pack.</summary>
    public IReadOnlyList<PolicyOverride> Overrides => compiled.Overrides;

    /// <summary>Contradictions and gaps of the source, for a person to decide, with what the school has decided. A decision changes nothing of what is done.</summary>
    public async Task<IReadOnlyList<QuestionOfPolicy>> GetOpenQuestionsAsync(Session session, PolicyDecisionReader decisions, CancellationToken ct)
    {
        var decided = Pack.Questions.Count == 0 ? [] : await decisions.ListAsync(session.Reader, ct);
        return [.. Pack.Questions.Select(q => new QuestionOfPolicy(q, decided.FirstOrDefault(d => d.Answers(q)), Version))];
    }
}

[ExtendObjectType(OperationTypeNames.Query)]
public sealed class PolicyQueries
{
    /// <summary>The school's policy in force; null before one is adopted, and for a trust.</summary>
    [Authorize]
    public async Task<Policy?> GetPolicyAsync(Session session, ISchoolDays days, CancellationToken ct) =>
        await days.FindAsync(session.Asks().Tenant, ct) is { Facts: { Policy: { } policy } facts } ? new Policy(policy, facts) : null;
}
