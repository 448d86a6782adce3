using System.Text.Json;
using OnlineSafetyTrust.Gateway.Tests.Live;

namespace OnlineSafetyTrust.Gateway.Tests.Api;

/// <summary>C9: what leaves the school tells of nobody, and two logs tell no more than one.</summary>
public sealed class IncidentLogTests
{
    private const string Log = """
        query($from: LocalDate!, $to: LocalDate!, $recipient: LogRecipient!) {
          incidentLog(from: $from, to: $to, recipient: $recipient) { recipient from to leftOut { from to } rows { period { from to } nature keyStage fourC closed referred count } }
        }
        """;

    private static readonly DateOnly Start = new(2026, 9, 1), End = new(2027, 8, 31);

    [Fact]
    public async Task What_one_log_hides_no_other_gives_away_and_each_stands_in_the_access_log()
    {
        await using var world = await LiveWorld.StartAsync();
        await ReportAsync(world, (1, 5), (2, 6), (3, 1));
        var token = world.First.TokenOf(Role.Dsl);

        var year = await AskAsync(world, token, Start, End);

        Assert.Equal(12, year.Sum(r => r.Count));
        Assert.All(year, r => Assert.True(r.Count >= 5, r.Text));
        Assert.Contains(year, r => r.Text.Contains("\"from\":\"2027-02-01\",\"to\":\"2027-02-28\"", StringComparison.Ordinal) && r.Count == 6 && r.Text.Contains("\"nature\":\"inappropriate-material\",\"keyStage\":\"none\",\"fourC\":\"content\",\"closed\":false,\"referred\":false", StringComparison.Ordinal));
        var sums = new HashSet<long> { 0, 12 };
        foreach (var (from, to) in ((int, int)[])[(1, 1), (2, 2), (3, 3), (1, 2), (2, 3), (1, 3)])
        {
            var some = await AskAsync(world, token, new(2027, from, 10), new(2027, to, 11));
            Assert.Empty(some.Except(year));
            sums.Add(some.Sum(r => r.Count));
        }

        Assert.All(sums.SelectMany(a => sums.Select(b => Math.Abs(a - b))), d => Assert.True(d is 0 or >= 5, $"A difference of {d}"));
        var log = await world.Gateway.QueryAsync("query($id: ID!) { accessLog(recordId: $id) { nodes { person { name } purpose operation } } }", new { id = ApiWorld.Id("School", world.First.Id.Value) }, token);
        Assert.Contains("""{"person":{"name":"Dsl of 100001"},"purpose":"incident-log for local-authority, 2027-01 to 2027-03","operation":"incidentLog"}""", log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fewer_than_five_in_a_year_are_left_out_and_another_schools_never_appear()
    {
        await using var world = await LiveWorld.StartAsync();
        await ReportAsync(world, (1, 4));

        var own = (await AnswerAsync(world, world.First.TokenOf(Role.Headteacher), Start, End)).ToString();
        var other = (await AnswerAsync(world, world.Second.TokenOf(Role.Headteacher), Start, End)).ToString();

        Assert.Contains("""{"recipient":"LOCAL_AUTHORITY","from":"2026-09-01","to":"2027-08-31","leftOut":[{"from":"2026-09-01","to":"2027-08-31"}],"rows":[]}""", own, StringComparison.Ordinal);
        Assert.Contains("""{"recipient":"LOCAL_AUTHORITY","from":"2026-09-01","to":"2027-08-31","leftOut":[],"rows":[]}""", other, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_made_by_those_who_lead_the_response_alone_and_for_a_range_that_can_be()
    {
        await using var world = await LiveWorld.StartAsync();
        await ReportAsync(world, (1, 6));

        foreach (var token in (string[])[world.First.TokenOf(Role.Governor), world.First.TokenOf(Role.ClassTeacher), world.First.TokenOf(Role.SeniorLeader), await world.TrustTokenAsync()])
        {
            Assert.Equal("""{"data":{"incidentLog":null}}""", (await AnswerAsync(world, token, Start, End)).ToString());
        }

        foreach (var (from, to) in ((DateOnly, DateOnly)[])[(End, Start), (new(2019, 9, 1), End)])
        {
            var refused = await AnswerAsync(world, world.First.TokenOf(Role.DeputyDsl), from, to);
            Assert.Equal("LOG_RANGE", refused.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        }
    }

    private static async Task ReportAsync(LiveWorld world, params (int Month, int Reports)[] months)
    {
        foreach (var (month, reports) in months)
        {
            await world.Gateway.MoveToAsync(new DateTimeOffset(2027, month, 10, 12, 0, 0, TimeSpan.Zero));
            for (var i = 0; i < reports; i++)
            {
                await world.TriageAsync((await world.ReportAsync()).Id);
            }
        }

        await world.Gateway.SettleAsync();
    }

    private static Task<JsonElement> AnswerAsync(LiveWorld world, string token, DateOnly from, DateOnly to) =>
        world.Gateway.QueryAsync(Log, new { from, to, recipient = "LOCAL_AUTHORITY" }, token);

    private static async Task<List<(string Text, long Count)>> AskAsync(LiveWorld world, string token, DateOnly from, DateOnly to)
    {
        var log = (await AnswerAsync(world, token, from, to)).GetProperty("data").GetProperty("incidentLog");
        Assert.Equal("[]", log.GetProperty("leftOut").ToString());
        return [.. log.GetProperty("rows").EnumerateArray().Select(r => (r.ToString(), r.GetProperty("count").GetInt64()))];
    }
}
