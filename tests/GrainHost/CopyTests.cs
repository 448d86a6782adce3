using System.Collections.Immutable;

namespace OnlineSafetyTrust.GrainHost.Tests;

public class CopyTests
{
    [Fact]
    public async Task What_the_caller_changes_later_the_grain_does_not_see()
    {
        await using var cluster = await Cluster.StartAsync();
        var grain = cluster.Grain<IKeeperGrain>("a");
        var list = new List<string> { "one" };
        var box = new Box { Text = "kept", Items = [1, 2], Inner = new Leaf(new byte[] { 9 }) };
        await grain.Keep(list, box, new Dictionary<string, List<int>> { ["k"] = [1] });
        list.Add("two");
        box.Text = "changed";
        box.Items[0] = 100;
        ((byte[])box.Inner.Bytes)[0] = 0;
        Assert.Equal("one;kept;1,2;9;k=1", await grain.Describe());
    }

    [Fact]
    public async Task What_the_caller_changes_in_a_result_the_grain_does_not_see()
    {
        await using var cluster = await Cluster.StartAsync();
        var grain = cluster.Grain<IKeeperGrain>("a");
        await grain.Keep(["one"], new Box { Text = "kept", Items = [1] }, []);
        var box = await grain.Give();
        box.Items.Clear();
        box.Text = "";
        Assert.Equal("one;kept;1;;", await grain.Describe());
    }

    [Fact]
    public async Task Read_only_lists_of_records_are_copied_whatever_is_behind_them()
    {
        await using var cluster = await Cluster.StartAsync();
        var grain = cluster.Grain<IKeeperGrain>("a");
        var array = new[] { "a", "b" };
        await grain.KeepSheet(new Sheet("s", array, ImmutableArray.Create(1)));
        array[0] = "changed";
        Assert.Equal("a,b", await grain.SheetLines());
        await grain.KeepSheet(new Sheet("s", ["c"], []));
        Assert.Equal("c", await grain.SheetLines());
    }

    [Fact]
    public async Task Derived_records_arrive_as_what_they_are()
    {
        await using var cluster = await Cluster.StartAsync();
        var grain = cluster.Grain<IKeeperGrain>("a");
        Shape[] shapes = [new Circle("c", 2), new Polygon("p", new List<int> { 3, 4 })];
        Assert.Equal("Circle c 2;Polygon p 3,4", await grain.DescribeShapes(shapes));
        Assert.Equal(new Circle("c", 4), await grain.Twice(new Circle("c", 2)));
    }

    [Fact]
    public async Task Collections_of_every_kind_make_the_round_trip()
    {
        await using var cluster = await Cluster.StartAsync();
        var grain = cluster.Grain<IKeeperGrain>("a");
        var sent = new Kinds(
            new HashSet<string> { "a" }, new SortedDictionary<string, int> { ["k"] = 1 }, new Queue<int>([1, 2]),
            new Stack<int>([1, 2]), ImmutableList.Create(new Box { Text = "b" }), (1, new List<int> { 5 }), new Memo(null, [[1], [2]]));
        var got = await grain.Mirror(sent);
        Assert.NotSame(sent.Set, got.Set);
        Assert.Equal(sent.Set, got.Set);
        Assert.Equal(sent.Sorted, got.Sorted);
        Assert.Equal(sent.Queue, got.Queue);
        Assert.Equal(sent.Stack, got.Stack);
        Assert.Equal("b", got.Boxes[0].Text);
        Assert.NotSame(sent.Boxes[0], got.Boxes[0]);
        Assert.Equal(5, got.Pair.Item2[0]);
        Assert.NotSame(sent.Pair.Item2, got.Pair.Item2);
        Assert.Equal(2, got.Memo.Rows[1][0]);
        Assert.NotSame(sent.Memo.Rows[1], got.Memo.Rows[1]);
    }

