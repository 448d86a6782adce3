using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage.Journal;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.Storage;

public static class StorageServices
{
    /// <summary>Adds the store; nothing is opened before <see cref="IStoreStarter.StartAsync"/>.</summary>
    public static IServiceCollection AddOnlineSafetyTrustStorage(this IServiceCollection services, StoreOptions options, IReadOnlyList<ViewTable> tables)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<JournalMetrics>();
        services.AddSingleton(s => new Store(options, tables, s.GetRequiredService<JournalMetrics>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IStoreStarter, StoreStarter>();
        services.AddSingleton(s => s.GetRequiredService<Store>().Database);
        services.AddSingleton<IKeyring>(s => s.GetRequiredService<Store>().Keyring);
        services.AddSingleton(s => new EventJournal(s.GetRequiredService<Store>().Database, s.GetRequiredService<Store>().Sequencer, s.GetRequiredService<Store>().Keyring));
        services.AddSingleton<IJournal>(s => s.GetRequiredService<EventJournal>());
        services.AddSingleton<IReadAudit>(s => s.GetRequiredService<EventJournal>());
        services.AddSingleton(s => new ViewReader(s.GetRequiredService<Store>().Database, s.GetRequiredService<IKeyring>()));
        return services;
    }
}
