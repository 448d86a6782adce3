using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OnlineSafetyTrust.Gateway.Development;
using OnlineSafetyTrust.Gateway.Hosting;
using OnlineSafetyTrust.Silo.Clock;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Gateway.Tests;

public enum Database
{
    Sqlite,
    PostgreSql,
}

/// <summary>The real host in this process on a free port: real storage, real grains, real HTTP. It can be stopped and started again.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    /// <summary>A school day of the autumn term, at ten: every gateway's machine begins then.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);

    private readonly SystemTime _machine = new(Start);
    private readonly Dictionary<string, string?> _configuration;
    private readonly Action<WebApplicationBuilder>? _configure;
    private WebApplication _app = null!;

    private RunningGateway(string directory, Dictionary<string, string?> configuration, Action<WebApplicationBuilder>? configure, string environment)
    {
        (Directory, _configuration, _configure, EnvironmentName) = (directory, configuration, configure, environment);
    }

    public string Directory { get; }

    /// <summary>Of the next start.</summary>
    public string EnvironmentName { get; set; }

    public HttpClient Http { get; private set; } = null!;

    public IServiceProvider Services => _app.Services;

    public Uri GraphQL => new(Http.BaseAddress!, "graphql");

    public IGrainFactory Grains => _app.Services.GetRequiredService<IGrainFactory>();

    public MovableClock Clock => _app.Services.GetRequiredService<MovableClock>();

    /// <param name="settings">Configuration beside the defaults.</param>
    /// <param name="environment">In Production nothing moves the clock and nobody has a token of ours.</param>
    public static async Task<RunningGateway> StartAsync(
        Database database = Database.Sqlite, Action<WebApplicationBuilder>? configure = null, IReadOnlyDictionary<string, string?>? settings = null, string environment = "Development")
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("ost-").FullName;
        // A test asks faster than any person.
        var configuration = new Dictionary<string, string?> { ["Api:PersonBudget:Burst"] = "0", ["Api:TenantBudget:Burst"] = "0" };
        foreach (var (name, value) in settings ?? new Dictionary<string, string?>())
        {
            configuration[name] = value;
        }

        if (database == Database.PostgreSql)
        {
            var (server, records, keys) = (PostgresServer.Shared, PostgresServer.Shared.CreateDatabase(), PostgresServer.Shared.CreateDatabase());
            configuration["Store:Provider"] = "PostgreSql";
            configuration["Store:ConnectionString"] = server.Writer(records);
            configuration["Store:ReaderConnectionString"] = server.Reader(records);
            configuration["Store:KeyConnectionString"] = server.Writer(keys);
        }

        var gateway = new RunningGateway(directory, configuration, configure, environment);
        await gateway.StartAsync();
        return gateway;
    }

    /// <summary>Stops in order and starts again on the same data.</summary>
    public Task RestartAsync() => RestartAsync(() => Task.CompletedTask);

    /// <param name="between">What the operator of the machine does meanwhile.</param>
    public async Task RestartAsync(Func<Task> between)
    {
        await StopAsync();
        await between();
        await StartAsync();
    }

    /// <summary>Moves the product's clock; everything that falls due happens in order.</summary>
    public async Task MoveToAsync(DateTimeOffset at) =>
        Assert.Null(await _app.Services.GetRequiredService<ClockMover>().MoveAsync(at, CancellationToken.None));

    /// <summary>Time goes by all at once, as on a machine that was asleep: nothing is told of it and nothing waits until what fell due is done.</summary>
    public void PassTime(TimeSpan time)
    {
        _machine.BeOff(time);
        _machine.Start();
    }

    /// <summary>Delivers every message that can be delivered.</summary>
    public Task SettleAsync() => _app.Services.GetRequiredService<ClockMover>().SettleAsync(CancellationToken.None);

    public string Token(TenantId tenant, PersonId person) => _app.Services.GetRequiredService<DevelopmentIdentity>().Token(tenant, person);

    public async Task<HttpResponseMessage> PostAsync(string query, object? variables = null, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query, variables }) };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await Http.SendAsync(request);
    }

    public async Task<JsonElement> QueryAsync(string query, object? variables = null, string? token = null)
    {
        using var response = await PostAsync(query, variables, token);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private async Task StartAsync()
    {
        _app = GatewayHost.Build(new HostSettings("http://127.0.0.1:0", Directory, Demo: false) { Configuration = _configuration }, EnvironmentName, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<TimeProvider>(_machine);
            _configure?.Invoke(builder);
        });
        await _app.StartAsync();
        // Tests once said PostgreSQL and ran on SQLite, because the setting came too late.
        Assert.Equal(!_configuration.ContainsKey("Store:Provider"), File.Exists(System.IO.Path.Combine(Directory, "store.db")));
        var address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Http = new HttpClient { BaseAddress = new Uri(address) };
    }

    private async Task StopAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
