using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Gateway.GraphQL.Errors;
using OnlineSafetyTrust.Gateway.GraphQL.People;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.GraphQL.Policies;

/// <summary>A place where the source document contradicts itself or is silent, for a person to decide.</summary>
[GraphQLName("PolicyQuestion")]
public sealed class QuestionOfPolicy(PolicyQuestion question, PolicyDecisionView? decided, string? version)
{
    /// <summary>Kebab-case.</summary>
    public string Id => question.Id;

    /// <summary>Path of the property it concerns, such as retention.</summary>
    public string About => question.About;

    /// <summary>What has to be decided.</summary>
    public string Question => question.Question;

    /// <summary>What the product does; after a decision too, until a pack is adopted that says otherwise.</summary>
    public string UntilDecided => question.UntilDecided;

    /// <summary>Who decides.</summary>
    public IReadOnlyList<Role> DecidedBy => question.DecidedBy;

    /// <summary>What the school has decided; null: nothing yet.</summary>
    public DecisionOnPolicy? Decision => decided is null ? null : new(decided, decided.Version != version);
}

/// <summary>What a school has decided on a question of its policy: a record, which by itself changes nothing of what is done.</summary>
[GraphQLName("PolicyDecision")]
public sealed class DecisionOnPolicy(PolicyDecisionView view, bool earlier)
{
    /// <summary>What was decided, in the school's words.</summary>
    [Personal]
    public string? Decision => view.Decision;

    /// <summary>Why.</summary>
    [Personal]
    public string? Reason => view.Reason;

    /// <summary>When it was recorded.</summary>
    public DateTimeOffset At => view.At;

    /// <summary>Version of the policy under which it was decided.</summary>
    public string PolicyVersion => view.Version;

    /// <summary>It was decided under an earlier version that put the same question, and still holds.</summary>
    public bool FromEarlierVersion => earlier;

    /// <summary>Who recorded it.</summary>
    public Task<Person?> GetByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.By.Person, ct);
}

/// <summary>What a school has decided on an open question of its policy.</summary>
/// <param name="QuestionId">Id of one of Policy.openQuestions.</param>
/// <param name="Decision">What was decided.</param>
/// <param name="Reason">Why.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record DecidePolicyQuestionInput(string QuestionId, [property: Personal] string Decision, [property: Personal] string? Reason, Guid? CommandId) : ICommandInput;

/// <summary>The answer to a decision on a question of the policy.</summary>
/// <param name="Decision">As it stands now.</param>
/// <param name="Errors">Why nothing was changed; empty when it was done.</param>
public sealed record PolicyDecisionPayload(DecisionOnPolicy? Decision, IReadOnlyList<IUserError> Errors)
{
    internal static Func<Result<PolicyDecisionView>, PolicyDecisionPayload> For(Session session) =>
        result => new(result.Ok ? new DecisionOnPolicy(PolicyDecisionReader.Show(session.Reader, result.Value), false) : null, UserErrors.Of(result.Errors));
}

[ExtendObjectType(OperationTypeNames.Mutation)]
public sealed class PolicyMutations
{
    /// <summary>
    /// Records what the school has decided on an open question of its policy; again to decide otherwise. For whoever the question names and for the headteacher.
    /// It is a record: what the product does stays as untilDecided says until a pack is adopted that says otherwise. A later version that puts the same question keeps it.
    /// </summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<PolicyDecisionPayload> DecidePolicyQuestionAsync(DecidePolicyQuestionInput input, Session session, IGrainFactory grains) =>
        session.RunAsync(
            () => grains.School(session).DecidePolicyQuestionAsync(session.Context(input), new DecidePolicyQuestion(input.QuestionId, input.Decision, input.Reason)), PolicyDecisionPayload.For(session));
}
