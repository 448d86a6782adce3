using System.Data.Common;
using Npgsql;
using NpgsqlTypes;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage.Journal;
using OnlineSafetyTrust.Storage.Sql;

namespace OnlineSafetyTrust.Storage.Postgres;

/// <summary>Two round trips per flush, however many works it carries: lock and look; write and commit. Reopens by itself after a lost connection.</summary>
internal sealed class PostgresFlushTarget(NpgsqlDataSource source) : IFlushTarget
{
    // READ COMMITTED: each statement after the lock sees what the lock's last holder committed.
    private const string LockHead = "SELECT position, hmac, outbox, audit FROM head WHERE id = 1 FOR UPDATE";
    private const string ReadStreams = "SELECT s.tenant, s.stream, s.version, s.last_hash FROM unnest($1, $2) AS k(tenant, stream) JOIN streams s ON s.tenant = k.tenant COLLATE \"C\" AND s.stream = k.stream COLLATE \"C\"";
    private const string ReadCommands = "SELECT c.tenant, c.actor, c.command_id, c.stream, c.version, c.input_hash, c.at FROM unnest($1, $2, $3) AS k(tenant, actor, command_id) JOIN commands c ON c.tenant = k.tenant COLLATE \"C\" AND c.actor = k.actor COLLATE \"C\" AND c.command_id = k.command_id COLLATE \"C\"";
    private const string ReadNumbers = "SELECT l.tenant, l.kind, l.digest, l.id FROM unnest($1, $2, $3) AS k(tenant, kind, digest) JOIN lookups l ON l.tenant = k.tenant COLLATE \"C\" AND l.kind = k.kind COLLATE \"C\" AND l.digest = k.digest";
    private const string WriteHead = "UPDATE head SET position = $1, hmac = $2, outbox = $3, audit = $4 WHERE id = 1";

    // The lock on the head is held between two round trips: of a process that vanished meanwhile the server must not wait for hours.
    // Long bodies are read far more often than written, and lz4 opens them in a fraction of the time; a server may be built without it.
    private const string Settings = """
        SET synchronous_commit = on;
        SET idle_in_transaction_session_timeout = '15s';
        SET tcp_keepalives_idle = 10;
        SET tcp_keepalives_interval = 5;
        SET tcp_keepalives_count = 3;
        SELECT set_config('default_toast_compression', 'lz4', false) FROM pg_settings WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)
        """;

    private NpgsqlConnection? _connection;

    public DbConnection Connection => _connection!;

    public async Task OpenAsync()
    {
        var connection = await source.OpenConnectionAsync();
        try
        {
            await using var command = connection.CreateCommand();
            command.CommandText = Settings;
            await command.ExecuteNonQueryAsync();
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        // Only now: a connection without these settings writes nothing.
        _connection = connection;
    }

    public async ValueTask<Facts> BeginAsync(IReadOnlyList<Work> works)
    {
        if (_connection is null)
        {
            await OpenAsync();
        }

        await using var batch = _connection!.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("BEGIN"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(LockHead));
        AddQuestions(batch, works);
        await using var row = await batch.ExecuteReaderAsync();
        await row.ReadAsync();
        var facts = new Facts { Head = new Head(row.GetInt64(0), row.GetFieldValue<byte[]>(1), row.GetInt64(2), row.GetInt64(3)) };
        await row.NextResultAsync();
        while (await row.ReadAsync())
        {
            facts.Streams[(row.GetString(0), row.GetString(1))] = new StreamHead(row.GetInt64(2), row.GetFieldValue<byte[]>(3));
        }

        await row.NextResultAsync();
        while (await row.ReadAsync())
        {
            facts.Commands[new CommandKey(row.GetString(0), row.GetString(1), row.GetString(2))] = new CommandTrace(new StreamId(row.GetString(3)), row.GetInt64(4), row.GetFieldValue<byte[]>(5), Microseconds.FromUnix(row.GetInt64(6)));
        }

        // Asked in the same round trip, and only where somebody brings a number that nobody else may have.
        if (await row.NextResultAsync())
        {
            foreach (var (key, _) in works.OfType<AppendWork>().SelectMany(w => w.Only))
            {
                facts.Numbers.TryAdd(key, []);
            }

            while (await row.ReadAsync())
            {
                facts.Numbers[new NumberKey(row.GetString(0), row.GetString(1), Convert.ToHexString(row.GetFieldValue<byte[]>(2)))].Add(row.GetString(3));
            }
        }

        return facts;
    }

    public async ValueTask CommitAsync(FlushPlan plan)
    {
        await using var batch = _connection!.CreateBatch();
        foreach (var rows in plan.Batches)
        {
            batch.BatchCommands.Add(Write(rows));
        }

        if (plan.HasRows)
        {
            var head = new NpgsqlBatchCommand(WriteHead);
            head.Parameters.Add(new NpgsqlParameter<long> { TypedValue = plan.Head.Position });
            head.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = plan.Head.Hmac });
            head.Parameters.Add(new NpgsqlParameter<long> { TypedValue = plan.Head.Outbox });
            head.Parameters.Add(new NpgsqlParameter<long> { TypedValue = plan.Head.Audit });
            batch.BatchCommands.Add(head);
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        await batch.ExecuteNonQueryAsync();
    }

