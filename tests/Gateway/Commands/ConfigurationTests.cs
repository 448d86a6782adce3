using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace OnlineSafetyTrust.Gateway.Tests.Commands;

/// <summary>Every command reads the same settings in the same way, and says which of them is wrong.</summary>
public sealed partial class ConfigurationTests : IDisposable
{
    private const string OnPostgres = """{ "Store": { "Provider": "PostgreSql" }, "Identity": { "Authority": "https://sign-in.example" } }""";
    private readonly string _directory = Directory.CreateTempSubdirectory("ost-settings-").FullName;

    private string Data => System.IO.Path.Combine(_directory, "data");

    [Theory]
    [InlineData("run")]
    [InlineData("import schools FILE --trust X")]
    [InlineData("import roster FILE --school 100002")]
    [InlineData("appoint --school 100002 --email a@b.example --role dsl")]
    [InlineData("verify")]
    [InlineData("rebuild")]
    [InlineData("outbox")]
    [InlineData("rotate-key --to next.key")]
    public async Task The_story_of_the_import_that_founded_a_second_store_because_it_looked_for_settings_where_it_was_started(string command)
    {
        var environment = $"Test-{Guid.NewGuid():N}";
        var settings = System.IO.Path.Combine(AppContext.BaseDirectory, $"appsettings.{environment}.json");
        await File.WriteAllTextAsync(settings, OnPostgres);
        try
        {
            var file = command.Contains("schools", StringComparison.Ordinal) ? ServiceFiles.List(_directory) : ServiceFiles.Roster(_directory, ServiceFiles.Pupils);
            var (code, _, errors) = await RunAsync(command.Replace("FILE", file, StringComparison.Ordinal), ("ASPNETCORE_ENVIRONMENT", environment));

            Assert.Equal((1, "PostgreSQL needs the setting Store:ConnectionString (Store__ConnectionString): docs/configuration.md shows an example."), (code, errors));
            Assert.False(File.Exists(System.IO.Path.Combine(Data, "store.db")));
        }
        finally
        {
            File.Delete(settings);
        }
    }

    [Theory]
    [InlineData("run", "Store__Provider", "postgres", "Store:Provider (Store__Provider) is 'postgres': set it to Sqlite or PostgreSql.")]
    [InlineData("import schools FILE --trust X", "Store__Provider", "postgres", "Store:Provider (Store__Provider) is 'postgres': set it to Sqlite or PostgreSql.")]
    [InlineData("verify", "Store__Provider", "postgres", "Store:Provider (Store__Provider) is 'postgres': set it to Sqlite or PostgreSql.")]
    [InlineData("run", "Api__MaxSockets", "many", "Api:MaxSockets (Api__MaxSockets) is 'many': set it to a whole number, 0 or more.")]
    [InlineData("run", "Api__MaxSockets", "-1", "Api:MaxSockets (Api__MaxSockets) is '-1': set it to a whole number, 0 or more.")]
    [InlineData("run", "Api__PersonBudget__PerSecond", "1k", "Api:PersonBudget:PerSecond (Api__PersonBudget__PerSecond) is '1k': set it to a number, 0 or more.")]
    [InlineData("run", "Api__OnlyStoredDocuments", "yes", "Api:OnlyStoredDocuments (Api__OnlyStoredDocuments) is 'yes': set it to true or false.")]
    [InlineData("run", "Mail__Timeout", "20 s", "Mail:Timeout (Mail__Timeout) is '20 s': set it to a time such as 00:00:20.")]
    public async Task A_setting_that_cannot_be_read_is_named_with_what_it_takes(string command, string name, string value, string says)
    {
        var (code, output, errors) = await RunAsync(command.Replace("FILE", ServiceFiles.List(_directory), StringComparison.Ordinal), ("Identity__Authority", "https://sign-in.example"), (name, value));
        Assert.Equal((1, "", says), (code, output, errors));
    }

    [Fact]
    public async Task A_connection_string_of_another_kind_is_refused_with_one_that_reads_and_without_its_password()
    {
        var (code, output, errors) = await RunAsync("verify", ("Store__Provider", "postgresql"), ("Store__ConnectionString", "postgres://ost:hunter2@db.example/ost"));
        Assert.Equal((1, "", "Store:ConnectionString (Store__ConnectionString) cannot be read: write Host=…;Database=…;Username=…;Password=…, a value that holds ; or = in quotes."), (code, output, errors));
    }

    [Fact]
    public async Task Where_somebody_else_listens_already_the_option_is_named_that_says_another_place()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var urls = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";

        var (code, output, errors) = await RunAsync($"run --no-demo --urls {urls}", ("ASPNETCORE_ENVIRONMENT", "Development"));

        Assert.Equal(1, code);
        Assert.Equal($"--urls: {urls} cannot be listened on (Address already in use). Stop the process that listens there, or choose another address, such as --urls http://127.0.0.1:5081.", errors);
        Assert.Equal("", output);
    }

    [Theory]
    [InlineData("http//school.example")]
    [InlineData("http://127.0.0.1:0;")]
    public async Task An_address_that_cannot_be_read_is_named_before_anything_starts(string urls)
    {
        var (code, output, errors) = await RunAsync($"run --no-demo --urls {urls}", ("ASPNETCORE_ENVIRONMENT", "Production"));

        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith($"--urls: {urls} is no address to listen on (", errors, StringComparison.Ordinal);
        Assert.EndsWith("such as --urls http://127.0.0.1:5081.", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_story_of_the_appointment_that_was_dated_before_what_the_moved_clock_had_written()
    {
        await using var gateway = await RunningGateway.StartAsync();
        await TwoSchools.FoundAsync(gateway);
        await gateway.MoveToAsync(gateway.Clock.GetUtcNow().AddDays(40));
        var ahead = gateway.Clock.Ahead;
        await gateway.RestartAsync(async () =>
        {
            var (_, output, errors) = await OperatorProcess.RunAsync(
                gateway.Directory, ["appoint", "--school", "100001", "--email", "h@b.example", "--name", "Hana Ford", "--role", "governor", "--data", gateway.Directory], new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Development" });
            Assert.Equal("", errors);
            var from = DateTimeOffset.Parse(Day().Match(output).Value, CultureInfo.InvariantCulture);
            Assert.InRange(DateTimeOffset.UtcNow + ahead - from, TimeSpan.FromHours(-1), TimeSpan.FromHours(25));
        });
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [GeneratedRegex(@"(?<=from )\d{4}-\d\d-\d\d")]
    private static partial Regex Day();

    private Task<(int Code, string Output, string Errors)> RunAsync(string command, params (string Name, string Value)[] environment) =>
        OperatorProcess.RunAsync(_directory, [.. command.Split(' '), "--data", Data], environment.ToDictionary(e => e.Name, e => e.Value));
}
