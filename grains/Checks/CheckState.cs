using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OnlineSafetyTrust.Contracts.Checks;

namespace OnlineSafetyTrust.Grains.Checks;

/// <summary>A result that was corrected: it stays on the record.</summary>
/// <param name="Answer">Of a concern, where it was answered by then.</param>
internal sealed record EarlierCheck(CheckResult Result, Personal<string>? Note, PersonId? By, DateTimeOffset? At, ConcernAnswer? Answer = null);

/// <summary>One day's check. Open while planned or overdue.</summary>
/// <param name="DevicesRemoved">Whether they were, on that day.</param>
/// <param name="RecordedAt">Null: nobody recorded it (yet).</param>
/// <param name="Earlier">What was recorded before it was corrected, oldest first; null: it was not.</param>
/// <param name="MissedReason">What the head wrote on a missed check; null: not acknowledged.</param>
/// <param name="Withdrawn">Why; null: it was not, or has been reinstated.</param>
internal sealed record DayCheck(
    DateOnly Date, CheckPlan Plan, CheckStatus Status, CheckStage Reached, Personal<string>? Note, PersonId? RecordedBy, DateTimeOffset? RecordedAt, bool Late,
    bool NoneHeld, ImmutableList<EarlierCheck>? Earlier, bool DevicesRemoved, DateTimeOffset PlannedAt,
    Personal<string>? MissedReason = null, PersonId? AcknowledgedBy = null, ConcernAnswer? Answer = null, WithdrawalCause? Withdrawn = null)
{
    [JsonIgnore]
    public bool IsOpen => Status is CheckStatus.Planned or CheckStatus.Overdue;

    /// <summary>What was recorded; null: nothing yet.</summary>
    [JsonIgnore]
    public CheckResult? Result => RecordedAt is null ? null : Status switch
    {
        CheckStatus.Clear => CheckResult.Clear,
        CheckStatus.Concern => CheckResult.Concern,
        CheckStatus.PupilAbsent => CheckResult.PupilAbsent,
        CheckStatus.DeviceNotInSchool => CheckResult.DeviceNotInSchool,
        _ => null,
    };

    /// <summary>How often it was recorded.</summary>
    [JsonIgnore]
    public int Version => RecordedAt is null ? 0 : 1 + (Earlier?.Count ?? 0);

    [JsonIgnore]
    public bool WasOverdue => Reached != CheckStage.None;

    /// <summary>The next stage and its time; none once settled.</summary>
    [JsonIgnore]
    public (CheckStage Stage, DateTimeOffset At)? Next => !IsOpen ? null : Reached switch
    {
        CheckStage.None => (CheckStage.Checker, Plan.ByAt),
        CheckStage.Checker => (CheckStage.Dsl, Plan.DslAt),
        CheckStage.Dsl => (CheckStage.Head, Plan.HeadAt),
        _ => null,
    };

    /// <summary>The highest stage due by now.</summary>
    public CheckStage Highest(DateTimeOffset now) =>
        Plan.HeadAt <= now ? CheckStage.Head : Plan.DslAt <= now ? CheckStage.Dsl : Plan.ByAt <= now ? CheckStage.Checker : CheckStage.None;
}

/// <summary>What the DSL answered to the day's concern: no incident, and why, or one.</summary>
internal sealed record ConcernAnswer(PersonId? By, DateTimeOffset At, IncidentId? Incident, Personal<string>? Reason);

/// <summary>One review by the DSL.</summary>
/// <param name="NextReviewOn">They go on until then; null: they ended.</param>
internal sealed record ChecksReviewed(PersonId? By, DateTimeOffset At, DateOnly? NextReviewOn, Personal<string>? Reason);

