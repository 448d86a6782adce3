using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains.Pupils;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Checks;

internal sealed class CheckModel : StreamModel<CheckState>
{
    public override string Kind => ChecksKey.Kind;

    public override IReadOnlyList<ViewTable> Tables => [CheckTables.Schedule, CheckTables.Check, TaskTables.Task, SchoolTables.Follower];

    public override IStreamGrain Grain(IGrainFactory grains, string key) => grains.GetGrain<ICheckScheduleGrain>(key);

    public override IEnumerable<Row> Rows(StreamKey key, CheckState state) => state.Pupil == default ? [] : CheckRows.Of(key, state).Concat(SchoolFollowers.Of(key, state.HasDuties));

    public override IEnumerable<Row> Settled(StreamKey key, CheckState before, CheckState after) =>
        after.Pupil == default ? [] : before.Days.Where(d => after.Day(d.Date) is null).Select(d => CheckRows.Settled(after, d));

    public override IEnumerable<DueRow> Due(CheckState state) => CheckDeadlines.Of(state);

    public override IEnumerable<Count> Counts(CheckState before, object @event, CheckState after, EventMeta meta) => @event switch
    {
        CheckRecorded e => [new Count(e.Date, "check.recorded", $"late={(e.Late ? "yes" : "no")};result={Word(e.Result)}")],
        CheckCorrected e when e.Before != e.Result =>
        [
            new Count(e.Date, "check.recorded", $"late={(after.Day(e.Date)!.Late ? "yes" : "no")};result={Word(e.Before)}", -1),
            new Count(e.Date, "check.recorded", $"late={(after.Day(e.Date)!.Late ? "yes" : "no")};result={Word(e.Result)}"),
        ],
        CheckOverdue e => [new Count(e.Date, "check.overdue", $"stage={Word(e.Stage)}")],
        _ => [],
    };

    public override IEnumerable<Message> Reactions(StreamKey key, CheckState before, object @event, CheckState after, EventMeta meta) => @event switch
    {
        ChecksScheduled e => Opened(key, e, meta),
        CalendarMissing e => Tell(key, e.Notified, NoticeKind.ChecksCalendarMissing, $"/checks/{after.Pupil}"),
        ReviewDue e => Tell(key, e.Notified, e.Reminder ? NoticeKind.ChecksReviewOverdue : NoticeKind.ChecksReview, $"/checks/{after.Pupil}"),
        ScheduleAsked e => Tell(key, e.Notified, NoticeKind.ChecksToSchedule, $"/checks/{after.Pupil}"),
        ScheduleOverdue e => Tell(key, e.Notified, e.Stage == CheckStage.Head ? NoticeKind.ChecksToScheduleEscalated : NoticeKind.ChecksToScheduleOverdue, $"/checks/{after.Pupil}"),
        CheckOverdue e => Tell(key, e.Notified, NoticeOf(e.Stage), PathOf(after, e.Date)).Append(ToWeek(key, after, e.Date)),
        ChecksEnded { Cause: ChecksEndCause.PupilLeft } => [new Message(Destinations.Stream(PupilKey.Of(key.Tenant, after.Pupil)), MeasureEnded.Message, new MeasureEnded(Measure.DailyChecks))],
        ConcernFound e => Tell(key, e.Notified, NoticeKind.CheckConcern, PathOf(after, e.Date)),
        ConcernOverdue e => Tell(key, e.Notified, e.Stage == CheckStage.Head ? NoticeKind.CheckConcernEscalated : NoticeKind.CheckConcernOverdue, PathOf(after, e.Date)),
        CheckPlanned e => [ToWeek(key, after, e.Date)],
        CheckRecorded e => [ToWeek(key, after, e.Date)],
        CheckCorrected e => [ToWeek(key, after, e.Date)],
        CheckWithdrawn e => [ToWeek(key, after, e.Date)],
        CheckReinstated e => [ToWeek(key, after, e.Date)],
        _ => [],
    };

    private static IEnumerable<Message> Opened(StreamKey key, ChecksScheduled e, EventMeta meta)
    {
        if (e.Terms.Incident is not { } incident)
        {
            yield break;
        }

        // The update of each week is asked for by the week itself, late or not: what the plan promises is that it is set up.
        foreach (var kind in e.WeeklyUpdate ? new[] { StepKind.DailyChecks, StepKind.WeeklyUpdate } : [StepKind.DailyChecks])
        {
            yield return new Message(Destinations.Stream(IncidentKey.Of(key.Tenant, incident)), StepFulfilled.Message, new StepFulfilled(kind, e.Pupil, key.Stream, meta.Actor));
        }
    }

    private static IEnumerable<Message> Tell(StreamKey key, IEnumerable<PersonId> people, NoticeKind kind, string path) =>
        people.Select(p => new Message(Destinations.Mail(key.Tenant, p), Notice.Message, new Notice(kind, path, null, null)));

    private static Message ToWeek(StreamKey key, CheckState state, DateOnly date)
    {
        var day = state.Day(date)!;
        return new Message(
            Destinations.Stream(WeekKey.Of(key.Tenant, date)), WeekOccasion.Message,
            new WeekOccasion(state.Pupil, date, day.Status, day.Late, day.WasOverdue, day.DevicesRemoved));
    }

    private static NoticeKind NoticeOf(CheckStage stage) => stage switch
    {
        CheckStage.Checker => NoticeKind.CheckOverdue,
        CheckStage.Dsl => NoticeKind.CheckEscalated,
        _ => NoticeKind.CheckMissed,
    };

    private static string PathOf(CheckState state, DateOnly date) => $"/checks/{state.Pupil}/{date:yyyy-MM-dd}";

    private static string Word<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
