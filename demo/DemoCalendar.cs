using NodaTime;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Demo;

/// <summary>Terms, half-terms and INSET days of the academic years that a history of one year and the year ahead touch.</summary>
internal sealed class DemoCalendar
{
    private static readonly DateTimeZone London = DateTimeZoneProviders.Tzdb["Europe/London"];
    private readonly HashSet<DateOnly> _days;

    public DemoCalendar(DemoSchool school, DateOnly from, DateOnly today)
    {
        var years = Enumerable.Range(AcademicYear(from), AcademicYear(today) - AcademicYear(from) + 1).ToList();
        var terms = years.SelectMany(Terms).ToList();
        var first = terms.Where((_, i) => i % 3 != 2).Select(t => t.Start);
        // The third differs from school to school, as it does within a trust.
        var third = years.Select(y => WeekdayFrom(new DateOnly(y + 1, 6, 20), DayOfWeek.Friday).AddDays(school.Phase == Phase.Secondary ? 7 : 0));
        Calendar = new SchoolCalendar(terms, [.. first.Concat(third).Order()], [], new TimeOnly(8, 45), school.Ends);
        _days = [.. terms.SelectMany(t => Days(t.Start, t.End).Where(d => !(t.HalfTermStart <= d && d <= t.HalfTermEnd)))
            .Where(d => d.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !Calendar.InsetDays.Contains(d) && d != WeekdayFrom(new DateOnly(d.Year, 5, 1), DayOfWeek.Monday))];
    }

    public SchoolCalendar Calendar { get; }

    public static int AcademicYear(DateOnly day) => day.Month >= 9 ? day.Year : day.Year - 1;

    public bool IsSchoolDay(DateOnly day) => _days.Contains(day);

    public IReadOnlyList<DateOnly> SchoolDays(DateOnly from, DateOnly to) => [.. _days.Where(d => from <= d && d <= to).Order()];

    public DateOnly NextSchoolDay(DateOnly after) => _days.Where(d => d > after).Order().First();

    public static DateTimeOffset At(DateOnly day, TimeOnly time) =>
        London.AtLeniently(new LocalDateTime(day.Year, day.Month, day.Day, time.Hour, time.Minute)).ToDateTimeOffset().ToUniversalTime();

    public static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(Instant.FromDateTimeOffset(at).InZone(London).ToDateTimeUnspecified());

    private static IEnumerable<SchoolTerm> Terms(int year)
    {
        var next = year + 1;
        yield return Term($"Autumn {year}", Weekday(new DateOnly(year, 9, 1)), Before(new DateOnly(year, 12, 20)), WeekdayFrom(new DateOnly(year, 10, 23), DayOfWeek.Monday));
        yield return Term($"Spring {next}", WeekdayFrom(new DateOnly(next, 1, 4), DayOfWeek.Monday), Before(new DateOnly(next, 3, 28)), WeekdayFrom(new DateOnly(next, 2, 12), DayOfWeek.Monday));
        yield return Term($"Summer {next}", WeekdayFrom(new DateOnly(next, 4, 13), DayOfWeek.Tuesday), Before(new DateOnly(next, 7, 22)), WeekdayFrom(new DateOnly(next, 5, 25), DayOfWeek.Monday));
    }

    private static SchoolTerm Term(string name, DateOnly start, DateOnly end, DateOnly half) => new(name, start, end, half, half.AddDays(4));

    private static DateOnly Weekday(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? WeekdayFrom(day, DayOfWeek.Monday) : day;

    private static DateOnly WeekdayFrom(DateOnly day, DayOfWeek wanted) => day.AddDays(((int)wanted - (int)day.DayOfWeek + 7) % 7);

    private static DateOnly Before(DateOnly day) => WeekdayFrom(day.AddDays(-6), DayOfWeek.Friday);

    private static IEnumerable<DateOnly> Days(DateOnly from, DateOnly to)
    {
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            yield return day;
        }
    }
}
