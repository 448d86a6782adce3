#pragma warning disable CA1822 // Resolvers are instance methods.
using Microsoft.Extensions.DependencyInjection;

namespace OnlineSafetyTrust.GraphQL.Tests.Execution;

public sealed class LifetimeTests
{
    /// <summary>A clock whose timers fire when the test says so.</summary>
    private sealed class TestClock : TimeProvider
    {
        private readonly List<(TimerCallback Callback, object? State, TimeSpan Due)> _timers = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            lock (_timers)
            {
                _timers.Add((callback, state, dueTime));
            }

            return new Timer();
        }

        public void Fire(TimeSpan due)
        {
            (TimerCallback Callback, object? State, TimeSpan Due)[] timers;
            lock (_timers)
            {
                timers = [.. _timers.Where(t => t.Due == due)];
            }

            Array.ForEach(timers, t => t.Callback(t.State));
        }

        private sealed class Timer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose() { }

            public ValueTask DisposeAsync() => default;
        }
    }

    public sealed class Barrier
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<string> Order { get; } = [];
    }

    public sealed record Step(string Name);

    [ExtendObjectType<Step>]
    public sealed class StepFields
    {
        public async Task<string> GetDoneAsync([Parent] Step step, Barrier barrier)
        {
            await Task.Yield();
            barrier.Order.Add("below " + step.Name);
            return step.Name;
        }
    }

    [ExtendObjectType(OperationTypeNames.Query)]
    public sealed class Query
    {
        public async Task<string> GetHangsAsync(Barrier barrier, CancellationToken ct)
        {
            barrier.Entered.SetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, ct);
            }
            finally
            {
                barrier.Cancelled.SetResult();
            }

            return "never";
        }

        public async Task<string> GetDeafAsync(Barrier barrier)
        {
            barrier.Entered.SetResult();
            await new TaskCompletionSource().Task;
            return "never";
        }
    }

    [ExtendObjectType(OperationTypeNames.Mutation)]
    public sealed class Mutation
    {
        public async Task<Step> StoreAsync(Barrier barrier)
        {
            barrier.Entered.SetResult();
            await new TaskCompletionSource().Task;
            return new("never");
        }

        public async Task<Step> DoAsync(string name, Barrier barrier)
        {
            barrier.Order.Add("start " + name);
            await Task.Yield();
            barrier.Order.Add("end " + name);
            return name == "bad" ? throw new InvalidOperationException() : new(name);
        }
    }

    private static Server Make(Barrier barrier, TimeProvider? clock = null) => Server.Of<Query>(
        b => b.AddMutationType().AddTypeExtension<Mutation>().AddTypeExtension<StepFields>().ModifyRequestOptions(o => o.ExecutionTimeout = TimeSpan.FromSeconds(7)),
        s => s.AddSingleton(barrier).AddSingleton(clock ?? TimeProvider.System));

    [Theory]
    [InlineData("{ hangs }")]
    [InlineData("{ deaf }")]
    public async Task A_request_that_takes_too_long_is_answered_without_data(string query)
    {
        var (barrier, clock) = (new Barrier(), new TestClock());
        await using var server = Make(barrier, clock);

        var running = server.AskAsync(query);
        await barrier.Entered.Task;
        clock.Fire(TimeSpan.FromSeconds(7));

        Assert.Equal("""{"errors":[{"message":"The request exceeded the configured timeout of `00:00:07`.","extensions":{"code":"HC0045"}}]}""", await running);
    }

    [Fact]
    public async Task A_mutation_that_takes_too_long_does_not_say_that_nothing_was_stored()
    {
        var (barrier, clock) = (new Barrier(), new TestClock());
        await using var server = Make(barrier, clock);

        var running = server.AskAsync("mutation { do(name: \"first\") { name } store { name } }");
        await barrier.Entered.Task;
        clock.Fire(TimeSpan.FromSeconds(7));

        var answer = await running;
        Assert.Contains("It is not known what was stored: look again, or send it again with the same command id.", answer, StringComparison.Ordinal);
        Assert.Contains("HC0045", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_leaves_cancels_its_resolvers()
    {
        var barrier = new Barrier();
        await using var server = Make(barrier);
        using var client = new CancellationTokenSource();

        var running = server.AskAsync("{ hangs }", cancellation: client.Token);
        await barrier.Entered.Task;
        await client.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await barrier.Cancelled.Task;
    }

    [Fact]
    public async Task Mutations_run_one_after_another_with_all_below_them()
    {
        var barrier = new Barrier();
        await using var server = Make(barrier);

        Assert.Equal(
            """{"data":{"a":{"done":"1"},"b":{"done":"2"}}}""",
            await server.AskAsync("mutation { a: do(name: \"1\") { done } b: do(name: \"2\") { done } }"));
        Assert.Equal(["start 1", "end 1", "below 1", "start 2", "end 2", "below 2"], barrier.Order);
    }

    [Fact]
    public async Task A_mutation_that_must_not_be_null_ends_the_request()
    {
        var barrier = new Barrier();
        await using var server = Make(barrier);

        Assert.EndsWith("""],"data":null}""", await server.AskAsync("mutation { a: do(name: \"bad\") { done } b: do(name: \"2\") { done } }"), StringComparison.Ordinal);
        Assert.Equal(["start bad", "end bad"], barrier.Order);
    }
}
