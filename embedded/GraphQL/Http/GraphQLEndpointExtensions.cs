using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Embedded.GraphQL.Execution;
using OnlineSafetyTrust.Embedded.GraphQL.Http;

namespace OnlineSafetyTrust.Embedded.GraphQL;

public static class GraphQLEndpointExtensions
{
    /// <summary>GraphQL over HTTP: POST, GET for queries, server-sent events for subscriptions.</summary>
    public static GraphQLEndpointConventionBuilder MapGraphQL(this IEndpointRouteBuilder endpoints, string path = "/graphql")
    {
        // Now and not at the first request: a schema that does not fit must stop the start.
        var endpoint = new GraphQLEndpoint(endpoints.ServiceProvider.GetRequiredService<Engine>());
        return new(endpoints.MapMethods(path, [HttpMethods.Get, HttpMethods.Post], (RequestDelegate)endpoint.HandleAsync), endpoint);
    }
}

public sealed class GraphQLEndpointConventionBuilder : IEndpointConventionBuilder
{
    private readonly IEndpointConventionBuilder _inner;
    private readonly GraphQLEndpoint _endpoint;

    internal GraphQLEndpointConventionBuilder(IEndpointConventionBuilder inner, GraphQLEndpoint endpoint) => (_inner, _endpoint) = (inner, endpoint);

    public GraphQLEndpointConventionBuilder WithOptions(GraphQLServerOptions serverOptions)
    {
        _endpoint.Options = serverOptions;
        return this;
    }

    public void Add(Action<EndpointBuilder> convention) => _inner.Add(convention);

    public void Finally(Action<EndpointBuilder> finallyConvention) => _inner.Finally(finallyConvention);
}
