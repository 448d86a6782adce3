using System.Data.Common;
using Dapper;
using OnlineSafetyTrust.Storage.Pumps;
using OnlineSafetyTrust.Storage.Sql;

namespace OnlineSafetyTrust.Storage.Upkeep;

/// <summary>Looks on an unchanging picture, tenant by tenant, and mends what differs between two appends.</summary>
internal sealed class DerivedRebuilder(Store store) : IDerivedRebuilder
{
    /// <summary>So many streams may be folded, and so many rows written, while appends wait.</summary>
    private const int FewStreams = 20;
    private const int FewRows = 1000;

    /// <summary>The versions stand with those of the views, as if they were tables'.</summary>
    private const string MarkBuilt = "INSERT INTO view_tables VALUES (@what, @version) ON CONFLICT (name) DO UPDATE SET built = excluded.built";

    // The owner's key in the same statement: a number is not brought back that is being erased meanwhile.
    private const string AddLookup = """
        INSERT INTO lookups SELECT @tenant, @Kind, @digest, @Id, @Owner WHERE EXISTS (SELECT 1 FROM key_owners WHERE tenant = @tenant AND owner = @Owner AND key = @Key)
        ON CONFLICT (tenant, kind, digest, id) DO UPDATE SET owner = excluded.owner
        """;

    private const string RemoveLookup = "DELETE FROM lookups WHERE tenant = @tenant AND kind = @Kind AND digest = @digest AND id = @Id";

    private readonly Dialect _dialect = store.Database.Dialect;

    public Task<IAsyncDisposable> AloneAsync(CancellationToken ct) => store.Database.AloneAsync(ct);

    public async Task<DerivedRules> BuiltByAsync(CancellationToken ct)
    {
        var built = (await store.Database.QueryAsync("SELECT name, built FROM view_tables WHERE name IN ('due', 'counters')", null, row => (Name: row.GetString(0), Version: row.GetInt64(1)), ct))
            .ToDictionary(b => b.Name, b => b.Version);
        return new DerivedRules(built.GetValueOrDefault("due"), built.GetValueOrDefault("counters"));
    }

    public async Task<long> RebuildDueAsync(StreamFold fold, long version, Action<StreamKey, Exception> damaged, IProgress<RebuildProgress>? progress, CancellationToken ct)
    {
        var mended = 0L;
        await EachTenantAsync(fold, ["due"], d => d.DueAsync(), MendAsync, damaged, progress, ct, numbers: false);
        await store.Sequencer.RunAsync(c => c.ExecuteAsync(MarkBuilt, new { what = "due", version }));
        return mended;

        async Task MendAsync(string tenant, HashSet<string> unfolded, List<DamagedSnapshot> snapshots, List<DueDifference> due)
        {
            foreach (var streams in due.Select(d => d.Stream).Where(s => !unfolded.Contains(s)).Distinct(StringComparer.Ordinal).Chunk(FewStreams))
            {
                mended += await store.Sequencer.RunAsync(async c =>
                {
                    var changed = 0L;
                    foreach (var stream in streams)
                    {
                        changed += await MendDueAsync(c, fold, new StreamKey(TenantId.Parse(tenant), new StreamId(stream)));
                    }

                    return changed;
                });
            }
        }
    }

    public async Task<Mended> RebuildRestAsync(StreamFold fold, long version, Action<StreamKey, Exception> damaged, IProgress<RebuildProgress>? progress, CancellationToken ct)
    {
        var mended = new Mended(0, 0, 0, await store.Sequencer.RunAsync(OutboxLines.MendAsync));
        await EachTenantAsync(fold, ["counters", "lookups", "snapshots"], async d => (Counters: await d.CountersAsync(), Lookups: await d.LookupsAsync()), MendAsync, damaged, progress, ct);
        await store.Sequencer.RunAsync(c => c.ExecuteAsync(MarkBuilt, new { what = "counters", version }));
        return mended;

        async Task MendAsync(string tenant, HashSet<string> unfolded, List<DamagedSnapshot> snapshots, (List<CounterDifference> Counters, List<LookupDifference> Lookups) found)
        {
            // What follows from no event may follow from those of a stream that could not be folded.
            var counters = unfolded.Count == 0 ? found.Counters : [];
            await MendCountersAsync(tenant, counters);
            var lookups = found.Lookups.FindAll(l => l.Key is null ? unfolded.Count == 0 : l.Owner is not null);
            await MendLookupsAsync(tenant, lookups);
            await DiscardAsync(tenant, snapshots);
            mended = mended with
            {
                Counters = mended.Counters + counters.Count,
                Lookups = mended.Lookups + lookups.Count,
                Snapshots = mended.Snapshots + snapshots.Count,
            };
        }
    }

