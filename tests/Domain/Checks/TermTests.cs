namespace OnlineSafetyTrust.Domain.Tests.Checks;

/// <summary>
/// Sixty pupils in two schools from October to April: two calendars, both clock changes, INSET days, snow that morning, a late closure,
/// cover, a day of downtime. Exactly the expected reminders, escalations and weekly updates.
/// </summary>
public class TermTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Nothing_is_missed_and_nothing_happens_twice(int index)
    {
        var school = TermScript.Schools[index];
        var simulation = new TermSimulation(school);

        simulation.Run();

        Reached[] expected = [.. TermExpectation.Checks(school), .. TermExpectation.Weeks(school)];
        Assert.True(expected.Length > 500);
        Assert.Contains(expected, e => e.To.Length == 0);
        Assert.Equal(simulation.Reached.Count, simulation.Reached.Select(r => (r.Whose, r.Stage)).Distinct().Count());
        Assert.Empty(expected.Except(simulation.Reached));
        Assert.Empty(simulation.Reached.Except(expected));
        var (recorded, missed, withdrawn) = TermExpectation.Outcome(school);
        Assert.Equal((missed, withdrawn), (simulation.Missed, simulation.Withdrawn));
        Assert.Equal(recorded, simulation.Recorded - RecordedOnTheLastDay(school));
        Assert.Equal(TermExpectation.WeeksSent(school), simulation.WeeksSent);
        Assert.All(simulation.Checks, c => Assert.True(c.Days.Count <= 12));
    }

    [Fact]
    public void Weeks_without_school_have_no_update()
    {
        var school = TermScript.Schools[0];
        var simulation = new TermSimulation(school);

        simulation.Run();

        Assert.Equal(
            school.Open.Where(d => d >= TermScript.First).Select(TermScript.MondayOf).Distinct().Order(),
            simulation.Weeks.Where(w => w.Monday <= TermScript.Last).Select(w => w.Monday).Order());
    }

    private static int RecordedOnTheLastDay(ScriptedSchool school) => Enumerable.Range(0, TermScript.PupilsPerSchool)
        .Count(p => TermScript.RecordedAt(school, p, TermScript.Last) is { } at && at <= TermScript.Utc(TermScript.Last, new(20, 0)));
}
