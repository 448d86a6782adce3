using System.Data.Common;
using OnlineSafetyTrust.Chaos.Stores;
using OnlineSafetyTrust.Chaos.Traffic;

namespace OnlineSafetyTrust.Chaos.Checking;

/// <summary>Reads the tables themselves, past the product's code: positions, versions, and each command's events.</summary>
internal static class StoreCheck
{
    private const string Positions = "SELECT (SELECT COUNT(*) FROM events), (SELECT COALESCE(MIN(position), 1) FROM events), (SELECT COALESCE(MAX(position), 0) FROM events), (SELECT position FROM head)";

    private const string BrokenStreams = """
        SELECT e.tenant, e.stream, e.events, e.oldest, e.newest, s.version FROM
            (SELECT tenant, stream, COUNT(*) AS events, MIN(version) AS oldest, MAX(version) AS newest FROM events GROUP BY tenant, stream) e
            LEFT JOIN streams s ON s.tenant = e.tenant AND s.stream = e.stream
         WHERE e.oldest <> 1 OR e.newest <> e.events OR s.version IS NULL OR s.version <> e.newest
        """;

    private const string Commands = """
        SELECT e.command_id, e.stream, COUNT(*), MIN(e.version), MAX(e.version), MAX(c.version) FROM events e
            LEFT JOIN commands c ON c.tenant = e.tenant AND c.actor = e.actor AND c.command_id = e.command_id AND c.stream = e.stream
         WHERE e.command_id IS NOT NULL AND e.actor <> 'system' GROUP BY e.tenant, e.actor, e.command_id, e.stream
        """;

    /// <returns>What is wrong; empty when all is well.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(StoreUnderTest store, Ledger ledger)
    {
        await using var connection = await store.OpenAsync();
        var problems = new List<string>();
        await foreach (var row in RowsAsync(connection, Positions))
        {
            if (row.GetInt64(1) != 1 || row.GetInt64(0) != row.GetInt64(2) || row.GetInt64(2) != row.GetInt64(3))
            {
                problems.Add($"Positions have a hole: {row.GetInt64(0)} events from {row.GetInt64(1)} to {row.GetInt64(2)}, head at {row.GetInt64(3)}.");
            }
        }

        await foreach (var row in RowsAsync(connection, BrokenStreams))
        {
            problems.Add($"Versions of {row.GetString(1)} have a hole: {row.GetInt64(2)} events from {row.GetInt64(3)} to {row.GetInt64(4)}, stream at {row.GetValue(5)}.");
        }

        await CheckCommandsAsync(connection, ledger, problems);
        return problems;
    }

    private static async Task CheckCommandsAsync(DbConnection connection, Ledger ledger, List<string> problems)
    {
        var stored = new Dictionary<Guid, (string Stream, long Events)>();
        await foreach (var row in RowsAsync(connection, Commands))
        {
            var (id, stream, events, oldest, newest) = (Guid.Parse(row.GetString(0)), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4));
            if (await row.IsDBNullAsync(5) || row.GetInt64(5) != newest || newest - oldest + 1 != events)
            {
                problems.Add($"Command {id} left {events} events in versions {oldest} to {newest} of {stream}, and its row says {row.GetValue(5)}: not once.");
            }

            if (!stored.TryAdd(id, (stream, events)))
            {
                problems.Add($"Command {id} left events in two streams, {stored[id].Stream} and {stream}.");
            }
        }

        foreach (var sent in ledger.All)
        {
            var found = stored.TryGetValue(sent.Command.Id, out var trace);
            if (sent.Acknowledged is not null && !found)
            {
                problems.Add($"LOST: {sent.Command.Mutation} {sent.Command.Id} was acknowledged and left no event.");
            }
            else if (found && sent.Command.Events is { } expected && trace.Events != expected)
            {
                problems.Add($"{sent.Command.Mutation} {sent.Command.Id} left {trace.Events} events instead of {expected}.");
            }
        }
    }

    private static async IAsyncEnumerable<DbDataReader> RowsAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
        {
            yield return row;
        }
    }
}
