using System.Data.Common;
using Dapper;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage.Journal;
using OnlineSafetyTrust.Storage.Sql;

namespace OnlineSafetyTrust.Storage.Pumps;

/// <summary>Works on <c>outbox_lines</c>, one row per destination that has messages: its oldest message is the only one on its way.</summary>
internal sealed class OutboxStore(IDatabase database, FlushSignal stored) : IOutboxStore
{
    private const long Leased = 1;
    private const long BackingOff = 2;

    private const string Take = """
        UPDATE outbox SET attempt = attempt + 1 WHERE position = @Position
        RETURNING position AS Position, tenant AS Tenant, id AS Id, destination AS Destination, kind AS Kind, payload AS Payload, correlation_id AS CorrelationId, attempt AS Attempt
        """;

    private const string Lease = """
        UPDATE outbox_lines SET state = 1, ready_at = @lease,
               leased_position = COALESCE((SELECT MIN(o.position) FROM outbox o WHERE o.destination = @destination), last_position)
         WHERE destination = @destination
        RETURNING leased_position AS Position, destination AS Destination
        """;

    // Locked first, changed by a second statement: that one sees what the last holder of the lock committed, a combined one may not.
    private readonly string _ready = $"SELECT destination FROM outbox_lines WHERE ready_at <= @now ORDER BY ready_at, last_position LIMIT @max {database.Dialect.SkipLocked}";

    private Task _next = Task.CompletedTask;

    public async ValueTask<IReadOnlyList<LeasedMessage>> LeaseAsync(DateTimeOffset systemNow, DateTimeOffset leaseUntil, int max, CancellationToken ct)
    {
        var args = new { now = Microseconds.ToUnix(systemNow), lease = Microseconds.ToUnix(leaseUntil), max = (long)max };
        var any = await database.QueryAsync("SELECT 1 FROM outbox_lines WHERE ready_at <= @now LIMIT 1", Arguments.Of(("now", args.now)), _ => true, ct);
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
                if (await c.QuerySingleOrDefaultAsync<Message>(Take, line) is { } message)
                {
                    found.Add(message.ToLeased());
                }
                else
                {
                    // A line without a message: it goes.
                    await MoveOnAsync(c, line);
                }
            }

            return found;
        });
        messages.Sort((a, b) => a.Position.CompareTo(b.Position));
        return messages;
    }

    public async ValueTask DeliveredAsync(IReadOnlyList<LeasedMessage> messages, CancellationToken ct)
    {
        var rows = messages.OrderBy(m => m.Message.Destination, StringComparer.Ordinal).Select(m => new { position = m.Position, destination = m.Message.Destination }).ToArray();
        await database.WriteAsync(async c =>
        {
            foreach (var row in rows)
            {
                await c.ExecuteAsync("DELETE FROM outbox WHERE position = @position", row);
                await MoveOnAsync(c, row);
            }

            return true;
        });
    }

    public async ValueTask FailedAsync(LeasedMessage message, DateTimeOffset? notBefore, string error, CancellationToken ct)
    {
        var row = new { position = message.Position, destination = message.Message.Destination, error, at = notBefore is { } at ? Microseconds.ToUnix(at) : 0 };
        await database.WriteAsync(async c =>
        {
            if (notBefore is not null)
            {
                return await c.ExecuteAsync("UPDATE outbox_lines SET state = 2, ready_at = @at WHERE destination = @destination AND leased_position = @position", row);
            }

            await c.ExecuteAsync("INSERT INTO outbox_dead SELECT position, tenant, id, destination, kind, payload, correlation_id, attempt, @error FROM outbox WHERE position = @position", row);
            await c.ExecuteAsync("DELETE FROM outbox WHERE position = @position", row);
            return await MoveOnAsync(c, row);
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

    public async ValueTask WaitAsync(TimeSpan atMost, CancellationToken ct)
    {
        try
        {
            await _next.WaitAsync(atMost, ct);
        }
        catch (TimeoutException)
        {
            // Another process may have stored something: the caller looks.
        }

        // Taken before the caller looks: what is stored from here on ends the next wait.
        _next = stored.Next;
    }

    /// <summary>
    /// The line goes only when no newer message hangs on it. An append that adds one holds the line's row lock until it commits,
    /// and this statement then looks again: no message is left behind without a line.
    /// </summary>
    private static async Task<int> MoveOnAsync(DbConnection c, object row)
    {
        var gone = await c.ExecuteAsync("DELETE FROM outbox_lines WHERE destination = @destination AND leased_position = @position AND last_position <= @position", row);
        return gone > 0 ? gone : await c.ExecuteAsync("UPDATE outbox_lines SET state = 0, ready_at = 0 WHERE destination = @destination AND leased_position = @position", row);
    }

    private sealed record Line(long Position, string Destination);

    private sealed record Message(long Position, string Tenant, string Id, string Destination, string Kind, byte[] Payload, string CorrelationId, long Attempt)
    {
        public LeasedMessage ToLeased() => new(Position, TenantId.Parse(Tenant), new OutboxMessage(Guid.ParseExact(Id, "D"), Destination, Kind, Payload), (int)Attempt, Guid.ParseExact(CorrelationId, "D"));
    }
}
