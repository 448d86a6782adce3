using OnlineSafetyTrust.Storage.Trends;

namespace OnlineSafetyTrust.Storage.Tests;

public sealed class SuppressionTests
{
    // One school; rows are periods, the last of several their sum, cells natures, the last the row's total. x: not shown.
    [Theory]
    [InlineData("0 0 0", "0 0 0")]
    [InlineData("5 6 11", "5 6 11")]
    [InlineData("4 6 10", "x x 10")]
    [InlineData("1 9 10", "x x 10")]
    [InlineData("4 0 4", "x 0 x")]
    [InlineData("2 2 4", "x x x")]
    [InlineData("0 0 7 7", "0 0 7 7")]
    [InlineData("3 7 6 16", "x 7 x 16")]
    [InlineData("3 0 6 9", "x 0 x 9")]
    [InlineData("4", "x")]
    [InlineData("5", "5")]
    // Two ones beside their sum of two are two ones: a third joins them.
    [InlineData("1 1 10 12", "x x x 12")]
    [InlineData("1 1 8 10", "x x x 10")]
    [InlineData("2 2 9 13", "x x x 13")]
    [InlineData("1 1 1 0 3 6", "x x x 0 x 6")]
    [InlineData("2 3 9 14", "x x 9 14")]
    // Five ones are all there is of five: the sum is not told either.
    [InlineData("1 1 1 1 1 5", "x x x x x x")]
    [InlineData("1 4 0 5", "x x 0 5")]
    [InlineData("5 5 10 / 6 6 12 / 11 11 22", "5 5 10 / 6 6 12 / 11 11 22")]
    [InlineData("3 7 10 / 8 9 17 / 11 16 27", "x x 10 / x x 17 / 11 16 27")]
    [InlineData("3 7 10 / 0 9 9 / 3 16 19", "x x 10 / 0 9 9 / x x 19")]
    [InlineData("1 0 1 / 1 0 1 / 10 0 10 / 12 0 12", "x 0 x / x 0 x / x 0 x / 12 0 12")]
    public void Small_numbers_are_hidden_and_as_many_others_as_keep_them_from_being_worked_out(string counts, string shown) =>
        Assert.Equal(shown, Show(Cube(counts)));

    /// <summary>Every table that looks the same as this one is tried.</summary>
    [Fact]
    public void No_hidden_number_is_the_only_one_that_fits_what_is_shown()
    {
        var hid = 0;
        for (var seed = 1; seed <= 600; seed++)
        {
            var dice = new Random(seed);
            var periods = dice.Next(1, 3);
            var natures = dice.Next(1, periods == 1 ? 5 : 3);
            var parts = new long[periods, natures];
            foreach (var (p, n) in Pairs(periods, natures))
            {
                parts[p, n] = dice.Next(3) == 0 ? 0 : dice.Next(8);
            }

            var cube = WithSums(parts);
            var hidden = Suppression.Hide(cube);
            var unseen = Pairs(cube.GetLength(1), cube.GetLength(2)).Where(c => hidden[0, c.A, c.B]).ToList();
            hid += unseen.Count;
            Assert.DoesNotContain(Pairs(cube.GetLength(1), cube.GetLength(2)), c => !hidden[0, c.A, c.B] && cube[0, c.A, c.B] is >= 1 and <= 4);

            // Whoever reads it knows besides that a zero is shown where it can be.
            var least = unseen.Exists(c => cube[0, c.A, c.B] == 0) ? 0 : 1;
            var fits = unseen.ToDictionary(c => c, _ => new HashSet<long>());
            Try(0);
            Assert.All(fits, f => Assert.True(f.Value.Count > 1, $"Seed {seed}: {Show(cube)}, and cell {f.Key} can only be {cube[0, f.Key.A, f.Key.B]}."));

            void Try(int at)
            {
                if (at < parts.Length)
                {
                    var (p, n) = (at / natures, at % natures);
                    var was = parts[p, n];
                    foreach (var value in hidden[0, p, n] ? Enumerable.Range(least, 10).Select(v => (long)v) : [was])
                    {
                        parts[p, n] = value;
                        Try(at + 1);
                    }

                    parts[p, n] = was;
                    return;
                }

                var other = WithSums(parts);
                if (Pairs(cube.GetLength(1), cube.GetLength(2)).All(c => hidden[0, c.A, c.B] || other[0, c.A, c.B] == cube[0, c.A, c.B]))
                {
                    unseen.ForEach(c => fits[c].Add(other[0, c.A, c.B]));
                }
            }
        }

        Assert.True(hid > 1_000, $"Only {hid} cells were hidden.");
    }

