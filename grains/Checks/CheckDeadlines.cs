using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Checks;

/// <summary>
/// What time does to checks (E3, E6). After downtime all that is late runs here in its nominal order, day after day: a stage that a higher
/// one of the same day has overtaken is recorded and tells nobody.
/// </summary>
internal static class CheckDeadlines
{
    public static IEnumerable<DueRow> Of(CheckState state)
    {
        foreach (var day in state.Days)
        {
            if (day.Next is { } next)
            {
                yield return new DueRow($"check/{day.Date:yyyy-MM-dd}", next.At);
            }
        }

        if (NextOfReview(state) is { } review)
        {
            yield return new DueRow("review", review);
        }

        foreach (var due in AgreedChecks.Due(state).Concat(ConcernDeadlines.Due(state)))
        {
            yield return due;
        }

        if (state.HasDuties && state.LeadUntil is { } until)
        {
            yield return new DueRow("hand-over", until);
        }
    }

    public static Events OnDue(CheckState state, CheckFacts facts, CommandContext context)
    {
        var run = new Run<CheckState, CheckFacts>(state, facts, context);
        CatchUp(run, null);
        return run.Events;
    }

    /// <param name="except">A day that is being recorded right now: nobody is reminded of it any more.</param>
    public static void CatchUp(Run<CheckState, CheckFacts> run, DateOnly? except)
    {
        CheckPlanning.Sync(run);
        AgreedChecks.Escalate(run);
        for (; FirstLate(run, except) is { } escalate; CheckPlanning.Sync(run))
        {
            escalate();
        }
    }

    private static Action? FirstLate(Run<CheckState, CheckFacts> run, DateOnly? except)
    {
        List<(DateTimeOffset? At, Action Escalate)> stages =
        [
            (NextOfReview(run.State), () => AskForReview(run)),
            .. run.State.Days.Where(d => d.Date != except).Select(d => (d.Next?.At, (Action)(() => Escalate(run, d)))),
            .. run.State.Concerns.Select(c => (c.Next?.At, (Action)(() => ConcernDeadlines.Escalate(run, c)))),
        ];
        return stages.Where(s => s.At <= run.Now).OrderBy(s => s.At).Select(s => s.Escalate).FirstOrDefault();
    }

    private static DateTimeOffset? NextOfReview(CheckState state) => state.ReviewStatus switch
    {
        ReviewStatus.NotDue => state.Review?.AskAt,
        ReviewStatus.Asked => state.Review?.RemindAt,
        _ => null,
    };

    private static void Escalate(Run<CheckState, CheckFacts> run, DayCheck day)
    {
        var (stage, at) = day.Next!.Value;
        var overtaken = day.Highest(run.Now) > stage;
        var today = London.DateOf(run.Now);
        run.Add(new CheckOverdue(
            day.Date, stage, at, run.Now, overtaken,
            overtaken ? [] : stage switch
            {
                CheckStage.Checker when day.Plan.Checker is { } checker => [checker],
                CheckStage.Head => CheckPeople.HeadOn(run.Facts.School, today),
                _ => CheckPeople.DslOn(run.Facts.School, today),
            },
            run.Facts.School.Version));
    }

    private static void AskForReview(Run<CheckState, CheckFacts> run)
    {
        var review = run.State.Review!;
        var reminder = run.State.ReviewStatus == ReviewStatus.Asked;
        var overtaken = !reminder && review.RemindAt <= run.Now;
        run.Add(new ReviewDue(
            review.On, reminder, reminder ? review.RemindAt : review.AskAt, run.Now, overtaken, overtaken ? [] : CheckPeople.DslOn(run.Facts.School, London.DateOf(run.Now))));
    }
}
