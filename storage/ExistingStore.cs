using Npgsql;
using OnlineSafetyTrust.Storage.Postgres;

namespace OnlineSafetyTrust.Storage;

/// <summary>For whoever looks after a store and must not found another by a slip of the pen.</summary>
public static class ExistingStore
{
    /// <summary>Creates nothing.</summary>
    /// <exception cref="StoreException">There is no store, or its database cannot be asked.</exception>
    public static async Task RequireAsync(StoreOptions options, CancellationToken ct)
    {
        if (options.Provider == StoreProvider.Sqlite)
        {
            if (!File.Exists(options.StoreFile))
            {
                throw Missing($"There is no store in '{options.DataDirectory}': {Path.GetFileName(options.StoreFile)} was looked for. Name the product's data directory with --data.");
            }

            if (!File.Exists(options.KeyFile))
            {
                throw new StoreException(StoreProblem.KeysLost, $"The records in '{options.DataDirectory}' have no key store: {Path.GetFileName(options.KeyFile)} was looked for. Restore its newest backup; never start with a new one.", true);
            }

            return;
        }

        var text = ConnectionText.Needed(options.ConnectionString, nameof(options.ConnectionString));
        await using var database = new PostgresDatabase(text, reader: null);
        var found = await database.QueryAsync("SELECT to_regclass('head') IS NOT NULL", null, row => row.GetBoolean(0), ct);
        if (!found[0])
        {
            throw Missing($"There is no store in the database '{new NpgsqlConnectionStringBuilder(text).Database}': its table head was looked for. Name the product's database with the setting Store:ConnectionString (Store__ConnectionString).");
        }
    }

    private static StoreException Missing(string message) => new(StoreProblem.Misconfigured, message, true);
}
