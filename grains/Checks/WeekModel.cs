using System.Globalization;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Checks;

internal sealed class WeekModel : StreamModel<WeekState>
{
    private sealed record UpdateRow(
        DateOnly Week, WeeklyUpdateStatus Status, WeekCounts Counts, IReadOnlyList<PupilWeek> Pupils, PersonId? Owner, IReadOnlyList<PersonId> SentTo,
        DateTimeOffset? DraftedAt, DateTimeOffset? DueAt, WeeklyUpdateStage Reached, Personal<string>? Comment, PersonId? SubmittedBy, DateTimeOffset? SubmittedAt,
        IReadOnlyList<LateAddendum> Addenda);

    public override string Kind => WeekKey.Kind;

    public override IReadOnlyList<ViewTable> Tables => [CheckTables.WeeklyUpdate, TaskTables.Task, SchoolTables.Follower];

    public override IStreamGrain Grain(IGrainFactory grains, string key) => grains.GetGrain<IWeeklyUpdateGrain>(key);

    public override IEnumerable<Row> Rows(StreamKey key, WeekState state)
    {
        if (state.Status is not { } status)
        {
            yield break;
        }

        var week = state.Monday.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var dueAt = state.IsOpen ? state.Plan?.OverdueAt : null;
        yield return new Row(
            CheckTables.WeeklyUpdate, week, [week, status.ToString(), Number(dueAt)],
            new UpdateRow(
                state.Monday, status, WeekTable.Counts(state.Checks), WeekTable.Pupils(state), state.Owner, state.SentTo, state.DraftedAt, dueAt, state.Reached, state.Comment,
                state.SubmittedBy, state.SubmittedAt, state.Addenda));
        foreach (var row in SchoolFollowers.Of(key, state.IsOpen))
        {
            yield return row;
        }

        if (status == WeeklyUpdateStatus.Drafted && state.Owner is { } owner)
        {
            yield return TaskRows.Of(new TaskView(
                $"{key.Stream}#update", owner, TaskKind.WeeklyUpdate, "Complete and send the weekly update on daily checks", key.Stream, "update", null, dueAt, state.DraftedAt!.Value));
        }
    }

    public override IEnumerable<DueRow> Due(WeekState state) => WeekDeadlines.Of(state);

    public override IEnumerable<Message> Reactions(StreamKey key, WeekState before, object @event, WeekState after, EventMeta meta) => @event switch
    {
        WeeklyUpdateDrafted e => Tell(key, e.Notified, NoticeKind.WeeklyUpdate),
        WeeklyUpdateOverdue e => Tell(key, e.Notified, e.Stage == WeeklyUpdateStage.Owner ? NoticeKind.WeeklyUpdateOverdue : NoticeKind.WeeklyUpdateEscalated),
        WeeklyUpdateSubmitted e => Tell(key, e.SentTo, NoticeKind.WeeklyUpdateSent),
        _ => [],
    };

    public static WeeklyUpdateReply Reply(WeekState s) => new(
        s.Monday, s.Status ?? WeeklyUpdateStatus.NotNeeded, WeekTable.Counts(s.Checks), WeekTable.Pupils(s), s.Owner, s.SentTo, s.SubmittedBy, s.SubmittedAt);

    private static IEnumerable<Message> Tell(StreamKey key, IEnumerable<PersonId> people, NoticeKind kind) =>
        people.Select(p => new Message(Destinations.Mail(key.Tenant, p), Notice.Message, new Notice(kind, $"/weekly-updates/{key.Stream.Value[(WeekKey.Kind.Length + 1)..]}", null, null)));

    private static long? Number(DateTimeOffset? at) => at is { } time ? Microseconds.ToUnix(time) : null;
}
