using OnlineSafetyTrust.Contracts;

namespace OnlineSafetyTrust.Domain.Tests.Checks;

/// <summary>
/// What happens in the simulated months, told in plain dates: nothing here uses the product's calendar, clock or deciders, so that the
/// expectation that is computed from it stands on its own.
/// </summary>
internal sealed record ScriptedSchool(
    string Name, HashSet<DateOnly> Open, TimeOnly By, DateOnly? Snow, DateOnly? LateClosure, DateOnly CoverFrom, DateOnly CoverTo)
{
    public PersonId Dsl => Id(1);

    public PersonId Head => Id(2);

    public PersonId Cover => Id(9);

    /// <summary>Teachers 0 to 2 have ten pupils each; teacher 0 is covered for a week.</summary>
    public PersonId Teacher(int pupil) => Id(3 + (pupil / 10));

    public PersonId Checker(int pupil, DateOnly day) => pupil / 10 == 0 && day >= CoverFrom && day <= CoverTo ? Cover : Teacher(pupil);

    private PersonId Id(int n) => new(new Guid(Name[0], (short)n, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0));
}

internal static class TermScript
{
    public const int PupilsPerSchool = 30;

    public static readonly DateOnly First = new(2026, 10, 5);
    public static readonly DateOnly Last = new(2027, 4, 23);

    // The machine is down from Tuesday to Wednesday noon, school hours of both days included.
    public static readonly DateTimeOffset DownFrom = new(2026, 11, 3, 12, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset DownTo = new(2026, 11, 4, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Half-terms differ: one school is open the day after the clocks go back, the other after they go forward.</summary>
    public static readonly ScriptedSchool[] Schools =
    [
        new("Ash", Days([(10, 5, 23), (11, 2, 30), (12, 1, 18)], [(1, 5, 29), (2, 1, 12), (2, 22, 26), (3, 1, 25), (4, 12, 23)], new DateOnly(2026, 11, 2)), new(15, 30), new(2027, 1, 20), null, new(2026, 11, 9), new(2026, 11, 13)),
        new("Birch", Days([(10, 5, 9), (10, 19, 30), (11, 1, 30), (12, 1, 16)], [(1, 4, 29), (2, 1, 19), (3, 1, 31), (4, 19, 23)], new DateOnly(2026, 11, 27), new DateOnly(2027, 1, 4), new DateOnly(2027, 3, 26), new DateOnly(2027, 3, 29)),
            new(15, 0), null, new(2027, 2, 11), new(2026, 12, 7), new(2026, 12, 11)),
    ];

    public static DateTimeOffset LateClosureAnnounced(DateOnly day) => Utc(day, new(15, 20));

    public static DateTimeOffset SnowAnnounced(DateOnly day) => Utc(day, new(7, 10));

    /// <summary>When the pupil's check of the day is recorded, as far as anybody records it.</summary>
    public static DateTimeOffset? RecordedAt(ScriptedSchool school, int pupil, DateOnly day) => (((pupil * 7) + (day.DayNumber * 13)) % 20) switch
    {
        0 or 7 => null,
        1 => Utc(day, new(17, 10)),
        2 or 3 => Utc(day, school.By.AddMinutes(25)),
        4 => Utc(NextOpen(school, day), new(8, 30)),
        _ => Utc(day, new(14, 0)),
    };

    /// <summary>When the DSL sends the update of the week that ends on this day.</summary>
    public static DateTimeOffset SubmittedAt(ScriptedSchool school, DateOnly lastDay) => (lastDay.DayNumber / 7 % 4) switch
    {
        0 => Utc(NextOpen(school, lastDay), new(13, 0)),
        1 => Utc(NextOpen(school, NextOpen(school, lastDay)), new(10, 0)),
        _ => Utc(lastDay, new(16, 10)),
    };

    public static DateOnly NextOpen(ScriptedSchool school, DateOnly day)
    {
        do
        {
            day = day.AddDays(1);
        }
        while (!school.Open.Contains(day) && day < Last.AddDays(30));
        return day;
    }

    /// <summary>British Summer Time ends on 25 October 2026 and begins on 28 March 2027.</summary>
    public static DateTimeOffset Utc(DateOnly day, TimeOnly local)
    {
        var summer = day < new DateOnly(2026, 10, 25) || day >= new DateOnly(2027, 3, 28);
        return new DateTimeOffset(day, local, TimeSpan.FromHours(summer ? 1 : 0)).ToUniversalTime();
    }

    public static DateOnly MondayOf(DateOnly day)
    {
        while (day.DayOfWeek != DayOfWeek.Monday)
        {
            day = day.AddDays(-1);
        }

        return day;
    }

    private static HashSet<DateOnly> Days((int Month, int From, int To)[] of2026, (int Month, int From, int To)[] of2027, params DateOnly[] without)
    {
        var days = new HashSet<DateOnly>();
        foreach (var (year, ranges) in new[] { (2026, of2026), (2027, of2027) })
        {
            foreach (var (month, from, to) in ranges)
            {
                for (var d = from; d <= to; d++)
                {
                    days.Add(new DateOnly(year, month, d));
                }
            }
        }

        days.RemoveWhere(d => d.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
        days.ExceptWith(without);
        return days;
    }
}
