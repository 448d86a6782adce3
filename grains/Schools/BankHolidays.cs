namespace OnlineSafetyTrust.Grains.Schools;

/// <summary>
/// Bank holidays of England and Wales by rule: the Banking and Financial Dealings Act 1971, New Year's Day and the early May
/// holiday by proclamation each year. One-off holidays (a coronation, a jubilee) and moved ones are listed.
/// </summary>
internal static class BankHolidays
{
    private static readonly HashSet<DateOnly> OneOff =
    [
        new(2022, 6, 2), new(2022, 6, 3), new(2022, 9, 19), new(2023, 5, 8),
    ];

    // Moved for the Platinum Jubilee and for VE Day.
    private static readonly HashSet<DateOnly> NotThatYear = [new(2022, 5, 30), new(2020, 5, 4)];

    private static readonly HashSet<DateOnly> MovedTo = [new(2020, 5, 8)];

    public static bool Contains(DateOnly date) =>
        OneOff.Contains(date) || MovedTo.Contains(date) || (!NotThatYear.Contains(date) && IsByRule(date));

    private static bool IsByRule(DateOnly date)
    {
        var easter = EasterSunday(date.Year);
        return date == NewYear(date.Year)
            || date == easter.AddDays(-2)
            || date == easter.AddDays(1)
            || date == FirstMonday(date.Year, 5)
            || date == LastMonday(date.Year, 5)
            || date == LastMonday(date.Year, 8)
            || date == Christmas(date.Year)
            || date == BoxingDay(date.Year);
    }

    /// <summary>On a weekend the next Monday stands in.</summary>
    private static DateOnly NewYear(int year) => new DateOnly(year, 1, 1) switch
    {
        { DayOfWeek: DayOfWeek.Saturday } day => day.AddDays(2),
        { DayOfWeek: DayOfWeek.Sunday } day => day.AddDays(1),
        var day => day,
    };

    /// <summary>On a Saturday the Monday stands in; on a Sunday the Tuesday, because the Monday is Boxing Day itself.</summary>
    private static DateOnly Christmas(int year) => new DateOnly(year, 12, 25) switch
    {
        { DayOfWeek: DayOfWeek.Saturday or DayOfWeek.Sunday } day => day.AddDays(2),
        var day => day,
    };

    /// <summary>On a Saturday the Monday stands in; on a Sunday the Tuesday, because the Monday stands in for Christmas Day.</summary>
    private static DateOnly BoxingDay(int year) => new DateOnly(year, 12, 26) switch
    {
        { DayOfWeek: DayOfWeek.Saturday or DayOfWeek.Sunday } day => day.AddDays(2),
        var day => day,
    };

    private static DateOnly FirstMonday(int year, int month)
    {
        var first = new DateOnly(year, month, 1);
        return first.AddDays(((int)DayOfWeek.Monday - (int)first.DayOfWeek + 7) % 7);
    }

    private static DateOnly LastMonday(int year, int month)
    {
        var last = new DateOnly(year, month, DateTime.DaysInMonth(year, month));
        return last.AddDays(-(((int)last.DayOfWeek - (int)DayOfWeek.Monday + 7) % 7));
    }

    /// <summary>Anonymous Gregorian algorithm (Meeus/Jones/Butcher).</summary>
    internal static DateOnly EasterSunday(int year)
    {
        var a = year % 19;
        var (b, c) = (year / 100, year % 100);
        var g = (b - ((b + 8) / 25) + 1) / 3;
        var h = ((19 * a) + b - (b / 4) - g + 15) % 30;
        var l = (32 + (2 * (b % 4)) + (2 * (c / 4)) - h - (c % 4)) % 7;
        var m = (a + (11 * h) + (22 * l)) / 451;
        var n = h + l - (7 * m) + 114;
        return new DateOnly(year, n / 31, (n % 31) + 1);
    }
}
