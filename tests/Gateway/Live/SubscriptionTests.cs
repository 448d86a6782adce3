using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Grains.Schools;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.Gateway.Tests.Live;

/// <summary>Who is told of what, and that it stands in the record who was.</summary>
public sealed class SubscriptionTests
{
    private const string Trends = "subscription($from: LocalDate!, $to: LocalDate!) { trendsChanged(from: $from, to: $to) { totals { school { urn } count } } }";

    [Fact]
    public async Task An_incident_reaches_those_who_may_see_it_and_nobody_else()
    {
        await using var world = await LiveWorld.StartAsync();
        using var dsl = await world.ListenAsync(Role.Dsl);
        using var deputy = await world.ListenAsync(Role.DeputyDsl);
        using var keyWorker = await world.ListenAsync(Role.KeyWorker);
        using var governor = await world.ListenAsync(Role.Governor);
        using var other = await world.ListenAsync(world.Second.TokenOf(Role.Dsl));
        using var trust = await world.ListenAsync(await world.TrustTokenAsync());
        foreach (var socket in new[] { dsl, deputy, keyWorker, governor, other, trust })
        {
            await socket.BeginAsync("i", LiveWorld.Incidents);
        }

        var (id, reference) = await world.ReportAsync();
        var reported = $$"""{"type":"next","id":"i","payload":{"data":{"incidentChanged":{"reference":"{{reference}}","status":"REPORTED" """.TrimEnd() + "}}}}";
        Assert.Equal(reported, await dsl.ReadAsync());
        Assert.Equal(reported, await deputy.ReadAsync());
        await world.TriageAsync(id);
        foreach (var socket in new[] { dsl, deputy })
        {
            // Mails that are sent meanwhile change the incident too.
            while (!(await socket.ReadAsync()).Contains("\"status\":\"OPEN\"", StringComparison.Ordinal))
            {
            }
        }

        foreach (var socket in new[] { keyWorker, governor, other, trust })
        {
            await LiveWorld.NothingAsync(socket);
        }

        var pushed = (await LogAsync(world, id)).Where(e => e.Operation == "incidentChanged").ToList();
        Assert.All(pushed.GroupBy(e => e.Actor), own => Assert.Equal(own.Count(), own.Select(e => e.CorrelationId).Distinct().Count()));
        Assert.Equal(
            new[] { Actor.Of(world.First.People[Role.Dsl]), Actor.Of(world.First.People[Role.DeputyDsl]) }.OrderBy(a => a.Value, StringComparer.Ordinal),
            pushed.Select(e => e.Actor).Distinct().OrderBy(a => a.Value, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_query_over_a_socket_stands_in_the_log_before_it_is_answered()
    {
        await using var world = await LiveWorld.StartAsync();
        var (id, reference) = await world.ReportAsync();
        using var head = await world.ListenAsync(Role.Headteacher);

        foreach (var operation in (string[])["1", "2"])
        {
            await head.SubscribeAsync(operation, "query($id: ID!) { incident(id: $id) { reference } }", new { id });
            Assert.Contains(reference, await head.ReadAsync(), StringComparison.Ordinal);
            Assert.Contains("complete", await head.ReadAsync(), StringComparison.Ordinal);
        }

        var asked = (await LogAsync(world, id)).Where(e => e.Operation == "incident" && e.Actor == Actor.Of(world.First.People[Role.Headteacher])).ToList();
        Assert.Equal(2, asked.Count);
        Assert.NotEqual(asked[0].CorrelationId, asked[1].CorrelationId);
    }

    [Fact]
    public async Task A_task_reaches_whose_it_is_once()
    {
        await using var world = await LiveWorld.StartAsync();
        using var dsl = await world.ListenAsync(Role.Dsl);
        using var deputy = await world.ListenAsync(Role.DeputyDsl);
        await dsl.BeginAsync("t", "subscription { taskAssigned { kind owner { name } } }");
        await deputy.BeginAsync("t", "subscription { taskAssigned { kind owner { name } } }");

        await world.ReportAsync();

        var triage = """{"type":"next","id":"t","payload":{"data":{"taskAssigned":{"kind":"TRIAGE","owner":{"name":"Dsl of 100001"}}}}}""";
        // Being told is a task too.
        string[] got = [await dsl.ReadAsync(), await dsl.ReadAsync()];
        Assert.Contains(triage, got);
        Assert.Contains(got, g => g.Contains("INCIDENT_TOLD", StringComparison.Ordinal));
        await world.Gateway.SettleAsync();
        await LiveWorld.NothingAsync(dsl);
        await LiveWorld.NothingAsync(deputy);
    }

    [Fact]
    public async Task A_late_check_reaches_its_checker_and_those_who_plan()
    {
        await using var world = await LiveWorld.StartAsync();
        await world.PlanCheckAsync();
        using var teacher = await world.ListenAsync(Role.ClassTeacher);
        using var head = await world.ListenAsync(Role.Headteacher);
        using var keyWorker = await world.ListenAsync(Role.KeyWorker);
        foreach (var socket in new[] { teacher, head, keyWorker })
        {
            await socket.BeginAsync("c", "subscription { checkOverdue { date status pupil { name } } }");
        }

        await world.MissCheckAsync();

        var late = """{"type":"next","id":"c","payload":{"data":{"checkOverdue":{"date":"2026-11-23","status":"OVERDUE","pupil":{"name":"Amber Hill"}}}}}""";
        Assert.Equal(late, await teacher.ReadAsync());
        Assert.Equal(late, await head.ReadAsync());
        await LiveWorld.NothingAsync(keyWorker);
    }

    [Fact]
    public async Task The_trust_is_told_of_figures_only_when_those_that_it_sees_change()
    {
        await using var world = await LiveWorld.StartAsync();
        using var dsl = await world.ListenAsync(Role.Dsl);
        using var trust = await world.ListenAsync(await world.TrustTokenAsync());
        var range = ThisMonth(world);
        await dsl.BeginAsync("t", Trends, range);
        await trust.BeginAsync("t", Trends, range);

        for (var n = 1; n <= 4; n++)
        {
            // The school's own figures move with the report, and again when it has its nature; the trust's with that alone.
            var incident = (await world.ReportAsync()).Id;
            Assert.Contains($$"""{"school":{"urn":"100001"},"count":{{n}}}""", await dsl.ReadAsync(), StringComparison.Ordinal);
            await world.TriageAsync(incident);
            Assert.Contains($$"""{"school":{"urn":"100001"},"count":{{n}}}""", await dsl.ReadAsync(), StringComparison.Ordinal);
        }

        // That there are figures at all it may know; one to four incidents look alike.
        await trust.SubscribeAsync("q", Trends.Replace("subscription", "query", StringComparison.Ordinal).Replace("trendsChanged", "trends", StringComparison.Ordinal), range);
        var before = await UntilAsync(trust, "q");
        Assert.True(before.Count <= 1, string.Join("\n", before));
        await world.TriageAsync((await world.ReportAsync()).Id);
        Assert.Contains("""{"school":{"urn":"100001"},"count":5}""", await trust.ReadAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(before, b => b.Contains("\"urn\":\"100001\"},\"count\":4", StringComparison.Ordinal));
    }

    /// <summary>The follower kept each school's trust for as long as the process ran: a trust that a school had joined since was never told.</summary>
    [Fact]
    public async Task The_trust_that_a_school_joins_is_told_of_its_figures()
    {
        await using var world = await LiveWorld.StartAsync();
        using var dsl = await world.ListenAsync(Role.Dsl);
        await dsl.BeginAsync("t", Trends, ThisMonth(world));
        for (var n = 1; n <= 4; n++)
        {
            await world.TriageAsync((await world.ReportAsync()).Id);
            await dsl.ReadAsync();
            await dsl.ReadAsync();
        }

        using var joined = await world.ListenAsync(await world.ChangeTrustAsync());
        await joined.BeginAsync("t", Trends, ThisMonth(world));
        await world.TriageAsync((await world.ReportAsync()).Id);

        Assert.Contains("""{"school":{"urn":"100001"},"count":5}""", await joined.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_range_that_cannot_be_is_refused_at_once()
    {
        await using var world = await LiveWorld.StartAsync();
        using var dsl = await world.ListenAsync(Role.Dsl);

        await dsl.SubscribeAsync("t", "subscription { trendsChanged(from: \"2026-11-30\", to: \"2026-11-01\") { natures } }");

        Assert.Contains("TREND_RANGE", await dsl.ReadAsync(), StringComparison.Ordinal);
    }

    private static object ThisMonth(LiveWorld world)
    {
        var today = London.DateOf(world.Gateway.Clock.GetUtcNow());
        return new { from = new DateOnly(today.Year, today.Month, 1), to = today };
    }

    private static async Task<List<string>> UntilAsync(OnlineSafetyTrust.Tests.Support.GraphQLSocket socket, string id)
    {
        var before = new List<string>();
        while (await socket.ReadAsync() is { } message)
        {
            if (message == $$"""{"type":"complete","id":"{{id}}"}""")
            {
                break;
            }

            if (message.Contains("\"id\":\"t\"", StringComparison.Ordinal))
            {
                before.Add(message);
            }
        }

        return before;
    }

    private static async Task<IReadOnlyList<AuditEntry>> LogAsync(LiveWorld world, string incident)
    {
        var reader = new Reader(world.First.Id, Actor.System, new HashSet<Role>(), "test", Guid.NewGuid());
        var page = await world.Gateway.Services.GetRequiredService<AuditReader>().AccessLogAsync(reader, $"incident/{LiveWorld.KeyOf(incident)}", AccessLogOrder.AtDesc, new PageRequest(First: 100), default);
        return [.. page.Value!.Items.Select(i => i.Item)];
    }
}
