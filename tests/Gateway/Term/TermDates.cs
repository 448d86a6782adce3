namespace OnlineSafetyTrust.Gateway.Tests.Term;

/// <summary>Plain dates. Nothing here uses the product's calendar or time zones, so that what is expected stands on its own.</summary>
internal static class TermDates
{
    // British Summer Time ends on 25 October 2026 and begins on 28 March 2027, at 01:00 UTC both times.
    private static readonly DateTimeOffset Winter = new(2026, 10, 25, 1, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Summer = new(2027, 3, 28, 1, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset Utc(DateOnly day, TimeOnly local)
    {
        var summer = day < new DateOnly(2026, 10, 25) || day >= new DateOnly(2027, 3, 28);
        return new DateTimeOffset(day, local, TimeSpan.FromHours(summer ? 1 : 0)).ToUniversalTime();
    }

    public static DateOnly DayOf(DateTimeOffset utc) => DateOnly.FromDateTime(utc.UtcDateTime.AddHours(utc >= Winter && utc < Summer ? 0 : 1));

    public static DateOnly MondayOf(DateOnly day)
    {
        while (day.DayOfWeek != DayOfWeek.Monday)
        {
            day = day.AddDays(-1);
        }

        return day;
    }

    /// <summary>Mondays to Fridays of the ranges, both ends included.</summary>
    public static IReadOnlyList<DateOnly> Weekdays(params (DateOnly From, DateOnly To)[] ranges)
    {
        var days = new List<DateOnly>();
        foreach (var (from, to) in ranges)
        {
            for (var day = from; day <= to; day = day.AddDays(1))
            {
                if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
                {
                    days.Add(day);
                }
            }
        }

        return days;
    }
}
