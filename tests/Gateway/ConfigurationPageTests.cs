using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Npgsql;
using OnlineSafetyTrust.Gateway.Guards;
using OnlineSafetyTrust.Gateway.Hosting;
using OnlineSafetyTrust.Gateway.Identity;
using OnlineSafetyTrust.Silo.Notifications;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Gateway.Tests;

/// <summary><c>docs/configuration.md</c> against the program.</summary>
public sealed partial class ConfigurationPageTests
{
    // Read by others: ASP.NET Core, OpenTelemetry; or by the last part of its name alone.
    private static readonly string[] Foreign = ["Kestrel:Endpoints", "Logging:LogLevel", "OTEL_EXPORTER_OTLP_ENDPOINT", "ConnectionStrings:Cluster"];

    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "configuration.md"));

    private static readonly Dictionary<string, string> Defaults = Row().Matches(Page).ToDictionary(r => r.Groups[1].Value, r => r.Groups[2].Value);

    [Fact]
    public void It_names_every_setting_that_is_read_and_no_other()
    {
        var asked = new Asked();
        new HostSettings("", "", false).Store(new ConfigurationBuilder().Add(asked).Build());
        var written = Directory.EnumerateFiles(Repository.Root, "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/tests/", StringComparison.Ordinal) && !f.Contains("/bench/", StringComparison.Ordinal))
            .SelectMany(f => Name().Matches(File.ReadAllText(f))).Select(m => m.Groups[1].Value);

        var read = asked.Keys.Concat(written).Concat(Foreign).Concat(Options().Select(o => o.Name)).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(read, Defaults.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Its_numbers_and_switches_are_those_of_the_program() =>
        Assert.All(Options().Where(o => o.Default is not (null or string or IEnumerable<string>)), o => Assert.Equal(Convert.ToString(o.Default, CultureInfo.InvariantCulture), Defaults[o.Name], ignoreCase: true));

    [Fact]
    public async Task Its_PostgreSQL_is_one_that_the_product_starts_on_and_the_readers_role_has_no_way_to_the_keys()
    {
        var server = PostgresServer.Shared;
        foreach (var statement in Block("sql").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            server.Execute("postgres", statement);
        }

        var settings = Export().Matches(Block("bash")).ToDictionary(
            e => e.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal), e => (string?)e.Groups[2].Value.Replace("db.example", $"127.0.0.1;Port={server.Port}", StringComparison.Ordinal));
        await using var gateway = await RunningGateway.StartAsync(settings: settings);
        var school = (await TwoSchools.FoundAsync(gateway)).First;
        Assert.Contains("100001", (await gateway.QueryAsync("{ schools { urn } }", token: school.TokenOf(Role.Dsl))).ToString(), StringComparison.Ordinal);

        await using var keys = new NpgsqlConnection(settings["Store:KeyConnectionString"]!.Replace("Username=onlinesafetytrust;", "Username=onlinesafetytrust_reader;", StringComparison.Ordinal) + ";Pooling=false");
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => keys.OpenAsync())).SqlState);
    }

    private static IEnumerable<(string Name, object? Default)> Options() => [.. Of("Api", new ApiOptions()), .. Of("Identity", new TokenOptions()), .. Of("Mail", new MailOptions())];

    private static IEnumerable<(string Name, object? Default)> Of(string section, object options) => options.GetType().GetProperties().SelectMany(p => p.GetValue(options) switch
    {
        BudgetOptions budget => Of($"{section}:{p.Name}", budget),
        IEnumerable<string> list => [($"{section}:{p.Name}:0", list)],
        var value => [($"{section}:{p.Name}", value)],
    });

    private static string Block(string language) => Regex.Match(Page, $"```{language}\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;

    [GeneratedRegex(@"^\| `([^`]+)`[^|]* \| `?([^|`]*)`?[^|]* \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("\"([A-Z][A-Za-z]+(?::[A-Z][A-Za-z]+)+)\"")]
    private static partial Regex Name();

    [GeneratedRegex("^export (\\w+)='?(.*?)'?$", RegexOptions.Multiline)]
    private static partial Regex Export();

    /// <summary>Holds nothing and remembers what it was asked for.</summary>
    private sealed class Asked : ConfigurationProvider, IConfigurationSource
    {
        public HashSet<string> Keys { get; } = [];

        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

        public override bool TryGet(string key, out string? value)
        {
            value = null;
            Keys.Add(key);
            return false;
        }
    }
}
