namespace OnlineSafetyTrust.Storage.Trends;

/// <summary>
/// Which cells of a table of counts are not shown (I2): those from 1 to 4, and as many others as it takes that no shown total gives one
/// away by subtraction. Axes: school, period, nature; the last nature is the total of the row, a cell like the others.
/// </summary>
internal static class Suppression
{
    /// <summary>What is counted less often than this is not told.</summary>
    public const int Smallest = 5;

    public static bool[,,] Hide(long[,,] counts)
    {
        var (schools, periods, natures) = (counts.GetLength(0), counts.GetLength(1), counts.GetLength(2));
        var hidden = new bool[schools, periods, natures];
        Each(schools, periods, natures, (s, p, n) => hidden[s, p, n] = counts[s, p, n] is > 0 and < Smallest);

        // A cell that is hidden for one line may be the only one hidden in another: until nothing changes.
        for (var changed = true; changed;)
        {
            changed = false;
            Each(schools, periods, 1, (s, p, _) => changed |= Guard(counts, hidden, [.. Enumerable.Range(0, natures).Select(n => (s, p, n))]));
            Each(1, periods, natures, (_, p, n) => changed |= Guard(counts, hidden, [.. Enumerable.Range(0, schools).Select(s => (s, p, n))]));
            Each(schools, 1, natures, (s, _, n) => changed |= Guard(counts, hidden, [.. Enumerable.Range(0, periods).Select(p => (s, p, n))]));
        }

        return hidden;
    }

    /// <summary>One hidden cell in a line follows from the line's sum: the next smallest joins it.</summary>
    private static bool Guard(long[,,] counts, bool[,,] hidden, (int S, int P, int N)[] line)
    {
        if (line.Length < 2 || line.Count(c => hidden[c.S, c.P, c.N]) != 1)
        {
            return false;
        }

        var (s, p, n) = line.Where(c => !hidden[c.S, c.P, c.N]).OrderBy(c => counts[c.S, c.P, c.N] == 0).ThenBy(c => counts[c.S, c.P, c.N]).First();
        hidden[s, p, n] = true;
        return true;
    }

    private static void Each(int schools, int periods, int natures, Action<int, int, int> visit)
    {
        for (var s = 0; s < schools; s++)
        {
            for (var p = 0; p < periods; p++)
            {
                for (var n = 0; n < natures; n++)
                {
                    visit(s, p, n);
                }
            }
        }
    }
}
