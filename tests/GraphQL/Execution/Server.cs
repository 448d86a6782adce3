using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;

namespace OnlineSafetyTrust.GraphQL.Tests.Execution;

/// <summary>An executor in the process, with the fields of the given classes.</summary>
public sealed class Server : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public Server(Action<IRequestExecutorBuilder> configure, Action<IServiceCollection>? services = null)
    {
        var collection = new ServiceCollection().AddLogging();
        services?.Invoke(collection);
        configure(collection.AddGraphQLServer().AddQueryType());
        _services = collection.BuildServiceProvider();
    }

    public IServiceProvider Services => _services;

    public static Server Of<TQuery>(Action<IRequestExecutorBuilder>? more = null, Action<IServiceCollection>? services = null) =>
        new(b =>
        {
            b.AddTypeExtension<TQuery>();
            more?.Invoke(b);
        }, services);

    public async Task<string> AskAsync(string query, string? variables = null, ClaimsPrincipal? user = null, CancellationToken cancellation = default) =>
        (await RunAsync(query, variables, user, cancellation)).ToJson();

    public async Task<IExecutionResult> RunAsync(string query, string? variables = null, ClaimsPrincipal? user = null, CancellationToken cancellation = default)
    {
        var executor = await _services.GetRequestExecutorAsync(cancellation);
        var request = OperationRequestBuilder.New().SetDocument(query);
        if (variables is not null)
        {
            request.SetVariableValues(variables);
        }

        if (user is not null)
        {
            request.SetUser(user);
        }

        return await executor.ExecuteAsync(request.Build(), cancellation);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
