using System.Data.Common;
using OnlineSafetyTrust.Storage.Keys;
using OnlineSafetyTrust.Storage.Sql;

namespace OnlineSafetyTrust.Storage.Upkeep;

/// <summary>A lost key looks like an erased person: names would be missing, and nothing would say why. What views hold, events hold too.</summary>
internal sealed class KeyCheck(DbConnection connection, Dialect dialect, KeyStore keys, Problems problems)
{
    private const int AtOnce = 1_000;
    private const int Named = 10;

    /// <param name="sealing">Keys that the journal's events are sealed with, each with a stream that needs it.</param>
    public async Task RunAsync(IReadOnlyDictionary<string, string> sealing, CancellationToken ct)
    {
        var needed = new Dictionary<string, string>(sealing, StringComparer.Ordinal);
        var owned = await connection.ListAsync(dialect, "SELECT key, tenant, owner FROM key_owners", null, row => (Key: row.GetString(0), Owner: $"{row.GetString(1)}/{row.GetString(2)}"));
        owned.ForEach(o => needed[o.Key] = o.Owner);
        var lost = new List<string>();
        foreach (var some in needed.Keys.Chunk(AtOnce))
        {
            lost.AddRange(await keys.UnknownAsync(some, ct));
        }

        Add(lost, needed, "keys that seal records are not in the key store or do not open, and were not destroyed there: what they sealed cannot be read. Restore the key store's newest backup. They belong to");
        var ownerless = new List<string>();
        foreach (var some in sealing.Keys.Except(owned.Select(o => o.Key)).Chunk(AtOnce))
        {
            ownerless.AddRange((await keys.FetchAsync(some, ct)).Keys);
        }

        Add(ownerless, needed, "keys that seal records would stay when their owners are erased: key_owners does not say whose they are. Restore that table from a backup. They seal");
        if (await keys.CountOthersAsync(ct) is > 0 and var others)
        {
            problems.Add($"{others} keys in the key store are wrapped with another master key than the rest. {KeyStore.CompleteRotation}");
        }

        foreach (var secret in await keys.DamagedSecretsAsync(ct))
        {
            problems.Add($"The secret '{secret}' in the key store does not open. Restore the key store's newest backup.");
        }
    }

    private void Add(List<string> some, Dictionary<string, string> needed, string says)
    {
        if (some.Count > 0)
        {
            var whose = some.Select(k => needed[k]).Distinct().Order(StringComparer.Ordinal).ToList();
            problems.Add($"{some.Count} {says} {string.Join(", ", whose.Take(Named))}{(whose.Count > Named ? $" and {whose.Count - Named} more" : "")}.");
        }
    }
}
