using System.Data.Common;
using Dapper;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage.Journal;
using OnlineSafetyTrust.Storage.Sql;
using OnlineSafetyTrust.Storage.Upkeep;

namespace OnlineSafetyTrust.Storage.Pumps;

/// <summary>Works on <c>outbox_lines</c>, one row per destination that has messages: only the run of its oldest messages is on its way.</summary>
internal sealed class OutboxStore(IDatabase database, FlushSignal stored, TimeProvider system) : IOutboxStore
{
    private const long Leased = 1;
    private const long BackingOff = 2;

    /// <summary>As the index has it.</summary>
    private const string InLane = "(CASE WHEN substr(destination, 1, 5) = 'mail:' THEN 1 ELSE 0 END) = @lane AND ready_at <= @now";

    // As few statements as can be while lines are locked: a flush that adds to one of these destinations waits for its line with the head locked.
    // Locked first, changed by a second statement: that one sees what the last holder of the lock committed, a combined one may not.
    private readonly string _ready = $"SELECT destination FROM outbox_lines WHERE {InLane} ORDER BY ready_at, last_position LIMIT @max {database.Dialect.SkipLocked}";
    private readonly string _lock = $"SELECT destination FROM outbox_lines WHERE {database.Dialect.AnyOf("destination", "@destinations")} ORDER BY destination {database.Dialect.ForUpdate}";

    private readonly string _lease = $"""
        UPDATE outbox_lines SET state = 1, ready_at = @lease,
               leased_position = COALESCE((SELECT MIN(o.position) FROM outbox o WHERE o.destination = outbox_lines.destination), last_position)
         WHERE {database.Dialect.AnyOf("destination", "@destinations")}
        RETURNING leased_position AS Position, destination AS Destination
        """;

    private readonly string _take = $"""
        WITH run AS (
            SELECT l.destination, l.leased_position AS first,
                   (SELECT o.position FROM outbox o WHERE o.destination = l.destination AND o.position >= l.leased_position ORDER BY o.position LIMIT 1 OFFSET {IOutboxStore.LongestRun - 1}) AS last
              FROM outbox_lines l WHERE {database.Dialect.AnyOf("l.destination", "@destinations")})
        SELECT o.position, o.tenant, o.id, o.destination, o.kind, o.payload, o.correlation_id, o.attempt
          FROM run r JOIN outbox o ON o.destination = r.destination AND o.position >= r.first AND o.position <= COALESCE(r.last, {long.MaxValue}) ORDER BY o.position
        """;

    private readonly Task[] _next = [Task.CompletedTask, Task.CompletedTask];

    public async ValueTask<IReadOnlyList<LeasedMessage>> LeaseAsync(OutboxLane lane, DateTimeOffset systemNow, DateTimeOffset leaseUntil, int max, CancellationToken ct)
    {
        var args = new { lane = (long)lane, now = Microseconds.ToUnix(systemNow), lease = Microseconds.ToUnix(leaseUntil), max = (long)max };
        var any = await database.QueryAsync($"SELECT 1 FROM outbox_lines WHERE {InLane} LIMIT 1", Arguments.Of(("lane", args.lane), ("now", args.now)), _ => true, ct);
        if (any.Count == 0)
        {
            return [];
        }

        var leases = await database.WriteAsync(async c =>
        {
            var destinations = (await c.QueryAsync<string>(_ready, args)).AsList();
            return destinations.Count == 0 ? [] : (await c.QueryAsync<Line>(_lease, new { args.lease, destinations = database.Dialect.List(destinations) })).ToDictionary(l => l.Destination, l => l.Position, StringComparer.Ordinal);
        });

        if (leases.Count == 0)
        {
            return [];
        }

        List<LeasedMessage> messages;
        try
        {
            // Leased, they are nobody else's: they are read without a lock.
            messages = await database.QueryAsync(_take, Arguments.Of(("destinations", leases.Keys.ToArray())), row => new LeasedMessage(
                row.GetInt64(0), TenantId.Parse(row.GetString(1)), new OutboxMessage(Guid.ParseExact(row.GetString(2), "D"), row.GetString(3), row.GetString(4), row.GetFieldValue<byte[]>(5)),
                (int)row.GetInt64(7) + 1, Guid.ParseExact(row.GetString(6), "D"), leases[row.GetString(3)]), CancellationToken.None);
        }
        catch
        {
            // Nobody else knows of these leases, and a mail would wait for their end.
            await GiveBackAsync(leases);
            throw;
        }

        if (leases.Keys.Except(messages.Select(m => m.Message.Destination)).ToList() is { Count: > 0 } without)
        {
            // A line without a message: it goes.
            await database.WriteAsync(c => MoveOnAsync(c, [.. without.Select(d => (d, leases[d], leases[d]))]));
        }

        return messages;
    }

