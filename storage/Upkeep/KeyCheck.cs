using System.Data.Common;
using OnlineSafetyTrust.Storage.Keys;
using OnlineSafetyTrust.Storage.Sql;

namespace OnlineSafetyTrust.Storage.Upkeep;

/// <summary>A lost key looks like an erased person: names would be missing, and nothing would say why.</summary>
internal static class KeyCheck
{
    private const int AtOnce = 1_000;

    public static async Task RunAsync(DbConnection connection, Dialect dialect, KeyStore keys, Problems problems, CancellationToken ct)
    {
        var owned = await connection.ListAsync(dialect, "SELECT key FROM key_owners", null, row => row.GetString(0));
        var lost = 0;
        foreach (var some in owned.Chunk(AtOnce))
        {
            lost += (await keys.UnknownAsync(some, ct)).Count;
        }

        if (lost > 0)
        {
            problems.Add($"{lost} keys that seal records are not in the key store and were not destroyed there: what they sealed cannot be read. Restore the key store's newest backup.");
        }
    }
}
