using System.Data.Common;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Serialization;
using OnlineSafetyTrust.Storage.Keys;
using OnlineSafetyTrust.Storage.Sql;

namespace OnlineSafetyTrust.Storage.Upkeep;

internal sealed record DamagedSnapshot(string Stream, string Shape, long Version, SnapshotState State);

/// <summary>What one tenant's deadlines, counters and look-ups must be, and which of its snapshots are of no use. All of it in memory, until the next tenant.</summary>
internal sealed class TenantFold(DbConnection connection, Dialect dialect, IKeyring keyring, string tenant)
{
    private const string Snapshots = "SELECT stream, shape, version, state FROM snapshots WHERE tenant = @tenant AND stream > @after AND (@last = '' OR stream <= @last)";

    public Dictionary<(string Stream, string What), long> Due { get; } = [];

    public Dictionary<(string Counter, string Day, string Dimensions), long> Counters { get; } = [];

    /// <summary>The digest in hexadecimal; of each the key that its value is sealed with. Without those whose key was destroyed.</summary>
    public Dictionary<(string Kind, string Digest, string Id), string> Lookups { get; } = [];

    /// <summary>Look-ups of numbers whose keys were lost: nobody can say which digests they must have.</summary>
    public HashSet<(string Kind, string Id)> Unknown { get; } = [];

    public List<DamagedSnapshot> Damaged { get; } = [];

    public long SnapshotCount { get; private set; }

    public long StreamCount { get; private set; }

    public string Tenant => tenant;

    /// <summary>Folds all streams of the tenant, on the connection's one picture.</summary>
    /// <param name="each">Told of every stream.</param>
    /// <param name="damaged">Told of streams that cannot be folded.</param>
    /// <param name="numbers">Open the numbers of look-ups too, which needs their keys.</param>
    public async Task RunAsync(StreamFold fold, Action<StreamKey, FoldedStream> each, Action<StreamKey, Exception> damaged, CancellationToken ct, bool numbers = true)
    {
        for (var after = ""; ;)
        {
            ct.ThrowIfCancellationRequested();
            var page = await Streams.PageAfterAsync(connection, dialect, tenant, after);
            var last = page is [.., var newest] ? newest.Stream.Value : "";
            var snapshots = (await connection.ListAsync(dialect, Snapshots, Arguments.Of(("tenant", tenant), ("after", after), ("last", last)), ReadSnapshot)).ToDictionary(s => s.Stream, s => s.Snapshot, StringComparer.Ordinal);
            SnapshotCount += snapshots.Count;
            var found = new List<(StreamKey Stream, FoldedLookup Lookup)>();
            foreach (var key in page)
            {
                snapshots.Remove(key.Stream.Value, out var snapshot);
                var events = await Streams.EventsAsync(connection, dialect, key);
                Guarded(key, damaged, () =>
                {
                    var folded = fold(key, events, snapshot);
                    Add(key, folded, snapshot);
                    found.AddRange(folded.Lookups.Select(l => (key, l)));
                    each(key, folded);
                });
            }

            if (numbers)
            {
                await AddNumbersAsync(found, damaged, ct);
            }

            StreamCount += page.Count;
            // A snapshot of a stream without events would become its beginning.
            Damaged.AddRange(snapshots.Select(s => new DamagedSnapshot(s.Key, s.Value.Shape, s.Value.Version, SnapshotState.Differs)));
            if (page.Count == 0)
            {
                return;
            }

            after = last;
        }
    }

    private void Add(StreamKey key, FoldedStream folded, StoredSnapshot? snapshot)
    {
        foreach (var due in folded.Due)
        {
            Due[(key.Stream.Value, due.What)] = Microseconds.ToUnix(due.At);
        }

        foreach (var delta in folded.Counters)
        {
            var counter = (delta.Counter, delta.Day.ToString("yyyy-MM-dd"), delta.Dimensions);
            Counters[counter] = Counters.GetValueOrDefault(counter) + delta.By;
        }

        if (folded.Snapshot != SnapshotState.Fits)
        {
            Damaged.Add(new DamagedSnapshot(key.Stream.Value, snapshot!.Shape, snapshot.Version, folded.Snapshot));
        }
    }

    private async Task AddNumbersAsync(List<(StreamKey Stream, FoldedLookup Lookup)> numbers, Action<StreamKey, Exception> damaged, CancellationToken ct)
    {
        await keyring.FetchAsync([.. numbers.Select(n => n.Lookup.Value.Sealed!)], ct);
        foreach (var (stream, lookup) in numbers)
        {
            Guarded(stream, damaged, () =>
            {
                var number = keyring.OpenShown(stream, lookup.Value);
                if (Unreadable.Is(number))
                {
                    Unknown.Add((lookup.Kind, lookup.Id));
                }
                else if (number is not null && SealedText.TryKey(lookup.Value.Sealed!, out var key))
                {
                    Lookups[(lookup.Kind, Convert.ToHexString(keyring.DigestText(stream.Tenant, lookup.Kind, number)), lookup.Id)] = key;
                }
            });
        }
    }

    /// <summary>Damaged events break folds in any way.</summary>
    private static void Guarded(StreamKey key, Action<StreamKey, Exception> damaged, Action fold)
    {
        try
        {
            fold();
        }
        catch (Exception error)
        {
            damaged(key, error);
        }
    }

    private static (string Stream, StoredSnapshot Snapshot) ReadSnapshot(DbDataReader row) =>
        (row.GetString(0), new StoredSnapshot(row.GetString(1), row.GetInt64(2), row.GetFieldValue<byte[]>(3)));
}
