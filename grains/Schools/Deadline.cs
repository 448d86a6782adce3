using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Grains.Schools;

/// <summary>From a rule and the instant it counts from to the instant at which it is due.</summary>
public static class Deadline
{
    // Offices of local authorities; a deadline of working days is of no use at midnight.
    private static readonly TimeOnly OfficesClose = new(17, 0);

    private static readonly TimeOnly LastMinute = new(23, 59);

    /// <returns>
    /// UTC; null for a rule without a deadline. School days that the calendar does not know (its terms end) are counted as working
    /// days: a missing calendar must not make a duty endless.
    /// </returns>
    public static DateTimeOffset? Resolve(DeadlineRule rule, DateTimeOffset from, SchoolCalendar calendar)
    {
        var date = London.DateOf(from);
        return rule.Clock switch
        {
            DeadlineClock.None => null,
            DeadlineClock.Immediately => from.ToUniversalTime(),
            DeadlineClock.Hours => from.ToUniversalTime().AddHours(rule.Amount),
            DeadlineClock.SameSchoolDay => SchoolEnds(calendar.SchoolDayOf(from) ?? SchoolTime.AddWorkingDays(date, 1), calendar),
            DeadlineClock.SchoolDays => SchoolEnds(calendar.AddSchoolDays(date, rule.Amount) ?? SchoolTime.AddWorkingDays(date, rule.Amount), calendar),
            DeadlineClock.WorkingDays => London.ToInstant(SchoolTime.AddWorkingDays(date, rule.Amount), OfficesClose),
            DeadlineClock.CalendarMonths => London.ToInstant(SchoolTime.AddCalendarMonths(date, rule.Amount), LastMinute),
            _ => throw new InvalidOperationException($"No clock {rule.Clock}."),
        };
    }

    private static DateTimeOffset SchoolEnds(DateOnly day, SchoolCalendar calendar) => London.ToInstant(day, calendar.DayEnds);
}
