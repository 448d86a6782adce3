using System.Globalization;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Storage.Trends;

namespace OnlineSafetyTrust.Storage.Tests;

public sealed class TrendPeriodsTests
{
    private static readonly SchoolCalendar Calendar = new(
        [
            new SchoolTerm("Autumn", new(2026, 9, 2), new(2026, 12, 18), new(2026, 10, 26), new(2026, 10, 30)),
            new SchoolTerm("Spring", new(2027, 1, 5), new(2027, 3, 25), null, null),
        ],
        [], [], new(9, 0), new(15, 30));

    // Summer time ends on Sunday 25 October 2026 and begins on Sunday 28 March 2027: a week of 169 or 167 hours is a week.
    [Theory]
    [InlineData("Week", "2026-10-25", "2026-10-26", "2026-10-19..2026-10-25 2026-10-26..2026-11-01")]
    [InlineData("Week", "2027-03-28", "2027-03-29", "2027-03-22..2027-03-28 2027-03-29..2027-04-04")]
    [InlineData("Week", "2026-12-31", "2027-01-01", "2026-12-28..2027-01-03")]
    [InlineData("Month", "2026-10-25", "2026-11-01", "2026-10-01..2026-10-31 2026-11-01..2026-11-30")]
    [InlineData("Month", "2027-03-28", "2027-03-28", "2027-03-01..2027-03-31")]
    [InlineData("Month", "2028-02-29", "2028-02-29", "2028-02-01..2028-02-29")]
    [InlineData("Year", "2027-08-31", "2027-09-01", "2026-09-01..2027-08-31 2027-09-01..2028-08-31")]
    [InlineData("Year", "2027-01-01", "2027-01-01", "2026-09-01..2027-08-31")]
    [InlineData("Term", "2026-12-18", "2027-01-05", "2026-09-02..2026-12-18 2027-01-05..2027-03-25")]
    [InlineData("Term", "2026-09-01", "2026-09-02", "2026-09-02..2026-12-18")]
    [InlineData("Term", "2026-12-19", "2027-01-04", "")]
    [InlineData("Term", "2027-03-25", "2027-08-01", "2027-01-05..2027-03-25")]
    [InlineData("HalfTerm", "2026-10-25", "2026-10-31", "2026-09-02..2026-10-25 2026-10-31..2026-12-18")]
    [InlineData("HalfTerm", "2026-10-26", "2026-10-30", "")]
    [InlineData("HalfTerm", "2026-12-18", "2027-01-05", "2026-10-31..2026-12-18 2027-01-05..2027-03-25")]
    public void A_range_is_made_of_the_whole_periods_it_touches(string unit, string from, string to, string periods) => Assert.Equal(periods, Of(unit, from, to, Calendar));

    [Theory]
    [InlineData("Term")]
    [InlineData("HalfTerm")]
    public void Without_one_schools_calendar_there_are_no_terms(string unit) => Assert.Equal("", Of(unit, "2026-09-01", "2027-08-31", null));

    [Fact]
    public void Periods_follow_each_other_without_a_gap_and_every_day_has_its_own()
    {
        foreach (var unit in new[] { TrendUnit.Week, TrendUnit.Month, TrendUnit.Year })
        {
            var periods = TrendPeriods.Of(new(2026, 9, 1), new(2027, 8, 31), unit, null, 120);
            Assert.All(periods.Zip(periods.Skip(1)), p => Assert.Equal(p.First.To.AddDays(1), p.Second.From));
            for (var day = new DateOnly(2026, 9, 1); day <= new DateOnly(2027, 8, 31); day = day.AddDays(1))
            {
                var place = TrendPeriods.Find(periods, day);
                Assert.True(periods[place].From <= day && day <= periods[place].To);
            }

            Assert.Equal(-1, TrendPeriods.Find(periods, periods[0].From.AddDays(-1)));
            Assert.Equal(-1, TrendPeriods.Find(periods, periods[^1].To.AddDays(1)));
        }
    }

    [Fact]
    public void A_range_without_end_stops_one_beyond_the_most_so_that_it_can_be_refused()
    {
        Assert.Equal(6, TrendPeriods.Of(new(2026, 9, 1), DateOnly.MaxValue, TrendUnit.Week, null, 5).Count);
        Assert.NotEmpty(TrendPeriods.Of(new(9980, 1, 1), DateOnly.MaxValue, TrendUnit.Year, null, 100));
        Assert.Empty(TrendPeriods.Of(new(2026, 10, 5), new(2026, 9, 1), TrendUnit.Month, null, 5));
    }

    private static string Of(string unit, string from, string to, SchoolCalendar? calendar) =>
        string.Join(' ', TrendPeriods.Of(Day(from), Day(to), Enum.Parse<TrendUnit>(unit), calendar, 120).Select(p => $"{p.From:yyyy-MM-dd}..{p.To:yyyy-MM-dd}"));

    private static DateOnly Day(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);
}
