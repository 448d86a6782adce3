using System.Data.Common;
using OnlineSafetyTrust.Storage.Upkeep;

namespace OnlineSafetyTrust.Storage.Sql;

/// <summary>Whose rows a reader's query may see: what row-level security on PostgreSQL is told.</summary>
internal sealed record ReadScope(TenantId Tenant, IReadOnlyList<TenantId>? Schools = null);

/// <summary>One database, SQLite or PostgreSQL, apart from the sequencer's own connection.</summary>
internal interface IDatabase : IAsyncDisposable
{
    Dialect Dialect { get; }

    /// <summary>Reads for the product itself, across tenants.</summary>
    Task<List<T>> QueryAsync<T>(string sql, IReadOnlyDictionary<string, object?>? args, Func<DbDataReader, T> map, CancellationToken ct);

    /// <summary>Reads for somebody: on PostgreSQL as the reader's role under row-level security.</summary>
    Task<List<T>> QueryAsync<T>(ReadScope scope, string sql, IReadOnlyDictionary<string, object?>? args, Func<DbDataReader, T> map, CancellationToken ct);

    /// <summary>Several reads on one unchanging picture of the database.</summary>
    Task<T> ReadStillAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken ct);

    /// <summary>A change of state that is no record, in its own transaction; on SQLite within the sequencer's next flush.</summary>
    Task<T> WriteAsync<T>(Func<DbConnection, Task<T>> change);

    /// <summary>A change on the calling thread: makes progress also when every thread of the pool waits for it. Not for the journal's database.</summary>
    T Write<T>(Func<DbConnection, T> change);

    /// <summary>Opens, creates or migrates; the same for every process that starts at once.</summary>
    Task MigrateAsync(string folder, Func<DbConnection, Task>? then, CancellationToken ct);

    /// <summary>Waits until no other process rebuilds; what it gives lets the next one.</summary>
    Task<IAsyncDisposable> AloneAsync(CancellationToken ct);

    /// <summary>Until what it gives is disposed of no other process works on this database; on SQLite the data directory's lock says so already.</summary>
    /// <param name="patience">How long another one is waited for.</param>
    /// <exception cref="StoreException">Another one does.</exception>
    Task<IOnlyProcess> OnlyProcessAsync(TimeSpan patience, CancellationToken ct);

    /// <exception cref="StoreException">What is committed here could be lost with the power.</exception>
    Task CheckDurableAsync(CancellationToken ct);

    /// <summary>The sequencer's connection, with the durability that was promised.</summary>
    Task<Journal.IFlushTarget> OpenWriterAsync(CancellationToken ct);

    StoreException Explain(Exception error);
}
