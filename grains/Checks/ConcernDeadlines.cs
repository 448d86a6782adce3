using System.Text.Json.Serialization;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Checks;

/// <summary>A concern that waits for the DSL, or the incident it led to.</summary>
/// <param name="FoundAt">What is found again while it waits makes it no younger.</param>
/// <param name="Reached">Who was told that nobody had answered it.</param>
internal sealed record CheckConcern(DateOnly Date, DateTimeOffset FoundAt, bool Answered, IncidentId? Incident, CheckStage Reached = CheckStage.None)
{
    /// <summary>DSL and deputies are reminded.</summary>
    [JsonIgnore]
    public DateTimeOffset DslAt => FoundAt + CheckTimes.UntilConcernReminder;

    /// <summary>The head is told. Like of what is reported, in the holidays it does not wait for the first day of term; a school day is a working day.</summary>
    [JsonIgnore]
    public DateTimeOffset HeadAt => London.ToInstant(SchoolTime.AddWorkingDays(London.DateOf(FoundAt), 1), CheckTimes.HeadToldAt);

    /// <summary>The next stage and its time; none once it is answered or the head was told.</summary>
    [JsonIgnore]
    public (CheckStage Stage, DateTimeOffset At)? Next => Answered ? null : Reached switch
    {
        CheckStage.None => (CheckStage.Dsl, DslAt),
        CheckStage.Dsl => (CheckStage.Head, HeadAt),
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

    public static void Escalate(Run<CheckState, CheckFacts> run, CheckConcern concern)
    {
        var (stage, at) = concern.Next!.Value;
        var today = London.DateOf(run.Now);
        var overtaken = stage == CheckStage.Dsl && concern.HeadAt <= run.Now;
        var told = stage == CheckStage.Head ? CheckPeople.HeadOn(run.Facts.School, today) : CheckPeople.DslAndDeputiesOn(run.Facts.School, today);
        run.Add(new ConcernOverdue(concern.Date, stage, at, run.Now, overtaken, overtaken ? [] : told, run.Facts.School.Version));
    }
}
