using System.Data.Common;
using Dapper;
using OnlineSafetyTrust.Storage.Sql;

namespace OnlineSafetyTrust.Storage.Process;

public sealed record ReminderRow(string Grain, string Name, DateTimeOffset NextAt, DateTimeOffset StartAt, TimeSpan Period, string ETag);

/// <summary>Reminders of the embedded host. What is due is found by an index on the next time.</summary>
public sealed class Reminders
{
    private const string Columns = "SELECT grain, name, next_at, start_at, period, etag FROM reminders";

    private readonly IDatabase _database;

    internal Reminders(IDatabase database) => _database = database;

    public async Task<IReadOnlyList<ReminderRow>> OfAsync(string grain, CancellationToken ct) =>
        await _database.QueryAsync($"{Columns} WHERE grain = @grain ORDER BY name", Arguments.Of(("grain", grain)), Read, ct);

    public async Task<ReminderRow?> FindAsync(string grain, string name, CancellationToken ct)
    {
        var found = await _database.QueryAsync($"{Columns} WHERE grain = @grain AND name = @name", Arguments.Of(("grain", grain), ("name", name)), Read, ct);
        return found.Count == 0 ? null : found[0];
    }

    public async Task<IReadOnlyList<ReminderRow>> DueAsync(DateTimeOffset now, int max, CancellationToken ct) =>
        await _database.QueryAsync($"{Columns} WHERE next_at <= @now ORDER BY next_at LIMIT @max", Arguments.Of(("now", now), ("max", max)), Read, ct);

    public async Task<DateTimeOffset?> NextAsync(CancellationToken ct)
    {
        var next = await _database.QueryAsync("SELECT MIN(next_at) FROM reminders", null, row => row.IsDBNull(0) ? (long?)null : row.GetInt64(0), ct);
        return next[0] is { } at ? Microseconds.FromUnix(at) : null;
    }

    /// <summary>Adds or replaces, whatever the etag.</summary>
    /// <returns>The new etag.</returns>
    public async Task<string> UpsertAsync(ReminderRow reminder)
    {
        var row = Row(reminder, Guid.NewGuid().ToString("N"));
        await _database.WriteAsync(c => c.ExecuteAsync(
            """
            INSERT INTO reminders VALUES (@Grain, @Name, @NextAt, @StartAt, @Period, @Next)
            ON CONFLICT (grain, name) DO UPDATE SET next_at = excluded.next_at, start_at = excluded.start_at, period = excluded.period, etag = excluded.etag
            """,
            row));
        return row.Next;
    }

    /// <summary>Moves a reminder to its next time, unless it was changed meanwhile.</summary>
    /// <returns>The new etag, or null.</returns>
    public async Task<string?> MoveAsync(ReminderRow reminder, DateTimeOffset nextAt)
    {
        var row = Row(reminder with { NextAt = nextAt }, Guid.NewGuid().ToString("N"));
        var moved = await _database.WriteAsync(c => c.ExecuteAsync("UPDATE reminders SET next_at = @NextAt, etag = @Next WHERE grain = @Grain AND name = @Name AND etag = @Etag", row));
        return moved == 1 ? row.Next : null;
    }

    public async Task<bool> RemoveAsync(string grain, string name, string etag) =>
        await _database.WriteAsync(c => c.ExecuteAsync("DELETE FROM reminders WHERE grain = @grain AND name = @name AND etag = @etag", new { grain, name, etag })) == 1;

    private static Stored Row(ReminderRow r, string next) =>
        new(r.Grain, r.Name, Microseconds.ToUnix(r.NextAt), Microseconds.ToUnix(r.StartAt), r.Period.Ticks / TimeSpan.TicksPerMicrosecond, r.ETag, next);

    private static ReminderRow Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), Microseconds.FromUnix(row.GetInt64(2)), Microseconds.FromUnix(row.GetInt64(3)), TimeSpan.FromTicks(row.GetInt64(4) * TimeSpan.TicksPerMicrosecond), row.GetString(5));

    private sealed record Stored(string Grain, string Name, long NextAt, long StartAt, long Period, string Etag, string Next);
}
