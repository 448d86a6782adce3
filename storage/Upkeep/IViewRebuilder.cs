using OnlineSafetyTrust.Contracts.Journal;

namespace OnlineSafetyTrust.Storage.Upkeep;

/// <summary>All rows, of any view, that a stream's events amount to. The same rows that its appends wrote.</summary>
public delegate IReadOnlyList<ViewRow> ViewFold(StreamKey stream, IReadOnlyList<StoredEvent> events);

/// <summary>All deadlines that a stream's events leave open.</summary>
public delegate IReadOnlyList<DueRow> DueFold(StreamKey stream, IReadOnlyList<StoredEvent> events);

/// <param name="Position">Up to which place in the journal the new table has caught up.</param>
public sealed record RebuildProgress(long StreamsRead, long Position);

/// <summary>Builds views again from the journal, beside the running ones.</summary>
public interface IViewRebuilder
{
    /// <summary>Tables that started empty beside a journal that was not: build them before anybody reads them.</summary>
    Task<IReadOnlyList<ViewTable>> UnbuiltAsync(CancellationToken ct);

    /// <summary>Builds the table anew while the old one serves, catches up, and swaps the two between two appends.</summary>
    /// <param name="concerns">Streams that write to this view; null: ask the fold about all.</param>
    Task RebuildAsync(ViewTable table, ViewFold fold, Func<StreamId, bool>? concerns, IProgress<RebuildProgress>? progress, CancellationToken ct);
}
