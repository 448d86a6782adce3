using OnlineSafetyTrust.Contracts.Journal;

namespace OnlineSafetyTrust.Contracts.Checks;

public static class CheckTables
{
    /// <summary>One row per pupil who has or had daily checks; id = the pupil's. Columns: pupil, status.</summary>
    public static readonly ViewTable Schedule = new("check_schedule", 4, [new("pupil", ColumnKind.Text), new("status", ColumnKind.Text)], [["status"]]) { AboutPupil = "pupil" };

    /// <summary>
    /// One row per pupil and day; it outlives the day's place in the state of its stream. Id <c>{pupil}@{yyyy-MM-dd}</c>.
    /// Columns: date (yyyy-MM-dd), checker (person id or null), status (name of <see cref="CheckStatus"/>), by_at (microseconds), pupil,
    /// waits (1: to be made, missed and neither recorded nor acknowledged, or a concern without an answer, taken back or not).
    /// A class on one page: date = today and checker = me.
    /// </summary>
    public static readonly ViewTable Check = new(
        "check", 6,
        [new("date", ColumnKind.Text), new("checker", ColumnKind.Text), new("status", ColumnKind.Text), new("by_at", ColumnKind.Number), new("pupil", ColumnKind.Text), new("waits", ColumnKind.Number)],
        [["checker", "date"], ["date"], ["waits", "date"], ["pupil", "date"]]) { AboutPupil = "pupil" };

    /// <summary>One row per week that has an update; id = its Monday (yyyy-MM-dd). Columns: week, status, due_at (microseconds; null once sent).</summary>
    public static readonly ViewTable WeeklyUpdate = new(
        "weekly_update", 1, [new("week", ColumnKind.Text), new("status", ColumnKind.Text), new("due_at", ColumnKind.Number)], [["week"], ["status", "due_at"]]);
}

/// <summary>A schedule as those see it who may see incidents (DSL, deputy, head, senior leader). Checkers read <see cref="CheckView"/>.</summary>
/// <param name="DevicesRemoved">Set by hand: each check confirms that none is held.</param>
/// <param name="DevicesAway">All devices are to be away until a strategy is agreed: meanwhile it confirms that, too.</param>
public sealed record CheckScheduleView(
    PupilId Pupil, ScheduleStatus Status, DateOnly From, TimeOnly By, IReadOnlyList<CheckItem> LookFor, [property: Personal] string? LookForNote,
    CheckerKind Checker, [property: Personal] string? ProviderName, [property: Personal] string? ProviderContact, bool DevicesRemoved, IncidentId? Incident,
    bool WithStrategy, DateOnly? ReviewOn, ReviewStatus Review, ChecksEndCause? EndCause, DateTimeOffset? EndedAt, IReadOnlyList<ChecksReviewView>? Reviews = null, bool DevicesAway = false);

/// <summary>One review of the checks by the DSL. The reason is for the DSL, deputies and the head.</summary>
/// <param name="NextReviewOn">They go on until then; null: they ended.</param>
[GenerateSerializer, Immutable, Alias("ChecksReviewView")]
public sealed record ChecksReviewView(PersonId? By, DateTimeOffset At, DateOnly? NextReviewOn, [property: Personal] string? Reason);

/// <summary>What became of a concern, for the DSL, deputies and the head: no incident, and why, or which.</summary>
[GenerateSerializer, Immutable, Alias("ConcernAnswerView")]
public sealed record ConcernAnswerView(PersonId? By, DateTimeOffset At, IncidentId? Incident, [property: Personal] string? Reason);

/// <summary>How far the review of checks is.</summary>
public enum ReviewStatus
{
    /// <summary>Not due.</summary>
    NotDue,

    /// <summary>Asked for.</summary>
    Asked,

    /// <summary>Overdue.</summary>
    Overdue,
}

/// <summary>A result that was corrected: it stays on the record.</summary>
/// <param name="Answer">Of a concern that was answered before it was corrected; null for checkers.</param>
[GenerateSerializer, Immutable, Alias("EarlierCheckView")]
public sealed record EarlierCheckView(CheckResult Result, [property: Personal] string? Note, PersonId? By, DateTimeOffset? At, ConcernAnswerView? Answer = null);

/// <summary>One pupil's check of one day as its checker sees it. Nothing of the incident.</summary>
/// <param name="Reached">Who has been told that it was not recorded.</param>
/// <param name="Note">What the checker wrote.</param>
/// <param name="Earlier">What was recorded before it was corrected, oldest first; null: it was not.</param>
/// <param name="MissedReason">What the head wrote on a missed check.</param>
/// <param name="Answer">Of a concern; null for checkers.</param>
/// <param name="ConcernWaits">Nobody has answered the day's concern, which the checker may have taken back since.</param>
[GenerateSerializer, Immutable, Alias("CheckView")]
public sealed record CheckView(
    PupilId Pupil, DateOnly Date, CheckStatus Status, PersonId? Checker, DateTimeOffset ByAt, CheckStage Reached, IReadOnlyList<CheckItem> LookFor,
    [property: Personal] string? LookForNote, [property: Personal] string? ProviderName, [property: Personal] string? ProviderContact, bool DevicesRemoved,
    [property: Personal] string? Note, PersonId? RecordedBy, DateTimeOffset? RecordedAt, bool Late, IReadOnlyList<EarlierCheckView>? Earlier,
    [property: Personal] string? MissedReason = null, PersonId? AcknowledgedBy = null, ConcernAnswerView? Answer = null,
    bool ConcernWaits = false)
{
    /// <summary>How often it was recorded: corrections count.</summary>
    public int Version => RecordedAt is null ? 0 : 1 + (Earlier?.Count ?? 0);
}
