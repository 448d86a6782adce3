using System.Globalization;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Domain.Tests.Schools;

public sealed class SchoolTimeTests
{
    private static readonly SchoolCalendar Calendar = new(
        [
            new("Autumn 2026", D("2026-09-01"), D("2026-12-18"), D("2026-10-26"), D("2026-10-30")),
            new("Spring 2027", D("2027-01-04"), D("2027-03-25"), D("2027-02-15"), D("2027-02-19")),
            new("Summer 2027", D("2027-04-12"), D("2027-07-21"), D("2027-05-31"), D("2027-06-04")),
        ],
        [D("2026-09-01"), D("2026-09-02"), D("2027-01-04")],
        [new(D("2027-01-20"), D("2027-01-21"), "Snow", T("2027-01-20T06:45:00Z"))],
        new TimeOnly(8, 45),
        new TimeOnly(15, 30));

    private static DateOnly D(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateTimeOffset T(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static DeadlineRule Rule(string text) => DeadlineRule.TryParse(text, out var rule) ? rule : throw new FormatException(text);

    [Theory]
    [InlineData("2026-09-01", false)] // INSET
    [InlineData("2026-09-03", true)]
    [InlineData("2026-09-05", false)] // Saturday
    [InlineData("2026-09-06", false)] // Sunday
    [InlineData("2026-10-23", true)]
    [InlineData("2026-10-26", false)] // half-term
    [InlineData("2026-10-30", false)]
    [InlineData("2026-11-02", true)]
    [InlineData("2026-12-18", true)]
    [InlineData("2026-12-21", false)] // holidays
    [InlineData("2027-01-04", false)] // INSET
    [InlineData("2027-01-05", true)]
    [InlineData("2027-01-20", false)] // snow
    [InlineData("2027-01-21", false)]
    [InlineData("2027-01-22", true)]
    [InlineData("2027-05-03", false)] // early May bank holiday, in term
    [InlineData("2027-05-04", true)]
    [InlineData("2027-07-22", false)]
    [InlineData("2030-01-07", false)] // no term known
    public void School_days(string date, bool expected) => Assert.Equal(expected, Calendar.IsSchoolDay(D(date)));

    [Theory]
    [InlineData("2026-09-04", "2026-09-07")] // weekend
    [InlineData("2026-08-01", "2026-09-03")] // summer and INSET
    [InlineData("2026-10-23", "2026-11-02")] // half-term
    [InlineData("2026-12-18", "2027-01-05")] // Christmas and INSET
    [InlineData("2027-01-19", "2027-01-22")] // snow
    [InlineData("2027-04-30", "2027-05-04")] // bank holiday
    [InlineData("2027-07-21", null)] // the calendar ends
    public void Next_school_day(string after, string? expected) => Assert.Equal(expected is null ? null : D(expected), Calendar.NextSchoolDay(D(after)));

    [Theory]
    [InlineData("2026-09-03", 0, "2026-09-03")]
    [InlineData("2026-09-05", 0, "2026-09-07")]
    [InlineData("2026-09-03", 5, "2026-09-10")]
    [InlineData("2026-10-22", 2, "2026-11-02")]
    [InlineData("2026-12-16", 5, "2027-01-07")]
    [InlineData("2027-07-20", 2, null)]
    public void Adding_school_days(string date, int days, string? expected) =>
        Assert.Equal(expected is null ? null : D(expected), Calendar.AddSchoolDays(D(date), days));

    [Theory]
    [InlineData("2026-03-29", "00:30", "2026-03-29T00:30:00Z")] // before the spring change
    [InlineData("2026-03-29", "01:00", "2026-03-29T01:00:00Z")] // skipped: 02:00 summer time
    [InlineData("2026-03-29", "01:30", "2026-03-29T01:30:00Z")] // skipped: 02:30 summer time
    [InlineData("2026-03-29", "02:00", "2026-03-29T01:00:00Z")]
    [InlineData("2026-10-25", "00:30", "2026-10-24T23:30:00Z")]
    [InlineData("2026-10-25", "01:30", "2026-10-25T00:30:00Z")] // twice: the first
    [InlineData("2026-10-25", "02:00", "2026-10-25T02:00:00Z")]
    [InlineData("2026-07-01", "08:00", "2026-07-01T07:00:00Z")]
    [InlineData("2026-12-01", "08:00", "2026-12-01T08:00:00Z")]
    public void Local_times_across_the_clock_changes(string date, string time, string expected) =>
        Assert.Equal(T(expected), London.ToInstant(D(date), TimeOnly.ParseExact(time, "HH:mm", CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("2026-07-01T23:30:00Z", "2026-07-02")] // half past midnight in London
    [InlineData("2026-12-01T23:30:00Z", "2026-12-01")]
    [InlineData("2026-10-25T00:30:00Z", "2026-10-25")]
    [InlineData("2026-10-24T23:00:00Z", "2026-10-25")]
    public void Dates_are_londons(string instant, string expected) => Assert.Equal(D(expected), London.DateOf(T(instant)));

    [Theory]
    [InlineData("2026-09-03T07:00:00Z", "2026-09-03")] // before school
    [InlineData("2026-09-03T14:29:59Z", "2026-09-03")]
    [InlineData("2026-09-03T14:30:00Z", "2026-09-04")] // 15:30: school is out
    [InlineData("2026-09-04T20:00:00Z", "2026-09-07")] // Friday night
    [InlineData("2026-10-24T12:00:00Z", "2026-11-02")]
    public void The_school_day_something_counts_for(string instant, string expected) => Assert.Equal(D(expected), Calendar.SchoolDayOf(T(instant)));

    [Theory]
    [InlineData("2026-12-24", 1, "2026-12-29")] // Friday 25, Saturday 26 with its substitute on Monday 28
    [InlineData("2027-12-24", 1, "2027-12-29")] // Saturday and Sunday, substitutes on Monday and Tuesday
    [InlineData("2022-12-23", 1, "2022-12-28")] // Sunday 25: Monday is Boxing Day, Tuesday the substitute
    [InlineData("2021-12-31", 1, "2022-01-04")] // New Year's Day on a Saturday
    [InlineData("2026-04-02", 1, "2026-04-07")] // Easter
    [InlineData("2026-08-03", 1, "2026-08-04")] // school holidays count
    [InlineData("2026-10-26", 3, "2026-10-29")]
    [InlineData("2026-09-04", 1, "2026-09-07")]
    [InlineData("2026-09-05", 0, "2026-09-07")]
    [InlineData("2026-09-04", 0, "2026-09-04")]
    public void Adding_working_days(string date, int days, string expected) => Assert.Equal(D(expected), SchoolTime.AddWorkingDays(D(date), days));

    [Theory]
    [InlineData("2027-01-31", 1, "2027-02-28")]
    [InlineData("2028-01-31", 1, "2028-02-29")]
    [InlineData("2026-12-15", 1, "2027-01-15")]
    [InlineData("2026-03-31", 1, "2026-04-30")]
    public void Calendar_months(string date, int months, string expected) => Assert.Equal(D(expected), SchoolTime.AddCalendarMonths(D(date), months));

    [Theory]
    [InlineData("immediately", "2026-10-24T22:00:00Z", "2026-10-24T22:00:00Z")]
    [InlineData("72 hours", "2026-10-24T12:00:00Z", "2026-10-27T12:00:00Z")] // clock time does not know summer time
    [InlineData("72 hours", "2026-12-24T12:00:00Z", "2026-12-27T12:00:00Z")]
    [InlineData("same school day", "2026-09-03T10:00:00Z", "2026-09-03T14:30:00Z")]
    [InlineData("same school day", "2026-09-03T15:00:00Z", "2026-09-04T14:30:00Z")]
    [InlineData("same school day", "2026-10-23T20:00:00Z", "2026-11-02T15:30:00Z")] // over half-term and the clock change
    [InlineData("same school day", "2027-01-20T08:00:00Z", "2027-01-22T15:30:00Z")] // snow
    [InlineData("1 school day", "2026-12-18T10:00:00Z", "2027-01-05T15:30:00Z")]
    [InlineData("5 school days", "2027-03-22T10:00:00Z", "2027-04-13T14:30:00Z")] // over Easter and the clock change
    [InlineData("1 working day", "2026-12-24T10:00:00Z", "2026-12-29T17:00:00Z")]
    [InlineData("1 working day", "2026-08-03T10:00:00Z", "2026-08-04T16:00:00Z")]
    [InlineData("1 calendar month", "2027-01-31T10:00:00Z", "2027-02-28T23:59:00Z")]
    [InlineData("same school day", "2027-07-21T20:00:00Z", "2027-07-22T14:30:00Z")] // no later term known: working days
    public void Deadlines(string rule, string from, string expected) => Assert.Equal(T(expected), Deadline.Resolve(Rule(rule), T(from), Calendar));

    [Fact]
    public void Without_a_deadline_nothing_is_due() => Assert.Null(Deadline.Resolve(Rule("none"), T("2026-09-03T10:00:00Z"), Calendar));

    [Theory]
    [InlineData("none")]
    [InlineData("immediately")]
    [InlineData("same school day")]
    [InlineData("1 hour")]
    [InlineData("72 hours")]
    [InlineData("5 school days")]
    [InlineData("1 working day")]
    [InlineData("1 calendar month")]
    public void Deadline_rules_are_written_as_they_are_read(string text) => Assert.Equal(text, Rule(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-1 hours")]
    [InlineData("+1 hours")]
    [InlineData("0 hours")]
    [InlineData("1001 hours")]
    [InlineData("99999999999 hours")]
    [InlineData("5 immediately")]
    [InlineData("hours")]
    [InlineData("5  hours")]
    public void What_is_no_deadline_rule(string text) => Assert.False(DeadlineRule.TryParse(text, out _));
}
