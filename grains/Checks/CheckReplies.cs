using OnlineSafetyTrust.Contracts.Checks;

namespace OnlineSafetyTrust.Grains.Checks;

internal static class CheckReplies
{
    public static CheckScheduleReply Schedule(StreamKey key, CheckState state, Func<Personal<string>?, string?> open)
    {
        var t = state.Terms!;
        return new CheckScheduleReply(
            state.Pupil, state.Status, t.From, t.By, t.LookFor, open(t.LookForNote), t.Checker, open(t.ProviderName), open(t.ProviderContact), t.DevicesRemoved, t.Incident,
            t.WithStrategy, t.ReviewOn, [.. state.Days.Select(d => Day(key, state, d))]);
    }

    public static CheckReply Day(StreamKey key, CheckState state, DateOnly date) => Day(key, state, state.Day(date)!);

    private static CheckReply Day(StreamKey key, CheckState state, DayCheck day) => new(
        state.Pupil, day.Date, day.Status, day.Plan.Checker, day.Plan.ByAt, day.RecordedBy, day.RecordedAt, day.Late, day.FirstResult is not null, day.FirstResult,
        state.Concerns.Find(c => c.Date == day.Date) is { } concern ? new ConcernLink(key.Stream, state.Pupil, day.Date, concern.Incident) : null);
}
