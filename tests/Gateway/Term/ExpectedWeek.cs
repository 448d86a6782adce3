namespace OnlineSafetyTrust.Gateway.Tests.Term;

/// <summary>What must become of a school's weekly update.</summary>
internal sealed class ExpectedWeek
{
    private readonly TermScript _script;
    private readonly TermSchool _school;
    private readonly IReadOnlyList<ExpectedCheck> _checks;
    private readonly DateTimeOffset _drafted;

    /// <param name="checks">The week's.</param>
    public ExpectedWeek(TermScript script, TermSchool school, IReadOnlyList<ExpectedCheck> checks)
    {
        (_script, _school, _checks) = (script, school, checks);
        Monday = TermDates.MondayOf(checks[0].Day);
        // A day that was called off counts only if a check had been made on it.
        Last = checks.Where(c => school.ClosedAt(c.Day) is null || c.Recorded is not null).Max(c => c.Day);
        Sent = script.Sent(school, Last);
        _drafted = TermDates.Utc(Last, new(15, 45));
        // Shortened when its new last day was already over: it writes itself at once.
        var shortened = school.Closings.Where(c => c.Day > Last && TermDates.MondayOf(c.Day) == Monday).Select(c => TermDates.Utc(c.Day, c.Announced)).ToList();
        DraftedAt = shortened.Count > 0 ? shortened.Max() : _drafted;
    }

    public DateOnly Monday { get; }

    public DateOnly Last { get; }

    public DateTimeOffset? Sent { get; }

    /// <summary>When that really happens.</summary>
    public DateTimeOffset DraftedAt { get; }

    public bool IsDrafted => DraftedAt <= _script.End;

    public string Status => Sent is not null ? "Submitted" : IsDrafted ? "Drafted" : "Collecting";

    public IEnumerable<Told> Notices()
    {
        var next = _school.NextOpen(Last, new(12, 0));
        (string Kind, DateTimeOffset At, string Office)[] stages =
        [
            ("weekly-update-overdue", TermDates.Utc(next, new(12, 0)), "dsl"),
            ("weekly-update-escalated", TermDates.Utc(_school.NextOpen(next, new(9, 0)), new(9, 0)), "head"),
        ];
        if (IsDrafted)
        {
            yield return Notice("weekly-update", _drafted, DraftedAt, _school.Holder("dsl", TermDates.DayOf(DraftedAt)));
        }

        foreach (var (kind, at, office) in stages.Where(s => !(s.At >= Sent) && s.At <= _script.End))
        {
            yield return Notice(kind, at, at, _school.Holder(office, TermDates.DayOf(at)));
        }

        if (Sent is { } sent)
        {
            yield return Notice("weekly-update-sent", sent, sent, "network");
        }
    }

    /// <summary>Asked, clear, concern, absent, device not in school, missed, open, late.</summary>
    public string Counts(DateTimeOffset at)
    {
        var asked = _checks.Select(c => (Status: c.Status(at), Late: c.Late && c.Recorded!.At <= at)).Where(c => c.Status != "Withdrawn").ToList();
        int Of(params string[] statuses) => asked.Count(c => statuses.Contains(c.Status));
        return $"{asked.Count} {Of("Clear")} {Of("Concern")} {Of("PupilAbsent")} {Of("DeviceNotInSchool")} {Of("Missed")} {Of("Planned", "Overdue")} {asked.Count(c => c.Late)}";
    }

    private Told Notice(string kind, DateTimeOffset nominal, DateTimeOffset actual, string to) => new(_school.Name, kind, $"{Monday:yyyy-MM-dd}", nominal, actual, to);
}
