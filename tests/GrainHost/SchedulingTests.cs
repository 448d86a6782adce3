namespace OnlineSafetyTrust.GrainHost.Tests;

public class SchedulingTests
{
    [Fact]
    public async Task A_method_is_one_turn_with_all_its_awaits()
    {
        await using var cluster = await Cluster.StartAsync();
        var key = Cluster.NewKey();
        var grain = cluster.Grain<ITurnGrain>(key);
        var first = grain.Wait();
        await Barrier.At(key).ArrivalAsync();
        var second = grain.Wait();
        Assert.Equal(1, await grain.PeekRunning());
        Barrier.At(key).Open();
        await first;
        await Barrier.At(key).ArrivalAsync();
        Barrier.At(key).Open();
        await second;
        Assert.Equal(1, await grain.MostAtOnce());
    }

    [Fact]
    public async Task Read_only_calls_run_beside_each_other_but_not_beside_a_writer()
    {
        await using var cluster = await Cluster.StartAsync();
        var key = Cluster.NewKey();
        var grain = cluster.Grain<ITurnGrain>(key);
        var readers = new[] { grain.Read(), grain.Read() };
        await Barrier.At(key).ArrivalAsync();
        await Barrier.At(key).ArrivalAsync();
        var writer = grain.Wait();
        Assert.Equal(2, await grain.PeekRunning());
        Barrier.At(key).Open(2);
        await Task.WhenAll(readers);
        await Barrier.At(key).ArrivalAsync();
        var late = grain.Read();
        Assert.Equal(1, await grain.PeekRunning());
        Barrier.At(key).Open(2);
        await Task.WhenAll(writer, late);
        Assert.Equal(2, await grain.MostAtOnce());
    }

    [Fact]
    public async Task A_reentrant_grain_interleaves_everything()
    {
        await using var cluster = await Cluster.StartAsync();
        var key = Cluster.NewKey();
        var grain = cluster.Grain<IReentrantGrain>(key);
        var calls = Enumerable.Range(0, 5).Select(_ => grain.Wait()).ToList();
        for (var i = 0; i < 5; i++)
        {
            await Barrier.At(key).ArrivalAsync();
        }

        Barrier.At(key).Open(5);
        await Task.WhenAll(calls);
    }

    [Fact]
    public async Task Continuations_run_on_the_activations_scheduler()
    {
        await using var cluster = await Cluster.StartAsync();
        Assert.True(await cluster.Grain<ITurnGrain>("a").StaysOnScheduler());
    }

    [Fact]
    public async Task Parallel_continuations_of_one_grain_never_run_at_once()
    {
        await using var cluster = await Cluster.StartAsync();
        Assert.Equal(20 * 200, await cluster.Grain<ITurnGrain>("a").CountWithoutLocks(20, 200));
    }

    [Fact]
    public async Task Calls_that_nobody_awaits_to_the_own_grain_run_later()
    {
        await using var cluster = await Cluster.StartAsync();
        var key = Cluster.NewKey();
        await cluster.Grain<ITurnGrain>(key).CallSelfLater();
        await Barrier.At(key).ArrivalAsync();
    }

    [Fact]
    public async Task A_call_back_interleaves_when_the_method_always_does()
    {
        await using var cluster = await Cluster.StartAsync();
        Assert.Equal(1, await cluster.Grain<ITurnGrain>("a").PeekThrough("b"));
    }
}

public interface ITurnGrain : IGrainWithStringKey
{
    Task Wait();

    [ReadOnly]
    Task Read();

    [AlwaysInterleave]
    Task<int> PeekRunning();

    Task<int> MostAtOnce();

    Task<bool> StaysOnScheduler();

    Task<int> CountWithoutLocks(int tasks, int steps);

    Task CallSelfLater();

    Task Signal();

    Task<int> PeekThrough(string other);

    Task<int> PeekAt(ITurnGrain other);
}

public interface IReentrantGrain : IGrainWithStringKey
{
    Task Wait();
}

[Reentrant]
public sealed class ReentrantGrain : Grain, IReentrantGrain
{
    public Task Wait() => Barrier.At(this.GetPrimaryKeyString()).PassAsync();
}

public sealed class TurnGrain : Grain, ITurnGrain
{
    private int _running;
    private int _most;

    public Task Wait() => PassAsync();

    public Task Read() => PassAsync();

    public Task<int> PeekRunning() => Task.FromResult(_running);

    public Task<int> MostAtOnce() => Task.FromResult(_most);

    public async Task<bool> StaysOnScheduler()
    {
        var scheduler = TaskScheduler.Current;
        await Task.Yield();
        var same = scheduler == TaskScheduler.Current;
        await Task.Run(() => { });
        return same && scheduler == TaskScheduler.Current && scheduler != TaskScheduler.Default;
    }

    public async Task<int> CountWithoutLocks(int tasks, int steps)
    {
        var count = 0;
        await Task.WhenAll(Enumerable.Range(0, tasks).Select(async _ =>
        {
            for (var i = 0; i < steps; i++)
            {
                var read = count;
                await Task.Yield();
                count = Math.Max(count, read);
                count++;
            }
        }));
        return count;
    }

    public Task CallSelfLater()
    {
        _ = this.AsReference<ITurnGrain>().Signal();
        return Task.CompletedTask;
    }

    public Task Signal()
    {
        Barrier.At(this.GetPrimaryKeyString()).Came();
        return Task.CompletedTask;
    }

    public async Task<int> PeekThrough(string other)
    {
        _running++;
        return await GrainFactory.GetGrain<ITurnGrain>(other).PeekAt(this.AsReference<ITurnGrain>());
    }

    public Task<int> PeekAt(ITurnGrain other) => other.PeekRunning();

    private async Task PassAsync()
    {
        _most = Math.Max(_most, ++_running);
        await Barrier.At(this.GetPrimaryKeyString()).PassAsync();
        _running--;
    }
}
