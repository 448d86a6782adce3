using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Gateway.GraphQL.Pupils;

namespace OnlineSafetyTrust.Gateway.GraphQL.Checks;

/// <summary>Who teaches a pupil elsewhere.</summary>
/// <param name="Name">The provider of a pupil who is taught elsewhere.</param>
/// <param name="Contact">The person to ask there, and how.</param>
public sealed record OffSiteProviderInput([property: Personal] string Name, [property: Personal] string Contact)
{
    internal OffSiteProvider ToProvider() => new(Name, Contact);
}

/// <summary>Daily checks to be made.</summary>
/// <param name="From">First day: a school day, today or later; when left out today, or the next school day.</param>
/// <param name="By">Local time by which each day's check is recorded.</param>
/// <param name="LookForNote">In the DSL's words; nothing of the incident.</param>
/// <param name="DevicesRemoved">Each check then confirms that the pupil holds none; by itself while all devices are to be away until a strategy is agreed.</param>
/// <param name="IncidentId">Its plan's daily-check step is then done.</param>
/// <param name="WithStrategy">The checks end with the pupil's technology access strategy.</param>
/// <param name="ReviewOn">When the DSL decides whether to go on.</param>
/// <param name="PupilId">The pupil.</param>
/// <param name="LookFor">What the checker looks for.</param>
/// <param name="Checker">Who checks.</param>
/// <param name="Provider">Who teaches the pupil elsewhere.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record ScheduleChecksInput(
    [property: ID(nameof(Pupil))] string PupilId, DateOnly? From, TimeOnly By, IReadOnlyList<CheckItem> LookFor, [property: Personal] string? LookForNote, CheckerKind Checker, OffSiteProviderInput? Provider,
    [property: ID(nameof(Incidents.Incident))] string? IncidentId, DateOnly? ReviewOn, Guid? CommandId, bool DevicesRemoved = false, bool WithStrategy = false) : ICommandInput
{
    internal ScheduleChecks ToCommand() => new(
        Ids.Of<PupilId>(PupilId), From, By, LookFor, LookForNote, Checker, Provider?.ToProvider(), DevicesRemoved, Ids.Maybe<IncidentId>(IncidentId), WithStrategy, ReviewOn);
}

/// <summary>How checks go on differently.</summary>
/// <param name="PupilId">The pupil.</param>
/// <param name="By">Time of day by which they are recorded.</param>
/// <param name="LookFor">What the checker looks for.</param>
/// <param name="LookForNote">What else to look for, in words that say nothing of the incident.</param>
/// <param name="Checker">Who checks.</param>
/// <param name="Provider">Who teaches the pupil elsewhere.</param>
/// <param name="ReviewOn">Day of the review.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
/// <param name="DevicesRemoved">Each check then confirms that the pupil holds none; by itself while all devices are to be away until a strategy is agreed.</param>
/// <param name="WithStrategy">They end with the strategy.</param>
public sealed record ChangeChecksInput(
    [property: ID(nameof(Pupil))] string PupilId, TimeOnly By, IReadOnlyList<CheckItem> LookFor, [property: Personal] string? LookForNote, CheckerKind Checker, OffSiteProviderInput? Provider, DateOnly? ReviewOn,
    Guid? CommandId, bool DevicesRemoved = false, bool WithStrategy = false) : ICommandInput
{
    internal ChangeChecks ToCommand() => new(By, LookFor, LookForNote, Checker, Provider?.ToProvider(), DevicesRemoved, WithStrategy, ReviewOn);
}

/// <summary>Checks that go on after a review.</summary>
/// <param name="PupilId">The pupil.</param>
/// <param name="NextReviewOn">Day of the next review.</param>
/// <param name="Reason">Why.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record ContinueChecksInput([property: ID(nameof(Pupil))] string PupilId, DateOnly NextReviewOn, [property: Personal] string Reason, Guid? CommandId) : ICommandInput;

/// <summary>Checks that end.</summary>
/// <param name="PupilId">The pupil.</param>
/// <param name="Reason">Why.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record EndChecksInput([property: ID(nameof(Pupil))] string PupilId, [property: Personal] string Reason, Guid? CommandId) : ICommandInput;

/// <summary>One pupil's check.</summary>
/// <param name="Note">Required with a concern.</param>
/// <param name="NoneHeld">While devices are removed, a clear check says so.</param>
/// <param name="ExpectedVersion">The check's version that was read (0: not recorded yet); refused where somebody recorded something else since (CHECK_CHANGED). Whatever stands there when left out.</param>
/// <param name="PupilId">The pupil.</param>
/// <param name="Result">What came of it.</param>
public sealed record DeviceCheckInput([property: ID(nameof(Pupil))] string PupilId, CheckResult Result, [property: Personal] string? Note, bool NoneHeld = false, int? ExpectedVersion = null);

/// <summary>Checks, a whole class at once.</summary>
/// <param name="Date">Today when left out.</param>
/// <param name="Checks">Each pupil once; lines succeed or fail alone.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record RecordDeviceChecksInput(DateOnly? Date, IReadOnlyList<DeviceCheckInput> Checks, Guid? CommandId) : ICommandInput;

/// <summary>What became of a concern found by a check.</summary>
/// <param name="IncidentId">The incident that was opened from it; left out: none was needed.</param>
/// <param name="Reason">Why none was needed.</param>
/// <param name="PupilId">The pupil.</param>
/// <param name="Date">The day.</param>
/// <param name="ExpectedVersion">The check's version that was read; refused where somebody recorded something else since (CHECK_CHANGED). Whatever stands there when left out.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record AnswerConcernInput(
    [property: ID(nameof(Pupil))] string PupilId, DateOnly Date, [property: ID(nameof(Incidents.Incident))] string? IncidentId, [property: Personal] string? Reason,
    int? ExpectedVersion, Guid? CommandId) : ICommandInput;

/// <summary>A missed check that the head has seen.</summary>
/// <param name="PupilId">The pupil.</param>
/// <param name="Date">The day.</param>
/// <param name="Reason">What follows.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record AcknowledgeMissedCheckInput([property: ID(nameof(Pupil))] string PupilId, DateOnly Date, [property: Personal] string Reason, Guid? CommandId) : ICommandInput;

/// <summary>A weekly update to be sent.</summary>
/// <param name="Week">Any day of the week; this week when left out.</param>
/// <param name="Comment">What was done about devices. Nothing of the incidents.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record SubmitWeeklyUpdateInput(DateOnly? Week, [property: Personal] string Comment, Guid? CommandId) : ICommandInput;
