using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Gateway.Commands;
using OnlineSafetyTrust.Gateway.Tests;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Tests;

/// <summary>Sign-in through an OpenID Connect provider: code flow with PKCE.</summary>
public sealed class ProviderSignInTests : IAsyncLifetime
{
    private FakeProvider _provider = null!;
    private RunningGateway _gateway = null!;

    public async Task InitializeAsync()
    {
        _provider = await FakeProvider.StartAsync();
        _gateway = await RunningGateway.StartAsync(configure: builder =>
        {
            // A browser has the day's own time, and drops cookies that ended before it.
            builder.Services.AddSingleton(TimeProvider.System);
            builder.Configuration["Identity:Authority"] = _provider.Address;
            builder.Configuration["Identity:ClientId"] = FakeProvider.Client;
            builder.Configuration["Identity:ClientSecret"] = FakeProvider.Secret;
        });
        var schools = await TwoSchools.FoundAsync(_gateway);
        await AddAsync(schools.First, "only-first");
        await AddAsync(schools.First, "both");
        await AddAsync(schools.Second, "both");
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task Somebody_known_at_one_school_is_signed_in_there_and_is_where_they_wanted_to_be()
    {
        _provider.Subject = "only-first";
        using var browser = Browser.Open(_gateway);
        await browser.GoAsync("/console/my-reports");
        Assert.Contains("/console/sign-in/start?returnUrl=%2Fconsole%2Fmy-reports", browser.Html, StringComparison.Ordinal);
        await browser.GoAsync("/console/sign-in/start?returnUrl=%2Fconsole%2Fmy-reports");

        Assert.Equal("/console/my-reports", browser.Answer.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Contains("School 100001", browser.Html, StringComparison.Ordinal);
        Assert.Equal("login", _provider.Prompt);
        Assert.DoesNotContain(browser.Cookies, c => c.Name == "ost-trip");
    }

    [Fact]
    public async Task Somebody_known_at_two_schools_chooses_and_can_choose_no_third()
    {
        _provider.Subject = "both";
        using var browser = Browser.Open(_gateway);
        await browser.GoAsync("/console/sign-in/start");
        Assert.Contains("School 100001</button>", browser.Html, StringComparison.Ordinal);
        Assert.Contains("School 100002</button>", browser.Html, StringComparison.Ordinal);
        var second = System.Text.RegularExpressions.Regex.Match(browser.Html, "value=\"(?<t>[^\"]*)\" class=\"plain\">School 100002").Groups["t"].Value;

        await browser.SendAsync("/console/sign-in", ("place", TenantId.School(Guid.NewGuid()).ToString()));
        Assert.Contains("Try again", browser.Html, StringComparison.Ordinal);
        await browser.SendAsync("/console/sign-in", ("place", second));
        Assert.Equal("/console", browser.Answer.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Contains("School 100002", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_whom_no_school_knows_is_told_so()
    {
        _provider.Subject = "stranger";
        using var browser = Browser.Open(_gateway);
        await browser.GoAsync("/console/sign-in/start");
        Assert.Contains("Your school account is not known here", browser.Html, StringComparison.Ordinal);
        await AssertOutsideAsync(browser);
    }

    [Theory]
    [InlineData("nonce")]
    [InlineData("audience")]
    [InlineData("issuer")]
    [InlineData("key")]
    [InlineData("expired")]
    public async Task A_token_that_is_not_what_it_must_be_opens_nothing(string fault)
    {
        (_provider.Subject, _provider.Fault) = ("only-first", fault);
        using var browser = Browser.Open(_gateway);
        await browser.GoAsync("/console/sign-in/start");
        Assert.Equal("?problem=again", browser.Answer.RequestMessage!.RequestUri!.Query);
        await AssertOutsideAsync(browser);
    }

    [Fact]
    public async Task An_answer_that_this_browser_did_not_ask_for_opens_nothing()
    {
        _provider.Subject = "only-first";
        using var other = Browser.Open(_gateway);
        await other.GoAsync("/console/sign-in/start");
        var stolen = other.Addresses.Single(a => a.StartsWith("/console/sign-in/back", StringComparison.Ordinal));
        using var browser = Browser.Open(_gateway);
        await browser.GoAsync(stolen);
        Assert.Equal("?problem=again", browser.Answer.RequestMessage!.RequestUri!.Query);
        await AssertOutsideAsync(browser);
    }

    [Fact]
    public async Task A_foreign_address_is_no_place_to_return_to()
    {
        _provider.Subject = "only-first";
        using var browser = Browser.Open(_gateway);
        await browser.GoAsync("/console/sign-in/start?returnUrl=https%3A%2F%2Felsewhere.example%2Fconsole");
        Assert.Equal("/console", browser.Answer.RequestMessage!.RequestUri!.AbsolutePath);
    }

    [Fact]
    public async Task A_provider_that_is_down_is_said_to_be_down()
    {
        await _provider.DisposeAsync();
        using var browser = Browser.Open(_gateway);
        await browser.GoAsync("/console/sign-in/start");
        Assert.Contains("does not answer at the moment", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_was_in_when_their_sign_in_was_linked_anew_stayed_in()
    {
        _provider.Subject = "only-first";
        using var browser = Browser.Open(_gateway);
        await browser.GoAsync("/console/sign-in/start");
        await browser.GoAsync("/console/my-reports");
        Assert.Equal("/console/my-reports", browser.Answer.RequestMessage!.RequestUri!.AbsolutePath);

        await RelinkAsync("only-first", "another");
        await AssertOutsideAsync(browser);
        _provider.Subject = "another";
        await browser.GoAsync("/console/sign-in/start?returnUrl=%2Fconsole%2Fmy-reports");
        Assert.Equal("/console/my-reports", browser.Answer.RequestMessage!.RequestUri!.AbsolutePath);
    }

    [Fact]
    public async Task Keys_of_cookies_lie_sealed_and_a_restart_signs_nobody_out()
    {
        _provider.Subject = "only-first";
        using var browser = Browser.Open(_gateway);
        await browser.GoAsync("/console/sign-in/start");
        var files = Directory.GetFiles(Path.Combine(_gateway.Directory, "sign-in-keys"));
        Assert.NotEmpty(files);
        Assert.All(files, f => Assert.DoesNotContain("masterKey", File.ReadAllText(f), StringComparison.OrdinalIgnoreCase));

        var session = browser.Cookies.Single(c => c.Name == "ost-session");
        await _gateway.RestartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/console/my-reports");
        request.Headers.Add("Cookie", $"{session.Name}={session.Value}");
        using var answer = await _gateway.Http.SendAsync(request);
        Assert.Contains("<h1>My reports</h1>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_head_who_is_appointed_at_the_command_line_comes_in_and_lets_the_next_one_in()
    {
        var head = new Appointment("100001", null, "Hana Ford", "h.ford@100001.example", "headteacher", $"{_provider.Address}|new-head");
        await _gateway.RestartAsync(async () => Assert.Equal(0, await AppointCommand.RunAsync(_gateway.Directory, head, default)));
        _provider.Subject = "new-head";
        using var browser = Browser.Open(_gateway);
        await browser.GoAsync("/console/sign-in/start?returnUrl=%2Fconsole%2Fcover");
        Assert.Contains("<h1>Absence and cover</h1>", browser.Html, StringComparison.Ordinal);

        var school = (await _gateway.Services.GetRequiredService<DirectoryReader>().TrustsAsync(default)).SelectMany(t => t.Schools).Single(s => s.Urn == "100001").School;
        var known = (await _gateway.Services.GetRequiredService<DirectoryReader>().PeopleAsync(school, default)).Single(p => p.Email == "classteacher@100001.example");
        Assert.False(known.HasSignIn);
        var grain = _gateway.Grains.GetGrain<ISchoolGrain>(SchoolKey.Of(school).ToString());
        foreach (var subject in new[] { "old-account", "new-account" })
        {
            await TwoSchools.Done(grain.LinkSignInAsync(TwoSchools.System(school), new LinkSignIn(known.Id, $"{_provider.Address}|{subject}")));
        }

        _provider.Subject = "new-account";
        using var teacher = Browser.Open(_gateway);
        await teacher.GoAsync("/console/sign-in/start?returnUrl=%2Fconsole%2Fmy-reports");
        Assert.Contains("<h1>My reports</h1>", teacher.Html, StringComparison.Ordinal);
        _provider.Subject = "old-account";
        using var old = Browser.Open(_gateway);
        await old.GoAsync("/console/sign-in/start?returnUrl=%2Fconsole%2Fmy-reports");
        Assert.Contains("Your school account is not known here", old.Html, StringComparison.Ordinal);
    }

    private static async Task AssertOutsideAsync(Browser browser)
    {
        await browser.GoAsync("/console/my-reports");
        Assert.Equal((HttpStatusCode.OK, "/console/sign-in"), (browser.Status, browser.Answer.RequestMessage!.RequestUri!.AbsolutePath));
    }

    private async Task RelinkAsync(string from, string to)
    {
        var directory = _gateway.Services.GetRequiredService<DirectoryReader>();
        var school = (await directory.TrustsAsync(default)).SelectMany(t => t.Schools).Single(s => s.Urn == "100001").School;
        var known = (await directory.PeopleAsync(school, default)).Single(p => p.Email == $"{from}@100001.example");
        await TwoSchools.Done(_gateway.Grains.GetGrain<ISchoolGrain>(SchoolKey.Of(school).ToString())
            .LinkSignInAsync(TwoSchools.System(school), new LinkSignIn(known.Id, $"{_provider.Address}|{to}")));
    }

    private async Task AddAsync(SchoolUnderTest school, string subject)
    {
        var grain = _gateway.Grains.GetGrain<ISchoolGrain>(SchoolKey.Of(school.Id).ToString());
        var person = await TwoSchools.Done(grain.AddPersonAsync(TwoSchools.System(school.Id), new AddPerson(subject, $"{subject}@{school.Urn}.example", $"{_provider.Address}|{subject}", null)));
        await TwoSchools.Done(grain.AssignRoleAsync(TwoSchools.System(school.Id), new AssignRole(person.Id, Role.ClassTeacher, new(2020, 9, 1), null)));
    }
}
