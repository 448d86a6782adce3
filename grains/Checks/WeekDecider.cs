using System.Collections.Immutable;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Checks;

/// <summary>Rules for the weekly update (E4).</summary>
internal static class WeekDecider
{
    private static readonly Role[] Owners = [Role.Dsl, Role.DeputyDsl, Role.Headteacher, Role.SeniorLeader];
    private static readonly Role[] Heads = [Role.Headteacher, Role.SeniorLeader, Role.Dsl, Role.DeputyDsl];

    public static IEnumerable<DueRow> Due(WeekState state) => NextOf(state) is { } at ? [new DueRow("update", at)] : [];

    /// <summary>A schedule tells where one check stands. The first one opens the week.</summary>
    public static Events Note(WeekState state, SchoolFacts facts, DateOnly monday, WeekOccasion check, CommandContext context)
    {
        var run = new WeekRun(state, facts, context);
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

        CatchUp(run);
        return run.Events;
    }

    public static Events OnDue(WeekState state, SchoolFacts facts, CommandContext context)
    {
        var run = new WeekRun(state, facts, context);
        CatchUp(run);
        return run.Events;
    }

    public static Result<Events> Submit(WeekState state, SchoolFacts facts, SubmitWeeklyUpdate command, Func<Personal<string>?, string?> open, CommandContext context)
    {
        var today = London.DateOf(context.Now);
        if (!context.Actor.IsSystem && !(context.Actor.Person is { } person && facts.RolesOf(person, today).Overlaps([Role.Dsl, Role.DeputyDsl])))
        {
            return DomainError.NotAllowed("the DSL and the deputy");
        }

        var run = new WeekRun(state, facts, context);
        if (state.Status == WeeklyUpdateStatus.Collecting && NextOf(state) <= context.Now)
        {
            CatchUp(run);
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
            Personal.Of(KeyOwner.Of(WeekKey.Stream(state.Monday)), command.Comment.Trim()), WeekTable.Counts(run.State.Checks), WeekTable.Pupils(run.State), Recipients(facts, today)));
        return run.Events;
    }

    private static void CatchUp(WeekRun run)
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

    private static DateTimeOffset? NextOf(WeekState state) => (state.Status, state.Reached) switch
    {
        (WeeklyUpdateStatus.Collecting, _) => state.Plan?.DraftAt,
        (WeeklyUpdateStatus.Drafted, WeeklyUpdateStage.None) => state.Plan?.OverdueAt,
        (WeeklyUpdateStatus.Drafted, WeeklyUpdateStage.Owner) => state.Plan?.HeadAt,
        _ => null,
    };

    /// <summary>Keeps times and owner in step with calendar and people, until the update is sent.</summary>
    private static void Sync(WeekRun run)
    {
        if (run.State.Status is not (WeeklyUpdateStatus.Collecting or WeeklyUpdateStatus.Drafted))
        {
            return;
        }

        var plan = PlanFor(run);
        if (plan != run.State.Plan)
        {
            run.Add(new WeekPlanned(run.State.Plan, plan, run.Facts.Version));
        }

        var owner = First(Holders(run.Facts, Owners, London.DateOf(run.Now)));
        if (owner != run.State.Owner)
        {
            run.Add(new WeekOwnerChanged(run.State.Owner, owner));
        }

        if (plan is null && run.State.Status == WeeklyUpdateStatus.Collecting)
        {
            run.Add(new WeeklyUpdateNotNeeded(run.Facts.Version));
        }
    }

    private static WeekPlan? PlanFor(WeekRun run)
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

    private static void Draft(WeekRun run)
    {
        var counts = WeekTable.Counts(run.State.Checks);
        if (counts.Asked == 0 || run.Facts.Policy?.Policy.WeeklyUpdateTo.Count == 0)
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

    private static void Escalate(WeekRun run)
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
            run.Add(new WeeklyUpdateOverdue(WeeklyUpdateStage.Head, plan.HeadAt, run.Now, false, Holders(run.Facts, Heads, today)));
        }
    }

    /// <summary>Whom the policy names, normally the network manager; the head where nobody holds that role.</summary>
    private static ImmutableList<PersonId> Recipients(SchoolFacts facts, DateOnly day)
    {
        IReadOnlyList<Role> roles = facts.Policy?.Policy.WeeklyUpdateTo is { Count: > 0 } named ? named : [Role.NetworkManager];
        ImmutableList<PersonId> people = [.. roles.SelectMany(r => facts.HoldersOf(r, day)).Distinct()];
        return people.Count > 0 ? people : Holders(facts, Heads, day);
    }

    private static DateOnly Next(SchoolFacts facts, DateOnly after) => facts.Calendar.NextSchoolDay(after) ?? SchoolTime.AddWorkingDays(after, 1);

    private static ImmutableList<PersonId> Holders(SchoolFacts facts, Role[] line, DateOnly day) =>
        line.Select(role => facts.HoldersOf(role, day).ToImmutableList()).FirstOrDefault(holders => holders.Count > 0) ?? [];

    private static PersonId? First(ImmutableList<PersonId> people) => people.Count > 0 ? people[0] : null;
}
