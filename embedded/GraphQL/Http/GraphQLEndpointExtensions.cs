using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OnlineSafetyTrust.Embedded.GraphQL.Http;

namespace OnlineSafetyTrust.Embedded.GraphQL;

public static class GraphQLEndpointExtensions
{
    /// <summary>GraphQL over HTTP: POST, GET for queries, server-sent events; over WebSocket where <c>UseWebSockets</c> stands before.</summary>
    public static GraphQLEndpointConventionBuilder MapGraphQL(this IEndpointRouteBuilder endpoints, string path = "/graphql")
    {
        var endpoint = new GraphQLEndpoint(endpoints.ServiceProvider);
        // CONNECT opens a WebSocket over HTTP/2.
        return new(endpoints.MapMethods(path, [HttpMethods.Get, HttpMethods.Post, HttpMethods.Connect], (RequestDelegate)endpoint.HandleAsync), endpoint);
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
