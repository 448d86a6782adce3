namespace OnlineSafetyTrust.Tests.Support;

public static class Weekdays
{
    /// <summary>The first later day that is no weekend: a school day, outside holidays.</summary>
    public static DateOnly After(DateOnly day)
    {
        do
        {
            day = day.AddDays(1);
        }
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);

        return day;
    }

    /// <summary>The Monday of its week.</summary>
    public static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}
