namespace OnlineSafetyTrust.Gateway.Tests.Term;

/// <summary>That the seed holds what the simulation is for; a seed without it would prove nothing.</summary>
public sealed class ScriptTests
{
    private static readonly List<TermExpectation> Months = [.. TermTests.Months.Schools.Select(s => new TermExpectation(TermTests.Months, s))];
    private static readonly List<Told> Notices = [.. Months.SelectMany(m => m.Notices())];

    [Fact]
    public void Every_stage_is_reached_many_times_and_most_checks_are_recorded()
    {
        var kinds = Notices.Where(n => n.To.Length > 0).GroupBy(n => n.Kind).ToDictionary(g => g.Key, g => g.Count());

        Assert.Equal(12, kinds.Count);
        Assert.True(kinds["check-overdue"] > 1000 && kinds["check-escalated"] > 500 && kinds["check-missed"] > 300 && kinds["check-concern"] > 200);
        Assert.True(kinds["check-concern-overdue"] > 200 && kinds["check-concern-escalated"] > 200);
        Assert.True(kinds["weekly-update"] > 40 && kinds["weekly-update-overdue"] > 10 && kinds["weekly-update-escalated"] > 5 && kinds["weekly-update-sent"] > 20);
        Assert.True(Months.Sum(m => m.Recordings().Count()) > 4000);
        Assert.Equal(61, Months.Sum(m => m.ChecksOf.Count));
    }

    [Fact]
    public void Stages_that_fell_into_the_day_of_downtime_are_late_and_only_the_highest_tells()
    {
        var late = Notices.Where(n => n.Nominal != n.Actual && n.Kind.StartsWith("check-", StringComparison.Ordinal)).ToList();

        Assert.Contains(late, n => n.To.Length == 0 && n.Kind == "check-overdue");
        Assert.Contains(late, n => n.To.Length == 0 && n.Kind == "check-escalated");
        Assert.Contains(late, n => n.To.Length > 0 && n.Kind == "check-escalated");
        Assert.Contains(late, n => n.To.Length > 0 && n.Kind == "check-missed");
    }

    [Fact]
    public void Checks_of_the_last_day_before_each_clock_change_reach_the_head_by_the_new_clock()
    {
        // 09:00 is 09:00 UTC from 25 October on, and 08:00 UTC from 28 March on.
        Assert.Contains(Notices, n => n.Whose.EndsWith("@2026-10-23", StringComparison.Ordinal) && n.School == "Birch" && n.Nominal == new DateTimeOffset(2026, 10, 26, 9, 0, 0, TimeSpan.Zero));
        Assert.Contains(Notices, n => n.Whose.EndsWith("@2027-03-25", StringComparison.Ordinal) && n.School == "Birch" && n.Nominal == new DateTimeOffset(2027, 3, 30, 8, 0, 0, TimeSpan.Zero));
        Assert.Contains(Notices, n => n.Whose.EndsWith("@2027-03-25", StringComparison.Ordinal) && n.School == "Ash" && n.Nominal == new DateTimeOffset(2027, 4, 12, 8, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public void Snow_that_morning_leaves_the_early_reminders_and_nothing_after_them()
    {
        Assert.Contains(Notices, n => n.Whose.EndsWith("@2027-01-22", StringComparison.Ordinal) && n is { School: "Ash", Kind: "check-overdue" });
        Assert.DoesNotContain(Notices, n => n.Whose.EndsWith("@2027-01-22", StringComparison.Ordinal) && n is { School: "Ash", Kind: "check-escalated" or "check-missed" });
        Assert.Contains(Months[1].Checks, c => c.Day == new DateOnly(2027, 1, 20) && c.Recorded is not null);
        Assert.Contains(Notices, n => n is { School: "Ash", Kind: "weekly-update", Whose: "2027-01-18" } && n.Actual - n.Nominal > TimeSpan.FromHours(12));
    }

    [Fact]
    public void Cover_and_a_successor_are_told_instead_of_the_absent()
    {
        Assert.Superset(new HashSet<string> { "cover", "deputy", "senior", TermSchool.Successor, "teacher1", "worker" }, Notices.Select(n => n.To).ToHashSet());
    }
}
