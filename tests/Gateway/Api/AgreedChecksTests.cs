using System.Text.Json;
using OnlineSafetyTrust.Gateway.Tests.Api.Mutations;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Gateway.Tests.Api;

/// <summary>What a strategy says of daily checks is work, not words (E1).</summary>
public sealed class AgreedChecksTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    [Fact]
    public async Task A_strategy_with_checks_asks_for_a_schedule_until_there_is_one()
    {
        var stage = await MutationStage.SetAsync(world);
        await stage.DoAsync(Role.Dsl, "endStrategy", new { strategyId = stage.Strategy, endReason = "To be drafted anew" });
        await stage.DoAsync(Role.Dsl, "endChecks", new { pupilId = stage.Pupil, reason = "To begin anew" });
        Assert.Empty(await AskedAsync(stage));

        var terms = new { supervision = "SUPERVISED", checksBy = "15:30:00" };
        var parties = new[] { new { kind = "SCHOOL" }, new { kind = "PARENTAL_RESPONSIBILITY" } };
        await stage.DoAsync(Role.Dsl, "draftStrategy", new { pupilId = stage.Pupil, terms, interim = new { supervision = "NO_USE" }, parties, reviewOn = stage.Today.AddDays(20), owner = stage.Person(Role.Dsl) });
        Assert.Empty(await AskedAsync(stage));
        await stage.AgreedAsync();
        var task = Assert.Single(await AskedAsync(stage));
        Assert.Equal("Schedule the daily checks that the strategy agreed", task.GetProperty("title").GetString());
        Assert.Equal(JsonValueKind.String, task.GetProperty("dueAt").ValueKind);

        var from = Weekdays.After(stage.Today);

        await stage.DoAsync(Role.Dsl, "scheduleChecks", new { pupilId = stage.Pupil, from, by = "15:30:00", lookFor = new[] { "ONLY_AGREED_APPS" }, checker = "CLASS_TEACHER", withStrategy = true });
        Assert.Empty(await AskedAsync(stage));

        // They end with it, and nobody is asked to schedule them again.
        await stage.DoAsync(Role.Dsl, "endStrategy", new { strategyId = stage.Strategy, endReason = "All is well" });
        Assert.Empty(await AskedAsync(stage));
        var ended = await world.DataAsync("query($id: ID!) { pupil(id: $id) { checks { status } } }", world.First.TokenOf(Role.Dsl), new { id = stage.Pupil });
        Assert.Equal("ENDED", ended.GetProperty("pupil").GetProperty("checks").GetProperty("status").GetString());
    }

    private async Task<IReadOnlyList<JsonElement>> AskedAsync(MutationStage stage)
    {
        await world.Gateway.SettleAsync();
        var tasks = await world.DataAsync("{ tasks { nodes { kind title dueAt pupil { id } } } }", world.First.TokenOf(Role.Dsl));
        return [.. tasks.GetProperty("tasks").GetProperty("nodes").EnumerateArray().Where(t => t.GetProperty("kind").GetString() == "CHECKS_TO_SCHEDULE" && t.GetProperty("pupil").GetProperty("id").GetString() == stage.Pupil)];
    }
}
