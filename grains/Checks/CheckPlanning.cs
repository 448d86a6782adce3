using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Checks;

/// <summary>Keeps what is planned in step with calendar, people and schedule. Exactly one day is planned ahead.</summary>
internal static class CheckPlanning
{
    public static void Sync(Run<CheckState, CheckFacts> run)
    {
        if (!run.State.IsActive)
        {
            AgreedChecks.Sync(run);
            if (run.State.HasDuties)
            {
                SyncLead(run);
            }

            return;
        }

        if (run.Facts.Checkers.LeftOn is { } left)
        {
            EndByLeaving(run, left);
            return;
        }

        if (run.State.Away != run.Facts.Checkers.DevicesAway)
        {
            run.Add(new DevicesAway(run.Facts.Checkers.DevicesAway));
        }

        WithdrawClosedDays(run);
        ReinstateDays(run);
        PlanNextDay(run);
        Replan(run);
        PlanReview(run);
        SyncLead(run);
    }

    /// <summary>What is still open on the day ends with it; reminders that went out stay recorded.</summary>
    public static void WithdrawAll(Run<CheckState, CheckFacts> run) => Withdraw(run, d => true, WithdrawalCause.ChecksEnded);

    // The pupil was here on the last day: its check is made, or missed and the head hears of it, before the others end.
    private static void EndByLeaving(Run<CheckState, CheckFacts> run, DateOnly left)
    {
        Withdraw(run, d => d.Date > left, WithdrawalCause.ChecksEnded);
        WithdrawClosedDays(run);
        if (run.State.Days.Exists(d => d.IsOpen))
        {
            Replan(run);
            SyncLead(run);
            return;
        }

        run.Add(new ChecksEnded(ChecksEndCause.PupilLeft, null, null));
    }

    private static void Withdraw(Run<CheckState, CheckFacts> run, Func<DayCheck, bool> which, WithdrawalCause cause)
    {
        foreach (var day in run.State.Days.Where(d => d.IsOpen && which(d)))
        {
            run.Add(new CheckWithdrawn(day.Date, day.Status, cause));
        }
    }

    private static void WithdrawClosedDays(Run<CheckState, CheckFacts> run) => Withdraw(run, d => !run.Facts.Calendar.IsSchoolDay(d.Date), WithdrawalCause.NotASchoolDay);

    // Beyond the cursor they are planned like any other day.
    private static void ReinstateDays(Run<CheckState, CheckFacts> run)
    {
        foreach (var day in run.State.Days.Where(d => d.Withdrawn == WithdrawalCause.NotASchoolDay && d.Date >= run.State.Terms!.From && d.Date <= run.State.Cursor && run.Facts.Calendar.IsSchoolDay(d.Date)))
        {
            run.Add(new CheckReinstated(day.Date));
        }
    }

    private static void PlanNextDay(Run<CheckState, CheckFacts> run)
    {
        var next = run.Facts.Calendar.NextSchoolDay(run.State.Cursor);
        if (run.State.Planned is { } planned)
        {
            if (planned.Date <= next)
            {
                return;
            }

            run.Add(new CheckWithdrawn(planned.Date, planned.Status, WithdrawalCause.EarlierDay));
        }

        if (next is { } day)
        {
            run.Add(new CheckPlanned(day, PlanFor(run, day), run.Facts.School.Version));
        }
        else if (run.State.CalendarMissingSince is null)
        {
            run.Add(new CalendarMissing(run.State.Cursor, CheckPeople.DslOn(run.Facts.School, London.DateOf(run.Now))));
        }
    }

    private static void Replan(Run<CheckState, CheckFacts> run)
    {
        foreach (var day in run.State.Days.Where(d => d.IsOpen))
        {
            var plan = PlanFor(run, day.Date);
            // What has been reached keeps its time; a new time that is already over holds from the next day on.
            if (day.Reached != CheckStage.None || (plan.ByAt <= run.Now && day.Plan.ByAt > run.Now))
            {
                plan = plan with { ByAt = day.Plan.ByAt, DslAt = day.Plan.DslAt };
            }

            if (plan != day.Plan)
            {
                run.Add(new CheckReplanned(day.Date, day.Plan, plan, run.Facts.School.Version));
            }
        }
    }

    private static CheckPlan PlanFor(Run<CheckState, CheckFacts> run, DateOnly day)
    {
        var byAt = London.ToInstant(day, run.State.Terms!.By);
        return new CheckPlan(
            byAt, byAt + CheckTimes.UntilDsl, London.ToInstant(run.Facts.NextDayFor(day), CheckTimes.HeadToldAt), CheckPeople.Checker(run.Facts, run.State.Terms.Checker, day));
    }

    private static void PlanReview(Run<CheckState, CheckFacts> run)
    {
        var before = run.State.Review;
        ReviewPlan? plan = null;
        if (run.State.Terms!.ReviewOn is { } on)
        {
            var day = run.Facts.NextDayFor(on.AddDays(-1));
            plan = new ReviewPlan(on, London.ToInstant(day, CheckTimes.ReviewAskedAt), London.ToInstant(run.Facts.NextDayFor(day), CheckTimes.ReviewAskedAt));
            if (before?.On == on && run.State.ReviewStatus != ReviewStatus.NotDue)
            {
                // Asked for already: only the reminder can still move, and not once it was sent.
                plan = run.State.ReviewStatus == ReviewStatus.Overdue ? before : plan with { AskAt = before.AskAt };
            }
        }

        if (plan != before)
        {
            run.Add(new ReviewPlanned(before, plan));
        }
    }

    private static void SyncLead(Run<CheckState, CheckFacts> run)
    {
        var today = London.DateOf(run.Now);
        var (lead, head, until) = (CheckPeople.Lead(run.Facts.School, today), CheckPeople.Head(run.Facts.School, today), CheckPeople.NextLeadAt(run.Facts.School, today));
        if ((lead, head, until) != (run.State.Lead, run.State.Head, run.State.LeadUntil))
        {
            run.Add(new ChecksLeadChanged(run.State.Lead, lead, until, head));
        }
    }
}
