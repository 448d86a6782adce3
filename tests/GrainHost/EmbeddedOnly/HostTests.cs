#if !ORLEANS
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace OnlineSafetyTrust.GrainHost.Tests.EmbeddedOnly;

/// <summary>Embedded only: a silo in an ordinary host, and corners where Orleans leaves the outcome open.</summary>
public class HostTests
{
    [Fact]
    public async Task A_silo_lives_in_either_kind_of_host_and_refuses_calls_after_it_stopped()
    {
        using var host = new HostBuilder()
            .UseOrleans(silo => silo.UseLocalhostClustering().AddIncomingGrainCallFilter<Asking>())
            .Build();
        await host.StartAsync();
        var grain = host.Services.GetRequiredService<IClusterClient>().GetGrain<ICallGrain>("a");
        Assert.Equal(1, await grain.Count());
        await host.StopAsync();
        await Assert.ThrowsAsync<SiloUnavailableException>(() => grain.Count());
    }

    [Fact]
    public async Task A_call_cancelled_while_it_waits_never_runs()
    {
        await using var cluster = await Cluster.StartAsync();
        var key = Cluster.NewKey();
        var grain = cluster.Grain<ICornerGrain>(key);
        var running = grain.Wait(CancellationToken.None);
        await Barrier.At(key).ArrivalAsync();
        using var cancel = new CancellationTokenSource();
        var waiting = grain.Wait(cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Barrier.At(key).Open();
        await running;
        Assert.Equal(1, await grain.Runs());
    }

    [Fact]
    public async Task A_grain_that_leaves_still_answers_calls_that_it_caused()
    {
        await using var cluster = await Cluster.StartAsync();
        var grain = cluster.Grain<ICornerGrain>("a");
        Assert.Equal(0, await grain.LeaveAndPeekThrough("b").WaitAsync(Cluster.Patience));
    }

    [Fact]
    public async Task A_grain_that_gives_up_while_it_activates_answers_before_it_goes()
    {
        await using var cluster = await Cluster.StartAsync();
        Assert.Equal(0, await cluster.Grain<ICornerGrain>("gives-up").Runs().WaitAsync(Cluster.Patience));
    }

    private sealed class Asking(IGrainFactory grains) : IIncomingGrainCallFilter
    {
        public Task Invoke(IIncomingGrainCallContext context)
        {
            Assert.NotNull(grains.GetGrain<ICallGrain>("b"));
            return context.Invoke();
        }
    }
}

public interface ICornerGrain : IGrainWithStringKey
{
    Task Wait(CancellationToken cancellationToken);

    Task<int> LeaveAndPeekThrough(string other);

    Task<int> PeekAt(ICornerGrain other);

    [AlwaysInterleave]
    Task<int> Runs();
}

public sealed class CornerGrain : Grain, ICornerGrain
{
    private int _runs;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (this.GetPrimaryKeyString() == "gives-up")
        {
            DeactivateOnIdle();
        }

        return Task.CompletedTask;
    }

    public Task Wait(CancellationToken cancellationToken)
    {
        _runs++;
        return Barrier.At(this.GetPrimaryKeyString()).PassAsync();
    }

    public Task<int> LeaveAndPeekThrough(string other)
    {
        DeactivateOnIdle();
        return GrainFactory.GetGrain<ICornerGrain>(other).PeekAt(this.AsReference<ICornerGrain>());
    }

    public Task<int> PeekAt(ICornerGrain other) => other.Runs();

    public Task<int> Runs() => Task.FromResult(_runs);
}
#endif
