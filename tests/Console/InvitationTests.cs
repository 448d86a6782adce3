using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using OnlineSafetyTrust.Gateway.Tests.Api;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.StaffConsole.Tests;

/// <summary>C11: the DSL invites the trust's safeguarding lead, who reads and can do nothing else.</summary>
public sealed partial class InvitationTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private string Page => $"/console/incidents/{world.First.Keys["Incident"]}";

    [Fact]
    public async Task The_dsl_invites_the_lead_reads_until_the_dsl_ends_it()
    {
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        using var lead = await Browser.SignInAsync(world.Gateway, "trust");
        await lead.GoAsync(Page);
        Assert.Equal(HttpStatusCode.NotFound, lead.Status);

        await dsl.GoAsync($"{Page}/invitation");
        await dsl.SendAsync($"{Page}/invitation", ("commandId", dsl.Hidden("commandId")), ("reason", "Another pair of eyes"));
        Assert.Contains("Enter the last day of the invitation.", dsl.Html, StringComparison.Ordinal);
        var until = London.DateOf(world.Gateway.Clock.GetUtcNow()).AddDays(3).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await dsl.SendAsync($"{Page}/invitation", ("commandId", dsl.Hidden("commandId")), ("until", until), ("untilTime", "12:00"), ("reason", "Another pair of eyes"));
        Assert.Contains("safeguarding lead is invited", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("May read this incident until", dsl.Html, StringComparison.Ordinal);

        Assert.Contains(Page, await lead.GoAsync("/console/invited"), StringComparison.Ordinal);
        Assert.Contains("School 100001", lead.Html, StringComparison.Ordinal);
        var read = await lead.GoAsync(Page);
        Assert.All((string[])["Narrative canary", "Amber Canary 100001", "Dsl of 100001", "Another pair of eyes"], t => Assert.Contains(t, read, StringComparison.Ordinal));
        Assert.DoesNotContain("Blue phone", read, StringComparison.Ordinal);
        var main = Content().Match(read).Value;
        Assert.NotEqual("", main);
        Assert.DoesNotContain("<form", main, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"button", main, StringComparison.Ordinal);
        Assert.Equal(["/console/invited"], Link().Matches(main).Select(m => m.Groups["to"].Value));
        foreach (var more in (string[])["/close", "/triage", "/export", "/invitation", "/link"])
        {
            await lead.GoAsync(Page + more);
            Assert.True(lead.Status == HttpStatusCode.NotFound, more);
        }

        await dsl.GoAsync($"{Page}/invitation");
        await dsl.SendAsync($"{Page}/invitation", ("commandId", Guid.NewGuid().ToString()), ("do", "end"));
        Assert.Contains("The invitation has ended.", dsl.Html, StringComparison.Ordinal);
        await lead.GoAsync(Page);
        Assert.Equal(HttpStatusCode.NotFound, lead.Status);
        Assert.Contains("None now.", await lead.GoAsync("/console/invited"), StringComparison.Ordinal);
        var log = await dsl.GoAsync($"/console/access/{world.First.Keys["Incident"]}");
        Assert.Contains("TrustSafeguardingLead of the trust", log, StringComparison.Ordinal);
        Assert.Contains("<td data-label=\"Why\">invitation</td>", log, StringComparison.Ordinal);
    }

    [GeneratedRegex("<main.*</main>", RegexOptions.Singleline)]
    private static partial Regex Content();

    [GeneratedRegex("href=\"(?<to>[^\"]*)\"")]
    private static partial Regex Link();
}
