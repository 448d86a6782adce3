using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using OnlineSafetyTrust.Storage.Journal;
using OnlineSafetyTrust.Storage.Sql;
using OnlineSafetyTrust.Storage.Upkeep;

namespace OnlineSafetyTrust.Storage.Sqlite;

/// <summary>One SQLite file in WAL mode: readers never wait for the writer. Queries run on the thread pool, never on the writer's thread.</summary>
/// <param name="sequencer">Whose transaction changes join; null for the key store, which has no journal.</param>
internal sealed class SqliteDatabase(string file, StoreOptions options, Sequencer? sequencer) : IDatabase
{
    // Of Linux (EAGAIN) and Windows, when another process has the file.
    private const int WouldBlock = 11;
    private const int SharingViolation = 32;
    private readonly SemaphoreSlim _readers = new(options.Readers);
    private readonly SemaphoreSlim _writer = new(1);
    private readonly ConcurrentBag<SqliteConnection> _idle = [];
    private SqliteConnection? _changes;
    private Checkpointer? _checkpointer;

    public Dialect Dialect => Dialect.Sqlite;

    public Task<List<T>> QueryAsync<T>(string sql, IReadOnlyDictionary<string, object?>? args, Func<DbDataReader, T> map, CancellationToken ct) =>
        ReadAsync(connection => connection.ListAsync(Dialect, sql, args, map), ct);

    public Task<List<T>> QueryAsync<T>(ReadScope scope, string sql, IReadOnlyDictionary<string, object?>? args, Func<DbDataReader, T> map, CancellationToken ct) =>
        QueryAsync(sql, args, map, ct);

