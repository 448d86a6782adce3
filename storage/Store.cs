using Microsoft.Extensions.Logging;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage.Journal;
using OnlineSafetyTrust.Storage.Keys;
using OnlineSafetyTrust.Storage.Postgres;
using OnlineSafetyTrust.Storage.Sql;
using OnlineSafetyTrust.Storage.Sqlite;

namespace OnlineSafetyTrust.Storage;

/// <summary>Holds the parts of one open store and closes them in order.</summary>
internal sealed class Store : IAsyncDisposable
{
    public Store(StoreOptions options, IReadOnlyList<ViewTable> tables, JournalMetrics metrics, ILogger log, TimeProvider time)
    {
        (Options, Tables) = (options, tables);
        Sequencer = new Sequencer(metrics);
        Database = options.Provider == StoreProvider.Sqlite
            ? new SqliteDatabase(options.StoreFile, options, Sequencer)
            : new PostgresDatabase(
                ConnectionText.Needed(options.ConnectionString, nameof(options.ConnectionString)), ConnectionText.Needed(options.ReaderConnectionString, nameof(options.ReaderConnectionString)));
        KeyStore = new KeyStore(options.Provider == StoreProvider.Sqlite
            ? new SqliteDatabase(options.KeyFile, options, sequencer: null)
            : new PostgresDatabase(ConnectionText.Needed(options.KeyConnectionString, nameof(options.KeyConnectionString)), reader: null));
        Keyring = new Keyring(KeyStore, Database, Sequencer, metrics, log, time);
    }

    public StoreOptions Options { get; }

    public IReadOnlyList<ViewTable> Tables { get; }

    public IDatabase Database { get; }

    public Sequencer Sequencer { get; }

    public KeyStore KeyStore { get; }

    public Keyring Keyring { get; }

    public byte[] HeadKey { get; private set; } = [];

    public async Task LoadHeadKeyAsync(CancellationToken ct) => HeadKey = await KeyStore.SecretAsync("head", ct);

    public async Task StartSequencerAsync(CancellationToken ct) =>
        Sequencer.Start(await Database.OpenWriterAsync(ct), HeadKey, ownThread: Options.Provider == StoreProvider.Sqlite);

    public async ValueTask DisposeAsync()
    {
        await Sequencer.DisposeAsync();
        await Keyring.DisposeAsync();
        await KeyStore.Database.DisposeAsync();
        await Database.DisposeAsync();
    }
}
