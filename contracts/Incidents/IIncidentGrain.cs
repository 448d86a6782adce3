using OnlineSafetyTrust.Contracts.Policies;

namespace OnlineSafetyTrust.Contracts.Incidents;

/// <summary>
/// One incident of one school, from report to closure. Key: <c>{tenant}/incident/{uuid}</c>; a new one's uuid is
/// <c>context.NewId(IncidentKey.Kind)</c>, so that a retry reaches the same grain.
/// </summary>
[Alias("IIncidentGrain")]
public interface IIncidentGrain : IIncidentReporting, IIncidentSteps, IIncidentPath, IIncidentClosing, IIncidentInvitations;

/// <summary>C1 and C2: report, seen, triage.</summary>
[Alias("IIncidentReporting")]
public interface IIncidentReporting : IStreamGrain
{
    /// <summary>By any member of staff who is here.</summary>
    Task<Result<IncidentReceipt>> ReportAsync(CommandContext context, ReportIncident command);

    /// <summary>The actor has opened what they were told of: every notification to them counts as seen. Harmless for anyone else.</summary>
    Task<Result<Done>> MarkSeenAsync(CommandContext context);

    /// <summary>By the policy's recipients, the DSL, deputies, the head, and whoever covers for them. Again: with a reason.</summary>
    Task<Result<IncidentView>> TriageAsync(CommandContext context, TriageIncident command);

    /// <summary>By whoever triages technical reports: one concerns a child. The DSL triages it, and who handed it over has no sight of it any more.</summary>
    Task<Result<IncidentView>> HandToDslAsync(CommandContext context);

    /// <summary>The steps that this triage would ask for, for whoever may triage; nothing is written.</summary>
    Task<Result<IReadOnlyList<StepRule>>> PlanAsync(CommandContext context, TriageIncident command);

    /// <summary>By the DSL, deputies and the head. The original stays in the journal.</summary>
    Task<Result<IncidentView>> CorrectAsync(CommandContext context, CorrectRecord command);

    /// <summary>By the DSL, deputies and the head. By reference only: nothing of one record reaches the other.</summary>
    Task<Result<IncidentView>> LinkAsync(CommandContext context, LinkIncidents command);
}

/// <summary>C3: the plan's steps. Answers hold the step alone, so that its owner learns nothing of the incident.</summary>
[Alias("IIncidentSteps")]
public interface IIncidentSteps : IStreamGrain
{
    /// <summary>By the step's owner, a holder of one of its roles, the DSL, deputies and the head.</summary>
    Task<Result<StepReply>> CompleteStepAsync(CommandContext context, CompleteStep command);

    /// <summary>By a holder of a role that the policy lets waive it.</summary>
    Task<Result<StepReply>> WaiveStepAsync(CommandContext context, WaiveStep command);

    /// <summary>A new referral, news of one, or the decision not to refer.</summary>
    Task<Result<ReferralReply>> RecordReferralAsync(CommandContext context, RecordReferral command);

    /// <summary>Agencies that it was referred to, each once; empty for an incident that does not exist.</summary>
    ValueTask<IReadOnlyList<Agency>> GetAgenciesAsync();
}

/// <summary>C4: illegal material, and nudes among under-18s.</summary>
[Alias("IIncidentPath")]
public interface IIncidentPath : IStreamGrain
{
    /// <summary>May this be done now? Refused with the reason while the path forbids it. Ask before files are taken or devices touched.</summary>
    Task<Result<Done>> MayAsync(CommandContext context, PathAction action);

    /// <summary>The DSL's review of a nude: six questions, and the decision that follows from them.</summary>
    Task<Result<IncidentView>> ReviewNudeAsync(CommandContext context, ReviewNude command);

    Task<Result<IncidentView>> RecordPoliceResponseAsync(CommandContext context, RecordPoliceResponse command);

    /// <summary>Takes effect when a second person has decided the same: one of the two is the head, the other the DSL or a deputy.</summary>
    Task<Result<IncidentView>> DecideWithoutReplyAsync(CommandContext context, DecideWithoutReply command);
}

/// <summary>C8: debrief, monitoring, closing.</summary>
[Alias("IIncidentClosing")]
public interface IIncidentClosing : IStreamGrain
{
    Task<Result<IncidentView>> DebriefAsync(CommandContext context, DebriefIncident command);

    /// <summary>By the change's owner, the DSL, deputies and the head.</summary>
    Task<Result<ChangeReply>> CompleteChangeAsync(CommandContext context, CompleteChange command);

    /// <summary>The look at the situation on the date set: ends the monitoring or sets a further date.</summary>
    Task<Result<IncidentView>> ReviewMonitoringAsync(CommandContext context, ReviewMonitoring command);

    /// <summary>Closes, or where the policy wants a second approver asks for one.</summary>
    Task<Result<IncidentView>> CloseAsync(CommandContext context, CloseIncident command);

    /// <summary>By a holder of a role that the policy names, other than whoever asked for the closure; they may take it back.</summary>
    Task<Result<IncidentView>> ApproveClosureAsync(CommandContext context, ApproveClosure command);

    Task<Result<IncidentView>> ReopenAsync(CommandContext context, ReopenIncident command);
}

/// <summary>C11: the trust's safeguarding lead in one case, for a time.</summary>
[Alias("IIncidentInvitations")]
public interface IIncidentInvitations : IStreamGrain
{
    /// <summary>By the DSL and deputies. Again: another end and reason. The head is told, and the trust's safeguarding leads.</summary>
    Task<Result<IncidentView>> InviteAsync(CommandContext context, InviteTrustLead command);

    /// <summary>By the DSL and deputies, before its end.</summary>
    Task<Result<IncidentView>> EndInvitationAsync(CommandContext context, EndInvitation command);
}

public static class IncidentKey
{
    public const string Kind = "incident";

    public static StreamId Stream(IncidentId incident) => new(Kind, incident.Value);

    public static StreamKey Of(TenantId school, IncidentId incident) => new(school, Stream(incident));
}
