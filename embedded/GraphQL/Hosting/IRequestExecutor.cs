namespace OnlineSafetyTrust.Embedded.GraphQL;

public interface IRequestExecutor
{
    Task<IExecutionResult> ExecuteAsync(IOperationRequest request, CancellationToken cancellationToken = default);
}

public interface IRequestExecutorResolver
{
    ValueTask<IRequestExecutor> GetRequestExecutorAsync(string? schemaName = default, CancellationToken cancellationToken = default);
}

public interface IExecutionResult : IAsyncDisposable;

/// <summary>The answer to a query or mutation, or one of a subscription.</summary>
public interface IOperationResult : IExecutionResult
{
    IReadOnlyList<IError>? Errors { get; }

    string ToJson();
}

/// <summary>The answers to a subscription.</summary>
public interface IResponseStream : IExecutionResult
{
    IAsyncEnumerable<IOperationResult> ReadResultsAsync();
}

public static class RequestExecutorExtensions
{
    public static Task<IExecutionResult> ExecuteAsync(this IRequestExecutor executor, string query, CancellationToken cancellationToken = default) =>
        executor.ExecuteAsync(OperationRequestBuilder.New().SetDocument(query).Build(), cancellationToken);

    public static IOperationResult ExpectOperationResult(this IExecutionResult result) =>
        result as IOperationResult ?? throw new ArgumentException("The result is a stream.", nameof(result));

    public static IResponseStream ExpectResponseStream(this IExecutionResult result) =>
        result as IResponseStream ?? throw new ArgumentException("The result is no stream.", nameof(result));

    public static string ToJson(this IExecutionResult result) => result.ExpectOperationResult().ToJson();

    public static ValueTask<IRequestExecutor> GetRequestExecutorAsync(this IServiceProvider services, CancellationToken cancellationToken = default) =>
        ((IRequestExecutorResolver)services.GetService(typeof(IRequestExecutorResolver))!).GetRequestExecutorAsync(null, cancellationToken);
}
