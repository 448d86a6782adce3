namespace OnlineSafetyTrust.Storage.Reading;

/// <param name="Stream">The stream that wrote the row.</param>
/// <param name="Values">In the order of the table's columns: string, long or null.</param>
public sealed record Row<T>(string Id, StreamKey Stream, IReadOnlyList<object?> Values, T Body);

/// <param name="Columns">Columns without nulls; the id is the tie-breaker, in the first column's direction.</param>
public sealed record KeysetOrder(params IReadOnlyList<(string Column, bool Descending)> Columns);

/// <summary>Either <paramref name="First"/> (after a cursor) or <paramref name="Last"/> (before one).</summary>
public sealed record PageRequest(int? First = null, string? After = null, int? Last = null, string? Before = null);

/// <param name="Cursor">Opaque; carries sort keys only, so keys are never personal.</param>
public sealed record PageItem<T>(string Cursor, T Item);

public sealed record Page<T>(IReadOnlyList<PageItem<T>> Items, bool HasNext, bool HasPrevious);
