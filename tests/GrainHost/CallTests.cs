namespace OnlineSafetyTrust.GrainHost.Tests;

public class CallTests
{
    [Fact]
    public async Task A_key_leads_to_one_grain_and_another_key_to_another()
    {
        await using var cluster = await Cluster.StartAsync();
        var first = cluster.Grain<ICallGrain>("a");
        Assert.Equal(1, await first.Count());
        Assert.Equal(2, await cluster.Grain<ICallGrain>("a").Count());
        Assert.Equal(1, await cluster.Grain<ICallGrain>("b").Count());
        Assert.Equal("a", first.GetPrimaryKeyString());
        Assert.Equal("a", await first.Key());
    }

    [Fact]
    public async Task Every_kind_of_return_type_answers()
    {
        await using var cluster = await Cluster.StartAsync();
        var grain = cluster.Grain<ICallGrain>("a");
        await grain.Nothing();
        await grain.NothingByValue();
        Assert.Equal(5, await grain.AddByValue(2, 3));
        Assert.Equal("1,x,2.5,True,Friday,", await grain.Many(1, "x", 2.5m, true, DayOfWeek.Friday, null));
    }

    [Fact]
    public async Task What_a_grain_throws_arrives_as_it_was_thrown()
    {
        await using var cluster = await Cluster.StartAsync();
        var grain = cluster.Grain<ICallGrain>("a");
        var late = await Assert.ThrowsAsync<InvalidOperationException>(() => grain.Throw(afterAwait: true));
        Assert.Equal("late", late.Message);
        Assert.Contains(nameof(CallGrain), late.StackTrace, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => grain.Throw(afterAwait: false));
        Assert.Equal(1, await grain.Count());
    }

    [Fact]
    public async Task Cancellation_reaches_the_grain_and_frees_the_caller()
    {
        await using var cluster = await Cluster.StartAsync();
        var key = Cluster.NewKey();
        using var cancel = new CancellationTokenSource();
        var call = cluster.Grain<ICallGrain>(key).WaitForCancellation(cancel.Token);
        await Barrier.At(key).ArrivalAsync();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Barrier.At(key).ArrivalAsync();
    }

    [Fact]
    public async Task A_call_with_a_cancelled_token_is_not_made()
    {
        await using var cluster = await Cluster.StartAsync();
        var grain = cluster.Grain<ICallGrain>("a");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => grain.WaitForCancellation(new CancellationToken(true)));
    }

    [Fact]
    public async Task Request_context_flows_down_and_does_not_leak()
    {
        await using var cluster = await Cluster.StartAsync();
        var grain = cluster.Grain<ICallGrain>("a");
        RequestContext.Set("trace", "t1");
        Assert.Equal("t1/t1", await grain.Trace("b"));
        RequestContext.Clear();
        Assert.Null(RequestContext.Get("trace"));
        Assert.Equal("/", await grain.Trace("b"));
    }

    [Fact]
    public async Task References_travel_and_compare_by_identity()
    {
        await using var cluster = await Cluster.StartAsync();
        var first = cluster.Grain<ICallGrain>("a");
        Assert.Equal("b", await first.KeyOf(cluster.Grain<ICallGrain>("b")));
        Assert.Equal(first, cluster.Grain<ICallGrain>("a"));
        Assert.NotEqual(first, cluster.Grain<ICallGrain>("b"));
    }

    [Fact]
    public async Task An_interface_without_a_class_is_refused()
    {
        await using var cluster = await Cluster.StartAsync();
        Assert.ThrowsAny<ArgumentException>(() => cluster.Grain<INobodyGrain>("a"));
    }
}

public interface INobodyGrain : IGrainWithStringKey;

public interface ICallGrain : IGrainWithStringKey
{
    Task<int> Count();

    Task<string> Key();

    Task Nothing();

    ValueTask NothingByValue();

    ValueTask<int> AddByValue(int left, int right);

    Task<string> Many(int number, string text, decimal amount, bool flag, DayOfWeek day, Guid? id);

    Task Throw(bool afterAwait);

    Task WaitForCancellation(CancellationToken cancellationToken);

    Task<string> Trace(string other);

    Task<string> KeyOf(ICallGrain other);
}

public sealed class CallGrain : Grain, ICallGrain
{
    private int _count;

    public Task<int> Count() => Task.FromResult(++_count);

    public Task<string> Key() => Task.FromResult(this.GetPrimaryKeyString());

    public Task Nothing() => Task.CompletedTask;

    public async ValueTask NothingByValue() => await Task.Yield();

    public ValueTask<int> AddByValue(int left, int right) => new(left + right);

    public Task<string> Many(int number, string text, decimal amount, bool flag, DayOfWeek day, Guid? id) =>
        Task.FromResult(FormattableString.Invariant($"{number},{text},{amount},{flag},{day},{id}"));

    public async Task Throw(bool afterAwait)
    {
        if (!afterAwait)
        {
            throw new InvalidOperationException("early");
        }

        await Task.Yield();
        throw new InvalidOperationException("late");
    }

    public async Task WaitForCancellation(CancellationToken cancellationToken)
    {
        var barrier = Barrier.At(this.GetPrimaryKeyString());
        barrier.Came();
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }
        finally
        {
            barrier.Came();
        }
    }

    public async Task<string> Trace(string other)
    {
        var own = RequestContext.Get("trace");
        var next = other.Length == 0 ? "" : await GrainFactory.GetGrain<ICallGrain>(other).Trace("");
        RequestContext.Set("trace", "mine");
        return other.Length == 0 ? $"{own}" : $"{own}/{next}";
    }

    public Task<string> KeyOf(ICallGrain other) => Task.FromResult(other.GetPrimaryKeyString());
}
