using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Embedded.GraphQL.Execution;
using OnlineSafetyTrust.Embedded.GraphQL.Http;

namespace OnlineSafetyTrust.Embedded.GraphQL.Subscriptions;

#pragma warning disable CA1001 // A cancellation source without a timer holds nothing that must be disposed.
/// <summary>Equal subscriptions: one stream of messages, each executed and encoded once for all. Ends with its last subscriber.</summary>
internal sealed class SubscriptionGroup(
    Engine engine, OperationPlan plan, EngineRequest request, IServiceScopeFactory scopes, IOperationHost? host, IOperationBudget? budget, Action<SubscriptionGroup> ended)
{
    private readonly Lock _lock = new();
    private readonly HashSet<Subscriber> _members = [];
    private readonly CancellationTokenSource _over = new(Timeout.InfiniteTimeSpan, engine.Time);
    private Subscriber[]? _snapshot;
    private bool _isOver;

    /// <summary>Null once its stream is open, or why it could not be opened.</summary>
    public Task<Outcome?> Started { get; private set; } = null!;

    /// <summary>Null when the group is over: the next one needs a new group.</summary>
    public Subscriber? TryAdd(ClaimsPrincipal? user, IDisposable? place)
    {
        lock (_lock)
        {
            if (_isOver)
            {
                return null;
            }

            var member = new Subscriber(this, user, place);
            _members.Add(member);
            _snapshot = null;
            return member;
        }
    }

    public void Leave(Subscriber member)
    {
        lock (_lock)
        {
            _members.Remove(member);
            _snapshot = null;
            if (_members.Count > 0)
            {
                return;
            }

            _isOver = true;
        }

        ended(this);
        _over.Cancel();
    }

    public void Start()
    {
        using (ExecutionContext.SuppressFlow())
        {
            Started = Task.Run(OpenAsync);
        }
    }

    /// <summary>The stream outlives the request of whoever came first: it has services of its own, and nothing of that request's trace.</summary>
    private async Task<Outcome?> OpenAsync()
    {
        var scope = scopes.CreateAsyncScope();
        try
        {
            host?.Begin(scope.ServiceProvider, request.User);
            _over.CancelAfter(engine.Registrations.Request.ExecutionTimeout);
            var opening = engine.SubscribeAsync(plan, request with { Services = scope.ServiceProvider, Document = default }, _over.Token);
            var (events, refused) = await opening.WaitAsync(_over.Token).ConfigureAwait(false);
            _over.CancelAfter(Timeout.InfiniteTimeSpan);
            if (events is not null)
            {
                _ = RunAsync(events, scope);
                return null;
            }

            await scope.DisposeAsync().ConfigureAwait(false);
            End(null);
            return refused;
        }
        catch (OperationCanceledException) when (_over.IsCancellationRequested)
        {
            await scope.DisposeAsync().ConfigureAwait(false);
            End(null);
            return engine.TimedOut(plan);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            await scope.DisposeAsync().ConfigureAwait(false);
            End(null);
            return engine.Fail(e, plan);
        }
    }

    private async Task RunAsync(IAsyncEnumerable<object?> events, AsyncServiceScope scope)
    {
        await using (scope.ConfigureAwait(false))
        {
            try
            {
                await foreach (var message in events.WithCancellation(_over.Token).ConfigureAwait(false))
                {
                    await AnswerAsync(message).ConfigureAwait(false);
                }

                End(null);
            }
            catch (OperationCanceledException) when (_over.IsCancellationRequested)
            {
                End(null);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                using var failure = engine.Fail(e, plan);
                End(failure.ToBytes());
            }
        }
    }

    private async ValueTask AnswerAsync(object? message)
    {
        if (Paying() is not { Length: > 0 } members)
        {
            return;
        }

        // A stream outlives many units of work: each message has services and a trace of its own.
        using var trace = OperationTrace.Begin("graphql.message");
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            host?.Begin(scope.ServiceProvider, request.User);
            ReadOnlyMemory<byte> answer;
            using (var outcome = await engine.ExecuteAsync(plan, request with { Services = scope.ServiceProvider, Document = default }, message, _over.Token).ConfigureAwait(false))
            {
                answer = outcome.ToBytes();
            }

            if (host is not null)
            {
                await host.BeforeSendAsync(scope.ServiceProvider, Array.ConvertAll(members, m => m.User), _over.Token).ConfigureAwait(false);
            }

            foreach (var member in members)
            {
                if (!member.Offer(answer))
                {
                    Expel(member, new Error("The subscriber fell behind and was disconnected. Subscribe again and read what was missed.") { Code = "SUBSCRIPTION_OVERFLOW" });
                }
            }
        }
    }

    /// <summary>Those whose budget has the next answer's cost left; the others' subscriptions end.</summary>
    private Subscriber[] Paying()
    {
        var members = Members();
        if (budget is null)
        {
            return members;
        }

        var paying = new List<Subscriber>(members.Length);
        foreach (var member in members)
        {
            if (budget.TakeAnswer(member.User, plan.Price(), isShared: paying.Count > 0) is { } wait)
            {
                Expel(member, Charging.Unpaid(wait));
            }
            else
            {
                paying.Add(member);
            }
        }

        return [.. paying];
    }

    private void Expel(Subscriber member, IError why)
    {
        using var failure = engine.Refuse(why);
        member.End(failure.ToBytes());
        Leave(member);
    }

    private void End(ReadOnlyMemory<byte>? failure)
    {
        lock (_lock)
        {
            _isOver = true;
        }

        ended(this);
        foreach (var member in Members())
        {
            member.End(failure);
        }
    }

    private Subscriber[] Members()
    {
        lock (_lock)
        {
            return _snapshot ??= [.. _members];
        }
    }
}
