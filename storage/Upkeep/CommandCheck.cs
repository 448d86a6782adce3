using System.Data.Common;
using OnlineSafetyTrust.Storage.Sql;

namespace OnlineSafetyTrust.Storage.Upkeep;

/// <summary>A command row without its events would answer a retry with something that never happened.</summary>
internal static class CommandCheck
{
    private const string Orphans = """
        SELECT c.tenant, c.stream, c.command_id, c.version FROM commands c
         WHERE c.version > 0 AND NOT EXISTS (SELECT 1 FROM events e WHERE e.tenant = c.tenant AND e.stream = c.stream AND e.version = c.version)
        """;

    public static async Task RunAsync(DbConnection connection, Dialect dialect, Problems problems)
    {
        foreach (var orphan in await connection.ListAsync(dialect, Orphans, null, row => $"Command {row.GetString(2)} says that it made version {row.GetInt64(3)} of {row.GetString(0)}/{row.GetString(1)}, which is not in the journal."))
        {
            problems.Add(orphan);
        }
    }
}
