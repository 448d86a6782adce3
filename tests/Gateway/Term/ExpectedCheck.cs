namespace OnlineSafetyTrust.Gateway.Tests.Term;

/// <summary>A notice that somebody must get, or a stage that was overtaken.</summary>
/// <param name="Whose">Pupil's number and day, pupil's number, or the week's Monday.</param>
/// <param name="Actual">When it happens, to five minutes.</param>
/// <param name="To">Several with commas between. Empty: overtaken by a higher stage, nobody is told.</param>
internal sealed record Told(string School, string Kind, string Whose, DateTimeOffset Nominal, DateTimeOffset Actual, string To);

/// <summary>What must become of one pupil's check of one day.</summary>
internal sealed class ExpectedCheck
{
    private readonly TermScript _script;
    private readonly List<(string Kind, DateTimeOffset At)> _reached;

    public ExpectedCheck(TermScript script, TermPupil pupil, DateOnly day)
    {
        (_script, Pupil, Day, Recorded) = (script, pupil, day, script.Recorded(pupil, day));
        var school = pupil.School;
        By = TermDates.Utc(day, pupil.By);
        (string Kind, DateTimeOffset At)[] stages =
        [
            ("check-overdue", By), ("check-escalated", By.AddMinutes(60)), ("check-missed", TermDates.Utc(school.NextOpen(day, new(9, 0)), new(9, 0))),
        ];
        var missed = stages[2].At;
        DateTimeOffset? closed = school.ClosedAt(day) is { } time ? TermDates.Utc(day, time) : null;
        DateTimeOffset?[] ends = [closed, pupil.EndOf(day)];
        Withdrawn = ends.Where(at => at <= script.End && !(Recorded?.At <= at) && at <= missed).Min();
        var settled = new[] { Recorded?.At, Withdrawn }.Min();
        _reached = [.. stages.Where(s => !(s.At >= settled) && s.At <= script.End)];
    }

    public TermPupil Pupil { get; }

    public DateOnly Day { get; }

    public DateTimeOffset By { get; }

    public Recording? Recorded { get; }

    public DateTimeOffset? Withdrawn { get; }

    public bool Late => Recorded is { } r && r.At > By;

    /// <summary>When the next day's check is planned: this one is recorded, withdrawn or overdue.</summary>
    public DateTimeOffset? Begun => new[] { Recorded?.At, Withdrawn, _reached.Count > 0 ? Actual(_reached[0].At) : null }.Min();

    /// <summary>When it happens: at its time, or when the machine is up again.</summary>
    public DateTimeOffset Actual(DateTimeOffset nominal) => _script.IsDown(nominal) ? _script.Down!.Value.To : nominal;

    public IEnumerable<Told> Notices()
    {
        foreach (var (kind, at) in _reached)
        {
            var actual = Actual(at);
            var overtaken = _reached.Any(s => s.At > at && s.At <= actual);
            var to = kind switch
            {
                "check-overdue" => Pupil.School.Checker(Pupil, Day, actual),
                "check-escalated" => Pupil.School.Holder("dsl", TermDates.DayOf(actual)),
                _ => Pupil.School.Holder("head", TermDates.DayOf(actual)),
            };
            yield return new Told(Pupil.School.Name, kind, $"{Pupil.Number}@{Day:yyyy-MM-dd}", at, actual, overtaken ? "" : to);
        }
    }

    /// <summary>Name of its status at an instant at which nothing else happens.</summary>
    public string Status(DateTimeOffset at)
    {
        if (Recorded?.At <= at)
        {
            return Recorded.Result;
        }

        if (Withdrawn <= at)
        {
            return "Withdrawn";
        }

        var told = _reached.Where(s => Actual(s.At) <= at).Select(s => s.Kind).LastOrDefault();
        return told switch
        {
            null => "Planned",
            "check-missed" => "Missed",
            _ => "Overdue",
        };
    }
}
