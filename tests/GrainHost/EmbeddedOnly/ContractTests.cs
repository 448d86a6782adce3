#if !ORLEANS
using System.Collections.Frozen;

namespace OnlineSafetyTrust.GrainHost.Tests.EmbeddedOnly;

/// <summary>Embedded only: the words of a broken contract, and which values are passed without a copy.</summary>
public class ContractTests
{
    [Fact]
    public async Task A_broken_interface_names_every_type_and_method()
    {
        await using var cluster = await Cluster.StartAsync();
        var error = Assert.Throws<GrainContractException>(() => cluster.Grain<IBrokenGrain>("a"));
        Assert.Contains("IBrokenGrain.Take: parameter unmarked", error.Message, StringComparison.Ordinal);
        Assert.Contains("Unmarked has no [GenerateSerializer]", error.Message, StringComparison.Ordinal);
        Assert.Contains("Forgetful.Lost has no [Id]", error.Message, StringComparison.Ordinal);
        Assert.Contains("JsonElement", error.Message, StringComparison.Ordinal);
        Assert.Contains("IBrokenGrain.Sync: returns Int32", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Immutable_graphs_are_shared_and_promises_are_kept()
    {
        await using var cluster = await Cluster.StartAsync();
        var grain = cluster.Grain<IShareGrain>("a");
        var circle = new Circle("c", 1);
        Assert.Same(circle, await grain.Circle(circle));
        var promised = new Promised([1]);
        Assert.Same(promised, await grain.Promise(promised));
        var frozen = new[] { "a" }.ToFrozenDictionary(name => name, name => name.Length);
        Assert.Same(frozen, await grain.Freeze(frozen));
        List<int> list = [1];
        Assert.True(await grain.IsShared(list, list));
    }

    [Fact]
    public async Task Marked_types_hiding_behind_open_ones_are_checked_when_they_come()
    {
        await using var cluster = await Cluster.StartAsync();
        var grain = cluster.Grain<IShareGrain>("a");
        Assert.Equal(1, await grain.Open(new Circle("c", 1)));
        var error = await Assert.ThrowsAsync<GrainContractException>(() => grain.Open(new Unmarked("x")));
        Assert.Contains("Unmarked", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<GrainContractException>(() => grain.Lazy(new[] { 1 }.Select(number => number)));
    }
}

[GenerateSerializer]
public sealed class Forgetful
{
    [Id(0)]
    public int Kept { get; set; }

    public int Lost { get; set; }
}

[GenerateSerializer, Immutable]
public sealed record Promised(int[] Numbers);

public interface IBrokenGrain : IGrainWithStringKey
{
    Task Take(IReadOnlyList<Unmarked> unmarked);

    Task<Forgetful> Give();

    Task Json(System.Text.Json.JsonElement element);

    int Sync();
}

public sealed class BrokenGrain : Grain, IBrokenGrain
{
    public Task Take(IReadOnlyList<Unmarked> unmarked) => Task.CompletedTask;

    public Task<Forgetful> Give() => Task.FromResult(new Forgetful());

    public Task Json(System.Text.Json.JsonElement element) => Task.CompletedTask;

    public int Sync() => 1;
}

public interface IShareGrain : IGrainWithStringKey
{
    Task<Circle> Circle(Circle circle);

    Task<Promised> Promise(Promised promised);

    Task<FrozenDictionary<string, int>> Freeze(FrozenDictionary<string, int> frozen);

    Task<bool> IsShared([Immutable] List<int> promised, [Immutable] object same);

    Task<int> Open(object value);

    Task<int> Lazy(IEnumerable<int> numbers);
}

public sealed class ShareGrain : Grain, IShareGrain
{
    public Task<Circle> Circle(Circle circle) => Task.FromResult(circle);

    public Task<Promised> Promise(Promised promised) => Task.FromResult(promised);

    public Task<FrozenDictionary<string, int>> Freeze(FrozenDictionary<string, int> frozen) => Task.FromResult(frozen);

    public Task<bool> IsShared(List<int> promised, object same) => Task.FromResult(ReferenceEquals(promised, same));

    public Task<int> Open(object value) => Task.FromResult(value is Circle ? 1 : 0);

    public Task<int> Lazy(IEnumerable<int> numbers) => Task.FromResult(numbers.Count());
}
#endif
