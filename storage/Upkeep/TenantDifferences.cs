using System.Data.Common;
using OnlineSafetyTrust.Storage.Sql;

namespace OnlineSafetyTrust.Storage.Upkeep;

/// <summary>Times in microseconds. Null: not expected, or not there.</summary>
internal sealed record DueDifference(string Stream, string What, long? Expected, long? Found);

internal sealed record CounterDifference(string Counter, string Day, string Dimensions, long Expected, long Found);

/// <param name="Digest">In hexadecimal.</param>
/// <param name="Key">Seals the number; null: no event gave this number, or its owner is erased.</param>
/// <param name="Owner">Of the key; null: nobody knows.</param>
/// <param name="Found">False: the row is missing; true: it should not be there, or belongs to somebody else.</param>
internal sealed record LookupDifference(string Kind, string Digest, string Id, string? Key, string? Owner, bool Found);

/// <summary>Where what is stored of a tenant is not what its events say. What verifying reports and rebuilding mends.</summary>
internal sealed class TenantDifferences(DbConnection connection, Dialect dialect, TenantFold fold)
{
    public long DueRows { get; private set; }

    public long CounterRows { get; private set; }

    public long LookupRows { get; private set; }

    public async Task<List<DueDifference>> DueAsync()
    {
        var found = await ListAsync("SELECT stream, what, at FROM due WHERE tenant = @tenant", row => (Key: (row.GetString(0), row.GetString(1)), At: row.GetInt64(2)));
        DueRows = found.Count;
        var missing = new Dictionary<(string Stream, string What), long>(fold.Due);
        var differences = new List<DueDifference>();
        foreach (var ((stream, what), at) in found)
        {
            long? expected = missing.Remove((stream, what), out var due) ? due : null;
            if (expected != at)
            {
                differences.Add(new DueDifference(stream, what, expected, at));
            }
        }

        differences.AddRange(missing.Select(m => new DueDifference(m.Key.Stream, m.Key.What, m.Value, null)));
        return differences;
    }

    public async Task<List<CounterDifference>> CountersAsync()
    {
        var found = await ListAsync("SELECT counter, day, dimensions, total FROM counters WHERE tenant = @tenant", row => (Key: (row.GetString(0), row.GetString(1), row.GetString(2)), Total: row.GetInt64(3)));
        CounterRows = found.Count;
        var missing = new Dictionary<(string Counter, string Day, string Dimensions), long>(fold.Counters);
        var differences = new List<CounterDifference>();
        foreach (var (key, total) in found)
        {
            missing.Remove(key, out var expected);
            differences.Add(new CounterDifference(key.Item1, key.Item2, key.Item3, expected, total));
        }

        differences.AddRange(missing.Select(m => new CounterDifference(m.Key.Counter, m.Key.Day, m.Key.Dimensions, m.Value, 0)));
        // What was counted and taken back is as good as what was never counted.
        differences.RemoveAll(d => d.Expected == d.Found);
        return differences;
    }

    public async Task<List<LookupDifference>> LookupsAsync()
    {
        var found = await ListAsync("SELECT kind, digest, id, owner FROM lookups WHERE tenant = @tenant",
            row => (Key: (Kind: row.GetString(0), Digest: Convert.ToHexString(row.GetFieldValue<byte[]>(1)), Id: row.GetString(2)), Owner: row.GetString(3)));
        LookupRows = found.Count;
        var missing = new Dictionary<(string Kind, string Digest, string Id), string>(fold.Lookups);
        var owners = missing.Count == 0 ? [] : (await ListAsync("SELECT key, owner FROM key_owners WHERE tenant = @tenant", row => (Key: row.GetString(0), Owner: row.GetString(1))))
            .ToDictionary(o => o.Key, o => o.Owner, StringComparer.Ordinal);
        var differences = new List<LookupDifference>();
        foreach (var (row, owner) in found)
        {
            var sealing = missing.Remove(row, out var key) ? key : null;
            var expected = sealing is null ? null : owners.GetValueOrDefault(sealing);
            if (sealing is null ? !fold.Unknown.Contains((row.Kind, row.Id)) : expected != owner)
            {
                differences.Add(new LookupDifference(row.Kind, row.Digest, row.Id, sealing, expected, true));
            }
        }

        differences.AddRange(missing.Select(m => new LookupDifference(m.Key.Kind, m.Key.Digest, m.Key.Id, m.Value, owners.GetValueOrDefault(m.Value), false)));
        return differences;
    }

    private Task<List<T>> ListAsync<T>(string sql, Func<DbDataReader, T> map) => connection.ListAsync(dialect, sql, Arguments.Of(("tenant", fold.Tenant)), map);
}
