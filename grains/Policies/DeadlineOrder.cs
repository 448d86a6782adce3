using OnlineSafetyTrust.Contracts.Policies;

namespace OnlineSafetyTrust.Grains.Policies;

/// <summary>Whether one deadline can be later than another, on any day of any year.</summary>
internal static class DeadlineOrder
{
    /// <summary>
    /// True only when it is certain. School days stretch over holidays and working days over weekends, so across clocks only
    /// hours are certain: a working day after the first is at least 24 hours long, and no month is shorter than 28 days.
    /// </summary>
    public static bool IsNeverLater(DeadlineRule rule, DeadlineRule than) =>
        rule == than
        || than.Clock == DeadlineClock.None
        || rule.Clock == DeadlineClock.Immediately
        || (rule.Clock == than.Clock && rule.Amount <= than.Amount)
        || (rule.Clock == DeadlineClock.SameSchoolDay && than.Clock == DeadlineClock.SchoolDays)
        || (rule.Clock == DeadlineClock.Hours && than.Clock is DeadlineClock.WorkingDays or DeadlineClock.SchoolDays && rule.Amount <= 24 * (than.Amount - 1))
        || (than.Clock == DeadlineClock.CalendarMonths && rule.Clock == DeadlineClock.Hours && rule.Amount <= 24 * 28 * than.Amount);
}
