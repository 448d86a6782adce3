using Microsoft.Extensions.DependencyInjection;

namespace OnlineSafetyTrust.GrainHost.Tests;

public class LifecycleTests
{
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task The_next_call_after_deactivation_finds_a_new_activation()
    {
        await using var cluster = await Cluster.StartAsync();
        var grain = cluster.Grain<ILifeGrain>(Cluster.NewKey());
        var first = await grain.Born();
        Assert.Equal(first, await grain.Born());
        await grain.Leave();
        Assert.NotEqual(first, await grain.Born());
    }

    [Fact]
    public async Task Requests_that_wait_while_the_grain_leaves_go_to_the_next_activation()
    {
        await using var cluster = await Cluster.StartAsync();
        var key = Cluster.NewKey();
        var grain = cluster.Grain<ILifeGrain>(key);
        var first = await grain.Born();
        var leaving = grain.LeaveAtBarrier();
        await Barrier.At(key).ArrivalAsync();
        var waiting = Enumerable.Range(0, 20).Select(_ => grain.Born()).ToList();
        Barrier.At(key).Open();
        await leaving;
        var births = (await Task.WhenAll(waiting)).Distinct().ToList();
        Assert.Single(births);
        Assert.NotEqual(first, births[0]);
    }

    [Fact]
    public async Task A_failed_activation_fails_its_calls_and_the_next_call_tries_again()
    {
        await using var cluster = await Cluster.StartAsync();
        var key = $"fail-once-{Cluster.NewKey()}";
        var grain = cluster.Grain<ILifeGrain>(key);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(grain.Born);
        Assert.Equal("Not today.", error.Message);
        Assert.NotEqual(Guid.Empty, await grain.Born());
    }

    [Fact]
    public async Task Idle_activations_are_collected_by_the_clock_and_busy_ones_are_not()
    {
        var clock = new ManualTimeProvider();
        await using var cluster = await Cluster.StartAsync(Collecting, clock);
        var idle = cluster.Grain<ILifeGrain>(Cluster.NewKey());
        var busyKey = Cluster.NewKey();
        var busy = cluster.Grain<ILifeGrain>(busyKey);
        var (idleBorn, busyBorn) = (await idle.Born(), await busy.Born());
        var work = busy.WaitAtBarrier();
        await Barrier.At(busyKey).ArrivalAsync();
        clock.Advance(Age + TimeSpan.FromMinutes(2));
        Assert.NotEqual(idleBorn, await idle.Born());
        Barrier.At(busyKey).Open();
        await work;
        Assert.Equal(busyBorn, await busy.Born());
    }

    [Fact]
    public async Task Delaying_deactivation_keeps_an_idle_grain()
    {
        var clock = new ManualTimeProvider();
        await using var cluster = await Cluster.StartAsync(Collecting, clock);
        var grain = cluster.Grain<ILifeGrain>(Cluster.NewKey());
        var born = await grain.Born();
        await grain.Delay(TimeSpan.FromHours(2));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(born, await grain.Born());
        clock.Advance(TimeSpan.FromHours(2));
        Assert.NotEqual(born, await grain.Born());
    }

    [Fact]
    public async Task Deactivation_says_why()
    {
        var clock = new ManualTimeProvider();
        var cluster = await Cluster.StartAsync(Collecting, clock);
        var (asked, idle, stopped) = (Cluster.NewKey(), Cluster.NewKey(), Cluster.NewKey());
        await cluster.Grain<ILifeGrain>(asked).Leave();
        await cluster.Grain<ILifeGrain>(idle).Born();
        await Barrier.At($"{asked}-{DeactivationReasonCode.ApplicationRequested}").ArrivalAsync();
        clock.Advance(Age + TimeSpan.FromMinutes(2));
        await Barrier.At($"{idle}-{DeactivationReasonCode.ActivationIdle}").ArrivalAsync();
        await cluster.Grain<ILifeGrain>(stopped).Born();
        await cluster.StopAllSilosAsync();
        await Barrier.At($"{stopped}-{DeactivationReasonCode.ShuttingDown}").ArrivalAsync();
        await cluster.DisposeAsync();
    }

    [Fact]
    public async Task Stopping_lets_running_requests_end()
    {
        var cluster = await Cluster.StartAsync();
        var key = Cluster.NewKey();
        var work = cluster.Grain<ILifeGrain>(key).WaitAtBarrier();
        await Barrier.At(key).ArrivalAsync();
        var stop = cluster.StopAllSilosAsync();
        Barrier.At(key).Open();
        await stop;
#if !ORLEANS
        // The Orleans client is stopped first and forgets its calls.
        await work;
#endif
        await Barrier.At($"{key}-{DeactivationReasonCode.ShuttingDown}").ArrivalAsync();
        await cluster.DisposeAsync();
    }

    [Fact]
    public async Task References_work_again_after_a_restart()
    {
        await using var cluster = await Cluster.StartAsync();
        var key = Cluster.NewKey();
        var first = await cluster.Grain<ILifeGrain>(key).Born();
        await cluster.RestartSiloAsync(cluster.Silos[0]);
        Assert.NotEqual(first, await cluster.Grain<ILifeGrain>(key).Born());
    }

    [Fact]
    public async Task Constructors_get_services_and_scoped_ones_live_with_the_activation()
    {
        await using var cluster = await Cluster.StartAsync(silo =>
        {
            silo.Services.AddSingleton(new Shared("shared"));
            silo.Services.AddScoped<Scoped>();
        });
        var key = Cluster.NewKey();
        var grain = cluster.Grain<IServiceGrain>(key);
        Assert.Equal($"shared {key}", await grain.Describe());
        await grain.Leave();
        await Barrier.At($"disposed-{key}").ArrivalAsync();
    }

    private static void Collecting(ISiloBuilder silo) => silo.Configure<GrainCollectionOptions>(options =>
    {
        options.CollectionAge = Age;
        options.CollectionQuantum = TimeSpan.FromMinutes(1);
    });
}

public interface ILifeGrain : IGrainWithStringKey
{
    Task<Guid> Born();

    Task Leave();

    Task LeaveAtBarrier();

    Task WaitAtBarrier();

    Task Delay(TimeSpan time);
}

public sealed class LifeGrain : Grain, ILifeGrain
{
    private static readonly HashSet<string> Failed = [];

    private readonly Guid _born = Guid.NewGuid();

    private string Key => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (Failed)
        {
            if (Key.StartsWith("fail-once", StringComparison.Ordinal) && Failed.Add(Key))
            {
                throw new InvalidOperationException("Not today.");
            }
        }
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Barrier.At($"{Key}-{reason.ReasonCode}").Came();
        return Task.CompletedTask;
    }

    public Task<Guid> Born() => Task.FromResult(_born);

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task LeaveAtBarrier()
    {
        DeactivateOnIdle();
        return Barrier.At(Key).PassAsync();
    }

    public Task WaitAtBarrier() => Barrier.At(Key).PassAsync();

    public Task Delay(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }
}

public sealed record Shared(string Text);

public sealed class Scoped : IDisposable
{
    public string Owner { get; set; } = "";

    public void Dispose() => Barrier.At($"disposed-{Owner}").Came();
}

public interface IServiceGrain : IGrainWithStringKey
{
    Task<string> Describe();

    Task Leave();
}

public sealed class ServiceGrain(Shared shared, Scoped scoped) : Grain, IServiceGrain
{
    public Task<string> Describe()
    {
        scoped.Owner = this.GetPrimaryKeyString();
        return Task.FromResult($"{shared.Text} {scoped.Owner}");
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
