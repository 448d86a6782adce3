using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.Gateway.Hosting;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Silo.Clock;
using OnlineSafetyTrust.StaffConsole;

namespace OnlineSafetyTrust.Gateway.Tests;

/// <summary>A store that was tried out in Development first, then served as Production behind a sign-in provider.</summary>
public sealed class ProductionWorld : IAsyncLifetime
{
    public const string Subject = "works-at-both";

    internal RunningGateway Gateway { get; private set; } = null!;

    internal FakeProvider Provider { get; private set; } = null!;

    internal SchoolUnderTest School { get; private set; } = null!;

    /// <summary>Signed by Development's key, which still lies in the data directory.</summary>
    internal string DevelopmentToken { get; private set; } = "";

    /// <summary>The session of somebody who came in by the persona picker.</summary>
    internal CookieJar Persona { get; } = new();

    /// <summary>What was served in Development.</summary>
    internal IReadOnlyDictionary<string, int> Before { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Provider = await FakeProvider.StartAsync();
        Provider.Subject = Subject;
        // The provider's tokens are of the day itself.
        Gateway = await RunningGateway.StartAsync(
            configure: builder => builder.Services.AddSingleton(TimeProvider.System),
            settings: new Dictionary<string, string?>
            {
                ["Api:PersonBudget:Burst"] = "0", ["Identity:Authority"] = Provider.Address, ["Identity:ClientId"] = FakeProvider.Client, ["Identity:ClientSecret"] = FakeProvider.Secret,
            });
        (_, School, var other) = await TwoSchools.FoundAsync(Gateway);
        await AddAsync(School);
        await AddAsync(other);
        await Gateway.SettleAsync();
        DevelopmentToken = Gateway.Token(School.Id, School.People[Role.Dsl]);
        Before = await DevelopmentOnlyAsync();
        await Persona.EnterAsync(Gateway, "/console/sign-in", ("persona", "class-teacher@100001"));
        Assert.Contains("<h1>My reports</h1>", await Persona.PageAsync(Gateway, "/console/my-reports"), StringComparison.Ordinal);

        Gateway.EnvironmentName = "Production";
        await Gateway.RestartAsync();
    }

    public async Task DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Provider.DisposeAsync();
    }

    /// <summary>Statuses of what only Development serves.</summary>
    internal async Task<IReadOnlyDictionary<string, int>> DevelopmentOnlyAsync() => new Dictionary<string, int>
    {
        ["personas"] = await StatusAsync(HttpMethod.Get, "/dev/personas"),
        ["token"] = await StatusAsync(HttpMethod.Post, "/dev/token", new { persona = "dsl@100001" }),
        ["clock"] = await StatusAsync(HttpMethod.Get, "/dev/clock"),
        ["moved clock"] = await StatusAsync(HttpMethod.Post, "/dev/clock", new { now = DateTimeOffset.UtcNow.AddMinutes(1) }),
        ["schema"] = await StatusAsync(HttpMethod.Get, "/graphql?sdl"),
    };

    internal async Task<string> IntrospectionAsync(string? token) => (await Gateway.QueryAsync("{ __schema { queryType { name } } }", token: token)).ToString();

    internal async Task<int> StatusAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await Gateway.Http.SendAsync(request);
        return (int)answer.StatusCode;
    }

    private async Task AddAsync(SchoolUnderTest school)
    {
        var grain = Gateway.Grains.GetGrain<ISchoolGrain>(SchoolKey.Of(school.Id).ToString());
        var person = await TwoSchools.Done(grain.AddPersonAsync(TwoSchools.System(school.Id), new AddPerson(Subject, $"{Subject}@{school.Urn}.example", $"{Provider.Address}|{Subject}", null)));
        await TwoSchools.Done(grain.AssignRoleAsync(TwoSchools.System(school.Id), new AssignRole(person.Id, Role.ClassTeacher, new(2020, 9, 1), null)));
    }
}

/// <summary>What Development opens is shut in Production.</summary>
public sealed class ProductionTests(ProductionWorld world) : IClassFixture<ProductionWorld>
{
    [Fact]
    public async Task What_only_Development_serves_is_not_there()
    {
        Assert.All(world.Before, b => Assert.Equal((b.Key, 200), (b.Key, b.Value)));

        // A POST to a path that nobody serves is told that the method is wrong: a route for addresses in mails takes GET of any first part until it looks closer.
        Assert.Equal((404, 405), (await world.StatusAsync(HttpMethod.Get, "/nowhere/at-all"), await world.StatusAsync(HttpMethod.Post, "/nowhere/at-all", new { })));
        Assert.Equal(
            new Dictionary<string, int> { ["personas"] = 404, ["token"] = 405, ["clock"] = 404, ["moved clock"] = 405, ["schema"] = 404 },
            await world.DevelopmentOnlyAsync());
    }

