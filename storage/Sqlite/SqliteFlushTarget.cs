using System.Data.Common;
using Microsoft.Data.Sqlite;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage.Journal;
using SQLitePCL;

namespace OnlineSafetyTrust.Storage.Sqlite;

/// <summary>The writer's connection. Everything completes synchronously, on the sequencer's thread.</summary>
internal sealed class SqliteFlushTarget(SqliteConnection connection, string file, Checkpointer checkpointer) : IFlushTarget
{
    private const string ReadHead = "SELECT position, hmac, outbox, audit FROM head WHERE id = 1";
    private const string WriteHead = "UPDATE head SET position = ?, hmac = ?, outbox = ?, audit = ? WHERE id = 1";
    private const string ReadStream = "SELECT version, last_hash FROM streams WHERE tenant = ? AND stream = ?";
    private const string ReadCommand = "SELECT stream, version, input_hash, at FROM commands WHERE tenant = ? AND actor = ? AND command_id = ?";
    private const string ReadNumber = "SELECT id FROM lookups WHERE tenant = ? AND kind = ? AND digest = ?";

    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

    public DbConnection Connection => connection;

    public ValueTask<Facts> BeginAsync(IReadOnlyList<Work> works)
    {
        // IMMEDIATE: a read that becomes a write later would fail as "locked" at once instead of waiting.
        Prepared("BEGIN IMMEDIATE").Run();
        var facts = new Facts();
        var head = Prepared(ReadHead);
        head.Step();
        facts.Head = new Head(head.Number(0), head.Bytes(1), head.Number(2), head.Number(3));
        head.Reset();

        // Point reads in this process cost less than one query over a list would; there is no round trip to save.
        for (var i = 0; i < works.Count; i++)
        {
            if (works[i] is AppendWork append)
            {
                Read(append, facts);
            }
        }

        return ValueTask.FromResult(facts);
    }

    public ValueTask CommitAsync(FlushPlan plan)
    {
        foreach (var batch in plan.Batches)
        {
            Prepared(batch.Table.Sqlite).Run(batch);
        }

        if (plan.HasRows)
        {
            Prepared(WriteHead).Bind(1, plan.Head.Position).Bind(2, plan.Head.Hmac).Bind(3, plan.Head.Outbox).Bind(4, plan.Head.Audit).Run();
        }

        Prepared("COMMIT").Run();
        checkpointer.Written();
        return ValueTask.CompletedTask;
    }

    public ValueTask RollbackAsync()
    {
        // Some errors roll back by themselves; a second ROLLBACK would be an error.
        if (raw.sqlite3_get_autocommit(connection.Handle) == 0)
        {
            Prepared("ROLLBACK").Run();
        }

        return ValueTask.CompletedTask;
    }

    public StoreException Explain(Exception error, bool committing) => SqliteErrors.Explain(error, file, committing);

    public ValueTask DisposeAsync()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        connection.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Read(AppendWork work, Facts facts)
    {
        Read(work.Tenant, work.Stream, facts);
        if (work.PremiseStream is { } premise)
        {
            Read(work.Tenant, premise, facts);
        }

        if (work.CommandId is { } id)
        {
            var command = Prepared(ReadCommand).Bind(1, work.Tenant).Bind(2, work.Actor).Bind(3, id);
            if (command.Step())
            {
                facts.Commands[new CommandKey(work.Tenant, work.Actor, id)] = new CommandTrace(new StreamId(command.Text(0)), command.Number(1), command.Bytes(2), Microseconds.FromUnix(command.Number(3)));
            }

            command.Reset();
        }

        foreach (var (key, row) in work.Only)
        {
            var number = Prepared(ReadNumber).Bind(1, key.Tenant).Bind(2, key.Kind).Bind(3, row.Digest.ToArray());
            var holders = facts.Numbers[key] = [];
            while (number.Step())
            {
                holders.Add(number.Text(0));
            }

            number.Reset();
        }
    }

    private void Read(string tenant, string stream, Facts facts)
    {
        if (facts.Streams.ContainsKey((tenant, stream)))
        {
            return;
        }

        var head = Prepared(ReadStream).Bind(1, tenant).Bind(2, stream);
        if (head.Step())
        {
            facts.Streams.Add((tenant, stream), new StreamHead(head.Number(0), head.Bytes(1)));
        }

        head.Reset();
    }

    private SqliteStatement Prepared(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            _statements[sql] = statement = new SqliteStatement(connection, sql);
        }

        return statement;
    }
}
