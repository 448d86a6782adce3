using OnlineSafetyTrust.Contracts.Journal;

namespace OnlineSafetyTrust.Storage.Upkeep;

/// <summary>All that a stream's events amount to. The same as its appends stored.</summary>
/// <param name="snapshot">To be held against the state at its version; null: nothing to compare.</param>
public delegate FoldedStream StreamFold(StreamKey stream, IReadOnlyList<StoredEvent> events, StoredSnapshot? snapshot);

/// <param name="Streams">How many there were when it began.</param>
public sealed record RebuildProgress(long StreamsRead, long Streams);

/// <summary>Builds views again from the journal, beside the running ones.</summary>
public interface IViewRebuilder
{
    /// <summary>Tables that started empty beside a journal that was not: build them before anybody reads them.</summary>
    Task<IReadOnlyList<ViewTable>> UnbuiltAsync(CancellationToken ct);

    /// <summary>Builds the table anew while the old one serves, catches up, and swaps the two between two appends.</summary>
    /// <param name="concerns">Streams that write to this view; null: ask the fold about all.</param>
    /// <param name="damaged">Told of streams that cannot be folded: they keep the rows they have in this very table; a release's new one has none.</param>
    Task RebuildAsync(ViewTable table, StreamFold fold, Func<StreamId, bool>? concerns, Action<StreamKey, Exception> damaged, IProgress<RebuildProgress>? progress, CancellationToken ct);
}
