using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Storage.Upkeep;

namespace OnlineSafetyTrust.Silo.Hosting;

/// <summary>Rebuild and verification, told what each stream amounts to.</summary>
public sealed class StoreFolds(StreamModels models, IViewRebuilder views, IDerivedRebuilder derived, IStoreVerifier verifier)
{
    public Task<VerifyReport> VerifyAsync(CancellationToken ct) => verifier.VerifyAsync(Fold, ct);

    public Task RebuildAsync(ViewTable table, IProgress<RebuildProgress>? progress, CancellationToken ct) =>
        views.RebuildAsync(table, Fold, stream => models.Of(stream).Tables.Any(t => t.Name == table.Name), progress, ct);

    /// <returns>Deadlines that were put right.</returns>
    public Task<long> RebuildDueAsync(IProgress<RebuildProgress>? progress, CancellationToken ct) => derived.RebuildDueAsync(Fold, DueRules.Version, progress, ct);

    /// <summary>Counters, look-ups, snapshots and the outbox's lines.</summary>
    public Task<Mended> RebuildRestAsync(IProgress<RebuildProgress>? progress, CancellationToken ct) => derived.RebuildRestAsync(Fold, progress, ct);

    /// <summary>Builds what a new release brought and no run has built yet; nothing to do otherwise.</summary>
    public async Task BuildNewAsync(CancellationToken ct)
    {
        foreach (var table in await views.UnbuiltAsync(ct))
        {
            await RebuildAsync(table, null, ct);
        }

        if (await derived.DueVersionAsync(ct) != DueRules.Version)
        {
            await RebuildDueAsync(null, ct);
        }
    }

    private FoldedStream Fold(StreamKey key, IReadOnlyList<StoredEvent> events, StoredSnapshot? snapshot) => models.Of(key.Stream).Project(key, events, snapshot);
}
