using Dapper;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage.Sql;

namespace OnlineSafetyTrust.Storage.Pumps;

internal sealed class DueStore(IDatabase database) : IDueStore
{
    private readonly string _claim = $"""
        UPDATE due SET leased_until = @lease WHERE (tenant, stream, what) IN (
            SELECT tenant, stream, what FROM due WHERE shard = @shard AND at <= @now AND leased_until <= @systemNow
             ORDER BY at LIMIT @max {database.Dialect.SkipLocked})
        RETURNING tenant AS Tenant, stream AS Stream, what AS What, at AS At
        """;

    public async ValueTask<IReadOnlyList<ClaimedDue>> ClaimAsync(int shard, DateTimeOffset now, DateTimeOffset systemNow, DateTimeOffset leaseUntil, int max, CancellationToken ct)
    {
        var args = new { shard = (long)shard, now = Microseconds.ToUnix(now), systemNow = Microseconds.ToUnix(systemNow), lease = Microseconds.ToUnix(leaseUntil), max = (long)max };

        // Looking costs no transaction; only what is due takes the writer's. Ordered, or PostgreSQL's plan for any parameters reads the whole table.
        var any = await database.QueryAsync("SELECT 1 FROM due WHERE shard = @shard AND at <= @now AND leased_until <= @systemNow ORDER BY at LIMIT 1",
            Arguments.Of(("shard", args.shard), ("now", args.now), ("systemNow", args.systemNow)), _ => true, ct);
        if (any.Count == 0)
        {
            return [];
        }

        var rows = await database.WriteAsync(c => c.QueryAsync<Claimed>(_claim, args));
        return [.. rows.OrderBy(r => r.At).Select(r => new ClaimedDue(new StreamKey(TenantId.Parse(r.Tenant), new StreamId(r.Stream)), r.What, Microseconds.FromUnix(r.At)))];
    }

    public async ValueTask ReleaseAsync(ClaimedDue due, DateTimeOffset notBefore, CancellationToken ct)
    {
        // A row that was moved meanwhile is another deadline: leave it alone.
        var args = new { tenant = due.Key.Tenant.ToString(), stream = due.Key.Stream.Value, what = due.What, at = Microseconds.ToUnix(due.At), notBefore = Microseconds.ToUnix(notBefore) };
        await database.WriteAsync(c => c.ExecuteAsync("UPDATE due SET leased_until = @notBefore WHERE tenant = @tenant AND stream = @stream AND what = @what AND at = @at", args));
    }

    public async ValueTask<DateTimeOffset?> NextAsync(CancellationToken ct)
    {
        // One index probe per shard.
        var shards = string.Join(", ", Enumerable.Range(0, DueShard.Count).Select(s => $"({s})"));
        var next = await database.QueryAsync($"SELECT MIN((SELECT MIN(d.at) FROM due d WHERE d.shard = s.column1)) FROM (VALUES {shards}) AS s", null, row => row.IsDBNull(0) ? (long?)null : row.GetInt64(0), ct);
        return next[0] is { } at ? Microseconds.FromUnix(at) : null;
    }

    private sealed record Claimed(string Tenant, string Stream, string What, long At);
}
