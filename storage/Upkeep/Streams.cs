using System.Data.Common;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage.Journal;
using OnlineSafetyTrust.Storage.Sql;

namespace OnlineSafetyTrust.Storage.Upkeep;

/// <summary>Walks all streams with all their events, on one connection.</summary>
internal static class Streams
{
    private const string Page = "SELECT tenant, stream FROM streams WHERE (tenant, stream) > (@tenant, @stream) ORDER BY tenant, stream LIMIT 200";
    private const string PageOfTenant = "SELECT tenant, stream FROM streams WHERE tenant = @tenant AND stream > @stream ORDER BY stream LIMIT 200";
    private const string Changed = "SELECT DISTINCT tenant, stream FROM events WHERE position > @after AND position <= @to";
    private const string Events = "SELECT position, version, type, at, actor, command_id, correlation_id, payload FROM events WHERE tenant = @tenant AND stream = @stream ORDER BY version";

    public static Task<List<StreamKey>> PageAfterAsync(DbConnection connection, Dialect dialect, StreamKey? last) =>
        connection.ListAsync(dialect, Page, Arguments.Of(("tenant", last?.Tenant.ToString() ?? ""), ("stream", last?.Stream.Value ?? "")), Key);

    public static Task<List<StreamKey>> PageAfterAsync(DbConnection connection, Dialect dialect, string tenant, string stream) =>
        connection.ListAsync(dialect, PageOfTenant, Arguments.Of(("tenant", tenant), ("stream", stream)), Key);

    public static async Task<long> CountAsync(DbConnection connection, Dialect dialect) =>
        (await connection.ListAsync(dialect, "SELECT COUNT(*) FROM streams", null, row => row.GetInt64(0)))[0];

    /// <summary>Everyone of whom something is stored, in these tables or as a stream.</summary>
    public static Task<List<string>> TenantsAsync(DbConnection connection, Dialect dialect, IEnumerable<string> tables) =>
        connection.ListAsync(dialect, string.Join(" UNION ", tables.Append("streams").Select(t => $"SELECT tenant FROM {t}")) + " ORDER BY 1", null, row => row.GetString(0));

    public static Task<List<StreamKey>> ChangedAsync(DbConnection connection, Dialect dialect, long after, long to) =>
        connection.ListAsync(dialect, Changed, Arguments.Of(("after", after), ("to", to)), Key);

    public static Task<List<StoredEvent>> EventsAsync(DbConnection connection, Dialect dialect, StreamKey key) =>
        connection.ListAsync(dialect, Events, Arguments.Of(("tenant", key.Tenant), ("stream", key.Stream)), row => EventRows.Read(row, key));

    public static async Task<long> HeadAsync(DbConnection connection, Dialect dialect) =>
        (await connection.ListAsync(dialect, "SELECT position FROM head WHERE id = 1", null, row => row.GetInt64(0)))[0];

    private static StreamKey Key(DbDataReader row) => new(TenantId.Parse(row.GetString(0)), new StreamId(row.GetString(1)));
}
