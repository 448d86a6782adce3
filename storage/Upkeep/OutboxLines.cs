using System.Data.Common;
using Dapper;
using OnlineSafetyTrust.Storage.Sql;

namespace OnlineSafetyTrust.Storage.Upkeep;

/// <summary>Whoever delivers looks at the lines only: a message without one waits for ever.</summary>
internal static class OutboxLines
{
    /// <summary>Of <c>outbox o</c>, by destination.</summary>
    public const string Without = "FROM outbox o WHERE NOT EXISTS (SELECT 1 FROM outbox_lines l WHERE l.destination = o.destination) GROUP BY o.destination";

    public static async Task CheckAsync(DbConnection connection, Dialect dialect, Problems problems)
    {
        foreach (var (destination, messages) in await connection.ListAsync(dialect, $"SELECT o.destination, COUNT(*) {Without} ORDER BY o.destination", null, row => (row.GetString(0), row.GetInt64(1))))
        {
            problems.Add(Sentences.OfOutbox(destination, messages));
        }
    }

    /// <returns>How many lines were missing.</returns>
    public static Task<int> MendAsync(DbConnection connection) =>
        connection.ExecuteAsync($"INSERT INTO outbox_lines (destination, last_position) SELECT o.destination, MAX(o.position) {Without} ON CONFLICT (destination) DO NOTHING");
}