    [Fact]
    public async Task An_unmarked_type_breaks_the_whole_interface()
    {
        await using var cluster = await Cluster.StartAsync();
        await Assert.ThrowsAnyAsync<Exception>(async () =>
            await cluster.Grain<IUnmarkedGrain>("a").Take(new Unmarked("x")));
    }
}

[GenerateSerializer]
public sealed class Box
{
    [Id(0)]
    public string Text { get; set; } = "";

    [Id(1)]
    public List<int> Items { get; init; } = [];

    [Id(2)]
    public Leaf? Inner { get; init; }
}

[GenerateSerializer]
public sealed record Leaf(IReadOnlyList<byte> Bytes);

[GenerateSerializer]
public sealed record Sheet(string Name, IReadOnlyList<string> Lines, ImmutableArray<int> Numbers);

[GenerateSerializer]
public abstract record Shape(string Name);

[GenerateSerializer]
public sealed record Circle(string Name, int Radius) : Shape(Name);

[GenerateSerializer]
public sealed record Polygon(string Name, IReadOnlyList<int> Sides) : Shape(Name);

[GenerateSerializer]
public sealed record Memo(Memo? Next, int[][] Rows);

[GenerateSerializer]
public sealed record Kinds(
    HashSet<string> Set,
    SortedDictionary<string, int> Sorted,
    Queue<int> Queue,
    Stack<int> Stack,
    ImmutableList<Box> Boxes,
    (int, List<int>) Pair,
    Memo Memo);

#pragma warning disable ORLEANS0014 // Unmarked on purpose.
public sealed record Unmarked(string Text);
#pragma warning restore ORLEANS0014

public interface IUnmarkedGrain : IGrainWithStringKey
{
    Task Take(Unmarked unmarked);
}

public sealed class UnmarkedGrain : Grain, IUnmarkedGrain
{
    public Task Take(Unmarked unmarked) => Task.CompletedTask;
}

public interface IKeeperGrain : IGrainWithStringKey
{
    Task Keep(List<string> list, Box box, Dictionary<string, List<int>> map);

    Task<Box> Give();

    Task<string> Describe();

    Task KeepSheet(Sheet sheet);

    Task<string> SheetLines();

    Task<string> DescribeShapes(Shape[] shapes);

    Task<Shape> Twice(Shape shape);

    Task<Kinds> Mirror(Kinds kinds);
}

public sealed class KeeperGrain : Grain, IKeeperGrain
{
    private List<string> _list = [];
    private Box _box = new();
    private Dictionary<string, List<int>> _map = [];
    private Sheet? _sheet;

    public Task Keep(List<string> list, Box box, Dictionary<string, List<int>> map)
    {
        (_list, _box, _map) = (list, box, map);
        return Task.CompletedTask;
    }

    public Task<Box> Give() => Task.FromResult(_box);

    public Task<string> Describe() => Task.FromResult(string.Join(';',
        string.Join(',', _list), _box.Text, string.Join(',', _box.Items), string.Join(',', _box.Inner?.Bytes ?? []),
        string.Join(',', _map.Select(pair => $"{pair.Key}={string.Join(',', pair.Value)}"))));

    public Task KeepSheet(Sheet sheet)
    {
        _sheet = sheet;
        return Task.CompletedTask;
    }

    public Task<string> SheetLines() => Task.FromResult(string.Join(',', _sheet!.Lines));

    public Task<string> DescribeShapes(Shape[] shapes) => Task.FromResult(string.Join(';', shapes.Select(shape => shape switch
    {
        Circle circle => $"Circle {circle.Name} {circle.Radius}",
        Polygon polygon => $"Polygon {polygon.Name} {string.Join(',', polygon.Sides)}",
        _ => "?",
    })));

    public Task<Shape> Twice(Shape shape) => Task.FromResult<Shape>(shape is Circle circle ? circle with { Radius = circle.Radius * 2 } : shape);

    public Task<Kinds> Mirror(Kinds kinds) => Task.FromResult(kinds);
}
