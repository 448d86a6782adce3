using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Checks;

/// <summary>What time does to the weekly update (E4): drafted, reminded, escalated, each once.</summary>
internal static class WeekDeadlines
{
    /// <summary>A policy without recipients has no weekly update; without a policy there is one, so that nothing goes unread.</summary>
    public static bool HasUpdate(SchoolFacts facts) => facts.Policy?.Policy.WeeklyUpdateTo.Count != 0;

    public static IEnumerable<DueRow> Of(WeekState state)
    {
        if (NextOf(state) is { } at)
        {
            yield return new DueRow("update", at);
        }

        if (state is { IsOpen: true, OwnerUntil: { } until })
        {
            yield return new DueRow("hand-over", until);
        }
    }

    public static Events OnDue(WeekState state, SchoolFacts facts, CommandContext context)
    {
        var run = new Run<WeekState, SchoolFacts>(state, facts, context);
        CatchUp(run);
        return run.Events;
    }

    public static void CatchUp(Run<WeekState, SchoolFacts> run)
    {
        for (Sync(run); NextOf(run.State) <= run.Now; Sync(run))
        {
            if (run.State.Status == WeeklyUpdateStatus.Collecting)
            {
                Draft(run);
            }
            else
            {
                Escalate(run);
            }
        }
    }

    public static DateTimeOffset? NextOf(WeekState state) => (state.Status, state.Reached) switch
    {
        (WeeklyUpdateStatus.Collecting, _) => state.Plan?.DraftAt,
        (WeeklyUpdateStatus.Drafted, WeeklyUpdateStage.None) => state.Plan?.OverdueAt,
        (WeeklyUpdateStatus.Drafted, WeeklyUpdateStage.Owner) => state.Plan?.HeadAt,
        _ => null,
    };

    /// <summary>Keeps times and owner in step with calendar and people, until the update is sent.</summary>
    private static void Sync(Run<WeekState, SchoolFacts> run)
    {
        if (!run.State.IsOpen)
        {
            return;
        }

        var plan = PlanFor(run);
        if (plan != run.State.Plan)
        {
            run.Add(new WeekPlanned(run.State.Plan, plan, run.Facts.Version));
        }

        var today = London.DateOf(run.Now);
        var (owner, until) = (CheckPeople.Lead(run.Facts, today), CheckPeople.NextLeadAt(run.Facts, today));
        if (owner != run.State.Owner || until != run.State.OwnerUntil)
        {
            run.Add(new WeekOwnerChanged(run.State.Owner, owner, until));
        }

        if (plan is null && run.State.Status == WeeklyUpdateStatus.Collecting)
        {
            run.Add(new WeeklyUpdateNotNeeded(run.Facts.Version));
        }
    }

    private static WeekPlan? PlanFor(Run<WeekState, SchoolFacts> run)
    {
        var state = run.State;
        // A check that was made counts, even if its day was called off afterwards.
        var lastDay = Enumerable.Range(0, 7).Select(state.Monday.AddDays).Where(run.Facts.Calendar.IsSchoolDay)
            .Concat(state.Checks.Where(c => c.Status != CheckStatus.Withdrawn).Select(c => c.Date))
            .Select(d => (DateOnly?)d).Max();
        if (lastDay is not { } last)
        {
            return state.Status == WeeklyUpdateStatus.Drafted ? state.Plan : null;
        }

        var overdueDay = Next(run.Facts, last);
        var plan = new WeekPlan(
            London.ToInstant(last, CheckTimes.WeekDraftedAt), London.ToInstant(overdueDay, CheckTimes.WeekOverdueAt),
            London.ToInstant(Next(run.Facts, overdueDay), CheckTimes.WeekHeadToldAt));
        // What has happened keeps its time.
        plan = state.Status == WeeklyUpdateStatus.Drafted ? plan with { DraftAt = state.Plan!.DraftAt } : plan;
        return state.Reached switch
        {
            WeeklyUpdateStage.Owner => plan with { OverdueAt = state.Plan!.OverdueAt },
            WeeklyUpdateStage.Head => state.Plan,
            _ => plan,
        };
    }

    private static void Draft(Run<WeekState, SchoolFacts> run)
    {
        var counts = WeekTable.Counts(run.State.Checks);
        if (counts.Asked == 0 || !HasUpdate(run.Facts))
        {
            run.Add(new WeeklyUpdateNotNeeded(run.Facts.Version));
            return;
        }

        var owner = run.State.Owner;
        // Already overdue after downtime: the reminder below is the one that tells.
        var overtaken = run.State.Plan!.OverdueAt <= run.Now;
        run.Add(new WeeklyUpdateDrafted(
            run.State.Plan.DraftAt, run.Now, counts, WeekTable.Pupils(run.State), owner, !overtaken && owner is { } person ? [person] : [], run.Facts.Version));
    }

    private static void Escalate(Run<WeekState, SchoolFacts> run)
    {
        var plan = run.State.Plan!;
        var today = London.DateOf(run.Now);
        if (run.State.Reached == WeeklyUpdateStage.None)
        {
            var overtaken = plan.HeadAt <= run.Now;
            run.Add(new WeeklyUpdateOverdue(
                WeeklyUpdateStage.Owner, plan.OverdueAt, run.Now, overtaken, !overtaken && run.State.Owner is { } owner ? [owner] : []));
        }
        else
        {
            run.Add(new WeeklyUpdateOverdue(WeeklyUpdateStage.Head, plan.HeadAt, run.Now, false, CheckPeople.HeadOn(run.Facts, today)));
        }
    }

    private static DateOnly Next(SchoolFacts facts, DateOnly after) => facts.Calendar.NextSchoolDay(after) ?? SchoolTime.AddWorkingDays(after, 1);
}
