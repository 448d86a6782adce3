using System.Globalization;
using System.Net;
using OnlineSafetyTrust.Gateway.Tests.Api;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.StaffConsole.Tests;

/// <summary>C8: what a debrief leaves to do.</summary>
public sealed class DebriefTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    [Fact]
    public async Task The_owner_of_a_change_ticks_it_off_and_learns_nothing_of_the_incident()
    {
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        var home = await DebriefedAsync(dsl, ("changes[0].what", "Close the gap"), ("changes[0].owner", $"{world.First.School.People[Role.NetworkManager].Value}"), ("changes[0].dueOn", Day(7)));
        using var network = await Browser.SignInAsync(world.Gateway, "network-manager@100001");
        Assert.Contains($"href=\"{home}/changes/1\"", network.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Narrative canary", await network.GoAsync($"{home}/changes/1"), StringComparison.Ordinal);
        Assert.DoesNotContain("The filter had a gap", network.Html, StringComparison.Ordinal);

        (string, string?)[] form = [("commandId", network.Hidden("commandId")), ("outcome", "It lets nothing through")];
        for (var sent = 0; sent < 2; sent++)
        {
            await network.SendAsync($"{home}/changes/1", form);
            Assert.Equal("/console", network.Answer.RequestMessage!.RequestUri!.AbsolutePath);
            Assert.DoesNotContain($"{home}/changes/1", network.Html, StringComparison.Ordinal);
        }

        await network.GoAsync($"{home}/changes/1");
        Assert.Equal(HttpStatusCode.NotFound, network.Status);
        Assert.Matches("Close the gap – [^<]+, done", await dsl.GoAsync(home));
    }

    [Fact]
    public async Task The_situation_is_looked_at_watched_on_and_then_no_more()
    {
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        var home = await DebriefedAsync(dsl, ("monitorUntil", Day(7)));
        await ReviewAsync("Still tense", Day(14));
        Assert.Contains("Still tense", dsl.Html, StringComparison.Ordinal);
        await ReviewAsync("Calm", "");
        Assert.Contains("Calm", dsl.Html, StringComparison.Ordinal);
        Assert.Matches("Watched until [^<]+, ended", dsl.Html);
        Assert.DoesNotContain($"href=\"{home}/monitoring\"", dsl.Html, StringComparison.Ordinal);

        async Task ReviewAsync(string findings, string extendTo)
        {
            Assert.Contains($"href=\"{home}/monitoring\"", dsl.Html, StringComparison.Ordinal);
            await dsl.GoAsync($"{home}/monitoring");
            await dsl.SendAsync($"{home}/monitoring", ("commandId", dsl.Hidden("commandId")), ("findings", findings), ("extendTo", extendTo));
            Assert.Contains("The monitoring review is recorded.", dsl.Html, StringComparison.Ordinal);
        }
    }

    private async Task<string> DebriefedAsync(Browser dsl, params (string, string?)[] more)
    {
        var home = $"/console/incidents/{(await SchoolRecords.MakeAsync(world.Gateway, world.First.School)).Keys["Incident"]}";
        await world.Gateway.SettleAsync();
        await dsl.GoAsync($"{home}/debrief");
        await dsl.SendAsync($"{home}/debrief", [("commandId", dsl.Hidden("commandId")), ("findings", "The filter had a gap"), .. more]);
        Assert.Contains("The filter had a gap", dsl.Html, StringComparison.Ordinal);
        await world.Gateway.SettleAsync();
        return home;
    }

    private string Day(int ahead) => London.DateOf(world.Gateway.Clock.GetUtcNow()).AddDays(ahead).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
