using System.Net;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Gateway.Tests;
using OnlineSafetyTrust.Gateway.Tests.Api;

namespace OnlineSafetyTrust.StaffConsole.Tests;

public sealed class SignInTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    [Fact]
    public async Task Nobody_sees_a_page_before_signing_in_and_afterwards_is_where_they_wanted_to_be()
    {
        using var browser = Browser.Open(world.Gateway);
        await browser.GoAsync("/console/my-reports");
        Assert.Equal("/console/sign-in", browser.Answer.RequestMessage!.RequestUri!.AbsolutePath);

        await browser.SendAsync("/console/sign-in", ("persona", "class-teacher@100001"), ("returnUrl", browser.Hidden("returnUrl")));

        Assert.Equal("/console/my-reports", browser.Answer.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Contains("<h1>My reports</h1>", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_foreign_address_is_no_place_to_return_to()
    {
        using var browser = Browser.Open(world.Gateway);
        await browser.GoAsync("/console/sign-in");
        await browser.SendAsync("/console/sign-in", ("persona", "dsl@100001"), ("returnUrl", "//elsewhere.example/console"));
        Assert.Equal("/console", browser.Answer.RequestMessage!.RequestUri!.AbsolutePath);
    }

    [Fact]
    public async Task Pages_run_no_script_are_not_kept_and_cookies_stay_with_the_console()
    {
        using var browser = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        var headers = browser.Answer.Headers;
        Assert.StartsWith("default-src 'none'", headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.True(headers.CacheControl!.NoStore);
        Assert.DoesNotContain("<script", browser.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("style=", browser.Html, StringComparison.Ordinal);
        var session = browser.Cookies.Single(c => c.Name == "ost-session");
        Assert.Equal((true, "/console"), (session.HttpOnly, session.Path));
    }

    [Fact]
    public async Task The_cookie_opens_pages_and_not_the_api()
    {
        using var browser = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        using var http = new HttpClient { BaseAddress = world.Gateway.Http.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent("{\"query\":\"{ schools { urn } }\"}", null, "application/json") };
        request.Headers.Add("Cookie", string.Join("; ", browser.Cookies.Select(c => $"{c.Name}={c.Value}")));
        using var answer = await http.SendAsync(request);
        Assert.DoesNotContain("100001", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_its_token_changes_nothing()
    {
        using var browser = await Browser.SignInAsync(world.Gateway, "class-teacher@100001");
        await browser.SendWithoutTokenAsync("/console/report", ("danger", "No"), ("do", "send"), ("what", "Sent from elsewhere"), ("happenedAt", "2026-01-05"), ("happenedTime", "10:00"));
        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Contains("The form could not be sent", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_of_the_trust_sees_figures_and_no_page_of_a_school()
    {
        using var browser = await Browser.SignInAsync(world.Gateway, "trust");
        await browser.GoAsync("/console/trends");
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Contains("<td>not shown</td>", browser.Html, StringComparison.Ordinal);
        foreach (var path in new[] { "/console/incidents", "/console/pupils", "/console/checks", "/console/report", $"/console/incidents/{world.First.Keys["Incident"]}" })
        {
            await browser.GoAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, browser.Status);
        }
    }

    [Fact]
    public async Task A_leaver_is_out_at_the_next_click()
    {
        using var browser = await Browser.SignInAsync(world.Gateway, "senior-leader@100002");
        var school = world.Second.School;
        var grain = world.Gateway.Grains.GetGrain<ISchoolGrain>(SchoolKey.Of(school.Id).ToString());
        await TwoSchools.Done(grain.RecordLeaverAsync(SchoolRecords.As(school, Role.Headteacher), new(school.People[Role.SeniorLeader])));
        await browser.GoAsync("/console");
        Assert.Equal("/console/sign-in", browser.Answer.RequestMessage!.RequestUri!.AbsolutePath);
    }
}
