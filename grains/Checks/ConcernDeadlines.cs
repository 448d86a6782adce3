using System.Text.Json.Serialization;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Checks;

/// <summary>A concern that waits for the DSL, or the incident it led to.</summary>
/// <param name="Plan">Null: found before concerns escalated, and nothing has happened since.</param>
/// <param name="Reached">Who was told that nobody had answered it.</param>
internal sealed record CheckConcern(DateOnly Date, DateTimeOffset FoundAt, bool Answered, IncidentId? Incident, ConcernPlan? Plan = null, CheckStage Reached = CheckStage.None)
{
    /// <summary>The next stage and its time; none once it is answered or the head was told.</summary>
    [JsonIgnore]
    public (CheckStage Stage, DateTimeOffset At)? Next => Answered ? null : Reached switch
    {
        CheckStage.None => (CheckStage.Dsl, Plan?.DslAt ?? FoundAt + CheckTimes.UntilConcernReminder),
        CheckStage.Dsl => (CheckStage.Head, Plan!.HeadAt),
        _ => null,
    };
}

/// <summary>
/// What time does to a concern that nobody answers: like a check that nobody made it comes to the head, each stage once. It outlives the
/// schedule, for the risk does.
/// </summary>
internal static class ConcernDeadlines
{
    public static IEnumerable<DueRow> Due(CheckState state)
    {
        foreach (var concern in state.Concerns)
        {
            if (concern.Next is { } next)
            {
                yield return new DueRow($"concern/{concern.Date:yyyy-MM-dd}", next.At);
            }
        }
    }

    public static ConcernPlan PlanFor(CheckFacts facts, DateTimeOffset since) =>
        new(since, since + CheckTimes.UntilConcernReminder, London.ToInstant(facts.NextDayFor(London.DateOf(since)), CheckTimes.HeadToldAt));

    /// <summary>Keeps the head's time in step with the calendar until it is reached.</summary>
    public static void Sync(Run<CheckState, CheckFacts> run)
    {
        foreach (var concern in run.State.Concerns.Where(c => c.Next is not null))
        {
            var plan = PlanFor(run.Facts, concern.Plan?.Since ?? concern.FoundAt);
            if (plan != concern.Plan)
            {
                run.Add(new ConcernPlanned(concern.Date, concern.Plan, plan, run.Facts.School.Version));
            }
        }
    }

    public static void Escalate(Run<CheckState, CheckFacts> run, CheckConcern concern)
    {
        var (stage, at) = concern.Next!.Value;
        var today = London.DateOf(run.Now);
        var overtaken = stage == CheckStage.Dsl && concern.Plan!.HeadAt <= run.Now;
        var told = stage == CheckStage.Head ? CheckPeople.HeadOn(run.Facts.School, today) : CheckPeople.DslAndDeputiesOn(run.Facts.School, today);
        run.Add(new ConcernOverdue(concern.Date, stage, at, run.Now, overtaken, overtaken ? [] : told, run.Facts.School.Version));
    }
}
