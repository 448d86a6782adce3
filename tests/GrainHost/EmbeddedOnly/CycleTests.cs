#if !ORLEANS
namespace OnlineSafetyTrust.GrainHost.Tests.EmbeddedOnly;

/// <summary>Embedded only: where Orleans would time out, the embedded host names the chain.</summary>
public class CycleTests
{
    [Theory]
    [InlineData("a,b,a", "LinkGrain/a -> LinkGrain/b -> LinkGrain/a")]
    [InlineData("a,a", "LinkGrain/a -> LinkGrain/a")]
    [InlineData("a,b,c,d,b", "LinkGrain/a -> LinkGrain/b -> LinkGrain/c -> LinkGrain/d -> LinkGrain/b")]
    public async Task A_chain_that_comes_back_is_refused_by_name(string path, string chain)
    {
        await using var cluster = await Cluster.StartAsync();
        for (var round = 0; round < 200; round++)
        {
            var keys = path.Split(',');
            var call = cluster.Grain<ILinkGrain>(keys[0]).Follow(keys[1..]).WaitAsync(Cluster.Patience);
            var error = await Assert.ThrowsAsync<GrainCallCycleException>(() => call);
            Assert.Contains(chain, error.Message, StringComparison.Ordinal);
        }

        await cluster.Grain<ILinkGrain>("a").Follow([]);
    }

    [Fact]
    public async Task A_chain_through_an_activation_is_found_too()
    {
        await using var cluster = await Cluster.StartAsync();
        var call = cluster.Grain<ILinkGrain>("a").Follow(["activates-a"]).WaitAsync(Cluster.Patience);
        await Assert.ThrowsAsync<GrainCallCycleException>(() => call);
    }

    [Fact]
    public async Task A_call_back_that_nobody_waits_for_is_no_cycle()
    {
        await using var cluster = await Cluster.StartAsync();
        var (here, there) = (Cluster.NewKey(), Cluster.NewKey());
        var outer = cluster.Grain<ILinkGrain>(here).SendOff([there, here]);
        await Barrier.At(here).ArrivalAsync();
        Assert.False(outer.IsCompleted);
        Barrier.At(here).Open();
        await outer;
        await Barrier.At($"{here}-followed").ArrivalAsync();
    }

    [Fact]
    public async Task A_diamond_is_no_cycle()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.Grain<ILinkGrain>("a").Both(["b", "d"], ["c", "d"]);
    }
}

public interface ILinkGrain : IGrainWithStringKey
{
    Task Follow(string[] path);

    Task SendOff(string[] path);

    Task Both(string[] left, string[] right);
}

public sealed class LinkGrain : Grain, ILinkGrain
{
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (this.GetPrimaryKeyString() is ['a', 'c', 't', 'i', 'v', 'a', 't', 'e', 's', '-', .. var other])
        {
            await GrainFactory.GetGrain<ILinkGrain>(other).Follow([]);
        }
    }

    public async Task Follow(string[] path)
    {
        Barrier.At($"{this.GetPrimaryKeyString()}-followed").Came();
        await Task.Yield();
        if (path is [var next, .. var rest])
        {
            await GrainFactory.GetGrain<ILinkGrain>(next).Follow(rest);
        }
    }

    public async Task SendOff(string[] path)
    {
        _ = GrainFactory.GetGrain<ILinkGrain>(path[0]).Follow(path[1..]);
        await Barrier.At(this.GetPrimaryKeyString()).PassAsync();
    }

    public Task Both(string[] left, string[] right) => Task.WhenAll(
        GrainFactory.GetGrain<ILinkGrain>(left[0]).Follow(left[1..]),
        GrainFactory.GetGrain<ILinkGrain>(right[0]).Follow(right[1..]));
}
#endif
