using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage.Journal;
using OnlineSafetyTrust.Storage.Process;
using OnlineSafetyTrust.Storage.Pumps;
using OnlineSafetyTrust.Storage.Reading;
using OnlineSafetyTrust.Storage.Upkeep;

namespace OnlineSafetyTrust.Storage;

public static class StorageServices
{
    /// <summary>Adds the store; nothing is opened before <see cref="IStoreStarter.StartAsync"/>.</summary>
    public static IServiceCollection AddOnlineSafetyTrustStorage(this IServiceCollection services, StoreOptions options, IReadOnlyList<ViewTable> tables)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<JournalMetrics>();
        services.AddSingleton(s => new Store(options, tables, s.GetRequiredService<JournalMetrics>(), s.GetService<ILogger<Store>>() ?? NullLogger<Store>.Instance, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IStoreStarter, StoreStarter>();
        services.AddSingleton<IKeyring>(s => s.GetRequiredService<Store>().Keyring);
        services.AddSingleton(s => new EventJournal(s.GetRequiredService<Store>().Database, s.GetRequiredService<Store>().Sequencer, s.GetRequiredService<Store>().Keyring));
        services.AddSingleton<IJournal>(s => s.GetRequiredService<EventJournal>());
        services.AddSingleton<IReadAudit>(s => s.GetRequiredService<EventJournal>());
        services.AddSingleton<IDueStore>(s => new DueStore(s.GetRequiredService<Store>().Database));
        services.AddSingleton<IOutboxStore>(s => new OutboxStore(s.GetRequiredService<Store>().Database, s.GetRequiredService<Store>().Sequencer.OutboxStored, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new ProcessState(s.GetRequiredService<Store>().Database));
        services.AddSingleton(s => new Reminders(s.GetRequiredService<Store>().Database));
        services.AddSingleton<IViewRebuilder, ViewRebuilder>();
        services.AddSingleton<IDerivedRebuilder, DerivedRebuilder>();
        services.AddSingleton<IStoreVerifier, StoreVerifier>();
        services.AddSingleton(s => new StoreUpkeep(s.GetRequiredService<Store>()));
        services.AddSingleton(s => new HeadExporter(s.GetRequiredService<Store>().Database, options.HeadPath));
        services.AddSingleton(s => new CounterReader(s.GetRequiredService<Store>().Database));
        services.AddSingleton<IDeviceRegister>(s => new DeviceRegister(s.GetRequiredService<Store>().Database));
        services.AddSingleton(s => new LookupReader(s.GetRequiredService<Store>().Database));
        services.AddSingleton(s => new AuditReader(s.GetRequiredService<Store>().Database));
        services.AddSingleton(s => new SystemReader(s.GetRequiredService<Store>().Database, s.GetRequiredService<IKeyring>(), s.GetRequiredService<Store>().Sequencer.Flushed));
        services.AddSingleton(s => new ViewReader(s.GetRequiredService<Store>().Database, s.GetRequiredService<Store>().Keyring));
        return services;
    }
}
