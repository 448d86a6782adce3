using System.Net;
using OnlineSafetyTrust.Gateway.Tests.Api;

namespace OnlineSafetyTrust.StaffConsole.Tests;

/// <summary>C4: the police do not answer.</summary>
public sealed class WithoutReplyTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    [Fact]
    public async Task The_school_goes_on_when_head_and_dsl_have_decided_the_same()
    {
        var home = $"/console/incidents/{world.First.Keys["Incident"]}";
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        await SendAsync(dsl, "triage", ("nature", "illegal-material"), ("awareness", "Knowing"), ("fourCs", "Content"), ("reason", "It is illegal"));
        await SendAsync(dsl, "referral", ("agency", "Police"), ("reference", "CR7"));
        await SendAsync(dsl, "police", ("outcome", "NoReply"));
        Assert.Contains($"href=\"{home}/decision\"", dsl.Html, StringComparison.Ordinal);
        (string, string?)[] decision = [("decision", "InternalProcedure"), ("advisedBy", "SocialCare"), ("advice", "Go on"), ("reason", "Nobody answers")];
        await SendAsync(dsl, "decision", [("advisedBy", "SocialCare"), ("advice", "Go on"), ("reason", "Nobody answers")]);
        Assert.Contains("Choose how to go on.", dsl.Html, StringComparison.Ordinal);
        await SendAsync(dsl, "decision", decision);
        Assert.Contains("Your decision is recorded.", dsl.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Head and DSL decided,", dsl.Html, StringComparison.Ordinal);

        using var head = await Browser.SignInAsync(world.Gateway, "headteacher@100001");
        Assert.Contains("Dsl of 100001 has proposed: go on with the school’s own procedure.", WebUtility.HtmlDecode(await head.GoAsync($"{home}/decision")), StringComparison.Ordinal);
        await SendAsync(head, "decision", decision);
        Assert.Contains("Your decision is recorded.", head.Html, StringComparison.Ordinal);
        Assert.Contains("Head and DSL decided,", head.Html, StringComparison.Ordinal);
        Assert.Contains("Nobody answers", head.Html, StringComparison.Ordinal);
        Assert.DoesNotContain($"href=\"{home}/decision\"", head.Html, StringComparison.Ordinal);

        async Task SendAsync(Browser browser, string page, params (string, string?)[] fields)
        {
            await browser.GoAsync($"{home}/{page}");
            await browser.SendAsync($"{home}/{page}", [("commandId", browser.Hidden("commandId")), .. fields]);
        }
    }
}
