using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Storage.Upkeep;

namespace OnlineSafetyTrust.Silo.Hosting;

/// <summary>Rebuild and verification, told what each stream amounts to. A stream that cannot be folded is passed over and told of, once.</summary>
public sealed partial class StoreFolds(StreamModels models, IViewRebuilder views, IDerivedRebuilder derived, IStoreVerifier verifier, ILogger<StoreFolds> log)
{
    private static readonly DerivedRules Rules = new(DueRules.Version, CounterRules.Version);
    private readonly ConcurrentDictionary<StreamKey, string> _damaged = [];

    /// <summary>Streams that a rebuild passed over, and with what kind of failure.</summary>
    public IReadOnlyDictionary<StreamKey, string> Damaged => _damaged;

    public Task<VerifyReport> VerifyAsync(CancellationToken ct) => verifier.VerifyAsync(Fold, Rules, ct);

    public Task RebuildAsync(ViewTable table, IProgress<RebuildProgress>? progress, CancellationToken ct) =>
        views.RebuildAsync(table, Fold, stream => models.Of(stream).Tables.Any(t => t.Name == table.Name), PassOver, progress, ct);

    /// <returns>Deadlines that were put right.</returns>
    public Task<long> RebuildDueAsync(IProgress<RebuildProgress>? progress, CancellationToken ct) => derived.RebuildDueAsync(Fold, Rules.Due, PassOver, progress, ct);

    /// <summary>Counters, look-ups, snapshots and the outbox's lines.</summary>
    public Task<Mended> RebuildRestAsync(IProgress<RebuildProgress>? progress, CancellationToken ct) => derived.RebuildRestAsync(Fold, Rules.Counters, PassOver, progress, ct);

    /// <summary>Builds what a new release brought and no run has built yet; nothing to do otherwise.</summary>
    public async Task BuildNewAsync(CancellationToken ct)
    {
        if (!await AnythingNewAsync(ct))
        {
            return;
        }

        // Another process may have built it meanwhile.
        await using var alone = await AloneAsync(ct);
        foreach (var table in await views.UnbuiltAsync(ct))
        {
            await RebuildAsync(table, null, ct);
        }

        var built = await derived.BuiltByAsync(ct);
        if (built.Due != Rules.Due)
        {
            await RebuildDueAsync(null, ct);
        }

        if (built.Counters != Rules.Counters)
        {
            await RebuildRestAsync(null, ct);
        }
    }

    /// <summary>Waits until no other rebuild runs; ends with what it gives.</summary>
    public Task<IAsyncDisposable> AloneAsync(CancellationToken ct) => derived.AloneAsync(ct);

    private async Task<bool> AnythingNewAsync(CancellationToken ct) => (await views.UnbuiltAsync(ct)).Count > 0 || await derived.BuiltByAsync(ct) != Rules;

    private FoldedStream Fold(StreamKey key, IReadOnlyList<StoredEvent> events, StoredSnapshot? snapshot) => models.Of(key.Stream).Project(key, events, snapshot);

    private void PassOver(StreamKey key, Exception error)
    {
        // The message could hold personal data: only its type.
        if (_damaged.TryAdd(key, error.GetType().Name))
        {
            LogPassedOver(key, error.GetType().Name);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The events of {Stream} cannot be read ({Failure}): its deadlines are left as they are, and its rows except in tables that are new in this release; the others are built. './dev verify' says what is wrong.")]
    private partial void LogPassedOver(StreamKey stream, string failure);
}
