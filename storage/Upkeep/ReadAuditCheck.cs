using System.Data.Common;
using OnlineSafetyTrust.Storage.Sql;

namespace OnlineSafetyTrust.Storage.Upkeep;

/// <summary>Nobody takes an entry out of the read audit unseen (J1): positions have no holes, and the head knows how many there are. What an entry says, and of which records, is in no chain.</summary>
internal static class ReadAuditCheck
{
    private const string Counted = "SELECT (SELECT audit FROM head), COUNT(*), COALESCE(MAX(position), 0) FROM read_audit";

    private const string Orphans = "SELECT COUNT(*) FROM read_audit_records r WHERE NOT EXISTS (SELECT 1 FROM read_audit a WHERE a.position = r.position AND a.tenant = r.tenant)";

    public static async Task RunAsync(DbConnection connection, Dialect dialect, Problems problems)
    {
        var (head, count, last) = (await connection.ListAsync(dialect, Counted, null, row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)))).Single();
        if (count != head || last != head)
        {
            problems.Add($"The read audit has {count} entries, the last with position {last}, and the head says {head}. Entries were taken out or put in by hand: compare it with a backup.");
        }

        if ((await connection.ListAsync(dialect, Orphans, null, row => row.GetInt64(0))).Single() is > 0 and var orphans)
        {
            problems.Add($"{orphans} records in the read audit were read by nobody: the entries that say who are missing. Compare it with a backup.");
        }
    }
}
