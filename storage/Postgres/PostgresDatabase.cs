using System.Data;
using System.Data.Common;
using Npgsql;
using OnlineSafetyTrust.Storage.Journal;
using OnlineSafetyTrust.Storage.Sql;
using OnlineSafetyTrust.Storage.Upkeep;

namespace OnlineSafetyTrust.Storage.Postgres;

/// <summary>PostgreSQL with two roles: the writer owns the tables, the reader sees one tenant at a time under row-level security.</summary>
internal sealed class PostgresDatabase : IDatabase
{
    /// <summary>"OSTm": one lock for all processes that migrate this database.</summary>
    private const long MigrationLock = 0x4F53546D;

    /// <summary>"OSTr": of all processes that rebuild.</summary>
    private const long RebuildLock = 0x4F535472;

    /// <summary>"OSTp": of the only process that works on it.</summary>
    private const long ProcessLock = 0x4F535470;

    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(500);

    private readonly NpgsqlDataSource _writer;
    private readonly NpgsqlDataSource _patient;
    private readonly NpgsqlDataSource? _reader;

    /// <param name="reader">Connection string of the reader's role; null: nobody reads under row-level security.</param>
    public PostgresDatabase(string writer, string? reader)
    {
        (_writer, _patient) = (Source(writer), Source(writer, waits: true));
        _reader = reader is null ? null : Source(reader);
    }

    public Dialect Dialect => Dialect.Postgres;

