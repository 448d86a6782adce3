using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Checks;

/// <summary>The DSL was asked to schedule what a strategy agreed.</summary>
/// <param name="HeadAt">When the head is told that it was not done.</param>
internal sealed record AskedSchedule(DateTimeOffset Since, DateTimeOffset DueAt, DateTimeOffset HeadAt, CheckStage Reached)
{
    /// <summary>The next stage and its time; none once the head was told.</summary>
    [JsonIgnore]
    public (CheckStage Stage, DateTimeOffset At)? Next => Reached switch
    {
        CheckStage.None => (CheckStage.Dsl, DueAt),
        CheckStage.Dsl => (CheckStage.Head, HeadAt),
        _ => null,
    };
}

/// <summary>
/// What a strategy in force says of daily checks (E1) is only a time: what to look for and who checks is the DSL's to say. While no schedule
/// runs that is a task, due by the end of the school day; late it reminds the DSL, and at nine on the next school day the head.
/// </summary>
internal static class AgreedChecks
{
    private static readonly DeadlineRule SameDay = new(DeadlineClock.SameSchoolDay);

    /// <param name="by">Null: no strategy in force says anything of checks any more.</param>
    public static Result<Events> Note(CheckState state, CheckFacts facts, PupilId pupil, TimeOnly? by, CommandContext context)
    {
        if (by == state.Agreed)
        {
            return Events.None;
        }

        var run = new Run<CheckState, CheckFacts>(state, facts, context);
        run.Add(new ChecksAgreed(pupil, by));
        CheckDeadlines.CatchUp(run, null);
        return run.Events;
    }

    /// <summary>While no schedule runs.</summary>
    public static void Sync(Run<CheckState, CheckFacts> run)
    {
        if (run.State.Agreed is null || run.Facts.Checkers.PupilLeft)
        {
            return;
        }

        var asked = run.State.Asked;
        var due = Deadline.Resolve(SameDay, asked?.Since ?? run.Now, run.Facts.Calendar)!.Value;
        var head = London.ToInstant(run.Facts.NextDayFor(London.DateOf(due)), CheckTimes.HeadToldAt);
        // What has been reached keeps its time.
        var plan = new SchedulePlan(asked?.Reached >= CheckStage.Dsl ? asked.DueAt : due, asked?.Reached == CheckStage.Head ? asked.HeadAt : head);
        if (asked is null || plan != new SchedulePlan(asked.DueAt, asked.HeadAt))
        {
            run.Add(new ScheduleAsked(plan, asked is null ? CheckPeople.DslOn(run.Facts.School, London.DateOf(run.Now)) : [], run.Facts.School.Version));
        }
    }

    public static void Escalate(Run<CheckState, CheckFacts> run)
    {
        while (run.State.Asked is { Next: { } next } asked && next.At <= run.Now)
        {
            var today = London.DateOf(run.Now);
            var overtaken = next.Stage == CheckStage.Dsl && asked.HeadAt <= run.Now;
            ImmutableList<PersonId> told = next.Stage == CheckStage.Head ? CheckPeople.HeadOn(run.Facts.School, today) : CheckPeople.DslOn(run.Facts.School, today);
            run.Add(new ScheduleOverdue(next.Stage, next.At, run.Now, overtaken, overtaken ? [] : told, run.Facts.School.Version));
        }
    }

    public static IEnumerable<DueRow> Due(CheckState state) => state.Asked?.Next is { } next ? [new DueRow("schedule", next.At)] : [];

    public static IEnumerable<TaskView> Tasks(CheckState state, Func<PersonId, TaskKind, string, string, DateTimeOffset?, DateTimeOffset, TaskView> task)
    {
        if (state is { Asked: { } asked, Lead: { } lead })
        {
            yield return task(lead, TaskKind.ChecksToSchedule, "Schedule the daily checks that the strategy agreed", "schedule", asked.DueAt, asked.Since);
        }

        if (state is { Asked: { Reached: CheckStage.Head } late, Head: { } head } && head != state.Lead)
        {
            yield return task(head, TaskKind.ChecksToSchedule, "Daily checks that a strategy agreed are not scheduled: see to it", "schedule/head", late.HeadAt, late.HeadAt);
        }
    }
}
