using OnlineSafetyTrust.Contracts.Access;
using OnlineSafetyTrust.Gateway.GraphQL.Incidents;
using OnlineSafetyTrust.Gateway.GraphQL.People;
using OnlineSafetyTrust.Gateway.GraphQL.Pupils;

namespace OnlineSafetyTrust.Gateway.GraphQL.Access;

/// <summary>A ban of technology; it lifts itself. Why, and from which incident, is for DSL, deputy and head and null for others.</summary>
public sealed class Ban(BanView view)
{
    [ID]
    public string Id => view.Id.ToString();

    public BanScope Scope => view.Scope;

    /// <summary>For scope SERVICE.</summary>
    public string? Service => view.Service;

    public DateTimeOffset From => view.From;

    /// <summary>First moment that is free again.</summary>
    public DateTimeOffset Until => view.Until;

    public BanEnforcement EnforcedBy => view.EnforcedBy;

    public DateTimeOffset SetAt => view.SetAt;

    public BanEnd? End => view.End;

    /// <summary>When it really ended; null: it has not.</summary>
    public DateTimeOffset? EndedAt => view.EndedAt;

    [Personal]
    public string? Reason => view.Reason;

    [Personal]
    public string? LiftReason => view.LiftReason;

    public EssentialDecision? EssentialOverride => view.EssentialOverride is { } decision ? new EssentialDecision(decision) : null;

    public Task<Pupil?> GetPupilAsync(PupilById pupils, CancellationToken ct) => pupils.PupilAsync(view.Pupil, ct);

    public Task<Person?> GetSetByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.SetBy.Person, ct);

    public Task<Person?> GetEndedByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.EndedBy?.Person, ct);

    public async Task<Incident?> GetIncidentAsync(IncidentById incidents, CancellationToken ct) =>
        view.Incident is { } id && await incidents.LoadAsync(id, ct) is { } found ? new Incident(found) : null;
}

/// <summary>The head's decision that an essential device is covered too.</summary>
public sealed class EssentialDecision(EssentialDecisionView view)
{
    /// <summary>What the pupil has instead.</summary>
    [Personal]
    public string? Replacement => view.Replacement;

    public Task<Person?> GetDecidedByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.DecidedBy, ct);
}
