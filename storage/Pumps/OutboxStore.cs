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

    private static readonly string Take = $"""
        SELECT position AS Position, tenant AS Tenant, id AS Id, destination AS Destination, kind AS Kind, payload AS Payload, correlation_id AS CorrelationId, attempt AS Attempt
          FROM outbox WHERE destination = @Destination AND position >= @Position ORDER BY position LIMIT {IOutboxStore.LongestRun}
        """;

    private const string Lease = """
        UPDATE outbox_lines SET state = 1, ready_at = @lease,
               leased_position = COALESCE((SELECT MIN(o.position) FROM outbox o WHERE o.destination = @destination), last_position)
         WHERE destination = @destination
        RETURNING leased_position AS Position, destination AS Destination
        """;

    // Locked first, changed by a second statement: that one sees what the last holder of the lock committed, a combined one may not.
    private readonly string _ready = $"SELECT destination FROM outbox_lines WHERE {InLane} ORDER BY ready_at, last_position LIMIT @max {database.Dialect.SkipLocked}";

    private readonly Task[] _next = [Task.CompletedTask, Task.CompletedTask];

    public async ValueTask<IReadOnlyList<LeasedMessage>> LeaseAsync(OutboxLane lane, DateTimeOffset systemNow, DateTimeOffset leaseUntil, int max, CancellationToken ct)
    {
        var args = new { lane = (long)lane, now = Microseconds.ToUnix(systemNow), lease = Microseconds.ToUnix(leaseUntil), max = (long)max };
        var any = await database.QueryAsync($"SELECT 1 FROM outbox_lines WHERE {InLane} LIMIT 1", Arguments.Of(("lane", args.lane), ("now", args.now)), _ => true, ct);
        if (any.Count == 0)
        {
            return [];
        }

        var messages = await database.WriteAsync(async c =>
        {
            var found = new List<LeasedMessage>();
            foreach (var destination in await c.QueryAsync<string>(_ready, args))
            {
                var line = await c.QuerySingleAsync<Line>(Lease, new { args.lease, destination });
                var run = (await c.QueryAsync<Message>(Take, line)).AsList();
                found.AddRange(run.Select(m => m.ToLeased(line.Position)));
                if (run.Count == 0)
                {
                    // A line without a message: it goes.
                    await MoveOnAsync(c, destination, line.Position, line.Position);
                }
            }

            return found;
        });
        messages.Sort((a, b) => a.Position.CompareTo(b.Position));
        return messages;
    }

    public async ValueTask DeliveredAsync(IReadOnlyList<LeasedMessage> messages, CancellationToken ct)
    {
        var runs = messages.GroupBy(m => (m.Message.Destination, m.Lease)).OrderBy(r => r.Key.Destination, StringComparer.Ordinal).ToArray();
        await database.WriteAsync(async c =>
        {
            // Before any line is locked: a flush that adds to one of these destinations waits for its line with the head locked.
            await DeleteAsync(c, messages);
            foreach (var run in runs)
            {
                await MoveOnAsync(c, run.Key.Destination, run.Key.Lease, run.Max(m => m.Position));
            }

            return true;
        });
    }

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
            return await MoveOnAsync(c, row.destination, row.lease, row.position);
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
    /// The line goes only when no message hangs on it, be it one of the run that failed or a newer one. An append that adds one holds the line's row lock until it commits,
    /// and this statement then looks again: no message is left behind without a line.
    /// </summary>
    private static async Task<int> MoveOnAsync(DbConnection c, string destination, long lease, long position)
    {
        var row = new { destination, lease, position };
        var gone = await c.ExecuteAsync("DELETE FROM outbox_lines WHERE destination = @destination AND leased_position = @lease AND last_position <= @position AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.destination = @destination)", row);
        return gone > 0 ? gone : await c.ExecuteAsync("UPDATE outbox_lines SET state = 0, ready_at = 0, failing_since = 0, error = '' WHERE destination = @destination AND leased_position = @lease", row);
    }

    private static async Task DeleteAsync(DbConnection c, IReadOnlyList<LeasedMessage> messages)
    {
        if (messages.Count > 0)
        {
            await c.ExecuteAsync($"DELETE FROM outbox WHERE position IN ({string.Join(", ", messages.Select(m => m.Position))})");
        }
    }

    private sealed record Line(long Position, string Destination);

    private sealed record Message(long Position, string Tenant, string Id, string Destination, string Kind, byte[] Payload, string CorrelationId, long Attempt)
    {
        public LeasedMessage ToLeased(long lease) => new(Position, TenantId.Parse(Tenant), new OutboxMessage(Guid.ParseExact(Id, "D"), Destination, Kind, Payload), (int)Attempt + 1, Guid.ParseExact(CorrelationId, "D"), lease);
    }
}
