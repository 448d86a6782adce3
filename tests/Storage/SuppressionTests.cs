using OnlineSafetyTrust.Storage.Trends;

namespace OnlineSafetyTrust.Storage.Tests;

public sealed class SuppressionTests
{
    // One school; rows are periods, cells natures, the last the row's total. x: not shown.
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
    [InlineData("3 7 10 / 8 9 17", "x x 10 / x x 17")]
    [InlineData("3 7 10 / 0 9 9", "x x 10 / x x 9")]
    [InlineData("5 5 10 / 6 6 12", "5 5 10 / 6 6 12")]
    [InlineData("1 1 2 / 1 1 2", "x x x / x x x")]
    public void Small_numbers_are_hidden_and_the_next_smallest_where_one_alone_would_follow_from_the_sum(string counts, string shown) =>
        Assert.Equal(shown, Show(Cube(counts)));

    [Fact]
    public void Two_schools_do_not_give_each_other_away()
    {
        var cube = new long[2, 1, 2] { { { 2, 2 } }, { { 30, 30 } } };
        Assert.All(Suppression.Hide(cube).Cast<bool>(), Assert.True);
    }

    [Fact]
    public void No_line_of_any_table_has_exactly_one_hidden_cell_and_no_small_number_is_shown()
    {
        for (var seed = 1; seed <= 300; seed++)
        {
            var dice = new Random(seed);
            var cube = new long[dice.Next(1, 4), dice.Next(1, 5), dice.Next(2, 5)];
            var (schools, periods, natures) = (cube.GetLength(0), cube.GetLength(1), cube.GetLength(2));
            foreach (var (s, p) in Pairs(schools, periods))
            {
                for (var n = 0; n < natures - 1; n++)
                {
                    cube[s, p, natures - 1] += cube[s, p, n] = dice.Next(3) == 0 ? 0 : dice.Next(12);
                }
            }

            var hidden = Suppression.Hide(cube);
            var lines = Pairs(schools, periods).Select(l => Enumerable.Range(0, natures).Select(n => (l.A, l.B, N: n)))
                .Concat(Pairs(periods, natures).Select(l => Enumerable.Range(0, schools).Select(s => (A: s, B: l.A, N: l.B))))
                .Concat(Pairs(schools, natures).Select(l => Enumerable.Range(0, periods).Select(p => (l.A, B: p, N: l.B))));
            foreach (var line in lines.Select(l => l.ToArray()))
            {
                Assert.True(line.Length == 1 || line.Count(c => hidden[c.A, c.B, c.N]) != 1, $"Seed {seed}: a cell follows from its line.");
                Assert.DoesNotContain(line, c => !hidden[c.A, c.B, c.N] && cube[c.A, c.B, c.N] is >= 1 and <= 4);
            }
        }
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
