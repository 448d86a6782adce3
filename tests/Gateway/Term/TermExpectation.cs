namespace OnlineSafetyTrust.Gateway.Tests.Term;

/// <summary>What must have happened at one school, by plain loops over its days.</summary>
internal sealed class TermExpectation
{
    private readonly TermScript _script;

    public TermExpectation(TermScript script, TermSchool school)
    {
        (_script, School) = (script, school);
        foreach (var pupil in script.Pupils(school))
        {
            ChecksOf[pupil] = [.. Planned(pupil)];
        }

        Weeks = [.. ChecksOf.Values.SelectMany(c => c).GroupBy(c => TermDates.MondayOf(c.Day)).OrderBy(w => w.Key).Select(w => new ExpectedWeek(script, school, [.. w]))];
    }

    public TermSchool School { get; }

    /// <summary>Each pupil's checks by day: those that were planned by the end.</summary>
    public Dictionary<TermPupil, IReadOnlyList<ExpectedCheck>> ChecksOf { get; } = [];

    public IReadOnlyList<ExpectedWeek> Weeks { get; }

    public IEnumerable<ExpectedCheck> Checks => ChecksOf.Values.SelectMany(c => c);

    public IEnumerable<Told> Notices() => [.. Checks.SelectMany(c => c.Notices()), .. Checks.SelectMany(Concerns), .. Weeks.SelectMany(w => w.Notices()), .. ChecksOf.Keys.SelectMany(Reviews)];

    public IEnumerable<string> Recordings() =>
        Checks.Where(c => c.Recorded is not null).Select(c => $"{School.Name} {c.Pupil.Number}@{c.Day:yyyy-MM-dd} {c.Recorded!.Result}{(c.Late ? " late" : "")}");

    /// <summary>Every day's row is kept, whatever has left the state.</summary>
    public IEnumerable<string> Rows(TermPupil pupil) =>
        ChecksOf[pupil].Select(c => $"{School.Name} {pupil.Number}@{c.Day:yyyy-MM-dd} {c.Status(_script.End)}{(c.Late ? " late" : "")}");

    /// <summary>One day ahead at a time: a day is planned when the one before it is recorded, withdrawn or overdue.</summary>
    private IEnumerable<ExpectedCheck> Planned(TermPupil pupil)
    {
        foreach (var day in _script.Days(pupil))
        {
            var check = new ExpectedCheck(_script, pupil, day);
            yield return check;
            if (check.Begun is not { } begun || begun >= pupil.EndsAt)
            {
                yield break;
            }
        }
    }

    /// <summary>Told at once; without an answer DSL and deputy an hour later, the head at nine on the next working day, whether or not the checks have ended.</summary>
    private IEnumerable<Told> Concerns(ExpectedCheck check)
    {
        if (check.Recorded is not { Result: "Concern" } recorded)
        {
            yield break;
        }

        var whose = $"{check.Pupil.Number}@{check.Day:yyyy-MM-dd}";
        yield return new Told(School.Name, "check-concern", whose, recorded.At, recorded.At, School.Holder("dsl", TermDates.DayOf(recorded.At)));
        (string Kind, DateTimeOffset At, string[] Offices)[] stages =
        [
            ("check-concern-overdue", recorded.At.AddMinutes(60), ["dsl", "deputy"]),
            ("check-concern-escalated", TermDates.Utc(TermDates.NextWorking(TermDates.DayOf(recorded.At)), new(9, 0)), ["head"]),
        ];
        var answered = _script.Answered(check.Pupil, check.Day);
        var reached = stages.Where(s => !(s.At >= answered) && s.At <= _script.End).ToList();
        foreach (var (kind, at, offices) in reached)
        {
            var actual = check.Actual(at);
            var overtaken = reached.Exists(s => s.At > at && s.At <= actual);
            yield return new Told(School.Name, kind, whose, at, actual, overtaken ? "" : string.Join(',', offices.Select(o => School.Holder(o, TermDates.DayOf(actual))).Distinct()));
        }
    }

    /// <summary>Asked for on its date or the next school day, reminded once on the school day after that.</summary>
    private IEnumerable<Told> Reviews(TermPupil pupil)
    {
        if (pupil.ReviewOn > TermDates.DayOf(_script.End))
        {
            yield break;
        }

        var asked = School.NextOpen(pupil.ReviewOn.AddDays(-1), new(9, 0));
        (string Kind, DateOnly Day)[] stages = [("checks-review", asked), ("checks-review-overdue", School.NextOpen(asked, new(9, 0)))];
        foreach (var (kind, day) in stages)
        {
            var at = TermDates.Utc(day, new(9, 0));
            if (at <= _script.End && !(at >= pupil.EndsAt) && !(at >= pupil.ContinuedAt))
            {
                yield return new Told(School.Name, kind, $"{pupil.Number}", at, at, School.Holder("dsl", day));
            }
        }
    }
}
