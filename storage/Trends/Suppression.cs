namespace OnlineSafetyTrust.Storage.Trends;

/// <summary>
/// Which cells of a table of counts are not shown (I2): those from 1 to 4, and as many others as it takes that nobody works one of them out from what is shown. Axes: school,
/// period, nature; the last nature is the sum of its row, and the last of several periods the sum of its column, cells like the others.
/// </summary>
/// <remarks>
/// Who reads the table knows that a row's parts make its sum, that no count is below zero, and that a zero is shown where it can be. What follows from that for each
/// hidden cell, line by line until nothing more follows, is worked out here as they would: each could be any of <see cref="Smallest"/> numbers.
/// </remarks>
internal static class Suppression
{
    /// <summary>What is counted less often than this is not told.</summary>
    public const int Smallest = 5;

    public static bool[,,] Hide(long[,,] counts)
    {
        var (schools, periods, natures) = (counts.GetLength(0), counts.GetLength(1), counts.GetLength(2));
        var hidden = new bool[schools, periods, natures];
        foreach (var (s, p, n) in Cells(schools, periods, natures))
        {
            hidden[s, p, n] = counts[s, p, n] is > 0 and < Smallest;
        }

        // What is hidden for one school may be the only one that is hidden among the schools: until nothing changes.
        for (var changed = true; changed;)
        {
            changed = false;
            for (var s = 0; s < schools; s++)
            {
                var table = new SchoolTable(counts, hidden, s);
                while (table.HideOneMore())
                {
                    changed = true;
                }
            }

            foreach (var (_, p, n) in Cells(1, periods, natures))
            {
                var line = Enumerable.Range(0, schools).ToLookup(s => hidden[s, p, n]);
                if (schools > 1 && line[true].Count() == 1)
                {
                    hidden[line[false].OrderBy(s => counts[s, p, n] == 0).ThenBy(s => counts[s, p, n]).First(), p, n] = true;
                    changed = true;
                }
            }
        }

        return hidden;
    }

    private static IEnumerable<(int S, int P, int N)> Cells(int schools, int periods, int natures) =>
        from s in Enumerable.Range(0, schools) from p in Enumerable.Range(0, periods) from n in Enumerable.Range(0, natures) select (s, p, n);

    /// <summary>One school's table as its reader sees it.</summary>
    private sealed class SchoolTable
    {
        private const long Unbounded = long.MaxValue / 1_000_000;
        private readonly long[] _counts;
        private readonly Action<int> _hide;
        private readonly Func<int, bool> _isHidden;
        private readonly long[] _least;
        private readonly long[] _most;

        /// <summary>Parts, and their sum as the last.</summary>
        private readonly int[][] _lines;

        public SchoolTable(long[,,] counts, bool[,,] hidden, int school)
        {
            var (periods, natures) = (counts.GetLength(1), counts.GetLength(2));
            _counts = [.. Cells(1, periods, natures).Select(c => counts[school, c.P, c.N])];
            _isHidden = at => hidden[school, at / natures, at % natures];
            _hide = at => hidden[school, at / natures, at % natures] = true;
            (_least, _most) = (new long[_counts.Length], new long[_counts.Length]);
            _lines =
            [
                .. Enumerable.Range(0, natures > 1 ? periods : 0).Select(p => Enumerable.Range(0, natures).Select(n => (p * natures) + n).ToArray()),
                .. Enumerable.Range(0, periods > 1 ? natures : 0).Select(n => Enumerable.Range(0, periods).Select(p => (p * natures) + n).ToArray()),
            ];
        }

        /// <summary>False: nothing that is hidden can be worked out.</summary>
        public bool HideOneMore()
        {
            // Line by line first: of a line that tells its own, its next smallest is the right one to go.
            if (_lines.FirstOrDefault(TellsItsOwn) is { } line)
            {
                _hide(Next(line)!.Value);
                return true;
            }

            WorkOut();
            foreach (var at in Enumerable.Range(0, _counts.Length).Where(at => _isHidden(at) && _most[at] - _least[at] < Smallest - 1))
            {
                // In the line that tells most of it.
                if (_lines.Where(l => l.Contains(at)).OrderBy(l => Told(l, at)).Select(Next).FirstOrDefault(c => c is not null) is { } more)
                {
                    _hide(more);
                    return true;
                }
            }

            return false;
        }

        /// <summary>What it adds up to leaves its hidden cells no room, whatever the other lines say.</summary>
        private bool TellsItsOwn(int[] line)
        {
            var parts = line.Where(c => c != line[^1] && _isHidden(c)).ToList();
            return Next(line) is not null && (_isHidden(line[^1])
                ? parts.Count == 0
                : parts.Count == 1 || (parts.Count > 1 && parts.Sum(c => _counts[c]) - parts.Count(c => _counts[c] > 0) < Smallest - 1));
        }

        /// <summary>The next smallest that is shown; zeros last.</summary>
        private int? Next(int[] line) => line.Where(c => !_isHidden(c)).OrderBy(c => _counts[c] == 0).ThenBy(c => _counts[c]).Select(c => (int?)c).FirstOrDefault();

        private void WorkOut()
        {
            for (var at = 0; at < _counts.Length; at++)
            {
                (_least[at], _most[at]) = !_isHidden(at) ? (_counts[at], _counts[at]) : (_counts[at] == 0 ? 0 : 1, Unbounded);
            }

            for (var changed = true; changed;)
            {
                changed = false;
                foreach (var line in _lines)
                {
                    foreach (var at in line.Where(_isHidden))
                    {
                        var (least, most) = Bounds(line, at);
                        changed |= least > _least[at] || most < _most[at];
                        (_least[at], _most[at]) = (Math.Max(least, _least[at]), Math.Min(most, _most[at]));
                    }
                }
            }
        }

        private long Told(int[] line, int at)
        {
            var (least, most) = Bounds(line, at);
            return most - least;
        }

        /// <summary>What the rest of a line says of one cell.</summary>
        private (long Least, long Most) Bounds(int[] line, int at)
        {
            var sum = line[^1];
            var (least, most) = (0L, 0L);
            foreach (var part in line.AsSpan(0, line.Length - 1))
            {
                if (part != at)
                {
                    (least, most) = (least + _least[part], most + _most[part]);
                }
            }

            return at == sum ? (least, most) : (Math.Max(0, _least[sum] - most), Math.Max(0, _most[sum] - least));
        }
    }
}
