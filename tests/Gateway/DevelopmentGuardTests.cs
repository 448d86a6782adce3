using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using OnlineSafetyTrust.Gateway.Development;
using OnlineSafetyTrust.Gateway.Hosting;

namespace OnlineSafetyTrust.Gateway.Tests;

/// <summary>Where Development's door may be, and who may come through it.</summary>
public sealed class DevelopmentGuardTests
{
    [Theory]
    [InlineData("http://127.0.0.1:5080")]
    [InlineData("http://127.0.0.2:5080")]
    [InlineData("http://localhost:5080")]
    [InlineData("http://[::1]:5080")]
    [InlineData("http://127.0.0.1:5080;https://localhost:5443")]
    public void A_start_on_this_machine_alone_is_allowed(string addresses) => Check(addresses);

    [Theory]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://[::]:5080")]
    [InlineData("http://*:5080")]
    [InlineData("http://+:5080")]
    [InlineData("http://192.0.2.7:5080")]
    [InlineData("http://trust.example:5080")]
    [InlineData("http://localhost.trust.example:5080")]
    [InlineData("http://127.0.0.1.trust.example:5080")]
    [InlineData("http://127.0.0.1:5080;http://0.0.0.0:5081")]
    [InlineData("http://unix:/tmp/ost.sock")]
    [InlineData("5080")]
    public void An_address_that_others_may_reach_is_refused(string addresses) => Refused("--urls http://127.0.0.1:PORT", addresses);

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    [InlineData("Testing")]
    [InlineData("")]
    public void Another_environment_is_refused(string environment) => Refused("ASPNETCORE_ENVIRONMENT=Development", environment: environment);

    [Theory]
    [InlineData("Kestrel:Endpoints:Http:Url", "http://127.0.0.1:5081", "Kestrel:Endpoints")]
    [InlineData("Kestrel:Endpoints:Any:Url", "http://0.0.0.0:5081", "Kestrel:Endpoints")]
    [InlineData("FORWARDEDHEADERS_ENABLED", "true", "forwarded headers")]
    [InlineData("ForwardedHeaders_Enabled", "True", "forwarded headers")]
    [InlineData("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true", "forwarded headers")]
    public void Settings_that_let_others_in_are_refused(string setting, string value, string named) => Refused(named, settings: (setting, value));

    [Fact]
    public void Forwarded_headers_that_one_setting_switches_off_and_another_on_are_refused() =>
        Refused("forwarded headers", settings: [("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "false"), ("FORWARDEDHEADERS_ENABLED", "true")]);

    [Fact]
    public void Forwarded_headers_that_are_off_are_allowed() => Check("http://127.0.0.1:5080", settings: [("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "false"), ("FORWARDEDHEADERS_ENABLED", "false")]);

    [Fact]
    public void The_host_itself_asks_the_guard_before_it_is_there()
    {
        var settings = new HostSettings("http://0.0.0.0:0", Path.Combine(Path.GetTempPath(), "ost-never-made"), Demo: false);

        Assert.Contains("'http://0.0.0.0:0'", Assert.Throws<MisconfiguredException>(() => GatewayHost.Build(settings, "Development")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1", "localhost:5080", null, true)]
    [InlineData("127.0.0.1", "127.0.0.1:5080", null, true)]
    [InlineData("::1", "localhost:5080", null, true)]
    [InlineData("::ffff:127.0.0.1", "localhost:5080", null, true)]
    [InlineData("192.0.2.7", "localhost:5080", null, false)]
    [InlineData("::ffff:192.0.2.7", "127.0.0.1:5080", null, false)]
    [InlineData(null, "localhost:5080", null, false)]
    [InlineData("127.0.0.1", "trust.example", null, false)]
    [InlineData("127.0.0.1", "localhost.trust.example:5080", null, false)]
    [InlineData("127.0.0.1", "127.0.0.1.trust.example", null, false)]
    [InlineData("127.0.0.1", "", null, false)]
    [InlineData("127.0.0.1", "localhost:5080", "Forwarded", false)]
    [InlineData("127.0.0.1", "localhost:5080", "X-Forwarded-For", false)]
    [InlineData("127.0.0.1", "localhost:5080", "x-forwarded-host", false)]
    [InlineData("127.0.0.1", "localhost:5080", "X-Forwarded-Proto", false)]
    [InlineData("127.0.0.1", "localhost:5080", "X-Real-IP", false)]
    [InlineData("127.0.0.1", "localhost:5080", "Via", false)]
    public void Only_somebody_at_this_machine_comes_in(string? remote, string host, string? header, bool isLocal)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = remote is null ? null : IPAddress.Parse(remote);
        context.Request.Headers.Host = host;
        if (header is not null)
        {
            context.Request.Headers[header] = "127.0.0.1";
        }

        Assert.Equal(isLocal, DevelopmentGuard.IsLocal(context));
    }

    [Fact]
    public async Task On_the_running_host_a_foreign_name_or_a_proxy_finds_no_door()
    {
        await using var gateway = await RunningGateway.StartAsync();
        await TwoSchools.FoundAsync(gateway);
        (string Header, string Value, bool Open)[] cases =
        [
            ("Accept", "*/*", true), ("Host", $"localhost:{gateway.Http.BaseAddress!.Port}", true),
            ("Host", "trust.example", false), ("X-Forwarded-For", "192.0.2.7", false), ("Via", "1.1 proxy", false),
        ];

        foreach (var (header, value, open) in cases)
        {
            Assert.Equal((header, value, open), (header, value, await AskAsync("/dev/personas", header, value) is { Status: HttpStatusCode.OK }));
            Assert.Equal((header, value, open), (header, value, (await AskAsync("/console/sign-in", header, value)).Text.Contains("dsl@100001", StringComparison.Ordinal)));
        }

        async Task<(HttpStatusCode Status, string Text)> AskAsync(string path, string header, string value)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation(header, value);
            using var answer = await gateway.Http.SendAsync(request);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }
    }

    private static void Refused(string named, string addresses = "http://127.0.0.1:5080", string environment = "Development", params (string Name, string Value)[] settings) =>
        Assert.Contains(named, Assert.Throws<MisconfiguredException>(() => Check(addresses, environment, settings)).Message, StringComparison.Ordinal);

    private static void Check(string addresses, string environment = "Development", params (string Name, string Value)[] settings) => DevelopmentGuard.Check(
        new HostingEnvironment { EnvironmentName = environment }, addresses.Split(';'),
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value))).Build());
}
