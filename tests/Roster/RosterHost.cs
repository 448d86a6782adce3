using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Demo;
using OnlineSafetyTrust.Silo.Clock;
using OnlineSafetyTrust.Silo.Hosting;
using OnlineSafetyTrust.Storage;
using OnlineSafetyTrust.Storage.Reading;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Roster.Tests;

/// <summary>The real silo on a real SQLite file; its clock begins where the test wants it.</summary>
internal sealed partial class RosterHost : IDemoClock, IRosterCurrent, IAsyncDisposable
{
    private static readonly HashSet<Role> Roles = [Role.Dsl];
    private readonly IHost _host;
    private readonly string _directory;

    private RosterHost(IHost host, string directory) => (_host, _directory) = (host, directory);

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public ViewReader Views => _host.Services.GetRequiredService<ViewReader>();

    public string Directory => _directory;

    public static async Task<RosterHost> StartAsync(DateTimeOffset now)
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("ost-roster-").FullName;
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Development", DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole();
        builder.Services.AddSingleton<TimeProvider>(new SystemTime(now));
        builder.AddSilo(new StoreOptions { DataDirectory = directory }, movableClock: true);
        builder.Services.AddSingleton<IMailSender, NoMail>();
        var host = builder.Build();
        await host.StartAsync();
        return new RosterHost(host, directory);
    }

    public void HoldAt(DateTimeOffset at) => _host.Services.GetRequiredService<MovableClock>().BeginAt(at);

    /// <summary>
    /// All that was stored, stream by stream, in clear. Left out is what differs by design: the order of what came to a stream at one instant, and the command and
    /// correlation ids of what the product does of itself.
    /// </summary>
    public async Task<IReadOnlyList<string>> StoredAsync()
    {
        var (system, keyring) = (_host.Services.GetRequiredService<SystemReader>(), _host.Services.GetRequiredService<IKeyring>());
        var lines = new List<string>();
        for (long position = 0; await system.EventsAfterAsync(position, 1000, CancellationToken.None) is { Count: > 0 } events; position = events[^1].Position)
        {
            await keyring.FetchFromAsync([.. events.Select(e => e.Payload)], CancellationToken.None);
            lines.AddRange(events.Select(e => $"{e.Key} {e.At:O} {e.Type} {e.Actor} {(e.Actor.IsSystem ? "" : $"{e.CommandId} {e.CorrelationId} ")}{Clear(keyring, e)}"));
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    private static string Clear(IKeyring keyring, StoredEvent stored) =>
        Sealed().Replace(Encoding.UTF8.GetString(stored.Payload.Span), m => $"\"{m.Groups["field"].Value}\":{Open(keyring, stored, m.Groups["field"].Value, m.Groups["text"].Value)}");

    private static string Open(IKeyring keyring, StoredEvent stored, string field, string text)
    {
        try
        {
            return Encoding.UTF8.GetString(keyring.Open(stored.Key, field, JsonSerializer.Deserialize<string>(text)!)!);
        }
        catch (AuthenticationTagMismatchException) when (stored.Type == "pupil.strategy-noted.v1")
        {
            return "as the strategy's own event says";
        }
    }

    [GeneratedRegex("\"(?<field>[A-Za-z]+)\":(?<text>\"p1:[^\"]+\")")]
    private static partial Regex Sealed();

    public async Task MoveToAsync(DateTimeOffset to) => Assert.Null(await _host.Services.GetRequiredService<ClockMover>().MoveAsync(to, CancellationToken.None));

    public async Task<RosterSituation> ReadAsync(TenantId school, CancellationToken ct)
    {
        var views = Views;
        var who = new Reader(school, Actor.System, Roles, "roster", Guid.Empty);
        var view = await views.FindAsync<SchoolView>(who, SchoolTables.School, school.Value.ToString("D"), ct);
        var pupils = await views.QueryAsync<PupilView>(who, PupilTables.Pupil, "1 = 1", null, "id", 100_000, ct);
        var people = await views.QueryAsync<PersonView>(who, PersonTables.Person, "1 = 1", null, "id", 100_000, ct);
        return new RosterSituation(
            view!.Body, [.. pupils.Select(p => p.Body)], [.. people.Select(p => new RosterPerson(p.Body.Id, p.Body.Name, p.Body.Email, p.Body.SourceId, p.Body.Roles, p.Body.LeftAt))]);
    }

    public async Task<IReadOnlyList<T>> AllAsync<T>(TenantId school, ViewTable table) =>
        [.. (await Views.QueryAsync<T>(new Reader(school, Actor.System, Roles, "test", Guid.Empty), table, "1 = 1", null, "id", 100_000, CancellationToken.None)).Select(r => r.Body)];

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        System.IO.Directory.Delete(_directory, recursive: true);
    }

    private sealed class NoMail : IMailSender
    {
        public Task SendAsync(Mail mail, CancellationToken ct) => Task.CompletedTask;
    }
}