    public Task<T> ReadStillAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken ct) =>
        ReadAsync(
            async connection =>
            {
                await using var transaction = connection.BeginTransaction(deferred: true);
                return await read(connection);
            },
            ct);

    public Task<T> WriteAsync<T>(Func<DbConnection, Task<T>> change) => sequencer is not null ? sequencer.RunAsync(change) : Task.Run(() => ChangeAsync(change));

    public T Write<T>(Func<DbConnection, T> change)
    {
        try
        {
            // A connection of its own: waiting for the semaphore could mean waiting for a thread of the pool.
            using var connection = Open(SqliteOpenMode.ReadWrite);
            using var transaction = connection.BeginTransaction(deferred: false);
            var result = change(connection);
            transaction.Commit();
            return result;
        }
        catch (SqliteException error)
        {
            throw Explain(error);
        }
    }

    public async Task<IAsyncDisposable> AloneAsync(CancellationToken ct)
    {
        while (true)
        {
            try
            {
                return new FileStream($"{file}.rebuild", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException error) when ((error.HResult & 0xFFFF) is WouldBlock or SharingViolation)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), ct);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new StoreException(StoreProblem.Unexpected, $"{file}.rebuild cannot be opened for writing: {error.Message} Free the disk, or give the file to the account that the product runs as.", true, error);
            }
        }
    }

    public Task<IOnlyProcess> OnlyProcessAsync(TimeSpan patience, CancellationToken ct) => Task.FromResult<IOnlyProcess>(new ByItsDirectory());

    public async Task MigrateAsync(string folder, Func<DbConnection, Task>? then, CancellationToken ct)
    {
        try
        {
            await using var connection = Open(SqliteOpenMode.ReadWriteCreate);
            await using var transaction = connection.BeginTransaction(deferred: false);
            await Migrator.RunAsync(connection, $"{folder}sqlite", ct);
            await (then?.Invoke(connection) ?? Task.CompletedTask);
            await transaction.CommitAsync(ct);
        }
        catch (SqliteException error)
        {
            throw Explain(error);
        }
    }

    public Task CheckDurableAsync(CancellationToken ct)
    {
        using var connection = Open(SqliteOpenMode.ReadWrite);
        CheckDurable(connection);
        return Task.CompletedTask;
    }

    public Task<IFlushTarget> OpenWriterAsync(CancellationToken ct)
    {
        var connection = Open(SqliteOpenMode.ReadWrite);
        Pragma(connection, "wal_autocheckpoint = 0");
        _checkpointer ??= new Checkpointer(() => Open(SqliteOpenMode.ReadWrite));
        CheckDurable(connection);
        return Task.FromResult<IFlushTarget>(new SqliteFlushTarget(connection, file, _checkpointer));
    }

    public StoreException Explain(Exception error) => SqliteErrors.Explain(error, file, committing: false);

    public async ValueTask DisposeAsync()
    {
        if (_checkpointer is not null)
        {
            await _checkpointer.DisposeAsync();
        }

        _changes?.Dispose();
        foreach (var connection in _idle)
        {
            connection.Dispose();
        }

        _readers.Dispose();
        _writer.Dispose();
    }

    /// <summary>Moves everything from the write-ahead log into the file and empties the log.</summary>
    public Task CheckpointAsync() => Task.Run(async () =>
    {
        await _writer.WaitAsync();
        try
        {
            _changes ??= Open(SqliteOpenMode.ReadWrite);
            Pragma(_changes, "wal_checkpoint(TRUNCATE)");
        }
        finally
        {
            _writer.Release();
        }
    });

    private void CheckDurable(SqliteConnection connection)
    {
        var (journal, synchronous) = (Pragma(connection, "journal_mode"), Pragma(connection, "synchronous"));
        if (journal != "wal" || synchronous != "2")
        {
            throw new StoreException(StoreProblem.NotDurable, $"{file} runs with journal_mode={journal}, synchronous={synchronous} instead of wal and 2 (FULL): records could be lost with the power. Move it to a local disk.", true);
        }
    }

    private async Task<T> ChangeAsync<T>(Func<DbConnection, Task<T>> change)
    {
        await _writer.WaitAsync();
        try
        {
            _changes ??= Open(SqliteOpenMode.ReadWrite);
            await using var transaction = _changes.BeginTransaction(deferred: false);
            var result = await change(_changes);
            await transaction.CommitAsync();
            return result;
        }
        catch (SqliteException error)
        {
            throw Explain(error);
        }
        finally
        {
            _writer.Release();
        }
    }

    private async Task<T> ReadAsync<T>(Func<SqliteConnection, Task<T>> read, CancellationToken ct)
    {
        await _readers.WaitAsync(ct);
        try
        {
            return await Task.Run(
                async () =>
                {
                    var connection = _idle.TryTake(out var idle) ? idle : Open(SqliteOpenMode.ReadOnly);
                    try
                    {
                        return await read(connection);
                    }
                    finally
                    {
                        _idle.Add(connection);
                    }
                },
                ct);
        }
        catch (SqliteException error)
        {
            throw Explain(error);
        }
        finally
        {
            _readers.Release();
        }
    }

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        var seconds = (int)Math.Ceiling(options.BusyTimeout.TotalSeconds);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, DefaultTimeout = seconds }.ToString());
        try
        {
            connection.Open();
            SQLitePCL.raw.sqlite3_busy_timeout(connection.Handle, (int)options.BusyTimeout.TotalMilliseconds);
            SQLitePCL.raw.sqlite3_extended_result_codes(connection.Handle, 1);
            // Kibibytes. SQLite's own two megabytes send every second look at an index to the file.
            Pragma(connection, mode == SqliteOpenMode.ReadOnly ? "cache_size = -8192" : "cache_size = -65536");
            if (mode != SqliteOpenMode.ReadOnly)
            {
                Pragma(connection, "journal_mode = wal");
                Pragma(connection, "synchronous = FULL");
                // Destroyed keys and erased values are overwritten, not just unlinked.
                Pragma(connection, "secure_delete = ON");
                Pragma(connection, "journal_size_limit = 67108864");
            }

            return connection;
        }
        catch (SqliteException error)
        {
            connection.Dispose();
            throw Explain(error);
        }
    }

    private static string Pragma(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA {text}";
        return Convert.ToString(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture) ?? "";
    }

    /// <summary>The data directory's lock says so already: there is nothing to hold.</summary>
    private sealed class ByItsDirectory : IOnlyProcess
    {
        public Task<bool> StillAsync(CancellationToken ct) => Task.FromResult(true);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
