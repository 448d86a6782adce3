using System.Net;
using OnlineSafetyTrust.Gateway.Tests.Api;

namespace OnlineSafetyTrust.StaffConsole.Tests;

/// <summary>Who finds what on pages.</summary>
public sealed class SightTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private static readonly string[] OfAnIncident = ["", "/triage", "/steps/1", "/referral", "/debrief", "/close", "/review", "/police", "/decision", "/monitoring", "/changes/1", "/correct", "/link", "/invitation"];

    private Guid Incident => world.First.Keys["Incident"];

    private Guid Pupil => world.First.Keys["Pupil"];

    [Fact]
    public async Task Another_schools_records_are_pages_that_do_not_exist()
    {
        using var browser = await Browser.SignInAsync(world.Gateway, "dsl@100002");
        var unknown = Guid.NewGuid();
        foreach (var (theirs, nobodys) in Paths(Incident, Pupil).Zip(Paths(unknown, unknown)))
        {
            var (first, status) = (await browser.GoAsync(theirs), browser.Status);
            var second = await browser.GoAsync(nobodys);
            Assert.True(status == HttpStatusCode.NotFound, theirs);
            Assert.Equal((HttpStatusCode.NotFound, WithoutToken(first)), (browser.Status, WithoutToken(second)));
        }
    }

    [Fact]
    public async Task Another_schools_incident_takes_no_form()
    {
        using var browser = await Browser.SignInAsync(world.Gateway, "dsl@100002");
        await browser.GoAsync("/console/pupils");
        var page = browser.Html;
        foreach (var form in OfAnIncident.Skip(1))
        {
            await browser.GoAsync("/console/pupils");
            await browser.SendAsync($"/console/incidents/{Incident}{form}", ("reason", "x"), ("findings", "x"), ("outcome", "x"), ("do", "close"));
            Assert.True(browser.Status == HttpStatusCode.NotFound, form);
        }

        Assert.NotEqual("", page);
    }

    [Theory]
    [InlineData("key-worker@100001")]
    [InlineData("class-teacher@100001")]
    public async Task Whoever_checks_a_pupil_learns_nothing_of_the_incident(string persona)
    {
        using var browser = await Browser.SignInAsync(world.Gateway, persona);
        foreach (var path in new[] { "/console", "/console/checks", "/console/incidents", "/console/weekly-updates", "/console/trends", $"/console/pupils/{Pupil}" })
        {
            var html = await browser.GoAsync(path);
            Assert.Equal(HttpStatusCode.OK, browser.Status);
            Assert.DoesNotContain("Narrative canary", html, StringComparison.Ordinal);
            Assert.DoesNotContain("Reason canary", html, StringComparison.Ordinal);
            Assert.DoesNotContain(Incident.ToString("D"), html, StringComparison.Ordinal);
            Assert.True(path != "/console/trends" || (html.Contains("Figures are for", StringComparison.Ordinal) && !html.Contains("<table", StringComparison.Ordinal)));
        }

        await browser.GoAsync($"/console/incidents/{Incident}");
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
        await browser.GoAsync($"/console/access/{Incident}");
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
    }

    [Fact]
    public async Task The_dsl_goes_through_every_page_and_no_address_holds_a_name()
    {
        using var browser = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        foreach (var path in Paths(Incident, Pupil).Where(p => !p.EndsWith("/changes/1", StringComparison.Ordinal)).Concat(["/console", "/console/incidents", "/console/checks", "/console/weekly-updates", "/console/trends", "/console/my-reports", "/console/pupils"]))
        {
            await browser.GoAsync(path);
            Assert.True(browser.Status == HttpStatusCode.OK, path);
        }

        await browser.SendAsync("/console/pupils", ("search", "amber"));
        Assert.Contains("Amber Canary 100001", browser.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(browser.Addresses, a => a.Contains("canary", StringComparison.OrdinalIgnoreCase) || a.Contains("amber", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Who_looked_at_an_incident_stands_in_its_log_before_the_page_arrives()
    {
        using var head = await Browser.SignInAsync(world.Gateway, "headteacher@100001");
        Assert.Contains("Narrative canary", await head.GoAsync($"/console/incidents/{Incident}"), StringComparison.Ordinal);
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        var log = await dsl.GoAsync($"/console/access/{Incident}");
        Assert.Contains("Headteacher of 100001", log, StringComparison.Ordinal);
        Assert.Contains("console: incidents", log, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Paths(Guid incident, Guid pupil) =>
        [.. OfAnIncident.Select(p => $"/console/incidents/{incident}{p}"), $"/console/access/{incident}", $"/console/access/{pupil}", $"/console/pupils/{pupil}", $"/console/checks/{pupil}", $"/console/checks/{pupil}/schedule", $"/console/pupils/{pupil}/ban", $"/console/pupils/{pupil}/strategy", $"/console/pupils/{pupil}/strategy/draft", $"/console/pupils/{pupil}/strategy/agree"];

    private static string WithoutToken(string html) => System.Text.RegularExpressions.Regex.Replace(html, "name=\"_form\"[^>]*>", "");
}
