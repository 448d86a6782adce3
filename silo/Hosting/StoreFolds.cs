using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Storage.Upkeep;

namespace OnlineSafetyTrust.Silo.Hosting;

/// <summary>Rebuild and verification, told what rows and deadlines each stream must have.</summary>
public sealed class StoreFolds(StreamModels models, IViewRebuilder rebuilder, IStoreVerifier verifier)
{
    public Task<VerifyReport> VerifyAsync(CancellationToken ct) =>
        verifier.VerifyAsync((key, events) => models.Of(key.Stream).Project(key, events).Rows, (key, events) => models.Of(key.Stream).Project(key, events).Due, ct);

    public Task RebuildAsync(ViewTable table, IProgress<RebuildProgress>? progress, CancellationToken ct) =>
        rebuilder.RebuildAsync(
            table,
            (key, events) => [.. models.Of(key.Stream).Project(key, events).Rows.Where(r => r.Table.Name == table.Name)],
            stream => models.Of(stream).Tables.Any(t => t.Name == table.Name),
            progress,
            ct);

    /// <summary>Builds what a new release brought and no run has built yet; nothing to do otherwise.</summary>
    public async Task BuildNewAsync(CancellationToken ct)
    {
        foreach (var table in await rebuilder.UnbuiltAsync(ct))
        {
            await RebuildAsync(table, null, ct);
        }
    }
}
