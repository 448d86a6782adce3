namespace OnlineSafetyTrust.Gateway.Tests.Term;

/// <summary>Plain dates. Nothing here uses the product's calendar or time zones, so that what is expected stands on its own.</summary>
internal static class TermDates
{
    // British Summer Time ends on 25 October 2026 and begins on 28 March 2027, at 01:00 UTC both times.
    private static readonly DateTimeOffset Winter = new(2026, 10, 25, 1, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Summer = new(2027, 3, 28, 1, 0, 0, TimeSpan.Zero);

    private static readonly DateOnly[] BankHolidays = [new(2026, 12, 25), new(2026, 12, 28), new(2027, 1, 1), new(2027, 3, 26), new(2027, 3, 29), new(2027, 5, 3)];

    public static DateTimeOffset Utc(DateOnly day, TimeOnly local)
    {
        var summer = day < new DateOnly(2026, 10, 25) || day >= new DateOnly(2027, 3, 28);
        return new DateTimeOffset(day, local, TimeSpan.FromHours(summer ? 1 : 0)).ToUniversalTime();
    }

    public static DateOnly DayOf(DateTimeOffset utc) => DateOnly.FromDateTime(utc.UtcDateTime.AddHours(utc >= Winter && utc < Summer ? 0 : 1));

    /// <summary>The next Monday to Friday that is no bank holiday in England.</summary>
    public static DateOnly NextWorking(DateOnly after)
    {
        var day = after.AddDays(1);
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || BankHolidays.Contains(day))
        {
            day = day.AddDays(1);
        }

        return day;
    }

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
