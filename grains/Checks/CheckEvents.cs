using System.Collections.Immutable;
using OnlineSafetyTrust.Contracts.Checks;

namespace OnlineSafetyTrust.Grains.Checks;

/// <summary>How the checks are made. Provider: only for a pupil who is taught elsewhere.</summary>
internal sealed record CheckTerms(
    DateOnly From, TimeOnly By, ImmutableList<CheckItem> LookFor, Personal<string>? LookForNote, CheckerKind Checker, Personal<string>? ProviderName,
    Personal<string>? ProviderContact, bool DevicesRemoved, IncidentId? Incident, bool WithStrategy, DateOnly? ReviewOn);

/// <summary>When the stages of one day's check come, and who makes it.</summary>
/// <param name="Checker">Null: nobody could be named; the DSL is told.</param>
internal sealed record CheckPlan(DateTimeOffset ByAt, DateTimeOffset DslAt, DateTimeOffset HeadAt, PersonId? Checker);

/// <summary>When a review is asked for and when it counts as forgotten.</summary>
internal sealed record ReviewPlan(DateOnly On, DateTimeOffset AskAt, DateTimeOffset RemindAt);

/// <param name="Pupil">Whom it is about: the stream's id, repeated for readers of the journal.</param>
/// <param name="NotBefore">No check is asked for before this day: the first one, or the day after when today's time is over.</param>
/// <param name="WeeklyUpdate">The policy has a weekly update, which writes itself from the checks.</param>
[EventName("checks.scheduled.v1")]
internal sealed record ChecksScheduled(PupilId Pupil, CheckTerms Terms, DateOnly NotBefore, long FactsVersion, bool WeeklyUpdate = false);

/// <summary>What the strategy in force says of daily checks.</summary>
/// <param name="By">Local time by which each day's check is due; null: none are agreed any more.</param>
[EventName("checks.agreed.v1")]
internal sealed record ChecksAgreed(PupilId Pupil, TimeOnly? By);

/// <param name="DueAt">The DSL is reminded.</param>
/// <param name="HeadAt">The head is told.</param>
internal sealed record SchedulePlan(DateTimeOffset DueAt, DateTimeOffset HeadAt);

/// <summary>No schedule runs though a strategy agreed checks; again when the calendar moves what is not overdue yet, which tells nobody.</summary>
[EventName("checks.schedule-asked.v1")]
internal sealed record ScheduleAsked(SchedulePlan Plan, ImmutableList<PersonId> Notified, long FactsVersion);

/// <param name="Stage">Dsl or Head; each once.</param>
/// <param name="Overtaken">Nobody was told, because the head's stage was due too.</param>
[EventName("checks.schedule-overdue.v1")]
internal sealed record ScheduleOverdue(CheckStage Stage, DateTimeOffset NominalAt, DateTimeOffset ActualAt, bool Overtaken, ImmutableList<PersonId> Notified, long FactsVersion);

/// <summary>While it holds, each check confirms that no device is held (E2), whatever the schedule says of itself.</summary>
[EventName("checks.devices-away.v1")]
internal sealed record DevicesAway(bool Away);

[EventName("checks.changed.v1")]
internal sealed record ChecksChanged(CheckTerms Before, CheckTerms Terms, long FactsVersion);

/// <summary>The DSL held a review and the checks go on.</summary>
[EventName("checks.continued.v1")]
internal sealed record ChecksContinued(DateOnly ReviewedOn, DateOnly NextReviewOn, Personal<string> Reason);

/// <param name="ReviewedOn">The day of the review that ended them; null when the strategy ended.</param>
[EventName("checks.ended.v1")]
internal sealed record ChecksEnded(ChecksEndCause Cause, DateOnly? ReviewedOn, Personal<string>? Reason);

[EventName("checks.review-planned.v1")]
internal sealed record ReviewPlanned(ReviewPlan? Before, ReviewPlan? Plan);

