using OnlineSafetyTrust.Storage.Postgres;
using OnlineSafetyTrust.Storage.Sql;

namespace OnlineSafetyTrust.Storage;

/// <summary>Must have completed before anything else of the store is used.</summary>
public interface IStoreStarter
{
    /// <summary>Migrates, checks the master key and the durability settings, opens the sequencer. Once per process.</summary>
    /// <exception cref="StoreException">With a sentence that says the way out.</exception>
    Task StartAsync(CancellationToken ct);

    /// <summary>Instead of starting, for whoever looks and changes nothing: no migration, nothing made, nothing written.</summary>
    /// <exception cref="StoreException">With a sentence that says the way out.</exception>
    Task OpenToReadAsync(CancellationToken ct);
}

internal sealed class StoreStarter(Store store) : IStoreStarter
{
    public async Task StartAsync(CancellationToken ct)
    {
        var options = store.Options;
        if (options.Provider == StoreProvider.Sqlite)
        {
            CreateDirectory(options.DataDirectory);
        }

        var access = options.Provider == StoreProvider.PostgreSql ? new ReaderAccess(options.ReaderConnectionString!) : null;
        await store.KeyStore.Database.MigrateAsync("keys-", null, ct);
        await store.KeyStore.Database.CheckDurableAsync(ct);
        await store.Database.MigrateAsync(
            "",
            async connection =>
            {
                await (access?.GrantAsync(connection) ?? Task.CompletedTask);
                await ViewSchema.CreateMissingAsync(connection, store.Database.Dialect, store.Tables, table => access?.For(table) ?? "");
                await (access?.MendAsync(connection, store.Tables) ?? Task.CompletedTask);
            },
            ct);
        var events = await store.Database.QueryAsync("SELECT position FROM head WHERE id = 1", null, row => row.GetInt64(0), ct);
        await store.KeyStore.OpenAsync(options, events[0] > 0, ct);

        foreach (var newest in await store.Database.QueryAsync("SELECT key FROM key_owners ORDER BY made DESC LIMIT 1", null, row => row.GetString(0), ct))
        {
            await store.KeyStore.CheckNotOlderAsync(newest, ct);
        }

        await store.LoadHeadKeyAsync(ct);
        await store.StartSequencerAsync(ct);
        await store.Keyring.StartAsync(shared: options.Provider == StoreProvider.PostgreSql, ct);

        // The first of the pool: what hinders it hinders the start.
        await store.Keyring.ReserveAsync(1, ct);
    }

    public async Task OpenToReadAsync(CancellationToken ct)
    {
        await store.KeyStore.OpenToReadAsync(store.Options, ct);
        await store.LoadHeadKeyAsync(ct);
        await store.Keyring.StartAsync(shared: false, ct);
    }

    private static void CreateDirectory(string path)
    {
        try
        {
            PrivateDirectory.Create(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(StoreProblem.Misconfigured, $"The data directory {path} cannot be created: {error.Message}", true, error);
        }
    }
}
