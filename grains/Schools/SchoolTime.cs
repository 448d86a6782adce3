using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Grains.Schools;

/// <summary>The three clocks of a school (DOMAIN A2): school days, working days, clock time. Days are dates in Europe/London.</summary>
public static class SchoolTime
{
    // Longer than any summer holiday; a calendar without a later term ends the search instead of looping.
    private const int SearchDays = 366;

    public static bool IsSchoolDay(this SchoolCalendar calendar, DateOnly date) =>
        !IsWeekend(date)
        && calendar.Terms.Any(t => t.Start <= date && date <= t.End && !IsHalfTerm(t, date))
        && !calendar.InsetDays.Contains(date)
        && !calendar.Closures.Any(c => c.From <= date && date <= c.To)
        && !BankHolidays.Contains(date);

    /// <summary>The first school day after a date; null when the calendar holds none within a year.</summary>
    public static DateOnly? NextSchoolDay(this SchoolCalendar calendar, DateOnly after)
    {
        for (var day = after.AddDays(1); day <= after.AddDays(SearchDays); day = day.AddDays(1))
        {
            if (calendar.IsSchoolDay(day))
            {
                return day;
            }
        }

        return null;
    }

    /// <summary>The n-th school day after a date; 0 is the date itself if it is one, otherwise the next.</summary>
    public static DateOnly? AddSchoolDays(this SchoolCalendar calendar, DateOnly date, int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        if (days == 0)
        {
            return calendar.IsSchoolDay(date) ? date : calendar.NextSchoolDay(date);
        }

        DateOnly? day = date;
        for (var n = 0; n < days && day is not null; n++)
        {
            day = calendar.NextSchoolDay(day.Value);
        }

        return day;
    }

    /// <summary>The school day on which something counts that happens now: today until school ends, otherwise the next one.</summary>
    public static DateOnly? SchoolDayOf(this SchoolCalendar calendar, DateTimeOffset instant)
    {
        var date = London.DateOf(instant);
        return calendar.IsSchoolDay(date) && London.TimeOf(instant) < calendar.DayEnds ? date : calendar.NextSchoolDay(date);
    }

    /// <summary>Monday to Friday without the bank holidays of England and Wales. School holidays are working days.</summary>
    public static bool IsWorkingDay(DateOnly date) => !IsWeekend(date) && !BankHolidays.Contains(date);

    /// <summary>The n-th working day after a date; 0 is the date itself if it is one, otherwise the next.</summary>
    public static DateOnly AddWorkingDays(DateOnly date, int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        var day = days == 0 ? date.AddDays(-1) : date;
        for (var left = Math.Max(days, 1); left > 0;)
        {
            day = day.AddDays(1);
            left -= IsWorkingDay(day) ? 1 : 0;
        }

        return day;
    }

    /// <summary>
    /// The same day of a later month; the month's last day where it is too short (31 January and one month: 28 or 29 February).
    /// No extension over weekends or holidays.
    /// </summary>
    public static DateOnly AddCalendarMonths(DateOnly date, int months) => date.AddMonths(months);

    /// <summary>The term a date lies in, its half-term holiday included; null in the holidays between terms.</summary>
    public static SchoolTerm? TermOf(this SchoolCalendar calendar, DateOnly date) =>
        calendar.Terms.FirstOrDefault(t => t.Start <= date && date <= t.End);

    private static bool IsHalfTerm(SchoolTerm term, DateOnly date) => term.HalfTermStart <= date && date <= term.HalfTermEnd;

    private static bool IsWeekend(DateOnly date) => date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
}
