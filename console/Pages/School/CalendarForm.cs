using System.Globalization;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.StaffConsole.Pages.School;

internal sealed class TermLine
{
    public string? Name { get; set; }

    public DateOnly? Start { get; set; }

    public DateOnly? End { get; set; }

    public DateOnly? HalfTermStart { get; set; }

    public DateOnly? HalfTermEnd { get; set; }

    public bool IsEmpty => string.IsNullOrWhiteSpace(Name) && (Start ?? End ?? HalfTermStart ?? HalfTermEnd) is null;
}

internal sealed class ClosureLine
{
    public DateOnly? From { get; set; }

    public DateOnly? To { get; set; }

    public string? Reason { get; set; }

    public bool IsEmpty => (From ?? To) is null && string.IsNullOrWhiteSpace(Reason);
}

/// <summary>The calendar as lines to fill in; an empty line is none.</summary>
internal sealed class CalendarForm
{
    private const string Iso = "yyyy-MM-dd";

    public List<TermLine> Terms { get; set; } = [];

    /// <summary>As typed: binding days would stop at the first that is none, and lose those after it.</summary>
    public List<string?> InsetDays { get; set; } = [];

    public List<ClosureLine> Closures { get; set; } = [];

    public TimeOnly? DayStarts { get; set; }

    public TimeOnly? DayEnds { get; set; }

    /// <summary>Names of the lines of INSET days that hold something else.</summary>
    public IEnumerable<string> NoDays() => InsetDays.Index().Where(d => !string.IsNullOrWhiteSpace(d.Item) && Day(d.Item) is null).Select(d => $"insetDays.{d.Index}");

    public static CalendarForm Of(SchoolCalendar calendar) => new()
    {
        Terms = [.. calendar.Terms.Select(t => new TermLine { Name = t.Name, Start = t.Start, End = t.End, HalfTermStart = t.HalfTermStart, HalfTermEnd = t.HalfTermEnd })],
        InsetDays = [.. calendar.InsetDays.Select(d => d.ToString(Iso, CultureInfo.InvariantCulture))],
        Closures = [.. calendar.Closures.Select(c => new ClosureLine { From = c.From, To = c.To, Reason = Unreadable.ForForm(c.Reason) })],
        DayStarts = calendar.DayStarts,
        DayEnds = calendar.DayEnds,
    };

    public void DropEmpty()
    {
        Terms.RemoveAll(t => t.IsEmpty);
        InsetDays.RemoveAll(string.IsNullOrWhiteSpace);
        Closures.RemoveAll(c => c.IsEmpty);
    }

    /// <summary>Names of the inputs without which there is no calendar, and what to enter there.</summary>
    public IEnumerable<(string Field, string Message)> Missing() =>
    [
        .. Terms.SelectMany((t, i) => Missing($"terms.{i}", ("start", "first day", t.Start), ("end", "last day", t.End))),
        .. Closures.SelectMany((c, i) => Missing($"closures.{i}", ("from", "first day", c.From))),
        .. DayStarts is null ? [("dayStarts", "Enter when the school day begins.")] : Array.Empty<(string, string)>(),
        .. DayEnds is null ? [("dayEnds", "Enter when the school day ends.")] : Array.Empty<(string, string)>(),
    ];

    public SchoolCalendar Calendar() => new(
        [.. Terms.Select(t => new SchoolTerm(t.Name?.Trim() ?? "", t.Start!.Value, t.End!.Value, t.HalfTermStart, t.HalfTermEnd))], [.. InsetDays.Select(d => Day(d)!.Value)],
        [.. Closures.Select(c => new SchoolClosure(c.From!.Value, c.To ?? c.From.Value, c.Reason, default))], DayStarts!.Value, DayEnds!.Value);

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text?.Trim(), Iso, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static IEnumerable<(string Field, string Message)> Missing(string line, params (string Name, string Said, DateOnly? Day)[] days) =>
        days.Where(d => d.Day is null).Select(d => ($"{line}.{d.Name}", $"Enter the {d.Said}."));
}
