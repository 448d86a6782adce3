using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage.Sql;

namespace OnlineSafetyTrust.Storage.Journal;

/// <summary>
/// Rows of one flush. Where several appends of a flush write one row, the last one counts: PostgreSQL refuses to touch a row twice in one statement.
/// </summary>
internal sealed class FlushRows
{
    private readonly Dictionary<TableWrite, RowBatch> _batches = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(string Table, string Tenant, string Id), (AppendWork Work, ViewTable Table, ViewRow? Row)> _views = [];
    private readonly Dictionary<(string Tenant, string Stream, string What), long?> _due = [];
    private readonly SortedDictionary<(string Tenant, string Counter, string Day, string Dimensions), long> _counters = new(ByBytes.Instance);
    private readonly Dictionary<(string Tenant, string Kind, string Digest, string Id), (byte[] Digest, string? Owner)> _lookups = [];
    private readonly Dictionary<(string Tenant, string Stream), (Snapshot Snapshot, long Version)> _snapshots = [];

    public Dictionary<(string Tenant, string Stream), StreamHead> Streams { get; } = [];

    /// <summary>Newest message per destination, in an order all processes share: no deadlocks.</summary>
    public SortedDictionary<string, long> Lines { get; } = new(StringComparer.Ordinal);

    public bool Any => _batches.Count + _views.Count + _due.Count + _counters.Count + _lookups.Count + _snapshots.Count > 0;

    public RowBatch Batch(TableWrite table)
    {
        if (!_batches.TryGetValue(table, out var batch))
        {
            _batches[table] = batch = new RowBatch(table);
        }

        return batch;
    }

    public void Add(AppendWork work, long version)
    {
        var append = work.Append;
        foreach (var gone in append.GoneRows)
        {
            _views[(gone.Table.TableName, work.Tenant, gone.Id)] = (work, gone.Table, null);
        }

        foreach (var row in append.Rows)
        {
            _views[(row.Table.TableName, work.Tenant, row.Id)] = (work, row.Table, row);
        }

        foreach (var what in append.GoneDue)
        {
            _due[(work.Tenant, work.Stream, what)] = null;
        }

        foreach (var due in append.Due)
        {
            _due[(work.Tenant, work.Stream, due.What)] = Microseconds.ToUnix(due.At);
        }

        foreach (var delta in append.Counters)
        {
            var key = (work.Tenant, delta.Counter, delta.Day.ToString("yyyy-MM-dd"), delta.Dimensions);
            _counters[key] = _counters.GetValueOrDefault(key) + delta.By;
        }

        foreach (var gone in append.GoneLookups)
        {
            AddLookup(work.Tenant, gone, null);
        }

        foreach (var lookup in append.Lookups)
        {
            AddLookup(work.Tenant, lookup, lookup.Owner.Value);
        }

        foreach (var key in append.Keys)
        {
            Batch(TableWrite.KeyOwners).Add(work.Tenant).Add(key.Owner.Value).Add(Keys.SealedText.KeyText(key.Key));
        }

        if (append.Snapshot is { } snapshot)
        {
            _snapshots[(work.Tenant, work.Stream)] = (snapshot, version);
        }
    }

    public IEnumerable<RowBatch> Batches()
    {
        foreach (var ((tenant, stream), head) in Streams)
        {
            Batch(TableWrite.Streams).Add(tenant).Add(stream).Add(head.Version).Add(head.LastHash);
        }

        foreach (var ((tenant, stream), (snapshot, version)) in _snapshots)
        {
            Batch(TableWrite.Snapshots).Add(tenant).Add(stream).Add(snapshot.Shape).Add(version).Add(FlushPlan.Exact(snapshot.State));
        }

        foreach (var ((tenant, stream, what), at) in _due)
        {
            if (at is null)
            {
                Batch(TableWrite.GoneDue).Add(tenant).Add(stream).Add(what);
            }
            else
            {
                Batch(TableWrite.Due).Add(tenant).Add(stream).Add(what).Add(at).Add(Pumps.DueShard.Of(tenant, stream)).Add(0L);
            }
        }

        foreach (var ((tenant, counter, day, dimensions), by) in _counters)
        {
            Batch(TableWrite.Counters).Add(tenant).Add(counter).Add(day).Add(dimensions).Add(by);
        }

        foreach (var (destination, position) in Lines)
        {
            Batch(TableWrite.OutboxLines).Add(destination).Add(position);
        }

        // Batches run in the order in which they were begun: what takes every number of an id away comes before its new one.
        foreach (var ((tenant, kind, _, id), _) in _lookups.Where(l => IsUnread(l.Value)))
        {
            Batch(TableWrite.GoneUnread).Add(tenant).Add(kind).Add(id);
        }

        foreach (var ((tenant, kind, _, id), (digest, owner)) in _lookups.Where(l => !IsUnread(l.Value)))
        {
            var batch = Batch(owner is null ? TableWrite.GoneLookups : TableWrite.Lookups).Add(tenant).Add(kind).Add(digest).Add(id);
            if (owner is not null)
            {
                batch.Add(owner);
            }
        }

        AddViews();
        return _batches.Values;
    }

    private static bool IsUnread((byte[] Digest, string? Owner) lookup) => lookup.Owner is null && lookup.Digest.Length == 0;

    private void AddViews()
    {
        foreach (var ((_, tenant, id), (work, table, row)) in _views)
        {
            if (row is null)
            {
                Batch(ViewWrites.Delete(table)).Add(tenant).Add(id);
                continue;
            }

            ViewWrites.Fill(Batch(ViewWrites.Upsert(table)), tenant, work.Stream, row);
        }
    }

    private void AddLookup(string tenant, LookupRow row, string? owner) =>
        _lookups[(tenant, row.Kind, Convert.ToHexString(row.Digest.Span), row.Id)] = (FlushPlan.Exact(row.Digest), owner);

    private sealed class ByBytes : IComparer<(string, string, string, string)>
    {
        public static readonly ByBytes Instance = new();

        public int Compare((string, string, string, string) x, (string, string, string, string) y)
        {
            var order = string.CompareOrdinal(x.Item1, y.Item1);
            order = order != 0 ? order : string.CompareOrdinal(x.Item2, y.Item2);
            order = order != 0 ? order : string.CompareOrdinal(x.Item3, y.Item3);
            return order != 0 ? order : string.CompareOrdinal(x.Item4, y.Item4);
        }
    }
}
