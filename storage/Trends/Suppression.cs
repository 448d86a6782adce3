using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OnlineSafetyTrust.Storage.Trends;

/// <summary>
/// Which cells of a table of counts are not shown (I2): those from 1 to 4, and as many others as it takes that nobody works one of them out from what is shown. Axes: school,
/// period, nature; the last nature is the sum of its row, and the last of several periods the sum of its column, cells like the others.
/// </summary>
internal static class Suppression
{
    /// <summary>What is counted less often than this is not told, nor what the hidden cells of a line add up to.</summary>
    public const int Smallest = 5;

    /// <summary>So many numbers each hidden count could be at least.</summary>
    private const int Numbers = 3;

    private const int MostKept = 10_000;
    private static readonly ConcurrentDictionary<string, int[]> Known = [];

    public static bool[,,] Hide(long[,,] counts, CancellationToken ct = default)
    {
        var (schools, periods, natures) = (counts.GetLength(0), counts.GetLength(1), counts.GetLength(2));
        var hidden = new bool[schools, periods, natures];

        // Each school for itself: nothing tells what the schools of a trust have together. Whoever adds that adds its lines here.
        for (var school = 0; school < schools; school++)
        {
            ct.ThrowIfCancellationRequested();
            long[] table = [.. from p in Enumerable.Range(0, periods) from n in Enumerable.Range(0, natures) select counts[school, p, n]];
            foreach (var at in HiddenOf(table, natures))
            {
                hidden[school, at / natures, at % natures] = true;
            }
        }

        return hidden;
    }

    /// <summary>Remembered by its counts: of one school's incident all other schools of the trust are as they were.</summary>
    private static int[] HiddenOf(long[] counts, int natures)
    {
        var known = Convert.ToBase64String(SHA256.HashData(MemoryMarshal.AsBytes<long>([natures, .. counts])));
        if (Known.TryGetValue(known, out var hidden))
        {
            return hidden;
        }

        if (Known.Count >= MostKept)
        {
            Known.Clear();
        }

        return Known[known] = new SchoolTable(counts, natures).Close();
    }

    /// <summary>
    /// One school's table as its reader sees it: what is shown, that parts make their sum, that no count is below zero, and that a zero is shown where it can be. The tables
    /// that look the same differ by amounts that go round in circles, each raising one cell of a line and lowering another: rows and columns are the nodes of a network, hidden cells
    /// its edges, and how far a count could be another is how much flows from one end of its edge to the other beside it.
    /// </summary>
    private sealed class SchoolTable
    {
        private readonly int _natures;
        private readonly long[] _counts;
        private readonly bool[] _hidden;

        /// <summary>Parts, and their sum as the last: rows, then columns.</summary>
        private readonly int[][] _lines;

        /// <summary>Lines in which a zero is hidden.</summary>
        private readonly bool[] _veiled;
        private readonly int[][] _linesOf;

        /// <summary>Of each cell the lines that it is in, the one that it adds to first; -1: there are none that way.</summary>
        private readonly (int From, int To)[] _ends;

        /// <param name="counts">Row by row.</param>
        public SchoolTable(long[] counts, int natures)
        {
            var periods = counts.Length / natures;
            (_natures, _counts, _hidden) = (natures, counts, [.. counts.Select(c => c is > 0 and < Smallest)]);
            var (rows, columns) = (natures > 1 ? periods : 0, periods > 1 ? natures : 0);
            _lines =
            [
                .. Enumerable.Range(0, rows).Select(p => Enumerable.Range(0, natures).Select(n => (p * natures) + n).ToArray()),
                .. Enumerable.Range(0, columns).Select(n => Enumerable.Range(0, periods).Select(p => (p * natures) + n).ToArray()),
            ];

            _veiled = new bool[_lines.Length];
            _linesOf = [.. Enumerable.Range(0, counts.Length).Select(at => Enumerable.Range(0, _lines.Length).Where(l => _lines[l].Contains(at)).ToArray())];

            // A part adds to one of its lines and takes from the other; with the signs of the sums' own lines turned, so does every sum.
            _ends = [.. Enumerable.Range(0, counts.Length).Select(at =>
            {
                var (row, column) = (rows > 0 ? at / natures : -1, columns > 0 ? rows + (at % natures) : -1);
                return (rows > 0 && at % natures == natures - 1) != (columns > 0 && at / natures == periods - 1) ? (column, row) : (row, column);
            })];
        }

        /// <summary>Hides more until nothing that is hidden can be worked out.</summary>
        /// <returns>What is hidden.</returns>
        public int[] Close()
        {
            // Line by line first: of a line that tells its own, its next smallest is the right one to go.
            while ((_lines.FirstOrDefault(TellsItsOwn) is { } line ? Next(line) : WorkedOut()) is { } more)
            {
                _hidden[more] = true;
                foreach (var of in _linesOf[more])
                {
                    _veiled[of] |= _counts[more] == 0;
                }
            }

            return Hidden();
        }