/// <param name="Cursor">Last day that needs no planning any more: recorded, overdue or before the schedule's start.</param>
/// <param name="LeadUntil">When a cover that begins or ends makes another one the lead or the head.</param>
/// <param name="Head">Acknowledges missed checks.</param>
/// <param name="Agreed">Time by which the strategy in force wants a daily check; null: it says nothing of checks, or there is none.</param>
/// <param name="Asked">No schedule runs though one was agreed.</param>
/// <param name="Reviews">By the DSL, oldest first.</param>
/// <param name="Away">All devices are to be away until a strategy is agreed.</param>
/// <param name="Days">Open days and the last ten settled ones, by date; earlier ones are in the journal and keep their rows.</param>
internal sealed record CheckState(
    PupilId Pupil, ScheduleStatus? Status, CheckTerms? Terms, DateOnly Cursor, ImmutableList<DayCheck> Days, ImmutableList<CheckConcern> Concerns,
    ReviewPlan? Review, ReviewStatus ReviewStatus, PersonId? Lead, DateTimeOffset? CalendarMissingSince, ChecksEndCause? EndCause, DateTimeOffset? EndedAt,
    DateTimeOffset? LeadUntil = null, PersonId? Head = null, TimeOnly? Agreed = null, AskedSchedule? Asked = null,
    ImmutableList<ChecksReviewed>? Reviews = null, bool Away = false) : IState<CheckState>
{
    public const int SettledKept = 10;

    public static CheckState Empty { get; } = new(default, null, null, DateOnly.MinValue, [], [], null, ReviewStatus.NotDue, null, null, null, null);

    [JsonIgnore]
    public bool IsActive => Status == ScheduleStatus.Active;

    /// <summary>The schedule runs or is asked for, or a concern waits for the DSL beyond its end.</summary>
    [JsonIgnore]
    public bool HasDuties => IsActive || Asked is not null || Concerns.Exists(c => !c.Answered);

    /// <summary>Each check confirms that none is held.</summary>
    [JsonIgnore]
    public bool DevicesRemoved => Away || Terms is { DevicesRemoved: true };

    public DayCheck? Day(DateOnly date) => Days.Find(d => d.Date == date);

    /// <summary>Neither recorded nor acknowledged while the checks go on.</summary>
    public bool IsMissed(DayCheck day) => IsActive && day is { Status: CheckStatus.Missed, MissedReason: null };

    /// <summary>The day's concern that nobody has answered; it stays one when the checker has taken it back.</summary>
    public CheckConcern? WaitingConcern(DateOnly date) => Concerns.Find(c => c.Date == date && !c.Answered);

    /// <summary>Somebody still has to make the day's check, to record or acknowledge a missed one, or to answer its concern.</summary>
    public bool Waits(DayCheck day) => day.IsOpen || IsMissed(day) || WaitingConcern(day.Date) is not null;

    [JsonIgnore]
    public DayCheck? Planned => Days.Find(d => d.Status == CheckStatus.Planned);

    public CheckState Apply(object @event, EventMeta meta) => @event switch
    {
        ChecksScheduled e => this with
        {
            Pupil = e.Pupil, Status = ScheduleStatus.Active, Terms = e.Terms, Cursor = Max(Cursor, e.NotBefore.AddDays(-1)),
            Review = null, ReviewStatus = ReviewStatus.NotDue, EndCause = null, EndedAt = null, CalendarMissingSince = null, Asked = null,
        },
        ChecksAgreed e => this with { Pupil = e.Pupil, Agreed = e.By, Asked = e.By is null ? null : Asked },
        ScheduleAsked e => this with { Asked = new AskedSchedule(Asked?.Since ?? meta.At, e.Plan.DueAt, e.Plan.HeadAt, Asked?.Reached ?? CheckStage.None) },
        ScheduleOverdue e => this with { Asked = Asked! with { Reached = e.Stage } },
        ChecksChanged e => WithTerms(e.Terms),
        DevicesAway e => (this with { Away = e.Away }).WithTerms(Terms),
        ChecksContinued e => this with { Terms = Terms! with { ReviewOn = e.NextReviewOn }, Reviews = Reviewed(new ChecksReviewed(meta.Actor.Person, meta.At, e.NextReviewOn, e.Reason)) },
        ChecksEnded e => this with { Status = ScheduleStatus.Ended, Review = null, ReviewStatus = ReviewStatus.NotDue, CalendarMissingSince = null, EndCause = e.Cause, EndedAt = meta.At, Reviews = e.Reason is null ? Reviews : Reviewed(new ChecksReviewed(meta.Actor.Person, meta.At, null, e.Reason)) },
        // Another date is another review; the same date at another time has been asked for already.
        ReviewPlanned e => this with { Review = e.Plan, ReviewStatus = e.Plan?.On == e.Before?.On ? ReviewStatus : ReviewStatus.NotDue },
        ReviewDue e => this with { ReviewStatus = e.Reminder ? ReviewStatus.Overdue : ReviewStatus.Asked },
        ChecksLeadChanged e => this with { Lead = e.Lead, LeadUntil = e.Until, Head = e.Head },
        CalendarMissing => this with { CalendarMissingSince = meta.At },
        CheckPlanned e => Put(new DayCheck(e.Date, e.Plan, CheckStatus.Planned, CheckStage.None, null, null, null, false, false, null, DevicesRemoved, meta.At)) with { CalendarMissingSince = null },
        CheckReplanned e => Change(e.Date, d => d with { Plan = e.Plan }),
        // A check that reached the head is missed: it stays recordable, but nobody else will be told.
        CheckOverdue e => Change(e.Date, d => d with { Reached = e.Stage, Status = e.Stage == CheckStage.Head ? CheckStatus.Missed : CheckStatus.Overdue }) with { Cursor = Max(Cursor, e.Date) },
        CheckRecorded e => Change(e.Date, d => d with
        {
            Status = StatusOf(e.Result), Note = e.Note, RecordedBy = meta.Actor.Person, RecordedAt = meta.At, Late = e.Late, NoneHeld = e.NoneHeld,
        }) with { Cursor = Max(Cursor, e.Date) },
        CheckCorrected e => Change(e.Date, d => d with
        {
            Status = StatusOf(e.Result), Note = e.Note, RecordedBy = meta.Actor.Person, RecordedAt = meta.At, NoneHeld = e.NoneHeld, Answer = null,
            Earlier = (d.Earlier ?? []).Add(new EarlierCheck(e.Before, e.Earlier?.Note, d.RecordedBy, d.RecordedAt, d.Answer)),
        }),
        ConcernFound e => this with { Concerns = Concerns.RemoveAll(c => c.Date == e.Date).Add(WaitingConcern(e.Date) ?? new CheckConcern(e.Date, meta.At, false, null)) },
        ConcernOverdue e => ChangeConcern(e.Date, c => c with { Reached = e.Stage }),
        ConcernAnswered e => Answered(e.Date, new ConcernAnswer(meta.Actor.Person, meta.At, e.Incident, e.Reason)),
        MissedAcknowledged e => Change(e.Date, d => d with { MissedReason = e.MissedReason, AcknowledgedBy = meta.Actor.Person }),
        CheckWithdrawn e => Change(e.Date, d => d with { Status = CheckStatus.Withdrawn, Withdrawn = e.Cause }),
        CheckReinstated e => Change(e.Date, d => d with { Status = CheckStatus.Overdue, Withdrawn = null }),
        _ => this,
    };

    public static CheckStatus StatusOf(CheckResult result) => result switch
    {
        CheckResult.Clear => CheckStatus.Clear,
        CheckResult.Concern => CheckStatus.Concern,
        CheckResult.PupilAbsent => CheckStatus.PupilAbsent,
        _ => CheckStatus.DeviceNotInSchool,
    };

    private CheckState WithTerms(CheckTerms? terms)
    {
        var changed = this with { Terms = terms };
        return changed with { Days = Days.ConvertAll(d => d.IsOpen ? d with { DevicesRemoved = changed.DevicesRemoved } : d) };
    }

    private ImmutableList<ChecksReviewed> Reviewed(ChecksReviewed review) => (Reviews ?? []).Add(review);

    // The day first: once its concern is answered it may leave the state, with the answer in its row.
    private CheckState Answered(DateOnly date, ConcernAnswer answer)
    {
        var answered = Change(date, d => d with { Answer = answer });
        return answered.ChangeConcern(date, c => c with { Answered = true, Incident = answer.Incident });
    }

    private CheckState ChangeConcern(DateOnly date, Func<CheckConcern, CheckConcern> change) => this with { Concerns = Concerns.ConvertAll(c => c.Date == date ? change(c) : c) };

    private CheckState Change(DateOnly date, Func<DayCheck, DayCheck> change) => Day(date) is { } day ? Put(change(day)) : this;

    private CheckState Put(DayCheck day)
    {
        var days = Days.RemoveAll(d => d.Date == day.Date).Add(day).Sort((a, b) => a.Date.CompareTo(b.Date));
        var settled = days.Where(d => !d.IsOpen).ToList();
        // A day whose concern waits for the DSL stays until it is answered.
        var gone = settled.Take(Math.Max(0, settled.Count - SettledKept)).Select(d => d.Date).Where(d => WaitingConcern(d) is null).ToHashSet();
        return this with { Days = days.RemoveAll(d => gone.Contains(d.Date)), Concerns = Concerns.RemoveAll(c => gone.Contains(c.Date)) };
    }

    private static DateOnly Max(DateOnly a, DateOnly b) => a > b ? a : b;
}
