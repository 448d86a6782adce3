using System.Buffers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Embedded.GraphQL.Execution;
using OnlineSafetyTrust.Embedded.GraphQL.Language;

namespace OnlineSafetyTrust.Embedded.GraphQL.Hosting;

internal sealed class RequestExecutorResolver(IRequestExecutor executor) : IRequestExecutorResolver
{
    public ValueTask<IRequestExecutor> GetRequestExecutorAsync(string? schemaName = null, CancellationToken cancellationToken = default) => new(executor);
}

internal sealed class RequestExecutor(Engine engine, IServiceScopeFactory scopes) : IRequestExecutor
{
    public async Task<IExecutionResult> ExecuteAsync(IOperationRequest request, CancellationToken cancellationToken = default)
    {
        var given = (OperationRequest)request;
        var scope = given.Services is null ? scopes.CreateAsyncScope() : default(AsyncServiceScope?);
        var keepsScope = false;
        try
        {
            var services = given.Services ?? scope!.Value.ServiceProvider;
            var (document, refusal) = await PersistedOperations.FindAsync(
                engine, services, given.Document is null ? null : Encoding.UTF8.GetBytes(given.Document), given.DocumentId, cancellationToken).ConfigureAwait(false);
            if (refusal is not null)
            {
                return new OperationResult(refusal);
            }

            var run = new EngineRequest(document, given.OperationName, given.Variables, services, given.User);
            if (engine.Prepare(run, out var refused) is not { } plan)
            {
                return new OperationResult(refused!);
            }

            if (plan.Kind != OperationKind.Subscription)
            {
                return new OperationResult(await engine.ExecuteAsync(plan, run, null, cancellationToken).ConfigureAwait(false));
            }

            var (events, failed) = await engine.SubscribeAsync(plan, run, cancellationToken).ConfigureAwait(false);
            keepsScope = failed is null;
            return failed is not null ? new OperationResult(failed) : new ResponseStream(engine, plan, run, events!, scope, cancellationToken);
        }
        finally
        {
            if (scope is { } made && !keepsScope)
            {
                await made.DisposeAsync().ConfigureAwait(false);
            }
        }
    }
}

internal sealed class OperationResult : IOperationResult
{
    private readonly string _json;

    public OperationResult(Outcome outcome)
    {
        var buffer = new ArrayBufferWriter<byte>();
        outcome.WriteTo(buffer);
        _json = Encoding.UTF8.GetString(buffer.WrittenSpan);
        Errors = outcome.Errors.Count == 0 ? null : outcome.Errors;
        Status = outcome.Status;
        outcome.Dispose();
    }

    public IReadOnlyList<IError>? Errors { get; }

    internal int Status { get; }

    public string ToJson() => _json;

    public ValueTask DisposeAsync() => default;
}

internal sealed class ResponseStream(
    Engine engine, OperationPlan plan, EngineRequest request, IAsyncEnumerable<object?> events, AsyncServiceScope? scope, CancellationToken aborted) : IResponseStream
{
    public async IAsyncEnumerable<IOperationResult> ReadResultsAsync()
    {
        await foreach (var message in events.WithCancellation(aborted).ConfigureAwait(false))
        {
            yield return new OperationResult(await engine.ExecuteAsync(plan, request, message, aborted).ConfigureAwait(false));
        }
    }

    public ValueTask DisposeAsync() => scope?.DisposeAsync() ?? default;
}
