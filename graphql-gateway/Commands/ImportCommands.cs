using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Trusts;
using OnlineSafetyTrust.Gateway.Hosting;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Schools;
using OnlineSafetyTrust.Roster;
using OnlineSafetyTrust.Roster.Schools;
using OnlineSafetyTrust.Silo.Hosting;
using OnlineSafetyTrust.Silo.Pumps;
using Spectre.Console;

namespace OnlineSafetyTrust.Gateway.Commands;

/// <summary>Imports run with the silo in this process and through the same commands as everybody uses; the server must not run meanwhile.</summary>
internal static class ImportCommands
{
    public static async Task<int> RosterAsync(string data, FileInfo file, string urn, bool dryRun, int? confirmedLeavers, CancellationToken ct)
    {
        if (!file.Exists)
        {
            return Failed($"There is no file {file.Name}. Check the name.");
        }

        await using var stream = file.OpenRead();
        var bundle = RosterReader.Read(stream);
        if (!bundle.Ok)
        {
            return Failed(bundle.Errors);
        }

        using var alone = DataLock.Take(data);
        using var host = await StartAsync(data, ct);
        var services = host.Services;
        if (await services.GetRequiredService<RosterCurrent>().FindSchoolAsync(urn, ct) is not { } school)
        {
            return Failed($"There is no school with the URN {urn} here. './dev import schools' founds schools.");
        }

        var today = London.DateOf(services.GetRequiredKeyedService<TimeProvider>(ProductClock.Key).GetUtcNow());
        var plan = RosterPlan.Compute(bundle.Value, await services.GetRequiredService<RosterCurrent>().ReadAsync(school, ct), new RosterOptions(today, ConfirmedLeavers: confirmedLeavers));
        if (!plan.Ok)
        {
            return Failed(plan.Errors);
        }

        Console.WriteLine(plan.Value);
        if (dryRun || plan.Value.ChangesNothing)
        {
            Console.WriteLine(dryRun ? "Dry run: nothing was changed." : "Nothing to change.");
            return 0;
        }

        var report = await WithProgressAsync(progress => RosterImport.RunAsync(services.GetRequiredService<IGrainFactory>(), school, plan.Value, id => Context(school, id), progress, ct));
        await DeliverAsync(services, ct);
        await host.StopAsync(ct);
        Console.WriteLine(report);
        return report.Refused.Count == 0 ? 0 : 1;
    }

    public static async Task<int> SchoolsAsync(string data, FileInfo file, string group, bool dryRun, CancellationToken ct)
    {
        if (!file.Exists)
        {
            return Failed($"There is no file {file.Name}. Check the name.");
        }

        await using var stream = file.OpenRead();
        var list = SchoolListReader.Read(stream);
        if (!list.Ok)
        {
            return Failed(list.Errors);
        }

        using var alone = DataLock.Take(data);
        using var host = await StartAsync(data, ct);
        var current = host.Services.GetRequiredService<RosterCurrent>();
        var trusts = await current.TrustsAsync(ct);
        var plan = SchoolListPlan.For(group, list.Value, trusts.SelectMany(t => t.Schools).Select(s => s.Urn).ToHashSet());
        if (!plan.Ok)
        {
            return Failed(plan.Errors);
        }

        Console.WriteLine(plan.Value);
        if (dryRun)
        {
            Console.WriteLine("Dry run: nothing was changed.");
            return 0;
        }

        var grains = host.Services.GetRequiredService<IGrainFactory>();
        // The ids follow from the name and the URN: the same list given again founds nothing twice.
        var trust = trusts.FirstOrDefault(t => t.Name == plan.Value.Group)?.Id ?? TenantId.Trust(Context(default, Derived(plan.Value.Group)).NewId("trust"));
        await grains.GetGrain<ITrustGrain>(TrustKey.Of(trust).ToString()).FoundAsync(Context(trust, Derived(plan.Value.Group)), new FoundTrust(plan.Value.Group, TrustKind.MultiAcademyTrust));
        foreach (var command in plan.Value.Commands(trust))
        {
            var school = TenantId.School(Context(trust, Derived(command.Urn)).NewId("school"));
            var founded = await grains.GetGrain<ISchoolGrain>(SchoolKey.Of(school).ToString()).EstablishAsync(Context(school, Derived(command.Urn)), command);
            Console.WriteLine(founded.Ok ? $"{command.Urn} {command.Name}: founded" : $"{command.Urn}: {founded.Errors[0].Message}");
        }

        await DeliverAsync(host.Services, ct);
        await host.StopAsync(ct);
        return 0;
    }

    private static async Task<IHost> StartAsync(string data, CancellationToken ct)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddSilo(new HostSettings("", data, false).Store(builder.Configuration), movableClock: builder.Environment.IsDevelopment());
        builder.Services.AddSingleton<RosterCurrent>();
        var host = builder.Build();
        await host.StartAsync(ct);
        return host;
    }

    private static CommandContext Context(TenantId tenant, Guid id) => new(tenant, Actor.System, "roster", Guid.NewGuid(), id, default);

    private static Guid Derived(string name) => new(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes("schools|" + name)).AsSpan(0, 16), bigEndian: true);

    /// <summary>What follows elsewhere is done before the process ends.</summary>
    private static async Task DeliverAsync(IServiceProvider services, CancellationToken ct)
    {
        var outbox = services.GetRequiredService<OutboxPump>();
        while (await outbox.RunAsync(ct) > 0)
        {
        }
    }

    private static Task<RosterReport> WithProgressAsync(Func<IProgress<RosterProgress>, Task<RosterReport>> run) =>
        AnsiConsole.Progress().StartAsync(context =>
        {
            var tasks = new System.Collections.Concurrent.ConcurrentDictionary<string, ProgressTask>();
            return run(new Progress<RosterProgress>(p =>
            {
                var task = tasks.GetOrAdd(p.Step, step => context.AddTask(step, maxValue: p.Total));
                task.Value = Math.Max(task.Value, p.Done);
            }));
        });

    private static int Failed(IReadOnlyList<DomainError> errors) => Failed(string.Join(Environment.NewLine, errors.Select(e => e.Message)));

    private static int Failed(string message)
    {
        Console.Error.WriteLine(message);
        return 1;
    }
}
