namespace OnlineSafetyTrust.Storage.Trends;

/// <summary>
/// Cells, each counted, as rows of at least <see cref="Suppression.Smallest"/>: a row names as many dimensions as that allows. Every cell is in
/// one row. At each dimension those values are named that are no small number, and only if what is left over beside them is none either, so
/// that nothing small comes out by subtracting rows from each other or from their sum.
/// </summary>
internal static class Coarsening
{
    internal sealed record Cell(IReadOnlyList<string> Values, long Count);

    /// <param name="Values">Null: not told.</param>
    internal sealed record Row(IReadOnlyList<string?> Values, long Count);

    /// <param name="cells">All with the same dimensions, the one to be named first at the front.</param>
    /// <param name="mayName">Whether the value may be named after these.</param>
    /// <returns>Nothing when all together are a small number.</returns>
    public static IReadOnlyList<Row> Rows(IReadOnlyList<Cell> cells, Func<IReadOnlyList<string?>, string, bool> mayName)
    {
        var rows = new List<Row>();
        var counted = cells.Where(c => c.Count > 0).ToList();
        if (counted.Sum(c => c.Count) >= Suppression.Smallest)
        {
            Split(counted, [], mayName, rows);
        }

        return rows;
    }

    private static void Split(List<Cell> cells, IReadOnlyList<string?> named, Func<IReadOnlyList<string?>, string, bool> mayName, List<Row> rows)
    {
        if (named.Count == cells[0].Values.Count)
        {
            rows.Add(new Row(named, cells.Sum(c => c.Count)));
            return;
        }

        var groups = cells.GroupBy(c => c.Values[named.Count]).Select(g => (g.Key, Cells: g.ToList(), Count: g.Sum(c => c.Count))).OrderByDescending(g => g.Count).ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
        var told = groups.FindAll(g => g.Count >= Suppression.Smallest && mayName(named, g.Key));
        var rest = groups.Except(told).SelectMany(g => g.Cells).ToList();
        if (told.Count > 0 && rest.Sum(c => c.Count) is > 0 and < Suppression.Smallest)
        {
            rest.AddRange(told[^1].Cells);
            told.RemoveAt(told.Count - 1);
        }

        foreach (var group in told)
        {
            Split(group.Cells, [.. named, group.Key], mayName, rows);
        }

        if (rest.Count > 0)
        {
            Split(rest, [.. named, null], mayName, rows);
        }
    }
}
