using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage.Keys;
using OnlineSafetyTrust.Storage.Sql;

namespace OnlineSafetyTrust.Storage.Journal;

internal sealed class EventJournal(IDatabase database, Sequencer sequencer, Keyring keyring) : IJournal, IReadAudit
{
    // One statement, one snapshot of the database: a snapshot replaced between two would leave a hole in the history.
    private const string ReadHistory = """
        SELECT 0 AS position, version, '' AS type, 0 AS at, '' AS actor, NULL AS command_id, '' AS correlation_id, state AS payload
          FROM snapshots WHERE tenant = @tenant AND stream = @stream AND shape = @shape
        UNION ALL
        SELECT position, version, type, at, actor, command_id, correlation_id, payload
          FROM events WHERE tenant = @tenant AND stream = @stream
           AND version > COALESCE((SELECT version FROM snapshots WHERE tenant = @tenant AND stream = @stream AND shape = @shape), 0)
        ORDER BY version, position
        """;

    private const string ReadEvents = """
        SELECT position, version, type, at, actor, command_id, correlation_id, payload
          FROM events WHERE tenant = @tenant AND stream = @stream AND version <= @version ORDER BY version
        """;

    private const string ReadCommand = "SELECT stream, version, input_hash, at FROM commands WHERE tenant = @tenant AND actor = @actor AND command_id = @id";
    private const string ReadLookup = "SELECT id FROM lookups WHERE tenant = @tenant AND kind = @kind AND digest = @digest ORDER BY id";

    public async ValueTask<StreamHistory> ReadAsync(StreamKey key, string shape, CancellationToken ct)
    {
        var rows = await database.QueryAsync(ReadHistory, Arguments.Of(("tenant", key.Tenant), ("stream", key.Stream), ("shape", shape)), row => EventRows.Read(row, key), ct);
        return rows is [{ Position: 0 } snapshot, ..]
            ? new StreamHistory(snapshot.Payload, snapshot.Version, rows[1..])
            : new StreamHistory(null, 0, rows);
    }

    public async ValueTask<IReadOnlyList<StoredEvent>> ReadEventsAsync(StreamKey key, long toVersion, CancellationToken ct) =>
        await database.QueryAsync(ReadEvents, Arguments.Of(("tenant", key.Tenant), ("stream", key.Stream), ("version", toVersion)), row => EventRows.Read(row, key), ct);

    public async ValueTask<CommandTrace?> FindCommandAsync(TenantId tenant, Actor actor, Guid commandId, CancellationToken ct)
    {
        var found = await database.QueryAsync(ReadCommand, Arguments.Of(("tenant", tenant), ("actor", actor), ("id", commandId)),
            row => new CommandTrace(new StreamId(row.GetString(0)), row.GetInt64(1), row.GetFieldValue<byte[]>(2), Microseconds.FromUnix(row.GetInt64(3))), ct);
        return found.Count == 0 ? null : found[0];
    }

    public async ValueTask<IReadOnlyList<string>> FindLookupAsync(TenantId tenant, string kind, ReadOnlyMemory<byte> digest, CancellationToken ct) =>
        await database.QueryAsync(ReadLookup, Arguments.Of(("tenant", tenant), ("kind", kind), ("digest", digest.ToArray())), row => row.GetString(0), ct);

    public async ValueTask<AppendOutcome> AppendAsync(Append append)
    {
        var work = new AppendWork(append);
        sequencer.Enqueue(work);
        var outcome = await work.Task;
        if (outcome.Status == AppendStatus.Appended && append.Keys.Count > 0)
        {
            // Only now is it on disk whose key it is, and only then can it be destroyed: until here no other append may use it.
            keyring.Confirm(append.Key.Tenant, append.Keys);
        }

        return outcome;
    }

    public async ValueTask RecordAsync(ReadAuditRow row)
    {
        var work = new AuditWork(row);
        sequencer.Enqueue(work);
        await work.Task;
    }
}
