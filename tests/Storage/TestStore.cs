using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage.Journal;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.Storage.Tests;

/// <summary>One open store, with what tests do to it.</summary>
public sealed class TestStore : IAsyncDisposable
{
    /// <summary>Of a time far ahead, and the last as text.</summary>
    private const string NewestKey = "zzzzzzzzzzzzzzzzzzzzzw";

    private readonly ServiceProvider _services;

    private TestStore(ServiceProvider services, StoreOptions options) => (_services, Options) = (services, options);

    public StoreOptions Options { get; }

    public IJournal Journal => Get<IJournal>();

    public IKeyring Keyring => Get<IKeyring>();

    public ViewReader Views => Get<ViewReader>();

    public JournalMetrics Metrics => Get<JournalMetrics>();

    internal Store Store => Get<Store>();

    /// <summary>Nothing is opened yet.</summary>
    public static ServiceProvider Services(StoreOptions options, TimeProvider? time = null, IReadOnlyList<ViewTable>? tables = null)
    {
        var services = new ServiceCollection();
        if (time is not null)
        {
            services.AddSingleton(time);
        }

        return services.AddOnlineSafetyTrustStorage(options, tables ?? [Samples.Notes, Samples.Plain]).BuildServiceProvider();
    }

    public static async Task<TestStore> OpenAsync(StoreOptions options, TimeProvider? time = null, IReadOnlyList<ViewTable>? tables = null)
    {
        var store = new TestStore(Services(options, time, tables), options);
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

    /// <summary>The key of a note vanishes, as in a copy of the key store from before it was made.</summary>
    public async Task LoseKeyAsync(StreamKey stream)
    {
        var of = new Dictionary<string, object?> { ["owner"] = KeyOwner.Of(stream.Stream).Value };
        var key = Assert.Single(await Store.Database.QueryAsync("SELECT key FROM key_owners WHERE owner = @owner", of, row => row.GetString(0), default));
        Assert.Equal(1, await Store.KeyStore.Database.WriteAsync(c => Dapper.SqlMapper.ExecuteAsync(c, "DELETE FROM keys WHERE id = @key", new { key })));
    }

    /// <summary>A key newer than all others is in use: a start that looks for the newest finds it.</summary>
    public async Task AddNewestKeyAsync()
    {
        var row = new { key = NewestKey, tenant = Samples.School().ToString(), wrapped = new byte[60] };
        await Store.Database.WriteAsync(c => Dapper.SqlMapper.ExecuteAsync(c, "INSERT INTO key_owners VALUES (@tenant, 'note/newest', @key)", row));
        await Store.KeyStore.Database.WriteAsync(c => Dapper.SqlMapper.ExecuteAsync(c, "INSERT INTO keys SELECT @key, @wrapped, master FROM secrets LIMIT 1", row));
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
