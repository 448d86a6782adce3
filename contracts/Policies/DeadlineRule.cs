using System.Globalization;

namespace OnlineSafetyTrust.Contracts.Policies;

/// <summary>Which clock a deadline runs on.</summary>
public enum DeadlineClock
{
    /// <summary>No deadline.</summary>
    None,

    /// <summary>At once, whatever the day.</summary>
    Immediately,

    /// <summary>Hours of clock time: nights, weekends and holidays count.</summary>
    Hours,

    /// <summary>End of the school day on which it begins; begun outside school, end of the next one.</summary>
    SameSchoolDay,

    /// <summary>School days.</summary>
    SchoolDays,

    /// <summary>Monday to Friday without bank holidays; school holidays count.</summary>
    WorkingDays,

    /// <summary>Calendar months.</summary>
    CalendarMonths,
}

/// <summary>
/// When a step is due. Text form: <c>none</c>, <c>immediately</c>, <c>same school day</c>, <c>4 hours</c>, <c>5 school days</c>,
/// <c>1 working day</c>, <c>1 calendar month</c>.
/// </summary>
/// <param name="Amount">Of hours, days or months; 0 for the others.</param>
/// <param name="Clock">Which days count.</param>
[GenerateSerializer, Immutable, Alias("DeadlineRule")]
public readonly record struct DeadlineRule(DeadlineClock Clock, int Amount = 0)
{
    public static readonly DeadlineRule Immediately = new(DeadlineClock.Immediately);

    public static bool TryParse(string text, out DeadlineRule rule)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        var counted = space > 0 && int.TryParse(text.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is > 0 and <= 1000 ? n : 0;
        rule = (counted == 0 ? text : text[(space + 1)..]) switch
        {
            "immediately" when counted == 0 => Immediately,
            "same school day" when counted == 0 => new(DeadlineClock.SameSchoolDay),
            "hour" or "hours" when counted > 0 => new(DeadlineClock.Hours, counted),
            "school day" or "school days" when counted > 0 => new(DeadlineClock.SchoolDays, counted),
            "working day" or "working days" when counted > 0 => new(DeadlineClock.WorkingDays, counted),
            "calendar month" or "calendar months" when counted > 0 => new(DeadlineClock.CalendarMonths, counted),
            _ => default,
        };
        return rule != default || text == "none";
    }

    public override string ToString() => Clock switch
    {
        DeadlineClock.None => "none",
        DeadlineClock.Immediately => "immediately",
        DeadlineClock.SameSchoolDay => "same school day",
        DeadlineClock.Hours => Count("hour"),
        DeadlineClock.SchoolDays => Count("school day"),
        DeadlineClock.WorkingDays => Count("working day"),
        DeadlineClock.CalendarMonths => Count("calendar month"),
        _ => throw new InvalidOperationException($"No text for the clock {Clock}."),
    };

    private string Count(string unit) => string.Create(CultureInfo.InvariantCulture, $"{Amount} {unit}{(Amount == 1 ? "" : "s")}");
}
