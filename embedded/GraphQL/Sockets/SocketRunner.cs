using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Embedded.GraphQL.Execution;
using OnlineSafetyTrust.Embedded.GraphQL.Hosting;
using OnlineSafetyTrust.Embedded.GraphQL.Http;
using OnlineSafetyTrust.Embedded.GraphQL.Language;
using OnlineSafetyTrust.Embedded.GraphQL.Subscriptions;

namespace OnlineSafetyTrust.Embedded.GraphQL.Sockets;

/// <summary>Runs the operations of one socket, each beside the others, and sends what they answer.</summary>
internal sealed class SocketRunner(Engine engine, SubscriptionGroups groups, IOperationHost? host, IOperationBudget? budget, SocketConnection connection) : IDisposable
{
    private const int MostUnsent = 100;

    // Whoever sends and never reads waits here, unread, until keep-alive ends it.
    private readonly SemaphoreSlim _unsent = new(MostUnsent);
    private readonly IServiceProvider _services = connection.HttpContext.RequestServices;
    private readonly Lock _lock = new();
    private readonly HashSet<Task> _running = [];

    /// <summary>The subscription that was asked for last: while it opens, pings and the ends of others are dealt with.</summary>
    private Task _opening = Task.CompletedTask;

    /// <summary>Returns at once; the next operation begins when a subscription before it is in place or refused.</summary>
    public async ValueTask BeginAsync(SocketOperations operations, string id, ReadOnlyMemory<byte> payload, CancellationToken ended)
    {
        if (!RequestBody.TryParse(payload, out var body))
        {
            await connection.CloseAsync("The payload of subscribe is no GraphQL request.", CloseCodes.BadMessage).ConfigureAwait(false);
            return;
        }

        var kept = false;
        try
        {
            await _opening.WaitAsync(ended).ConfigureAwait(false);
            await _unsent.WaitAsync(ended).ConfigureAwait(false);
            kept = true;
            var (document, refused) = await PersistedOperations.FindAsync(engine, _services, body.Document, body.DocumentId, ended).ConfigureAwait(false);
            var request = new EngineRequest(document, body.OperationName, body.Variables, _services, connection.HttpContext.User);
            var plan = engine.Prepare(budget, connection.HttpContext, request, ref refused, out _);
            if (plan is null)
            {
                await EndAsync(operations, id, refused!, ended).ConfigureAwait(false);
                return;
            }

            request = request with { Document = default };
            if (plan.Kind != OperationKind.Subscription)
            {
                kept = false;
                Track(AnswerAsync(operations, id, plan, request, ended));
                return;
            }

            kept = false;
            Track(_opening = OpenAsync(operations, id, plan, request, ended));
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested || connection.Closing.IsCancellationRequested)
        {
            // The client asks no longer.
        }
        finally
        {
            if (kept)
            {
                _unsent.Release();
            }
        }
    }

    public void Dispose() => _unsent.Dispose();

    public async ValueTask RefuseAsync(string id, IError error)
    {
        using var refused = engine.Refuse(error);
        await connection.SendAsync("error", id, ErrorsOf(refused), connection.Closing).ConfigureAwait(false);
    }

    /// <summary>When the last operation has ended.</summary>
    public async Task DrainAsync()
    {
        while (Running() is { Length: > 0 } running)
        {
            await Task.WhenAll(running).ConfigureAwait(false);
        }
    }

    private async Task AnswerAsync(SocketOperations operations, string id, OperationPlan plan, EngineRequest request, CancellationToken ended)
    {
        await Task.Yield();
        using var trace = OperationTrace.Begin("graphql.operation");
        try
        {
            var scope = _services.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
            await using (scope.ConfigureAwait(false))
            {
                host?.Begin(scope.ServiceProvider, request.User);
                using var outcome = await engine.ExecuteAsync(plan, request with { Services = scope.ServiceProvider }, null, ended).ConfigureAwait(false);
                if (host is not null)
                {
                    await host.BeforeSendAsync(scope.ServiceProvider, [request.User], ended).ConfigureAwait(false);
                }

                await EndAsync(operations, id, outcome, ended).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested || connection.Closing.IsCancellationRequested)
        {
            // The client asks no longer.
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            using var failed = engine.Fail(e, plan);
            try
            {
                await EndAsync(operations, id, failed, ended).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (connection.Closing.IsCancellationRequested)
            {
                // The client is gone.
            }
        }
        finally
        {
            _unsent.Release();
        }
    }

    private async Task OpenAsync(SocketOperations operations, string id, OperationPlan plan, EngineRequest request, CancellationToken ended)
    {
        try
        {
            var (subscriber, refused) = await groups.JoinAsync(plan, request, ended).ConfigureAwait(false);
            if (subscriber is not null)
            {
                Track(StreamAsync(operations, id, subscriber, ended));
                return;
            }

            await EndAsync(operations, id, refused!, ended).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested || connection.Closing.IsCancellationRequested)
        {
            // The client asks no longer.
        }
        finally
        {
            _unsent.Release();
        }
    }

    private async Task StreamAsync(SocketOperations operations, string id, Subscriber subscriber, CancellationToken ended)
    {
        await Task.Yield();
        using (subscriber)
        {
            try
            {
                while (await subscriber.Answers.WaitToReadAsync(ended).ConfigureAwait(false))
                {
                    while (subscriber.TryTake(out var answer))
                    {
                        await connection.SendAsync("next", id, answer, ended).ConfigureAwait(false);
                    }
                }

                if (operations.End(id, ended))
                {
                    var (type, payload) = subscriber.Failure is { } failure ? ("error", ErrorsOf(failure)) : ("complete", default);
                    await connection.SendAsync(type, id, payload, connection.Closing).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (ended.IsCancellationRequested || connection.Closing.IsCancellationRequested)
            {
                // The client asks no longer.
            }
        }
    }

    /// <summary>The one answer of an operation. The id is free before the client can know that it is.</summary>
    private async ValueTask EndAsync(SocketOperations operations, string id, Outcome outcome, CancellationToken ended)
    {
        if (!operations.End(id, ended))
        {
            return;
        }

        if (!outcome.HasData)
        {
            await connection.SendAsync("error", id, ErrorsOf(outcome), connection.Closing).ConfigureAwait(false);
            return;
        }

        await connection.SendAsync("next", id, outcome.ToBytes(), connection.Closing).ConfigureAwait(false);
        await connection.SendAsync("complete", id, default, connection.Closing).ConfigureAwait(false);
    }

    private Task[] Running()
    {
        lock (_lock)
        {
            return [.. _running];
        }
    }

    private void Track(Task operation)
    {
        lock (_lock)
        {
            _running.Add(operation);
        }

        operation.ContinueWith(
            t =>
            {
                lock (_lock)
                {
                    _running.Remove(t);
                }
            },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private static ReadOnlyMemory<byte> ErrorsOf(Outcome outcome) => ErrorsOf(outcome.ToBytes());

    /// <summary>The list within <c>{"errors":[…]}</c>.</summary>
    private static ReadOnlyMemory<byte> ErrorsOf(ReadOnlyMemory<byte> answer) => answer["{\"errors\":".Length..^1];
}
