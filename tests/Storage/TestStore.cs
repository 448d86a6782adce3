using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage.Journal;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.Storage.Tests;

/// <summary>One open store, with what tests do to it.</summary>
public sealed class TestStore : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private TestStore(ServiceProvider services, StoreOptions options) => (_services, Options) = (services, options);

    public StoreOptions Options { get; }

    public IJournal Journal => Get<IJournal>();

    public IKeyring Keyring => Get<IKeyring>();

    public ViewReader Views => Get<ViewReader>();

    public JournalMetrics Metrics => Get<JournalMetrics>();

    internal Store Store => Get<Store>();

    public static async Task<TestStore> OpenAsync(StoreOptions options, TimeProvider? time = null)
    {
        var services = new ServiceCollection();
        if (time is not null)
        {
            services.AddSingleton(time);
        }

        var store = new TestStore(services.AddOnlineSafetyTrustStorage(options, [Samples.Notes, Samples.Plain]).BuildServiceProvider(), options);
        try
        {
            await store.Get<IStoreStarter>().StartAsync(default);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