    /// <summary>Nor does any sum of sums: no hidden cell alone is what some of the lines add up to.</summary>
    [Fact]
    public void No_hidden_number_follows_from_lines_together()
    {
        // A one alone between two blocks of fours: the ninth is 9 + 8 - 8 - 8.
        var tables = Enumerable.Range(1, 300).Select(Random).Prepend(new long[,] { { 4, 4, 1, 0 }, { 4, 4, 0, 0 }, { 0, 0, 4, 4 }, { 0, 0, 4, 4 } });
        var hid = 0;
        foreach (var cube in tables.Select(WithSums))
        {
            var hidden = Suppression.Hide(cube);
            var (rows, columns) = (cube.GetLength(1), cube.GetLength(2));
            var unseen = Pairs(rows, columns).Where(c => hidden[0, c.A, c.B]).ToList();
            hid += unseen.Count;
            // Each line's parts make its sum.
            var lines = Enumerable.Range(0, rows).Select(r => unseen.Select(c => c.A != r ? 0.0 : c.B == columns - 1 ? -1 : 1).ToArray())
                .Concat(Enumerable.Range(0, columns).Select(n => unseen.Select(c => c.B != n ? 0.0 : c.A == rows - 1 ? -1 : 1).ToArray())).ToList();
            var rank = Rank(lines);
            Assert.All(Enumerable.Range(0, unseen.Count), i => Assert.True(Rank([.. lines, [.. unseen.Select((_, j) => j == i ? 1.0 : 0)]]) > rank, $"{Show(cube)}: {unseen[i]} follows."));
        }

        Assert.True(hid > 2_000, $"Only {hid} cells were hidden.");

        static long[,] Random(int seed)
        {
            var dice = new Random(seed);
            var parts = new long[dice.Next(2, 6), dice.Next(2, 6)];
            foreach (var (p, n) in Pairs(parts.GetLength(0), parts.GetLength(1)))
            {
                parts[p, n] = dice.Next(2) == 0 ? 0 : dice.Next(12);
            }

            return parts;
        }
    }

    private static int Rank(List<double[]> lines)
    {
        var (rows, rank) = (lines.Select(l => l.ToArray()).ToList(), 0);
        for (var column = 0; column < (rows.Count > 0 ? rows[0].Length : 0); column++)
        {
            if (rows.FindIndex(rank, r => Math.Abs(r[column]) > 1e-9) is >= 0 and var pivot)
            {
                (rows[rank], rows[pivot]) = (rows[pivot], rows[rank]);
                foreach (var row in rows.Skip(rank + 1))
                {
                    var times = row[column] / rows[rank][column];
                    for (var i = column; i < row.Length; i++)
                    {
                        row[i] -= times * rows[rank][i];
                    }
                }

                rank++;
            }
        }

        return rank;
    }

    private static long[,,] WithSums(long[,] parts)
    {
        var (periods, natures) = (parts.GetLength(0), parts.GetLength(1));
        var (rows, columns) = (periods == 1 ? 1 : periods + 1, natures == 1 ? 1 : natures + 1);
        var cube = new long[1, rows, columns];
        foreach (var (p, n) in Pairs(periods, natures))
        {
            foreach (var (row, column) in Pairs(rows, columns).Where(c => (c.A == p || c.A == periods) && (c.B == n || c.B == natures)))
            {
                cube[0, row, column] += parts[p, n];
            }
        }

        return cube;
    }

    private static IEnumerable<(int A, int B)> Pairs(int a, int b) => Enumerable.Range(0, a).SelectMany(x => Enumerable.Range(0, b).Select(y => (x, y)));

    private static long[,,] Cube(string rows)
    {
        var cells = rows.Split(" / ").Select(r => r.Split(' ').Select(long.Parse).ToArray()).ToArray();
        var cube = new long[1, cells.Length, cells[0].Length];
        foreach (var (p, n) in Pairs(cells.Length, cells[0].Length))
        {
            cube[0, p, n] = cells[p][n];
        }

        return cube;
    }

    private static string Show(long[,,] cube)
    {
        var hidden = Suppression.Hide(cube);
        return string.Join(" / ", Enumerable.Range(0, cube.GetLength(1)).Select(p => string.Join(' ', Enumerable.Range(0, cube.GetLength(2)).Select(n => hidden[0, p, n] ? "x" : $"{cube[0, p, n]}"))));
    }
}
