using OnlineSafetyTrust.Storage.Trends;

namespace OnlineSafetyTrust.Storage.Tests;

/// <summary>No row of a log that leaves the school stands for a small number, nor does what is left when rows are subtracted.</summary>
public sealed class CoarseningTests
{
    [Fact]
    public void A_value_is_named_where_it_is_no_small_number_and_what_is_left_is_none_either()
    {
        Assert.Equal(["a: 7", "b: 6"], Rows(("a", 7), ("b", 6)));
        Assert.Equal(["a: 7", "-: 6"], Rows(("a", 7), ("b", 3), ("c", 3)));
        Assert.Equal(["-: 9"], Rows(("a", 7), ("b", 2)));
        Assert.Equal(["a: 7", "-: 8"], Rows(("a", 7), ("b", 6), ("c", 2)));
        Assert.Equal(["-: 6"], Rows(("a", 2), ("b", 2), ("c", 2)));
    }

    [Fact]
    public void Four_altogether_are_not_told_and_what_was_taken_back_does_not_count()
    {
        Assert.Empty(Rows(("a", 2), ("b", 2)));
        Assert.Empty(Rows(("a", 4), ("b", 0)));
        Assert.Empty(Rows());
    }

    [Fact]
    public void What_may_not_be_named_is_told_with_the_rest() =>
        Assert.Equal(["a: 7", "-: 12"], Coarsening.Rows(Cells(("a", 7), ("b", 6), ("c", 6)), (_, value) => value == "a").Select(Said));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whatever_is_counted_every_row_and_every_difference_of_rows_along_the_way_is_nothing_or_five_at_least(int seed)
    {
        var random = new Random(seed);
        string[][] values = [["m1", "m2", "m3"], ["n1", "n2", "n3"], ["KS2", "KS3"], ["yes", "no"]];
        var cells = Enumerable.Range(0, 40)
            .GroupBy(_ => string.Join('|', values.Select(v => v[(int)(v.Length * Math.Pow(random.NextDouble(), 2))])))
            .Select(g => new Coarsening.Cell(g.Key.Split('|'), g.Count())).ToList();

        var rows = Coarsening.Rows(cells, (_, _) => true);

        Assert.All(rows, r => Assert.True(r.Count >= Suppression.Smallest));
        Assert.Equal(40, rows.Sum(r => r.Count));
        for (var depth = 1; depth <= values.Length; depth++)
        {
            // What the true total of a value beside it, known from elsewhere, would leave.
            foreach (var told in rows.Where(r => r.Values.Take(depth).All(v => v is not null)).GroupBy(r => string.Join('|', r.Values.Take(depth))))
            {
                var truth = cells.Where(c => string.Join('|', c.Values.Take(depth)) == told.Key).Sum(c => c.Count);
                Assert.Equal(truth, told.Sum(r => r.Count));
            }
        }
    }

    public static TheoryData<int> Seeds { get; } = new(Enumerable.Range(1, 200));

    private static IEnumerable<string> Rows(params (string Value, long Count)[] cells) => Coarsening.Rows(Cells(cells), (_, _) => true).Select(Said);

    private static List<Coarsening.Cell> Cells(params (string Value, long Count)[] cells) => [.. cells.Select(c => new Coarsening.Cell([c.Value], c.Count))];

    private static string Said(Coarsening.Row row) => $"{row.Values[0] ?? "-"}: {row.Count}";
}
