using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Gateway.GraphQL.People;
using OnlineSafetyTrust.Gateway.Sessions;

namespace OnlineSafetyTrust.Gateway.GraphQL.Incidents;

/// <summary>A change agreed in a debrief.</summary>
/// <param name="What">What its owner reads. Nothing of the incident, no names.</param>
/// <param name="Owner">Who is to do it.</param>
/// <param name="DueOn">Day by which it is to be done.</param>
public sealed record ChangeAgreedInput([property: Personal] string What, [property: ID(nameof(Person))] string Owner, DateOnly DueOn);

/// <summary>What a debrief found.</summary>
/// <param name="Present">Who took part.</param>
/// <param name="MonitorUntil">The situation is watched until then.</param>
/// <param name="PolicyReason">Where the policy fell short: the head has it as a change, or who stands in. Nothing of the incident.</param>
/// <param name="IncidentId">The incident.</param>
/// <param name="Findings">What was found.</param>
/// <param name="Changes">Changes agreed, each with an owner.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
/// <param name="PolicyFellShort">The policy did not cover what happened: a review is raised.</param>
public sealed record DebriefIncidentInput(
    [property: ID(nameof(Incident))] string IncidentId, [property: Personal] string Findings, [property: ID(nameof(Person))] IReadOnlyList<string>? Present, IReadOnlyList<ChangeAgreedInput>? Changes,
    DateOnly? MonitorUntil, [property: Personal] string? PolicyReason, Guid? CommandId, bool PolicyFellShort = false) : ICommandInput
{
    internal DebriefIncident ToCommand() => new(
        Findings, Ids.All<PersonId>(Present), [.. (Changes ?? []).Select(c => new ChangeAgreed(c.What, Ids.Of<PersonId>(c.Owner), c.DueOn))], MonitorUntil, PolicyFellShort, PolicyReason);
}

/// <summary>An agreed change that is done.</summary>
/// <param name="Change">Its number.</param>
/// <param name="IncidentId">The incident.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record CompleteChangeInput([property: ID(nameof(Incident))] string IncidentId, int Change, [property: Personal] string? Outcome, Guid? CommandId) : ICommandInput;

/// <summary>How the situation is, on the day it was to be looked at.</summary>
/// <param name="ExtendTo">Watch on until then; left out: the monitoring ends.</param>
/// <param name="IncidentId">The incident.</param>
/// <param name="Findings">What was found.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record ReviewMonitoringInput([property: ID(nameof(Incident))] string IncidentId, [property: Personal] string Findings, DateOnly? ExtendTo, Guid? CommandId) : ICommandInput;

/// <summary>An incident to be closed.</summary>
/// <param name="Summary">How it ended.</param>
/// <param name="IncidentId">The incident.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record CloseIncidentInput([property: ID(nameof(Incident))] string IncidentId, [property: Personal] string Summary, Guid? CommandId) : ICommandInput;

/// <summary>The second person's word on closing.</summary>
/// <param name="Approve">False sends it back, with a reason; whoever asked takes it back so.</param>
/// <param name="IncidentId">The incident.</param>
/// <param name="Reason">Why.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record ApproveClosureInput([property: ID(nameof(Incident))] string IncidentId, bool Approve, [property: Personal] string? Reason, Guid? CommandId) : ICommandInput;

/// <summary>An incident to be reopened.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="Reason">Why.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record ReopenIncidentInput([property: ID(nameof(Incident))] string IncidentId, [property: Personal] string Reason, Guid? CommandId) : ICommandInput;

[ExtendObjectType(OperationTypeNames.Mutation)]
public sealed class ClosingMutations
{
    /// <summary>What was learnt, which changes follow, until when the situation is watched.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<IncidentPayload> DebriefIncidentAsync(DebriefIncidentInput input, Session session, IncidentCommands incidents) =>
        incidents.RunAsync(input, input.IncidentId, i => i.DebriefAsync(session.Context(input), input.ToCommand()));

    /// <summary>A change that was agreed in a debrief is made.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<CompleteChangePayload> CompleteChangeAsync(CompleteChangeInput input, Session session, IGrainFactory grains) =>
        session.RunAsync(
            () => grains.Incident(session, input.IncidentId).CompleteChangeAsync(session.Context(input), new CompleteChange(input.Change, input.Outcome)), CompleteChangePayload.For(session));

    /// <summary>The look at the situation on the date set: ends the monitoring or goes on.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<IncidentPayload> ReviewMonitoringAsync(ReviewMonitoringInput input, Session session, IncidentCommands incidents) =>
        incidents.RunAsync(input, input.IncidentId, i => i.ReviewMonitoringAsync(session.Context(input), new ReviewMonitoring(input.Findings, input.ExtendTo)));

    /// <summary>Closes, or asks for a second person's approval where the policy wants one.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<IncidentPayload> CloseIncidentAsync(CloseIncidentInput input, Session session, IncidentCommands incidents) =>
        incidents.RunAsync(input, input.IncidentId, i => i.CloseAsync(session.Context(input), new CloseIncident(input.Summary)));

    /// <summary>A second person approves the closure or sends it back; whoever asked takes it back.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<IncidentPayload> ApproveClosureAsync(ApproveClosureInput input, Session session, IncidentCommands incidents) =>
        incidents.RunAsync(input, input.IncidentId, i => i.ApproveClosureAsync(session.Context(input), new ApproveClosure(input.Approve, input.Reason)));

    /// <summary>Opens a closed incident again, with a reason.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<IncidentPayload> ReopenIncidentAsync(ReopenIncidentInput input, Session session, IncidentCommands incidents) =>
        incidents.RunAsync(input, input.IncidentId, i => i.ReopenAsync(session.Context(input), new ReopenIncident(input.Reason)));
}
