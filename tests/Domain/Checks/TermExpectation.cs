using OnlineSafetyTrust.Contracts;

namespace OnlineSafetyTrust.Domain.Tests.Checks;

/// <summary>A stage that was reached.</summary>
/// <param name="Whose">Pupil's number and day, or the week.</param>
/// <param name="To">Who was told; empty: overtaken.</param>
internal sealed record Reached(string School, string Whose, string Stage, DateTimeOffset Nominal, DateTimeOffset Actual, string To);

/// <summary>What must have happened, by loops over dates.</summary>
internal static class TermExpectation
{
    private static readonly DateTimeOffset End = TermScript.Utc(TermScript.Last, new(20, 0));

    public static IEnumerable<Reached> Checks(ScriptedSchool school)
    {
        foreach (var day in Days(school).Where(d => d != school.Snow))
        {
            for (var pupil = 0; pupil < TermScript.PupilsPerSchool; pupil++)
            {
                foreach (var reached in Check(school, pupil, day))
                {
                    yield return reached;
                }
            }
        }
    }

    public static IEnumerable<Reached> Weeks(ScriptedSchool school)
    {
        foreach (var week in Days(school).Where(d => d != school.Snow).GroupBy(TermScript.MondayOf))
        {
            var last = week.Where(d => d != school.LateClosure).Max();
            var sent = TermScript.SubmittedAt(school, last);
            var next = NextOpenAtNine(school, last);
            var head = NextOpenAtNine(school, next);
            (string Stage, DateTimeOffset At, PersonId To)[] stages =
            [
                ("draft", TermScript.Utc(last, new(15, 45)), school.Dsl),
                ("owner", TermScript.Utc(next, new(12, 0)), school.Dsl),
                ("head", TermScript.Utc(head, new(9, 0)), school.Head),
            ];
            foreach (var reached in Stages(school, $"{week.Key:yyyy-MM-dd}", stages, InDowntime(sent) ? null : sent))
            {
                yield return reached;
            }
        }
    }

    public static int WeeksSent(ScriptedSchool school) => Days(school).Where(d => d != school.Snow && d != school.LateClosure).GroupBy(TermScript.MondayOf)
        .Select(week => TermScript.SubmittedAt(school, week.Max())).Count(at => at <= End && !InDowntime(at));

    /// <summary>How many checks of each result the whole time ends with: recorded, missed, withdrawn.</summary>
    public static (int Recorded, int Missed, int Withdrawn) Outcome(ScriptedSchool school)
    {
        var (recorded, missed, withdrawn) = (0, 0, 0);
        foreach (var day in Days(school).Where(d => d < TermScript.Last))
        {
            for (var pupil = 0; pupil < TermScript.PupilsPerSchool; pupil++)
            {
                if (day == school.Snow || (day == school.LateClosure && !(Recorded(school, pupil, day) < TermScript.LateClosureAnnounced(day))))
                {
                    withdrawn++;
                }
                else if (Recorded(school, pupil, day) is not null)
                {
                    recorded++;
                }
                else
                {
                    missed++;
                }
            }
        }

        return (recorded, missed, withdrawn);
    }

    private static IEnumerable<Reached> Check(ScriptedSchool school, int pupil, DateOnly day)
    {
        var by = TermScript.Utc(day, school.By);
        (string Stage, DateTimeOffset At, PersonId To)[] stages =
        [
            ("checker", by, school.Checker(pupil, day)),
            ("dsl", by.AddMinutes(60), school.Dsl),
            ("head", TermScript.Utc(NextOpenAtNine(school, day), new(9, 0)), school.Head),
        ];
        var until = Recorded(school, pupil, day);
        if (day == school.LateClosure && !(until < TermScript.LateClosureAnnounced(day)))
        {
            until = TermScript.LateClosureAnnounced(day);
        }

        return Stages(school, $"{pupil}@{day:yyyy-MM-dd}", stages, until);
    }

    /// <summary>Those before it was settled; what fell into the downtime happens right after it, and only the highest of those tells.</summary>
    private static IEnumerable<Reached> Stages(ScriptedSchool school, string whose, (string Stage, DateTimeOffset At, PersonId To)[] stages, DateTimeOffset? settled)
    {
        var reached = stages.Where(s => !(s.At >= settled) && s.At <= End).ToList();
        foreach (var (stage, at, to) in reached)
        {
            var actual = InDowntime(at) ? TermScript.DownTo : at;
            var overtaken = reached.Any(s => s.At > at && s.At <= actual);
            yield return new Reached(school.Name, whose, stage, at, actual, overtaken ? "" : to.ToString());
        }
    }

    /// <summary>What falls into the downtime is not recorded at all.</summary>
    private static DateTimeOffset? Recorded(ScriptedSchool school, int pupil, DateOnly day) =>
        TermScript.RecordedAt(school, pupil, day) is { } at && !InDowntime(at) && at <= End ? at : null;

    private static bool InDowntime(DateTimeOffset at) => at >= TermScript.DownFrom && at < TermScript.DownTo;

    /// <summary>The day that closed late was open at nine and noon; the snow day was not.</summary>
    private static DateOnly NextOpenAtNine(ScriptedSchool school, DateOnly day)
    {
        var next = TermScript.NextOpen(school, day);
        return next == school.Snow ? TermScript.NextOpen(school, next) : next;
    }

    private static IEnumerable<DateOnly> Days(ScriptedSchool school) => school.Open.Where(d => d >= TermScript.First && d <= TermScript.Last).Order();
}
