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
internal sealed class RosterHost : IDemoClock, IRosterCurrent, IAsyncDisposable
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
