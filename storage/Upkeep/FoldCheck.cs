using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage.Reading;
using OnlineSafetyTrust.Storage.Sql;

namespace OnlineSafetyTrust.Storage.Upkeep;

/// <summary>What is derived must equal the fold of the events. Goes tenant by tenant and holds a digest per row of one tenant in memory: about 200 bytes each.</summary>
/// <param name="tables">Those that are built.</param>
/// <param name="due">Deadlines were built by the rules that the fold follows.</param>
/// <param name="counters">Counters were, too.</param>
internal sealed class FoldCheck(DbConnection connection, Dialect dialect, IReadOnlyList<ViewTable> tables, bool due, bool counters, IKeyring keyring, Problems problems)
{
    private readonly Dictionary<(string Table, string Id), string> _rows = [];
    private readonly HashSet<string> _tables = [.. tables.Select(t => t.TableName)];
    private readonly HashSet<string> _damaged = new(StringComparer.Ordinal);

    public DerivedCounts Counts { get; private set; } = new(0, 0, 0, 0, 0);

    public async Task RunAsync(StreamFold fold, CancellationToken ct)
    {
        var unopened = 0;
        foreach (var tenant in await Streams.TenantsAsync(connection, dialect, [.. tables.Select(t => t.TableName), "due", "counters", "lookups", "snapshots"]))
        {
            var folded = new TenantFold(connection, dialect, keyring, tenant);
            _rows.Clear();
            _damaged.Clear();
            await problems.OfAsync($"What is derived in {tenant}", async () =>
            {
                await folded.RunAsync(fold, AddRows, AddDamaged, ct);
                await CompareViewsAsync(tenant);
                await CompareAsync(folded);
            });
            unopened += folded.Unknown.Count;
        }

        if (unopened > 0)
        {
            problems.Add($"{unopened} look-ups cannot be compared: the keys of their numbers are lost. Restore the key store's newest backup.");
        }
    }

    private void AddDamaged(StreamKey key, Exception error)
    {
        _damaged.Add(key.Stream.Value);
        // The message could hold personal data: only its type.
        problems.Add($"The events of {key} cannot be read: {error.GetType().Name}.");
    }

    private void AddRows(StreamKey key, FoldedStream folded)
    {
        foreach (var row in folded.Rows.Where(r => _tables.Contains(r.Table.TableName)))
        {
            if (!_rows.TryAdd((row.Table.TableName, row.Id), Digest(key.Stream.Value, row.Values, row.Body.Span)))
            {
                problems.Add($"Row {row.Id} of {row.Table.TableName} in {key.Tenant} is written by two streams, one of them {key.Stream}.");
            }
        }
    }

    private async Task CompareViewsAsync(string tenant)
    {
        foreach (var table in tables)
        {
            var sql = $"SELECT tenant, id, stream, body{string.Concat(table.Columns.Select(c => $", {c.Name}"))} FROM {table.TableName} WHERE tenant = @tenant AND id > @id ORDER BY id LIMIT 1000";
            var id = "";
            while (await connection.ListAsync(dialect, sql, Arguments.Of(("tenant", tenant), ("id", id)), row => RawRow.Read(row, table)) is { Count: > 0 } page)
            {
                foreach (var row in page)
                {
                    Compare(table, row);
                }

                id = page[^1].Id;
            }
        }

        foreach (var (table, id) in _rows.Keys)
        {
            problems.Add($"Row {id} of {table} in {tenant} is missing. './dev rebuild' builds the view anew.");
        }
    }

    private void Compare(ViewTable table, RawRow row)
    {
        Counts = Counts with { ViewRows = Counts.ViewRows + 1 };
        if (_damaged.Contains(row.Stream))
        {
            return;
        }

        if (!_rows.Remove((table.TableName, row.Id), out var expected))
        {
            problems.Add($"Row {row.Id} of {table.TableName} in {row.Tenant} follows from no event. './dev rebuild' builds the view anew.");
        }
        else if (expected != Digest(row.Stream, row.Values, row.Body))
        {
            problems.Add($"Row {row.Id} of {table.TableName} in {row.Tenant} differs from what its events say. './dev rebuild' builds the view anew.");
        }
    }

    private async Task CompareAsync(TenantFold folded)
    {
        var differences = new TenantDifferences(connection, dialect, folded);
        var deadlines = due ? await differences.DueAsync() : [];
        foreach (var deadline in deadlines.Where(d => !_damaged.Contains(d.Stream)))
        {
            problems.Add(Sentences.Of(folded.Tenant, deadline));
        }

        var (counted, lookups) = (counters ? await differences.CountersAsync() : [], await differences.LookupsAsync());
        // Sums lack what a damaged stream gave, and the stream is a problem of its own.
        if (_damaged.Count == 0)
        {
            counted.ForEach(c => problems.Add(Sentences.Of(folded.Tenant, c)));
            lookups.ForEach(l => problems.Add(Sentences.Of(folded.Tenant, l)));
        }

        folded.Damaged.ForEach(s => problems.Add(Sentences.Of(folded.Tenant, s)));
        Counts = Counts with
        {
            DueRows = Counts.DueRows + differences.DueRows,
            Counters = Counts.Counters + differences.CounterRows,
            Lookups = Counts.Lookups + differences.LookupRows,
            Snapshots = Counts.Snapshots + folded.SnapshotCount,
        };
    }

    private static string Digest(string stream, IReadOnlyList<object?> values, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var value in values.Prepend(stream))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(value is null ? "\0null" : Convert.ToString(value, CultureInfo.InvariantCulture)!));
            hash.AppendData([0]);
        }

        hash.AppendData(body);
        return Convert.ToBase64String(hash.GetHashAndReset());
    }
}
