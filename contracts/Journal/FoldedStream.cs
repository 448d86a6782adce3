namespace OnlineSafetyTrust.Contracts.Journal;

/// <summary>All that a stream's events amount to: what its appends have stored beside them. Not what was sent.</summary>
/// <param name="Counters">Every addition, in the order of the events; the store keeps their sums per tenant.</param>
/// <param name="Lookups">Every number that was given, also those whose owner is erased.</param>
/// <param name="Snapshot">Of the snapshot that was handed in; without one, or with one of another shape: <see cref="SnapshotState.Fits"/>.</param>
public sealed record FoldedStream(
    IReadOnlyList<ViewRow> Rows, IReadOnlyList<DueRow> Due, IReadOnlyList<CounterDelta> Counters, IReadOnlyList<FoldedLookup> Lookups, SnapshotState Snapshot = SnapshotState.Fits);

/// <param name="Value">Sealed; its key says who owns the look-up.</param>
public sealed record FoldedLookup(string Kind, Personal<string> Value, string Id);

/// <param name="Version">Of the stream: the state after this event.</param>
public sealed record StoredSnapshot(string Shape, long Version, ReadOnlyMemory<byte> State);

public enum SnapshotState
{
    Fits,
    Unreadable,

    /// <summary>It is not the state that the events give.</summary>
    Differs,
}
