using OnlineSafetyTrust.Storage.Postgres;
using OnlineSafetyTrust.Storage.Sql;

namespace OnlineSafetyTrust.Storage;

/// <summary>Must have completed before anything else of the store is used.</summary>
public interface IStoreStarter
{
    /// <summary>Migrates, checks the master key and the durability settings, opens the sequencer. Once per process.</summary>
    /// <exception cref="StoreException">With a sentence that says the way out.</exception>
    Task StartAsync(CancellationToken ct);
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
            },
            ct);
        var events = await store.Database.QueryAsync("SELECT position FROM head WHERE id = 1", null, row => row.GetInt64(0), ct);
        await store.KeyStore.OpenAsync(options, events[0] > 0, ct);

        // Keys are made in the order of time: a key store from before the newest that is in use was put back from an old copy.
        var newest = await store.Database.QueryAsync("SELECT MAX(key) FROM key_owners", null, row => row.IsDBNull(0) ? null : row.GetString(0), ct);
        await store.KeyStore.CheckKnownAsync([.. newest.OfType<string>()], ct);
        await store.StartSequencerAsync(ct);
        await store.Keyring.StartAsync(shared: options.Provider == StoreProvider.PostgreSql, ct);
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