/// <param name="Reminder">False: asked for; true: forgotten.</param>
/// <param name="Overtaken">Nobody was told, because the next stage was due too.</param>
[EventName("checks.review-due.v1")]
internal sealed record ReviewDue(DateOnly On, bool Reminder, DateTimeOffset NominalAt, DateTimeOffset ActualAt, bool Overtaken, ImmutableList<PersonId> Notified);

/// <summary>Whom the tasks of the schedule fall to: the DSL, or who stands in for one; missed checks the head.</summary>
/// <param name="Until">When a cover that begins or ends makes it another one; null: none is arranged.</param>
[EventName("checks.lead-changed.v1")]
internal sealed record ChecksLeadChanged(PersonId? Before, PersonId? Lead, DateTimeOffset? Until = null, PersonId? Head = null);

/// <summary>The calendar holds no further school day: no check can be planned until it does.</summary>
[EventName("checks.calendar-missing.v1")]
internal sealed record CalendarMissing(DateOnly After, ImmutableList<PersonId> Notified);

[EventName("check.planned.v1")]
internal sealed record CheckPlanned(DateOnly Date, CheckPlan Plan, long FactsVersion);

/// <summary>Calendar, cover or schedule changed what was planned for the day.</summary>
[EventName("check.replanned.v1")]
internal sealed record CheckReplanned(DateOnly Date, CheckPlan Before, CheckPlan Plan, long FactsVersion);

/// <summary>A stage of a check that was not recorded was reached; each once.</summary>
/// <param name="Overtaken">Nobody was told, because a higher stage was due too.</param>
[EventName("check.overdue.v1")]
internal sealed record CheckOverdue(
    DateOnly Date, CheckStage Stage, DateTimeOffset NominalAt, DateTimeOffset ActualAt, bool Overtaken, ImmutableList<PersonId> Notified, long FactsVersion);

/// <param name="Late">After its time, <paramref name="ByAt"/>.</param>
[EventName("check.recorded.v1")]
internal sealed record CheckRecorded(DateOnly Date, CheckResult Result, Personal<string>? Note, bool NoneHeld, bool Late, DateTimeOffset ByAt, bool DevicesRemoved);

/// <summary>Another result of the same day; the earlier one stays in the record.</summary>
/// <param name="Earlier">Null: the result that was corrected had no note.</param>
[EventName("check.corrected.v1")]
internal sealed record CheckCorrected(
    DateOnly Date, CheckResult Before, CheckResult Result, NoteBefore? Earlier, Personal<string>? Note, bool NoneHeld);

/// <summary>A sealed value opens under the field that it was sealed for and no other: so the earlier note is a note here too.</summary>
internal sealed record NoteBefore(Personal<string> Note);

[EventName("check.concern-found.v1")]
internal sealed record ConcernFound(DateOnly Date, ImmutableList<PersonId> Notified);

/// <summary>A stage of a concern that nobody answered was reached; each once.</summary>
/// <param name="Stage">Dsl or Head.</param>
/// <param name="Overtaken">Nobody was told, because the head's stage was due too.</param>
[EventName("check.concern-overdue.v1")]
internal sealed record ConcernOverdue(
    DateOnly Date, CheckStage Stage, DateTimeOffset NominalAt, DateTimeOffset ActualAt, bool Overtaken, ImmutableList<PersonId> Notified, long FactsVersion);

[EventName("check.concern-answered.v1")]
internal sealed record ConcernAnswered(DateOnly Date, IncidentId? Incident, Personal<string>? Reason);

/// <summary>The head knows that the check was not made, and says what follows; it stays missed.</summary>
[EventName("check.missed-acknowledged.v1")]
internal sealed record MissedAcknowledged(DateOnly Date, Personal<string> MissedReason);

/// <param name="Was">What the check was until then: planned, or overdue with its reminders, which stay recorded.</param>
[EventName("check.withdrawn.v1")]
internal sealed record CheckWithdrawn(DateOnly Date, CheckStatus Was, WithdrawalCause Cause);

/// <summary>The day was called off after its check was late, and is a school day again: late it is, with the reminders that went out.</summary>
[EventName("check.reinstated.v1")]
internal sealed record CheckReinstated(DateOnly Date);
