using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage.Sql;

namespace OnlineSafetyTrust.Storage.Reading;

/// <summary>Exact look-up of a number by its HMAC (<see cref="IKeyring.Digest"/>), within the reader's tenant.</summary>
public sealed class LookupReader
{
    private readonly IDatabase _database;

    internal LookupReader(IDatabase database) => _database = database;

    /// <returns>Ids of the records with this number; more than one where a school's data has doubles.</returns>
    public async Task<IReadOnlyList<string>> FindAsync(Reader who, string kind, ReadOnlyMemory<byte> digest, CancellationToken ct)
    {
        var ids = await _database.QueryAsync(new ReadScope(who.Tenant), "SELECT id FROM lookups WHERE tenant = @tenant AND kind = @kind AND digest = @digest ORDER BY id",
            Arguments.Of(("tenant", who.Tenant), ("kind", kind), ("digest", digest.ToArray())), row => row.GetString(0), ct);
        foreach (var id in ids)
        {
            who.Saw($"{kind}/{id}");
        }

        return ids;
    }
}
