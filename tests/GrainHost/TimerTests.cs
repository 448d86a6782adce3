namespace OnlineSafetyTrust.GrainHost.Tests;

public class TimerTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_timer_ticks_when_due_and_then_by_its_period()
    {
        var clock = new ManualTimeProvider();
        await using var cluster = await Cluster.StartAsync(clock: clock);
        var key = Cluster.NewKey();
        var grain = cluster.Grain<ITickGrain>(key);
        await grain.Start(Minute, 2 * Minute, interleave: false);
        clock.Advance(Minute / 2);
        Assert.Equal(0, await grain.Ticks());
        clock.Advance(Minute / 2);
        await TickAsync(key);
        Assert.Equal(1, await grain.Ticks());
        clock.Advance(2 * Minute);
        await TickAsync(key);
        Assert.Equal(2, await grain.Ticks());
        await grain.Stop();
        clock.Advance(10 * Minute);
        Assert.Equal(2, await grain.Ticks());
    }

    [Fact]
    public async Task A_tick_is_a_turn_and_never_overlaps_itself()
    {
        var clock = new ManualTimeProvider();
        await using var cluster = await Cluster.StartAsync(clock: clock);
        var key = Cluster.NewKey();
        var grain = cluster.Grain<ITickGrain>(key);
        await grain.Start(Minute, Minute, interleave: false);
        clock.Advance(Minute);
        await Barrier.At(key).ArrivalAsync();
        var waits = grain.Ticks();
        clock.Advance(10 * Minute);
        Assert.Equal(1, await grain.PeekTicking());
        Assert.False(waits.IsCompleted);
        Barrier.At(key).Open();
        Assert.Equal(1, await waits);
    }

    [Fact]
    public async Task An_interleaving_tick_lets_requests_in()
    {
        var clock = new ManualTimeProvider();
        await using var cluster = await Cluster.StartAsync(clock: clock);
        var key = Cluster.NewKey();
        var grain = cluster.Grain<ITickGrain>(key);
        await grain.Start(Minute, Minute, interleave: true);
        clock.Advance(Minute);
        await Barrier.At(key).ArrivalAsync();
        Assert.Equal(0, await grain.Ticks());
        Barrier.At(key).Open();
    }

    [Fact]
    public async Task A_timer_that_fails_ticks_again_and_one_without_period_does_not()
    {
        var clock = new ManualTimeProvider();
        await using var cluster = await Cluster.StartAsync(clock: clock);
        var key = Cluster.NewKey();
        var grain = cluster.Grain<ITickGrain>(key);
        await grain.StartFailing(Minute);
        for (var i = 0; i < 3; i++)
        {
            clock.Advance(Minute);
            await Barrier.At(key).ArrivalAsync();
            await grain.Ticks();
        }

        await grain.Start(Minute, Timeout.InfiniteTimeSpan, interleave: false);
        clock.Advance(Minute);
        await TickAsync(key);
        Assert.Equal(1, await grain.Ticks());
        clock.Advance(10 * Minute);
        Assert.Equal(1, await grain.Ticks());
    }

    [Fact]
    public async Task Deactivation_ends_the_timers()
    {
        var clock = new ManualTimeProvider();
        await using var cluster = await Cluster.StartAsync(clock: clock);
        var key = Cluster.NewKey();
        var grain = cluster.Grain<ITickGrain>(key);
        await grain.Start(Minute, Minute, interleave: false);
        await grain.Leave();
        Assert.Equal(0, await grain.Ticks());
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, await grain.Ticks());
        Assert.True(Barrier.At(key).IsEmpty);
    }

    private static async Task TickAsync(string key)
    {
        await Barrier.At(key).ArrivalAsync();
        Barrier.At(key).Open();
    }
}

public interface ITickGrain : IGrainWithStringKey
{
    Task Start(TimeSpan dueTime, TimeSpan period, bool interleave);

    Task StartFailing(TimeSpan period);

    Task Stop();

    Task Leave();

    Task<int> Ticks();

    [AlwaysInterleave]
    Task<int> PeekTicking();
}

public sealed class TickGrain : Grain, ITickGrain
{
    private IGrainTimer? _timer;
    private int _ticks;
    private int _ticking;

    public Task Start(TimeSpan dueTime, TimeSpan period, bool interleave)
    {
        _timer?.Dispose();
        _timer = this.RegisterGrainTimer(
            static (own, _) => own.Tick(),
            this,
            new GrainTimerCreationOptions { DueTime = dueTime, Period = period, Interleave = interleave, KeepAlive = true });
        return Task.CompletedTask;
    }

    public Task StartFailing(TimeSpan period)
    {
        _timer = this.RegisterGrainTimer(
            () =>
            {
                Barrier.At(this.GetPrimaryKeyString()).Came();
                throw new InvalidOperationException("This timer fails.");
            },
            new GrainTimerCreationOptions(period, period));
        return Task.CompletedTask;
    }

    public Task Stop()
    {
        _timer?.Dispose();
        return Task.CompletedTask;
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task<int> Ticks() => Task.FromResult(_ticks);

    public Task<int> PeekTicking() => Task.FromResult(_ticking);

    private async Task Tick()
    {
        _ticking++;
        await Barrier.At(this.GetPrimaryKeyString()).PassAsync();
        _ticking--;
        _ticks++;
    }
}