    public async ValueTask RollbackAsync()
    {
        if (_connection is null)
        {
            return;
        }

        try
        {
            await using var command = _connection.CreateCommand();
            command.CommandText = "ROLLBACK";
            await command.ExecuteNonQueryAsync();
        }
        catch (Exception error) when (error is DbException or InvalidOperationException)
        {
            // The server rolls back what a lost connection left open; the next flush opens another.
            await CloseAsync();
        }
    }

    public StoreException Explain(Exception error, bool committing) => PostgresErrors.Explain(error, committing);

    public ValueTask DisposeAsync() => new(CloseAsync());

    internal static NpgsqlBatchCommand Write(RowBatch rows)
    {
        var command = new NpgsqlBatchCommand(rows.Table.Postgres);
        for (var i = 0; i < rows.Table.Columns.Length; i++)
        {
            var type = rows.Table.Columns[i].Type switch
            {
                ColumnType.Text => NpgsqlDbType.Text,
                ColumnType.Number => NpgsqlDbType.Bigint,
                _ => NpgsqlDbType.Bytea,
            };
            command.Parameters.Add(new NpgsqlParameter { Value = rows.Array(i), NpgsqlDbType = NpgsqlDbType.Array | type });
        }

        return command;
    }

    private static void AddQuestions(NpgsqlBatch batch, IReadOnlyList<Work> works)
    {
        var heads = new HashSet<(string Tenant, string Stream)>(works.Count);
        var (commandTenants, actors, ids) = (new List<string>(), new List<string>(), new List<string>());
        for (var i = 0; i < works.Count; i++)
        {
            if (works[i] is AppendWork append)
            {
                heads.Add((append.Tenant, append.Stream));
                if (append.PremiseStream is { } premise)
                {
                    heads.Add((append.Tenant, premise));
                }

                if (append.CommandId is { } id)
                {
                    commandTenants.Add(append.Tenant);
                    actors.Add(append.Actor);
                    ids.Add(id);
                }
            }
        }

        batch.BatchCommands.Add(Question(ReadStreams, [.. heads.Select(h => h.Tenant)], [.. heads.Select(h => h.Stream)]));
        batch.BatchCommands.Add(Question(ReadCommands, commandTenants, actors, ids));
        if (works.OfType<AppendWork>().SelectMany(w => w.Only).ToList() is { Count: > 0 } numbers)
        {
            var question = Question(ReadNumbers, [.. numbers.Select(n => n.Key.Tenant)], [.. numbers.Select(n => n.Key.Kind)]);
            question.Parameters.Add(new NpgsqlParameter { Value = numbers.Select(n => n.Row.Digest.ToArray()).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
            batch.BatchCommands.Add(question);
        }
    }

    private static NpgsqlBatchCommand Question(string sql, params ReadOnlySpan<List<string>> lists)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var list in lists)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = list, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        }

        return command;
    }

    private async Task CloseAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync();
        }
    }
}
