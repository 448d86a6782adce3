using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Checks;

/// <summary>Rules for the weekly update (E4).</summary>
internal static class WeekDecider
{
    /// <summary>A schedule tells where one check stands. The first one opens the week.</summary>
    public static Events Note(WeekState state, SchoolFacts facts, DateOnly monday, WeekOccasion check, CommandContext context)
    {
        var run = new Run<WeekState, SchoolFacts>(state, facts, context);
        if (state.Status is null || (state.Status == WeeklyUpdateStatus.NotNeeded && check.IsOpen))
        {
            run.Add(new WeekOpened(monday));
        }

        var before = run.State.Check(check.Pupil, check.Date);
        if (before != check)
        {
            run.Add(run.State.Status switch
            {
                WeeklyUpdateStatus.Drafted => new WeeklyDraftAmended(before, check),
                WeeklyUpdateStatus.Submitted => new WeeklyAddendum(before, check),
                _ => new WeekOccasionNoted(before, check),
            });
        }

        WeekDeadlines.CatchUp(run);
        return run.Events;
    }

    public static Result<Events> Submit(WeekState state, SchoolFacts facts, SubmitWeeklyUpdate command, Func<Personal<string>?, string?> open, CommandContext context)
    {
        var today = London.DateOf(context.Now);
        if (!CheckPeople.Leads(facts, context, today))
        {
            return CheckErrors.NotTheLead;
        }

        var run = new Run<WeekState, SchoolFacts>(state, facts, context);
        if (state.Status == WeeklyUpdateStatus.Collecting && WeekDeadlines.NextOf(state) <= context.Now)
        {
            WeekDeadlines.CatchUp(run);
        }

        switch (run.State.Status)
        {
            case null or WeeklyUpdateStatus.NotNeeded:
                return CheckErrors.NoUpdate;
            case WeeklyUpdateStatus.Collecting:
                return CheckErrors.UpdateNotReady;
            case WeeklyUpdateStatus.Submitted:
                return open(state.Comment) == command.Comment.Trim() ? Events.None : CheckErrors.UpdateSent;
        }

        if (string.IsNullOrWhiteSpace(command.Comment))
        {
            return CheckErrors.CommentMissing;
        }

        run.Add(new WeeklyUpdateSubmitted(
            Personal.Of(KeyOwner.Of(WeekKey.Stream(state.Monday)), command.Comment.Trim()), WeekTable.Counts(run.State.Checks), WeekTable.Pupils(run.State), CheckPeople.RecipientsOn(facts, today)));
        return run.Events;
    }
}