        private int[] Hidden() => [.. Enumerable.Range(0, _counts.Length).Where(IsHidden)];

        private bool IsHidden(int at) => _hidden[at];

        /// <summary>What it adds up to leaves its hidden cells no room, whatever the other lines say.</summary>
        private bool TellsItsOwn(int[] line)
        {
            var (parts, sum, room) = (0, 0L, 0L);
            foreach (var part in line.AsSpan(0, line.Length - 1))
            {
                if (IsHidden(part))
                {
                    (parts, sum, room) = (parts + 1, sum + _counts[part], room + Room(part));
                }
            }

            return (IsHidden(line[^1]) ? parts == 0 : parts == 1 || (parts > 1 && (sum < Smallest || room < Numbers - 1))) && !line.All(IsHidden);
        }

        /// <summary>What is missed least of what is shown: the smallest, then zeros among hidden ones, then sums.</summary>
        private int? Next(IEnumerable<int> cells) => cells.Where(c => !IsHidden(c)).OrderBy(Rank).ThenBy(c => _counts[c]).Select(c => (int?)c).FirstOrDefault();

        /// <summary>Sums are what figures are for: a month's goes before a nature's of the year, and that before the year's.</summary>
        private int Rank(int at)
        {
            var (month, nature) = (_counts.Length > _natures && at / _natures == (_counts.Length / _natures) - 1, _natures > 1 && at % _natures == _natures - 1);
            return (month, nature) switch
            {
                (true, true) => 5,
                (true, false) => 4,
                (false, true) => 2,
                // Alone in a line a zero would be worked out, and take others with it.
                _ => _counts[at] != 0 ? 0 : _linesOf[at].All(l => _lines[l].Any(IsHidden)) ? 1 : 3,
            };
        }

        /// <summary>Of the first hidden cell that could be too few numbers what is missed least of its lines; null: there is none.</summary>
        private int? WorkedOut()
        {
            var cells = Hidden();
            int[][] beside = [.. Enumerable.Range(0, _lines.Length).Select(line => cells.Where(c => _ends[c].From == line || _ends[c].To == line).ToArray())];
            return cells.Where(at => !HasRoom(at, beside)).Select(at => Next(_linesOf[at].SelectMany(l => _lines[l]))).FirstOrDefault(next => next is not null);
        }

        /// <param name="beside">Of each line its hidden cells.</param>
        private bool HasRoom(int at, int[][] beside)
        {
            var (from, to) = _ends[at];
            // In a table of one row or one column its line alone tells of it, and was looked at.
            if (from < 0 || to < 0)
            {
                return true;
            }

            var less = Math.Min(Room(at), Flow(from, to, at, beside, Numbers - 1));
            return less >= Numbers - 1 || less + Flow(to, from, at, beside, Numbers - 1 - less) >= Numbers - 1;
        }

        /// <summary>How much less it could be: down to one, for a zero would be shown, unless one beside it is hidden as well.</summary>
        private long Room(int at) => _linesOf[at].Any(l => _veiled[l]) ? _counts[at] : Math.Max(0, _counts[at] - 1);

        /// <summary>How much could go from one line to another over the other hidden cells, up to <paramref name="enough"/>: along a cell without end, against it as far as its count goes.</summary>
        private long Flow(int source, int target, int but, int[][] beside, long enough)
        {
            var changed = new Dictionary<int, long>();
            var total = 0L;
            while (total < enough && Path() is { } path)
            {
                var amount = path.Min(step => step.Along ? long.MaxValue : Room(step.Cell) + changed.GetValueOrDefault(step.Cell));
                amount = Math.Min(amount, enough - total);
                foreach (var (cell, along) in path)
                {
                    changed[cell] = changed.GetValueOrDefault(cell) + (along ? amount : -amount);
                }

                total += amount;
            }

            return total;

            List<(int Cell, bool Along)>? Path()
            {
                var came = new Dictionary<int, (int Node, int Cell, bool Along)>();
                var queue = new Queue<int>([source]);
                while (queue.TryDequeue(out var node))
                {
                    if (node == target)
                    {
                        var path = new List<(int, bool)>();
                        for (var here = target; here != source; here = came[here].Node)
                        {
                            path.Add((came[here].Cell, came[here].Along));
                        }

                        return path;
                    }

                    foreach (var cell in beside[node])
                    {
                        var (from, to) = _ends[cell];
                        var (next, along) = from == node ? (to, true) : to == node && Room(cell) + changed.GetValueOrDefault(cell) > 0 ? (from, false) : (source, true);
                        if (cell != but && next != source && !came.ContainsKey(next))
                        {
                            came[next] = (node, cell, along);
                            queue.Enqueue(next);
                        }
                    }
                }

                return null;
            }
        }
    }
}
