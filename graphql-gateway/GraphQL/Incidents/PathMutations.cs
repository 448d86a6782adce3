using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Gateway.Sessions;

namespace OnlineSafetyTrust.Gateway.GraphQL.Incidents;

/// <summary>What the police answered.</summary>
/// <param name="Advice">What the police, or the professionals they point to, advise.</param>
/// <param name="ParentsMayBeTold">Left out: they have not said, and what they said last stands.</param>
/// <param name="DevicesReleased">The school may deal with the devices again. Left out: released if not confirmed, otherwise not; with the same outcome again as it was.</param>
/// <param name="IncidentId">The incident.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record RecordPoliceResponseInput(
    [property: ID(nameof(Incident))] string IncidentId, PoliceOutcome Outcome, [property: Personal] string? Advice, bool? ParentsMayBeTold, bool? DevicesReleased, Guid? CommandId) : ICommandInput;

/// <summary>The DSL's review; nobody looks at the image.</summary>
/// <param name="SexualActUnder13">Sexual acts, and a pupil in it is under 13.</param>
/// <param name="ReferAnyway">None applies, but the DSL refers all the same.</param>
/// <param name="IncidentId">The incident.</param>
/// <param name="AdultInvolved">An adult is or may be involved.</param>
/// <param name="Coercion">There was coercion, blackmail or grooming.</param>
/// <param name="DoubtfulCapacity">Capacity to consent is doubtful, for instance with special needs.</param>
/// <param name="Violence">There was violence.</param>
/// <param name="ImmediateRisk">There is immediate risk.</param>
/// <param name="Reason">Why.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record ReviewNudeInput(
    [property: ID(nameof(Incident))] string IncidentId, bool AdultInvolved, bool Coercion, bool DoubtfulCapacity, bool Violence, bool SexualActUnder13, bool ImmediateRisk,
    [property: Personal] string? Reason, Guid? CommandId, bool ReferAnyway = false) : ICommandInput
{
    internal ReviewNude ToCommand() => new(AdultInvolved, Coercion, DoubtfulCapacity, Violence, SexualActUnder13, ImmediateRisk, ReferAnyway, Reason);
}

/// <summary>What DSL and head decide when the police do not reply.</summary>
/// <param name="AdvisedBy">Which agency was asked.</param>
/// <param name="ReleaseDevices">The agency agreed that the devices may be dealt with again.</param>
/// <param name="ChaseOn">Keep waiting: until when.</param>
/// <param name="IncidentId">The incident.</param>
/// <param name="Decision">What was decided.</param>
/// <param name="Advice">What the agency advised.</param>
/// <param name="Reason">Why.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record DecideWithoutReplyInput(
    [property: ID(nameof(Incident))] string IncidentId, WithoutReply Decision, Agency AdvisedBy, [property: Personal] string Advice, [property: Personal] string Reason, DateOnly? ChaseOn,
    Guid? CommandId, bool ReleaseDevices = false) : ICommandInput
{
    internal DecideWithoutReply ToCommand() => new(Decision, AdvisedBy, Advice, Reason, ReleaseDevices, ChaseOn);
}

[ExtendObjectType(OperationTypeNames.Mutation)]
public sealed class PathMutations
{
    /// <summary>What the police said: where the guarded path goes on.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<IncidentPayload> RecordPoliceResponseAsync(RecordPoliceResponseInput input, Session session, IncidentCommands incidents) =>
        incidents.RunAsync(
            input, input.IncidentId,
            i => i.RecordPoliceResponseAsync(session.Context(input), new RecordPoliceResponse(input.Outcome, input.Advice, input.ParentsMayBeTold, input.DevicesReleased)));

    /// <summary>The DSL's six questions about a nude of an under-18; nobody looks at it.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<IncidentPayload> ReviewNudeAsync(ReviewNudeInput input, Session session, IncidentCommands incidents) =>
        incidents.RunAsync(input, input.IncidentId, i => i.ReviewNudeAsync(session.Context(input), input.ToCommand()));

    /// <summary>Head and DSL decide together when the police do not reply.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<IncidentPayload> DecideWithoutReplyAsync(DecideWithoutReplyInput input, Session session, IncidentCommands incidents) =>
        incidents.RunAsync(input, input.IncidentId, i => i.DecideWithoutReplyAsync(session.Context(input), input.ToCommand()));
}
