#if !ORLEANS
namespace OnlineSafetyTrust.GrainHost.Tests.EmbeddedOnly;

/// <summary>Embedded only: an order of magnitude, so that a leak per activation or per call is seen.</summary>
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
[Collection(nameof(MemoryTests))]
public class MemoryTests
{
    private const int Activations = 20_000;

    [Fact]
    public async Task An_activation_costs_less_than_orleans_needs()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.Grain<ICallGrain>("warm").Count();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < Activations; i++)
        {
            await cluster.Grain<ICallGrain>($"m{i}").Count();
        }

        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / Activations;
        Assert.InRange(each, 0, 1900);
    }

    [Fact]
    public async Task Endless_chains_of_calls_that_nobody_awaits_hold_no_memory()
    {
        await using var cluster = await Cluster.StartAsync();
        var key = Cluster.NewKey();
        await cluster.Grain<IRelayGrain>(key).Pass(1_000);
        await Barrier.At(key).ArrivalAsync();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await cluster.Grain<IRelayGrain>(key).Pass(100_000);
        await Barrier.At(key).ArrivalAsync();
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 2_000_000);
    }
}

internal interface IRelayGrain : IGrainWithStringKey
{
    Task Pass(int left);
}

internal sealed class RelayGrain : Grain, IRelayGrain
{
    public Task Pass(int left)
    {
        if (left == 0)
        {
            Barrier.At(this.GetPrimaryKeyString()).Came();
        }
        else
        {
            _ = this.AsReference<IRelayGrain>().Pass(left - 1);
        }

        return Task.CompletedTask;
    }
}
#endif
