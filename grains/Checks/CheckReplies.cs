using OnlineSafetyTrust.Contracts.Checks;

namespace OnlineSafetyTrust.Grains.Checks;

internal static class CheckReplies
{
    public static CheckScheduleReply Schedule(CheckState state, Func<Personal<string>?, string?> open)
    {
        var t = state.Terms!;
        return new CheckScheduleReply(
            state.Pupil, state.Status, t.From, t.By, t.LookFor, open(t.LookForNote), t.Checker, open(t.ProviderName), open(t.ProviderContact), t.DevicesRemoved, t.Incident,
            t.WithStrategy, t.ReviewOn, [.. (state.Reviews ?? []).Select(r => new ChecksReviewView(r.By, r.At, r.NextReviewOn, open(r.Reason)))], state.IsActive && state.Away);
    }

    /// <summary>As its row says it, at the version of the answer.</summary>
    public static CheckReply Day(StreamKey key, CheckState state, DateOnly date, Func<Personal<string>?, string?> open)
    {
        var day = state.Day(date)!;
        var terms = state.IsActive ? state.Terms : null;
        return new CheckReply(
            new CheckView(
                state.Pupil, day.Date, day.Status, day.Plan.Checker, day.Plan.ByAt, day.Reached, terms?.LookFor ?? [], open(terms?.LookForNote), open(terms?.ProviderName), open(terms?.ProviderContact),
                day.DevicesRemoved, open(day.Note), day.RecordedBy, day.RecordedAt, day.Late,
                day.Earlier?.ConvertAll(e => new EarlierCheckView(e.Result, open(e.Note), e.By, e.At, Answer(e.Answer))), open(day.MissedReason), day.AcknowledgedBy,
                Answer(day.Answer), state.WaitingConcern(date) is not null),
            state.Concerns.Find(c => c.Date == day.Date) is { } concern ? new ConcernLink(key.Stream, state.Pupil, day.Date, concern.Incident) : null);

        ConcernAnswerView? Answer(ConcernAnswer? answer) => answer is null ? null : new ConcernAnswerView(answer.By, answer.At, answer.Incident, open(answer.Reason));
    }
}
