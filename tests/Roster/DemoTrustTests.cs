using System.Diagnostics;
using System.Globalization;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.Demo;
using Xunit.Abstractions;

namespace OnlineSafetyTrust.Roster.Tests;

public class DemoTrustTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("2026-11-23T09:15Z", true)]
    // In the holidays, where somebody tries the product out too.
    [InlineData("2027-08-10T20:00Z", false)]
    public async Task A_year_of_history_is_built_by_commands_alone_and_another_time_the_same(string at, bool twice)
    {
        var end = DateTimeOffset.Parse(at, CultureInfo.InvariantCulture);
        await using var host = await RosterHost.StartAsync(DemoTrust.StartOf(end).AddMinutes(-30));
        var report = await BuildAsync(host, end);

        Assert.InRange(report.Pupils, 880, 920);
        Assert.Equal((3, 120, 15), (report.Schools.Count, report.Incidents, report.Watched));
        Assert.InRange(report.Moves, 100, 400);
        Assert.Equal(6, Directory.GetFiles(Path.Combine(host.Directory, "bundles")).Length);

        var incidents = new List<IncidentView>();
        foreach (var school in report.Schools)
        {
            incidents.AddRange(await host.AllAsync<IncidentView>(school, IncidentTables.Incident));
            Assert.Equal(5, (await host.AllAsync<CheckScheduleView>(school, CheckTables.Schedule)).Count(s => s.Status == ScheduleStatus.Active));
            Assert.NotEmpty((await host.AllAsync<SchoolView>(school, SchoolTables.School))[0].Roll);
            output.WriteLine(string.Join(", ", (await host.AllAsync<CheckView>(school, CheckTables.Check)).GroupBy(c => c.Status).Select(g => $"{g.Key} {g.Count()}")));
            output.WriteLine(string.Join(", ", (await host.AllAsync<StrategyView>(school, StrategyTables.Strategy)).GroupBy(c => c.Status).Select(g => $"{g.Key} {g.Count()}")));
        }

        output.WriteLine(string.Join(", ", incidents.GroupBy(i => i.Status).Select(g => $"{g.Key} {g.Count()}")));
        output.WriteLine(string.Join(", ", incidents.GroupBy(i => i.Nature).Select(g => $"{g.Key} {g.Count()}")));
        Assert.Equal(120, incidents.Count);
        Assert.InRange(incidents.Count(i => i.Status == IncidentStatus.Closed), 80, 110);
        Assert.Equal(3, incidents.Count(i => i.Status == IncidentStatus.Reported));
        Assert.Contains(incidents, i => i.Status == IncidentStatus.Monitored);
        Assert.InRange(incidents.Select(i => (i.HappenedAt.Year, i.HappenedAt.Month)).Distinct().Count(), 10, 13);
        if (twice)
        {
            await using var again = await RosterHost.StartAsync(end.AddHours(3));
            await BuildAsync(again, end);
            var (stored, once) = (await again.StoredAsync(), await host.StoredAsync());
            Assert.InRange(once.Count, 5_000, 100_000);
            Assert.Equal([], once.Except(stored).Take(5));
            Assert.Equal(once.Count, stored.Count);
        }
    }

    [Fact]
    public void Its_bundles_are_the_same_bytes_each_time()
    {
        foreach (var school in DemoSchool.All)
        {
            Assert.Equal(Bytes(school), Bytes(school));
        }
    }

    private async Task<DemoReport> BuildAsync(RosterHost host, DateTimeOffset end)
    {
        var clock = Stopwatch.StartNew();
        host.HoldAt(DemoTrust.StartOf(end));
        var report = await DemoTrust.BuildAsync(host.Grains, host, host, end, Path.Combine(host.Directory, "bundles"), null, CancellationToken.None);
        output.WriteLine($"{report} {report.Moves} moves, {clock.Elapsed.TotalSeconds:0.0} s");
        return report;
    }

    private static byte[] Bytes(DemoSchool school)
    {
        using var stream = new MemoryStream();
        DemoRoster.Write(stream, school, 2026);
        return stream.ToArray();
    }
}