    public async ValueTask DeliveredAsync(IReadOnlyList<LeasedMessage> messages, CancellationToken ct) => await database.WriteAsync(async c =>
    {
        // Before any line is locked.
        await DeleteAsync(c, messages);
        return await MoveOnAsync(c, [.. messages.GroupBy(m => (m.Message.Destination, m.Lease)).Select(r => (r.Key.Destination, r.Key.Lease, r.Max(m => m.Position)))]);
    });

    public async ValueTask GiveBackAsync(IReadOnlyList<LeasedMessage> messages, CancellationToken ct) =>
        await GiveBackAsync(messages.DistinctBy(m => m.Message.Destination).ToDictionary(m => m.Message.Destination, m => m.Lease, StringComparer.Ordinal));

    public async ValueTask FailedAsync(LeasedMessage message, IReadOnlyList<LeasedMessage> before, DateTimeOffset? notBefore, string error, CancellationToken ct)
    {
        var row = new { position = message.Position, destination = message.Message.Destination, lease = message.Lease, attempt = (long)message.Attempt, error, at = notBefore is { } at ? Microseconds.ToUnix(at) : 0, now = Microseconds.ToUnix(system.GetUtcNow()) };
        await database.WriteAsync(async c =>
        {
            await DeleteAsync(c, before);
            if (notBefore is not null)
            {
                await c.ExecuteAsync("UPDATE outbox SET attempt = @attempt WHERE position = @position", row);
                return await c.ExecuteAsync("UPDATE outbox_lines SET state = 2, ready_at = @at, error = @error, failing_since = CASE failing_since WHEN 0 THEN @now ELSE failing_since END WHERE destination = @destination AND leased_position = @lease", row);
            }

            await c.ExecuteAsync("INSERT INTO outbox_dead SELECT position, tenant, id, destination, kind, payload, correlation_id, @attempt, @error FROM outbox WHERE position = @position", row);
            await c.ExecuteAsync("DELETE FROM outbox WHERE position = @position", row);
            return await MoveOnAsync(c, [(row.destination, row.lease, row.position)]);
        });
    }

    public async ValueTask<OutboxCounts> CountAsync(DateTimeOffset systemNow, CancellationToken ct)
    {
        var now = Microseconds.ToUnix(systemNow);
        var lines = await database.QueryAsync("SELECT CASE WHEN ready_at <= @now THEN 0 ELSE state END, COUNT(*) FROM outbox_lines GROUP BY 1",
            Arguments.Of(("now", now)), row => (State: row.GetInt64(0), Count: row.GetInt64(1)), ct);
        var dead = await database.QueryAsync("SELECT COUNT(*) FROM outbox_dead", null, row => row.GetInt64(0), ct);
        long Of(long state) => lines.Where(l => l.State == state).Sum(l => l.Count);
        return new OutboxCounts(Of(0), Of(Leased), Of(BackingOff), dead[0]);
    }