    [Fact]
    public async Task The_schema_is_not_told_to_anybody_signed_in_or_not()
    {
        foreach (var token in new[] { null, world.Provider.AccessToken(world.School.Id, ProductionWorld.Subject) })
        {
            var answer = await world.IntrospectionAsync(token);
            Assert.Contains("Introspection is not allowed", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("queryType\":", answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_products_clock_is_the_systems_and_nothing_moves_it()
    {
        Assert.Same(world.Gateway.Services.GetRequiredService<TimeProvider>(), world.Gateway.Services.GetRequiredKeyedService<TimeProvider>(ProductClock.Key));
        Assert.Null(world.Gateway.Services.GetService<MovableClock>());
        Assert.Null(world.Gateway.Services.GetService<ClockMover>());
    }

    [Fact]
    public async Task A_token_of_the_Development_key_is_refused_and_one_of_the_provider_is_not()
    {
        const string Query = "{ schools { urn } }";
        using var refused = await world.Gateway.PostAsync(Query, token: world.DevelopmentToken);
        using var taken = await world.Gateway.PostAsync(Query, token: world.Provider.AccessToken(world.School.Id, ProductionWorld.Subject));

        Assert.True(File.Exists(Path.Combine(world.Gateway.Directory, "development-signing.pem")));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (refused.StatusCode, taken.StatusCode));
        Assert.Contains("100001", await taken.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_story_of_the_persona_whose_session_outlived_Development()
    {
        Assert.Contains("<h1>Sign in</h1>", await world.Persona.PageAsync(world.Gateway, "/console/my-reports"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_console_has_no_personas()
    {
        var browser = new CookieJar();
        Assert.Null(world.Gateway.Services.GetService<ISignInDoor>());
        Assert.DoesNotContain("personas", await browser.PageAsync(world.Gateway, "/console/sign-in"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_cookie_of_the_console_is_for_TLS_only_though_the_proxy_before_it_ends_TLS()
    {
        var browser = new CookieJar();
        await browser.PageAsync(world.Gateway, "/console/sign-in/start?returnUrl=%2Fconsole%2Freport");
        await browser.EnterAsync(world.Gateway, "/console/sign-in", ("place", world.School.Id.ToString()));
        Assert.Contains("_form", await browser.PageAsync(world.Gateway, "/console/report"), StringComparison.Ordinal);
        await browser.PageAsync(world.Gateway, new SignatureLinkKey(world.School.Id, new PupilId(Guid.CreateVersion7()), SignatureLinkKey.NewSecret()).Path());

        Assert.Equal(["ost-form", "ost-link", "ost-places", "ost-session", "ost-trip"], browser.Set.Select(c => c[..c.IndexOf('=', StringComparison.Ordinal)]).Distinct().Order());
        Assert.All(browser.Set, c => Assert.Contains("; secure", c, StringComparison.OrdinalIgnoreCase));
        Assert.All(browser.Set, c => Assert.Contains("; httponly", c, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void Without_a_provider_it_does_not_start_and_names_the_setting(string? authority)
    {
        var settings = new HostSettings("http://127.0.0.1:0", Path.Combine(Path.GetTempPath(), "ost-never-made"), Demo: false) { Configuration = new Dictionary<string, string?> { ["Identity:Authority"] = authority } };

        var refused = Assert.Throws<MisconfiguredException>(() => GatewayHost.Build(settings, "Production"));

        Assert.Contains("set Identity:Authority", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(settings.DataDirectory));
    }
}

/// <summary>A browser that sends every cookie it was given, as one does behind TLS, and remembers how each was set.</summary>
internal sealed partial class CookieJar
{
    private readonly Dictionary<string, string> _cookies = [];

    public List<string> Set { get; } = [];

    /// <summary>The page that an address leads to in the end.</summary>
    public async Task<string> PageAsync(RunningGateway gateway, string path) => await FollowAsync(gateway, new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Sends the form of a page.</summary>
    public async Task<string> EnterAsync(RunningGateway gateway, string path, (string Name, string Value) field)
    {
        var token = Token().Match(await PageAsync(gateway, path)).Groups["value"].Value;
        return await FollowAsync(gateway, new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent([KeyValuePair.Create("_form", token), KeyValuePair.Create(field.Name, field.Value)]) });
    }

    private async Task<string> FollowAsync(RunningGateway gateway, HttpRequestMessage first)
    {
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = gateway.Http.BaseAddress };
        var request = first;
        while (true)
        {
            var own = !request.RequestUri!.IsAbsoluteUri || request.RequestUri.Authority == http.BaseAddress!.Authority;
            if (own && _cookies.Count > 0)
            {
                request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(c => $"{c.Key}={c.Value}")));
            }

            using var answer = await http.SendAsync(request);
            request.Dispose();
            if (own)
            {
                Keep(answer.Headers);
            }

            if (answer.Headers.Location is not { } next)
            {
                return await answer.Content.ReadAsStringAsync();
            }

            request = new HttpRequestMessage(HttpMethod.Get, next);
        }
    }

    private void Keep(HttpResponseHeaders headers)
    {
        foreach (var cookie in headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            Set.Add(cookie);
            var (name, value) = (cookie[..cookie.IndexOf('=', StringComparison.Ordinal)], cookie[(cookie.IndexOf('=', StringComparison.Ordinal) + 1)..cookie.IndexOf(';', StringComparison.Ordinal)]);
            if (value.Length == 0)
            {
                _cookies.Remove(name);
            }
            else
            {
                _cookies[name] = value;
            }
        }
    }

    [GeneratedRegex("name=\"_form\" type=\"hidden\" value=\"(?<value>[^\"]+)\"")]
    private static partial Regex Token();
}
