namespace OnlineSafetyTrust.Contracts.Checks;

/// <summary>The provider of a pupil who is taught elsewhere.</summary>
/// <param name="Name">The provider.</param>
/// <param name="Contact">The person to ask, and how.</param>
[GenerateSerializer, Immutable, Alias("OffSiteProvider")]
public sealed record OffSiteProvider(string Name, string Contact);

/// <summary>
/// A check on each school day (E1). By DSL, deputy, headteacher or senior leader. One schedule per pupil at a time.
/// </summary>
/// <param name="Pupil">Whom it is about; must be the grain's own.</param>
/// <param name="From">First day: a school day, today or later; when null today, or the next school day. Begun after today's time, the first check is on the next school day.</param>
/// <param name="By">Local time by which each day's check is recorded, 07:00 to 20:00.</param>
/// <param name="LookFor">At least one. The checker sees these and the note, never the incident.</param>
/// <param name="LookForNote">In the DSL's words; nothing of the incident.</param>
/// <param name="Provider">With <see cref="CheckerKind.OffSiteProvider"/> only.</param>
/// <param name="DevicesRemoved">Each check then confirms that the pupil holds none. So it does by itself while all devices are to be away until a strategy is agreed.</param>
/// <param name="Incident">Its plan's daily-check step is fulfilled by this schedule.</param>
/// <param name="WithStrategy">The checks end with the pupil's technology access strategy (E5): there must be one, agreed or in draft. If the draft is given up, the DSL reviews the checks.</param>
/// <param name="ReviewOn">When the DSL decides whether to go on. Required without a strategy; later than <paramref name="From"/>.</param>
[GenerateSerializer, Immutable, Alias("ScheduleChecks")]
public sealed record ScheduleChecks(
    PupilId Pupil, DateOnly? From, TimeOnly By, IReadOnlyList<CheckItem> LookFor, string? LookForNote, CheckerKind Checker,
    OffSiteProvider? Provider = null, bool DevicesRemoved = false, IncidentId? Incident = null, bool WithStrategy = false, DateOnly? ReviewOn = null);

/// <summary>Changes how the checks are made from now on; what was recorded stays. Same people as <see cref="ScheduleChecks"/>.</summary>
/// <param name="By">Applies today only if that time is not over.</param>
[GenerateSerializer, Immutable, Alias("ChangeChecks")]
public sealed record ChangeChecks(
    TimeOnly By, IReadOnlyList<CheckItem> LookFor, string? LookForNote, CheckerKind Checker, OffSiteProvider? Provider,
    bool DevicesRemoved, bool WithStrategy, DateOnly? ReviewOn);

/// <summary>The checks go on after a review, until the next one. By DSL or deputy, or whoever the duty falls to where the school has neither.</summary>
[GenerateSerializer, Immutable, Alias("ContinueChecks")]
public sealed record ContinueChecks(DateOnly NextReviewOn, string Reason);

/// <summary>The checks end at a review held today (E5). By the same as <see cref="ContinueChecks"/>; not while they belong to a strategy.</summary>
[GenerateSerializer, Immutable, Alias("EndChecks")]
public sealed record EndChecks(string Reason);

/// <summary>
/// One pupil's check of one day (E2). By the day's checker, the pupil's class teacher or key worker, whoever covers for them, DSL or deputy.
/// The same again changes nothing; another result of the same day is a correction with the original kept.
/// </summary>
/// <param name="Date">Null: today in Europe/London, when the command is given the first time.</param>
/// <param name="Note">Required with a concern.</param>
/// <param name="NoneHeld">While devices are removed, a clear check says so.</param>
/// <param name="ExpectedVersion">How often it had been recorded when the caller looked (0: not yet); refused where somebody recorded something else since. Null: whatever stands there.</param>
[GenerateSerializer, Immutable, Alias("RecordCheck")]
public sealed record RecordCheck(DateOnly? Date, CheckResult Result, string? Note = null, bool NoneHeld = false, int? ExpectedVersion = null);

/// <summary>
/// A whole class in one go (E2). The gateway sends each line as a <see cref="RecordCheck"/> to the pupil's own grain, all at once, each with
/// its own command id: <c>context with { CommandId = context.NewId("check/" + pupil) }</c> (null stays null). Lines succeed or fail alone.
/// </summary>
[GenerateSerializer, Immutable, Alias("RecordDeviceChecks")]
public sealed record RecordDeviceChecks(DateOnly Date, IReadOnlyList<DeviceCheckLine> Checks);

[GenerateSerializer, Immutable, Alias("DeviceCheckLine")]
public sealed record DeviceCheckLine(PupilId Pupil, CheckResult Result, string? Note = null, bool NoneHeld = false);

/// <summary>
/// What became of a concern found by a check. By DSL or deputy, or whoever the duty falls to where the school has neither; by the head too,
/// once it has come to them unanswered. Ends their tasks.
/// </summary>
/// <param name="Incident">The incident that was opened from it; null: none was needed, and <paramref name="Reason"/> says why.</param>
/// <param name="ExpectedVersion">The check's version that was read; refused where somebody recorded something else since. Null: whatever stands there.</param>
[GenerateSerializer, Immutable, Alias("AnswerConcern")]
public sealed record AnswerConcern(DateOnly Date, IncidentId? Incident, string? Reason, int? ExpectedVersion = null);

/// <summary>
/// A check that was missed stays missed; the head has seen it and says what follows. By the head, or whoever the duty falls to where the
/// school has none. Recording it late stays possible.
/// </summary>
[GenerateSerializer, Immutable, Alias("AcknowledgeMissedCheck")]
public sealed record AcknowledgeMissedCheck(DateOnly Date, string Reason);

/// <param name="Status">Null: there never was a schedule.</param>
/// <param name="Incident">For those who may see incidents; never shown to checkers.</param>
/// <param name="NextReviewOn">Null with a strategy that has no review of its own.</param>
[GenerateSerializer, Immutable, Alias("CheckScheduleReply")]
public sealed record CheckScheduleReply(
    PupilId Pupil, ScheduleStatus? Status, DateOnly From, TimeOnly By, IReadOnlyList<CheckItem> LookFor, [property: Personal] string? LookForNote,
    CheckerKind Checker, [property: Personal] string? ProviderName, [property: Personal] string? ProviderContact, bool DevicesRemoved, IncidentId? Incident, bool WithStrategy, DateOnly? NextReviewOn,
    IReadOnlyList<ChecksReviewView>? Reviews = null, bool DevicesAway = false);

/// <param name="Concern">What the caller needs to open an incident from it (C1): given with a concern.</param>
[GenerateSerializer, Immutable, Alias("CheckReply")]
public sealed record CheckReply(CheckView Check, ConcernLink? Concern);

/// <summary>Link from an incident back to the check that found the concern.</summary>
/// <param name="Check">Stream of the schedule.</param>
/// <param name="Incident">The incident opened from it, once the DSL has answered with one.</param>
[GenerateSerializer, Immutable, Alias("ConcernLink")]
public sealed record ConcernLink(StreamId Check, PupilId Pupil, DateOnly Date, IncidentId? Incident);