    public async ValueTask<IReadOnlyList<FailingLine>> FailingAsync(int max, CancellationToken ct) =>
        await database.QueryAsync(
            """
            SELECT l.destination, o.kind, o.attempt, l.failing_since, l.ready_at, l.error
              FROM outbox_lines l JOIN outbox o ON o.position = (SELECT m.position FROM outbox m WHERE m.destination = l.destination ORDER BY m.attempt DESC, m.position LIMIT 1)
             WHERE l.state = 2 OR l.failing_since > 0 ORDER BY l.failing_since, l.destination LIMIT @max
            """,
            Arguments.Of(("max", (long)max)),
            row => new FailingLine(row.GetString(0), row.GetString(1), (int)row.GetInt64(2), row.GetInt64(3) is > 0 and var since ? Microseconds.FromUnix(since) : null, Microseconds.FromUnix(row.GetInt64(4)), row.GetString(5)),
            ct);

    public async ValueTask<IReadOnlyList<MessagesWithoutLine>> WithoutLineAsync(int max, CancellationToken ct) =>
        await database.QueryAsync($"SELECT o.destination, COUNT(*), MIN(o.position) {OutboxLines.Without} ORDER BY 3 LIMIT @max", Arguments.Of(("max", (long)max)),
            row => new MessagesWithoutLine(row.GetString(0), row.GetInt64(1), row.GetInt64(2)), ct);

    public async ValueTask<int> RestoreLinesAsync(CancellationToken ct) => await database.WriteAsync(OutboxLines.MendAsync);

    public async ValueTask WaitAsync(OutboxLane lane, TimeSpan atMost, CancellationToken ct)
    {
        try
        {
            await _next[(int)lane].WaitAsync(atMost, ct);
        }
        catch (TimeoutException)
        {
            // Another process may have stored something: the caller looks.
        }

        // Taken before the caller looks: what is stored from here on ends the next wait.
        _next[(int)lane] = stored.Next;
    }

    /// <summary>
    /// A line goes only when no message hangs on it, be it one of the run that failed or a newer one. An append that adds one holds the line's row lock until it commits,
    /// and what follows the lock looks again: no message is left behind without a line.
    /// </summary>
    /// <param name="runs">With the lease, which is of no other destination, and the last message of each.</param>
    private async Task<int> MoveOnAsync(DbConnection c, IReadOnlyList<(string Destination, long Lease, long Last)> runs)
    {
        if (runs.Count == 0)
        {
            return 0;
        }

        var args = new { destinations = database.Dialect.List(runs.Select(r => r.Destination).Distinct(StringComparer.Ordinal)) };
        var leased = LeasedBy(runs.Select(r => r.Lease));
        await c.ExecuteAsync(_lock, args);
        return await c.ExecuteAsync($"DELETE FROM outbox_lines WHERE {leased} AND last_position IN ({string.Join(", ", runs.Select(r => r.Last))}) AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.destination = outbox_lines.destination)", args)
            + await c.ExecuteAsync($"UPDATE outbox_lines SET state = 0, ready_at = 0, failing_since = 0, error = '' WHERE {leased}", args);
    }

    private Task<int> GiveBackAsync(IReadOnlyDictionary<string, long> leases) => database.WriteAsync(async c =>
    {
        var args = new { destinations = database.Dialect.List(leases.Keys) };
        await c.ExecuteAsync(_lock, args);
        return await c.ExecuteAsync($"UPDATE outbox_lines SET state = 0, ready_at = 0 WHERE state = 1 AND {LeasedBy(leases.Values)}", args);
    });

    private string LeasedBy(IEnumerable<long> leases) => $"{database.Dialect.AnyOf("destination", "@destinations")} AND leased_position IN ({string.Join(", ", leases)})";

    private static async Task DeleteAsync(DbConnection c, IReadOnlyList<LeasedMessage> messages)
    {
        if (messages.Count > 0)
        {
            await c.ExecuteAsync($"DELETE FROM outbox WHERE position IN ({string.Join(", ", messages.Select(m => m.Position))})");
        }
    }

    private sealed record Line(long Position, string Destination);
}
