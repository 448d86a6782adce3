using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Serialization;
using OnlineSafetyTrust.Storage.Journal;
using OnlineSafetyTrust.Storage.Sql;

namespace OnlineSafetyTrust.Storage.Reading;

/// <summary>
/// Reads of the product itself, across tenants and without audit: building a school's directory, following the journal.
/// Nothing read through it may leave the process as an answer to somebody.
/// </summary>
public sealed class SystemReader
{
    private const string Follow = """
        SELECT position, version, type, at, actor, command_id, correlation_id, payload, tenant, stream
          FROM events WHERE position > @after ORDER BY position LIMIT @max
        """;

    private readonly IDatabase _database;
    private readonly IKeyring _keyring;
    private readonly FlushSignal _flushed;

    internal SystemReader(IDatabase database, IKeyring keyring, FlushSignal flushed) => (_database, _keyring, _flushed) = (database, keyring, flushed);

    /// <summary>Events behind a position, in commit order: positions have no holes, so a follower misses nothing.</summary>
    public async Task<IReadOnlyList<StoredEvent>> EventsAfterAsync(long position, int max, CancellationToken ct) =>
        await _database.QueryAsync(Follow, Arguments.Of(("after", position), ("max", max)),
            row => EventRows.Read(row, new StreamKey(TenantId.Parse(row.GetString(8)), new StreamId(row.GetString(9)))), ct);

    /// <summary>The streams of events behind a position, in commit order, one for each event.</summary>
    public async Task<IReadOnlyList<StreamKey>> StreamsAfterAsync(long position, int max, CancellationToken ct) =>
        await _database.QueryAsync("SELECT tenant, stream FROM events WHERE position > @after ORDER BY position LIMIT @max", Arguments.Of(("after", position), ("max", max)),
            row => new StreamKey(TenantId.Parse(row.GetString(0)), new StreamId(row.GetString(1))), ct);

    public async Task<long> HeadAsync(CancellationToken ct) =>
        (await _database.QueryAsync("SELECT position FROM head WHERE id = 1", null, row => row.GetInt64(0), ct))[0];

    /// <summary>Completes with this process's next flush. Take it before looking, await it when there was nothing new; other processes' flushes need a poll.</summary>
    public Task NextFlush => _flushed.Next;

    /// <summary>All rows of a view in one tenant, id by id.</summary>
    /// <param name="afterId">Empty for the first page.</param>
    /// <param name="showLost">What a lost key sealed reads as <see cref="Unreadable"/>; otherwise it is an error.</param>
    /// <param name="only">Rows with this value in this of the view's columns; null: all.</param>
    public async Task<IReadOnlyList<Row<T>>> ViewAsync<T>(TenantId tenant, ViewTable table, string afterId, int max, CancellationToken ct, (string Column, object Value)? only = null, bool showLost = false)
    {
        var sql = $"SELECT tenant, id, stream, body{string.Concat(table.Columns.Select(c => $", {c.Name}"))} FROM {table.TableName} WHERE tenant = @tenant AND id > @after{(only is null ? "" : $" AND {only.Value.Column} = @only")} ORDER BY id LIMIT @max";
        var args = Arguments.Of(("tenant", tenant), ("after", afterId), ("max", max));
        if (only is { } column)
        {
            args["only"] = column.Value;
        }

        var rows = await _database.QueryAsync(sql, args, row => RawRow.Read(row, table), ct);
        await _keyring.FetchFromAsync(rows.ConvertAll(r => (ReadOnlyMemory<byte>)r.Body), ct);
        return rows.ConvertAll(row =>
        {
            var stream = new StreamKey(tenant, new StreamId(row.Stream));
            using var scope = new OpeningScope(_keyring, stream, showLost);
            return new Row<T>(row.Id, stream, row.Values, StoredJson.Read<T>(row.Body));
        });
    }

    /// <summary>Tenants that a view has rows of.</summary>
    public async Task<IReadOnlyList<TenantId>> TenantsAsync(ViewTable table, CancellationToken ct) =>
        await _database.QueryAsync($"SELECT DISTINCT tenant FROM {table.TableName} ORDER BY tenant", null, row => TenantId.Parse(row.GetString(0)), ct);
}
