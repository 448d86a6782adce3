using System.Text.Json;
using OnlineSafetyTrust.Gateway.Tests.Live;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Gateway.Tests.Api;

/// <summary>Small numbers stay small numbers, however often one asks (I2).</summary>
public sealed class TrendTests
{
    private const string Trends = "query($from: LocalDate!, $to: LocalDate!, $by: TrendUnit!) { trends(from: $from, to: $to, by: $by) { totals { period { from to } count } } }";

    /// <summary>The figures move with the report; whoever sees no small numbers would count reports by watching it come and go.</summary>
    [Fact]
    public async Task What_nobody_has_triaged_counts_for_those_who_lead_the_school_alone()
    {
        await using var world = await LiveWorld.StartAsync();
        await world.ReportAsync();
        await world.Gateway.SettleAsync();
        var today = London.DateOf(world.Gateway.Clock.GetUtcNow());
        Assert.Equal(("untriaged", 1), await NaturesAsync(Role.Dsl));
        Assert.Equal(("", 0), await NaturesAsync(Role.Governor));

        var refused = await world.Gateway.QueryAsync(Trends, new { from = today.AddYears(-11), to = today, by = "YEAR" }, world.First.TokenOf(Role.Governor));
        Assert.Equal("TREND_RANGE", refused.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());

        async Task<(string, long)> NaturesAsync(Role role)
        {
            var answer = await world.Gateway.QueryAsync(
                "query($from: LocalDate!, $to: LocalDate!) { trends(from: $from, to: $to) { natures totals { count } } }", new { from = today, to = today }, world.First.TokenOf(role));
            var trends = answer.GetProperty("data").GetProperty("trends");
            return (string.Join(',', trends.GetProperty("natures").EnumerateArray().Select(n => n.GetString())), trends.GetProperty("totals")[0].GetProperty("count").GetInt64());
        }
    }

    [Fact]
    public async Task What_one_question_hides_no_other_gives_away()
    {
        await using var world = await LiveWorld.StartAsync();
        foreach (var (month, reports) in ((int, int)[])[(1, 5), (2, 6), (3, 1)])
        {
            await world.Gateway.MoveToAsync(new DateTimeOffset(2027, month, 10, 12, 0, 0, TimeSpan.Zero));
            for (var i = 0; i < reports; i++)
            {
                await world.TriageAsync((await world.ReportAsync()).Id);
            }
        }

        await world.Gateway.SettleAsync();
        var (dsl, governor) = (world.First.TokenOf(Role.Dsl), world.First.TokenOf(Role.Governor));
        var (start, end) = (new DateOnly(2026, 9, 1), new DateOnly(2027, 8, 31));

        Assert.Equal([5, 6, 1], (await AskAsync(dsl, new(2027, 1, 1), new(2027, 3, 31), "MONTH")).Select(c => c.Count));
        // A part of January is January, for everybody.
        Assert.Equal(5, Assert.Single(await AskAsync(dsl, new(2027, 1, 20), new(2027, 1, 21), "MONTH")).Count);
        var months = await AskAsync(governor, start, end, "MONTH");
        var year = Assert.Single(await AskAsync(governor, start, end, "YEAR")).Count;
        Assert.Equal(12, year);
        // What is hidden adds up to the rest: of two months at least, and no small number together.
        Assert.InRange(months.Count(m => m.Count is null), 2, 12);
        Assert.InRange(year!.Value - months.Sum(m => m.Count ?? 0), 5, 12);
        Assert.Equal(12, months.Count);
        foreach (var (from, to) in ((int, int)[])[(1, 1), (1, 2), (2, 3), (1, 3)])
        {
            var some = await AskAsync(governor, new(2027, from, 1), new(2027, to, 28), "MONTH");
            Assert.Equal(months.Where(m => some.Any(s => s.From == m.From)), some);
        }

        foreach (var unit in (string[])["WEEK", "HALF_TERM", "TERM"])
        {
            var refused = await world.Gateway.QueryAsync(Trends, new { from = start, to = end, by = unit }, governor);
            Assert.Equal("TREND_UNIT", refused.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
            Assert.NotEmpty(await AskAsync(dsl, start, end, unit));
        }

        async Task<List<(string From, long? Count)>> AskAsync(string token, DateOnly from, DateOnly to, string by)
        {
            var answer = await world.Gateway.QueryAsync(Trends, new { from, to, by }, token);
            return
            [
                .. answer.GetProperty("data").GetProperty("trends").GetProperty("totals").EnumerateArray()
                    .Select(c => (c.GetProperty("period").GetProperty("from").GetString()!, c.GetProperty("count") is { ValueKind: JsonValueKind.Number } n ? n.GetInt64() : (long?)null)),
            ];
        }
    }
}