    /// <param name="waits">Upkeep takes as long as it takes.</param>
    private static NpgsqlDataSource Source(string connectionString, bool waits = false)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);

        // Before what database and role say; what somebody gave in the connection string themselves stands, and is refused at the start.
        var text = new NpgsqlConnectionStringBuilder(connectionString) { Options = $"-c synchronous_commit=on {given.Options}".TrimEnd(), GssEncryptionMode = GssEncryptionMode.Disable, MaxAutoPrepare = 200, AutoPrepareMinUsages = 2, CommandTimeout = waits ? 0 : given.CommandTimeout };
        if (text.NoResetOnClose || text.Multiplexing)
        {
            throw new StoreException(StoreProblem.Misconfigured, "Remove 'No Reset On Close' and 'Multiplexing' from the connection string: with them one school's setting could reach another's query.", true);
        }

        return NpgsqlDataSource.Create(text);
    }

    public async Task<List<T>> QueryAsync<T>(string sql, IReadOnlyDictionary<string, object?>? args, Func<DbDataReader, T> map, CancellationToken ct)
    {
        try
        {
            await using var command = _writer.CreateCommand(sql);
            Dialect.Bind(command, args);
            await using var row = await command.ExecuteReaderAsync(ct);
            return await RowsAsync(row, map, ct);
        }
        catch (Exception error) when (PostgresErrors.IsOne(error))
        {
            throw Explain(error);
        }
    }

    public async Task<List<T>> QueryAsync<T>(ReadScope scope, string sql, IReadOnlyDictionary<string, object?>? args, Func<DbDataReader, T> map, CancellationToken ct)
    {
        try
        {
            // One batch is one transaction: the setting ends with it, and cannot reach the connection's next user.
            await using var batch = _reader!.CreateBatch();
            var setting = new NpgsqlBatchCommand("SELECT set_config('app.tenant', $1, true), set_config('app.tenants', $2, true)");
            setting.Parameters.Add(new NpgsqlParameter { Value = scope.Tenant.ToString() });
            setting.Parameters.Add(new NpgsqlParameter { Value = string.Join(',', scope.Schools ?? []) });
            batch.BatchCommands.Add(setting);
            var query = new NpgsqlBatchCommand(sql);
            foreach (var (name, value) in args ?? new Dictionary<string, object?>())
            {
                query.Parameters.Add(Dialect.Parameter(name, value));
            }

            batch.BatchCommands.Add(query);
            await using var row = await batch.ExecuteReaderAsync(ct);
            await row.NextResultAsync(ct);
            return await RowsAsync(row, map, ct);
        }
        catch (Exception error) when (PostgresErrors.IsOne(error))
        {
            throw Explain(error);
        }
    }

    public async Task<T> ReadStillAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken ct)
    {
        try
        {
            await using var connection = await _patient.OpenConnectionAsync(ct);
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
            return await read(connection);
        }
        catch (Exception error) when (PostgresErrors.IsOne(error))
        {
            throw Explain(error);
        }
    }

    public Task<T> WriteAsync<T>(Func<DbConnection, Task<T>> change) => WriteAsync(_writer, change);

    private async Task<T> WriteAsync<T>(NpgsqlDataSource source, Func<DbConnection, Task<T>> change)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            var result = await change(connection);
            await transaction.CommitAsync();
            return result;
        }
        catch (Exception error) when (PostgresErrors.IsOne(error))
        {
            throw Explain(error);
        }
    }

    public T Write<T>(Func<DbConnection, T> change)
    {
        try
        {
            using var connection = _writer.OpenConnection();
            using var transaction = connection.BeginTransaction();
            var result = change(connection);
            transaction.Commit();
            return result;
        }
        catch (Exception error) when (PostgresErrors.IsOne(error))
        {
            throw Explain(error);
        }
    }

    public async Task MigrateAsync(string folder, Func<DbConnection, Task>? then, CancellationToken ct)
    {
        await WriteAsync(_patient, async connection =>
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT pg_advisory_xact_lock({MigrationLock})";
            await command.ExecuteNonQueryAsync(ct);
            await Migrator.RunAsync(connection, $"{folder}postgres", ct);
            await (then?.Invoke(connection) ?? Task.CompletedTask);
            return true;
        });
    }

    public async Task<IAsyncDisposable> AloneAsync(CancellationToken ct) => (await LockAsync(RebuildLock, null, ct))!;

    public async Task<IOnlyProcess> OnlyProcessAsync(TimeSpan patience, CancellationToken ct) => await LockAsync(ProcessLock, patience, ct) is { } held
        ? new OnlyProcess(this, held, patience)
        : throw new StoreException(StoreProblem.Locked, "Another process works on this database. Stop it first: this one would not see what it keeps in memory.", true);

    /// <param name="patience">How long another process is waited for, whose end the server may notice late; null: until it lets go.</param>
    /// <returns>Null: another process holds it.</returns>
    private async Task<Held?> LockAsync(long of, TimeSpan? patience, CancellationToken ct)
    {
        try
        {
            var connection = await _patient.OpenConnectionAsync(ct);
            try
            {
                await using var command = connection.CreateCommand();
                command.CommandText = $"SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3; {(patience is null ? $"SELECT true FROM pg_advisory_lock({of})" : $"SELECT pg_try_advisory_lock({of})")}";
                for (var waited = TimeSpan.Zero; await command.ExecuteScalarAsync(ct) is not true; waited += AskAgain)
                {
                    if (waited >= patience)
                    {
                        await connection.DisposeAsync();
                        return null;
                    }

                    await Task.Delay(AskAgain, ct);
                }

                return new Held(connection, of);
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }
        }
        catch (Exception error) when (PostgresErrors.IsOne(error))
        {
            throw Explain(error);
        }
    }

    /// <summary>The pool resets a connection when it is used again, and so long the lock would stand.</summary>
    private sealed class Held(NpgsqlConnection connection, long of) : IAsyncDisposable
    {
        private const int AnswerSeconds = 10;

        /// <summary>The session that took the lock is there, and so is the lock.</summary>
        public async Task<bool> StandsAsync(CancellationToken ct)
        {
            try
            {
                await using var command = connection.CreateCommand();
                (command.CommandText, command.CommandTimeout) = ("SELECT 1", AnswerSeconds);
                await command.ExecuteScalarAsync(ct);
                return true;
            }
            catch (Exception error) when (error is NpgsqlException or InvalidOperationException)
            {
                return false;
            }
        }

        public async ValueTask DisposeAsync()
        {
            await using (connection)
            {
                await using var command = connection.CreateCommand();
                command.CommandText = $"SELECT pg_advisory_unlock({of})";
                try
                {
                    await command.ExecuteNonQueryAsync();
                }
                catch (Exception error) when (error is NpgsqlException or InvalidOperationException)
                {
                    // With the session the lock has gone.
                }
            }
        }
    }

    private sealed class OnlyProcess(PostgresDatabase database, Held held, TimeSpan patience) : IOnlyProcess
    {
        private Held? _held = held;

        public async Task<bool> StillAsync(CancellationToken ct)
        {
            if (_held is { } standing)
            {
                if (await standing.StandsAsync(ct))
                {
                    return true;
                }

                _held = null;
                await standing.DisposeAsync();
            }

            // The server may think for a while that the lost session is there, with its lock.
            _held = await database.LockAsync(ProcessLock, patience, ct);
            return _held is not null;
        }

        public ValueTask DisposeAsync() => _held?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    public async Task CheckDurableAsync(CancellationToken ct)
    {
        var settings = await QueryAsync("SELECT current_setting('synchronous_commit'), current_setting('fsync'), current_setting('full_page_writes')", null,
            row => (Commit: row.GetString(0), Fsync: row.GetString(1), Pages: row.GetString(2)), ct);
        if (settings[0] is not { Commit: "on", Fsync: "on", Pages: "on" })
        {
            throw new StoreException(
                StoreProblem.NotDurable,
                $"PostgreSQL runs with synchronous_commit={settings[0].Commit}, fsync={settings[0].Fsync}, full_page_writes={settings[0].Pages}: records could be lost with the power. Set all three to on.", true);
        }
    }

    public async Task<IFlushTarget> OpenWriterAsync(CancellationToken ct)
    {
        await CheckDurableAsync(ct);
        var target = new PostgresFlushTarget(_writer);
        try
        {
            await target.OpenAsync();
        }
        catch (Exception error) when (PostgresErrors.IsOne(error))
        {
            throw Explain(error);
        }

        return target;
    }

    public StoreException Explain(Exception error) => PostgresErrors.Explain(error, committing: false);

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _patient.DisposeAsync();
        if (_reader is not null)
        {
            await _reader.DisposeAsync();
        }
    }

    private static async Task<List<T>> RowsAsync<T>(DbDataReader row, Func<DbDataReader, T> map, CancellationToken ct)
    {
        var rows = new List<T>();
        while (await row.ReadAsync(ct))
        {
            rows.Add(map(row));
        }

        return rows;
    }
}
