using OnlineSafetyTrust.Gateway.Tests.Api;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.StaffConsole.Tests;

public sealed class DecideStrategyTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    [Fact]
    public async Task The_head_decides_on_a_strategy_that_nobody_agreed_to()
    {
        await world.Gateway.MoveToAsync(London.ToInstant(London.DateOf(world.Gateway.Clock.GetUtcNow()).AddDays(12), new(16, 0)));
        var home = $"/console/pupils/{world.First.Keys["Pupil"]}/strategy";
        using var head = await Browser.SignInAsync(world.Gateway, "headteacher@100001");
        Assert.Contains($"href=\"{home}/decide\"", head.Html, StringComparison.Ordinal);
        Assert.Contains("Not agreed: The school, Somebody with parental responsibility.", await head.GoAsync($"{home}/decide"), StringComparison.Ordinal);

        await SendAsync(null, "Nobody could be reached");
        Assert.Contains("href=\"#decision\"", head.Html, StringComparison.Ordinal);
        await SendAsync("InForce", "");
        Assert.Contains("href=\"#reason\"", head.Html, StringComparison.Ordinal);
        await SendAsync("InForce", "Nobody could be reached");
        Assert.Contains("has not been heard on these terms", head.Html, StringComparison.Ordinal);
        await head.SendAsync($"{home}/agree", ("commandId", Guid.NewGuid().ToString()), ("party", "Pupil"), ("answer", "ViewGiven"), ("signedBy", "The pupil"), ("form", "Paper"), ("view", "It is strict"));
        Assert.DoesNotContain("has not been heard", await head.GoAsync($"{home}/decide"), StringComparison.Ordinal);
        await SendAsync("InForce", "Nobody could be reached");
        Assert.Contains("The decision is recorded.", head.Html, StringComparison.Ordinal);
        Assert.Contains("Nobody could be reached", head.Html, StringComparison.Ordinal);
        Assert.DoesNotContain($"{home}/decide", head.Html, StringComparison.Ordinal);

        Task SendAsync(string? decision, string reason) => head.SendAsync($"{home}/decide", ("commandId", head.Hidden("commandId")), ("decision", decision), ("reason", reason));
    }
}