    private async Task EachTenantAsync<T>(
        StreamFold fold, IEnumerable<string> tables, Func<TenantDifferences, Task<T>> look, Func<string, HashSet<string>, List<DamagedSnapshot>, T, Task> mend,
        Action<StreamKey, Exception> damaged, IProgress<RebuildProgress>? progress, CancellationToken ct, bool numbers = true)
    {
        var (read, streams) = (0L, await store.Database.ReadStillAsync(c => Streams.CountAsync(c, _dialect), ct));
        foreach (var tenant in await store.Database.ReadStillAsync(c => Streams.TenantsAsync(c, _dialect, tables), ct))
        {
            var unfolded = new HashSet<string>(StringComparer.Ordinal);
            var (snapshots, found) = await store.Database.ReadStillAsync(
                async c =>
                {
                    var folded = new TenantFold(c, _dialect, store.Keyring, tenant);
                    await folded.RunAsync(fold, (_, _) => progress?.Report(new RebuildProgress(++read, streams)), PassOver, ct, numbers);
                    return (folded.Damaged, await look(new TenantDifferences(c, _dialect, folded)));
                },
                ct);
            await mend(tenant, unfolded, snapshots, found);

            void PassOver(StreamKey key, Exception error)
            {
                unfolded.Add(key.Stream.Value);
                damaged(key, error);
            }
        }
    }

    /// <summary>Inside a flush, with the head locked: folded again, so that an append since the picture counts.</summary>
    private async Task<long> MendDueAsync(DbConnection c, StreamFold fold, StreamKey key)
    {
        var (tenant, stream) = (key.Tenant.ToString(), key.Stream.Value);
        var events = await Streams.EventsAsync(c, _dialect, key);
        var missing = events.Count == 0 ? [] : fold(key, events, null).Due.ToDictionary(d => d.What, d => Microseconds.ToUnix(d.At));
        var gone = new List<object>();
        foreach (var (what, at) in await c.QueryAsync<(string What, long At)>("SELECT what, at FROM due WHERE tenant = @tenant AND stream = @stream", new { tenant, stream }))
        {
            if (missing.TryGetValue(what, out var expected) && expected == at)
            {
                missing.Remove(what);
            }
            else if (!missing.ContainsKey(what))
            {
                gone.Add(new { tenant, stream, what });
            }
        }

        await c.ExecuteAsync("DELETE FROM due WHERE tenant = @tenant AND stream = @stream AND what = @what", gone);
        if (missing.Count > 0)
        {
            var batch = new RowBatch(TableWrite.Due);
            foreach (var (what, at) in missing)
            {
                batch.Add(tenant).Add(stream).Add(what).Add(at).Add(DueShard.Of(tenant, stream)).Add(0L);
            }

            await c.RunAsync(batch);
        }

        return gone.Count + missing.Count;
    }

    /// <summary>Adds what was missing then: what appends have added since stays counted.</summary>
    private async Task MendCountersAsync(string tenant, List<CounterDifference> counters)
    {
        foreach (var few in counters.Chunk(FewRows))
        {
            var batch = new RowBatch(TableWrite.Counters);
            foreach (var counter in few)
            {
                batch.Add(tenant).Add(counter.Counter).Add(counter.Day).Add(counter.Dimensions).Add(counter.Expected - counter.Found);
            }

            await store.Sequencer.RunAsync(async c =>
            {
                await c.RunAsync(batch);
                return true;
            });
        }
    }

    private async Task MendLookupsAsync(string tenant, List<LookupDifference> lookups)
    {
        foreach (var few in lookups.Chunk(FewRows))
        {
            var rows = few.Select(l => new { tenant, l.Kind, digest = Convert.FromHexString(l.Digest), l.Id, l.Owner, l.Key }).ToArray();
            await store.Sequencer.RunAsync(async c =>
            {
                await c.ExecuteAsync(RemoveLookup, rows.Where(r => r.Key is null));
                return await c.ExecuteAsync(AddLookup, rows.Where(r => r.Key is not null));
            });
        }
    }

    /// <summary>Of this very version: a newer one may have taken its place.</summary>
    private async Task DiscardAsync(string tenant, List<DamagedSnapshot> damaged)
    {
        foreach (var few in damaged.Chunk(FewRows))
        {
            var rows = few.Select(s => new { tenant, s.Stream, s.Shape, s.Version });
            await store.Sequencer.RunAsync(c => c.ExecuteAsync("DELETE FROM snapshots WHERE tenant = @tenant AND stream = @Stream AND shape = @Shape AND version = @Version", rows));
        }
    }
}
