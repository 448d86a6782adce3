using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Gateway.GraphQL.Pupils;

namespace OnlineSafetyTrust.Gateway.GraphQL.Checks;

/// <param name="Name">The provider of a pupil who is taught elsewhere.</param>
/// <param name="Contact">The person to ask there, and how.</param>
public sealed record OffSiteProviderInput(string Name, string Contact)
{
    internal OffSiteProvider ToProvider() => new(Name, Contact);
}

/// <param name="From">First day: a school day, today or later; today when left out.</param>
/// <param name="By">Local time by which each day's check is recorded.</param>
/// <param name="LookForNote">In the DSL's words; nothing of the incident.</param>
/// <param name="DevicesRemoved">Each check then confirms that the pupil holds none.</param>
/// <param name="Incident">Its plan's daily-check step is then done.</param>
/// <param name="WithStrategy">The checks end with the pupil's technology access strategy.</param>
/// <param name="ReviewOn">When the DSL decides whether to go on.</param>
public sealed record ScheduleChecksInput(
    [property: ID(nameof(Pupil))] string PupilId, DateOnly? From, TimeOnly By, IReadOnlyList<CheckItem> LookFor, string? LookForNote, CheckerKind Checker, OffSiteProviderInput? Provider,
    [property: ID(nameof(Incidents.Incident))] string? Incident, DateOnly? ReviewOn, Guid? CommandId, bool DevicesRemoved = false, bool WithStrategy = false) : ICommandInput
{
    internal ScheduleChecks ToCommand(DateOnly today) => new(
        Ids.Of<PupilId>(PupilId), From ?? today, By, LookFor, LookForNote, Checker, Provider?.ToProvider(), DevicesRemoved, Ids.Maybe<IncidentId>(Incident), WithStrategy, ReviewOn);
}

public sealed record ChangeChecksInput(
    [property: ID(nameof(Pupil))] string PupilId, TimeOnly By, IReadOnlyList<CheckItem> LookFor, string? LookForNote, CheckerKind Checker, OffSiteProviderInput? Provider, DateOnly? ReviewOn,
    Guid? CommandId, bool DevicesRemoved = false, bool WithStrategy = false) : ICommandInput
{
    internal ChangeChecks ToCommand() => new(By, LookFor, LookForNote, Checker, Provider?.ToProvider(), DevicesRemoved, WithStrategy, ReviewOn);
}

public sealed record ContinueChecksInput([property: ID(nameof(Pupil))] string PupilId, DateOnly NextReviewOn, string Reason, Guid? CommandId) : ICommandInput;

public sealed record EndChecksInput([property: ID(nameof(Pupil))] string PupilId, string Reason, Guid? CommandId) : ICommandInput;

/// <param name="Note">Required with a concern.</param>
/// <param name="NoneHeld">While devices are removed, a clear check says so.</param>
public sealed record DeviceCheckInput([property: ID(nameof(Pupil))] string PupilId, CheckResult Result, string? Note, bool NoneHeld = false);

/// <param name="Date">Today when left out.</param>
/// <param name="Checks">Each pupil once; lines succeed or fail alone.</param>
public sealed record RecordDeviceChecksInput(DateOnly? Date, IReadOnlyList<DeviceCheckInput> Checks, Guid? CommandId) : ICommandInput;

/// <param name="Incident">The incident that was opened from it; left out: none was needed.</param>
/// <param name="Reason">Why none was needed.</param>
public sealed record AnswerConcernInput([property: ID(nameof(Pupil))] string PupilId, DateOnly Date, [property: ID(nameof(Incidents.Incident))] string? Incident, string? Reason, Guid? CommandId) : ICommandInput;

/// <param name="Week">Any day of the week; this week when left out.</param>
/// <param name="Comment">What was done about devices. Nothing of the incidents.</param>
public sealed record SubmitWeeklyUpdateInput(DateOnly? Week, string Comment, Guid? CommandId) : ICommandInput;
