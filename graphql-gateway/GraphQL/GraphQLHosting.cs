using OnlineSafetyTrust.Gateway.GraphQL.Errors;
using OnlineSafetyTrust.Gateway.GraphQL.People;
using OnlineSafetyTrust.Gateway.GraphQL.Schools;

namespace OnlineSafetyTrust.Gateway.GraphQL;

internal static class GraphQLHosting
{
    /// <summary>The whole schema and its guards.</summary>
    public static void AddGateway(this IServiceCollection services, IHostEnvironment environment) =>
        services.AddGraphQLServer()
            .AddQueryType().AddMutationType()
            .AddTypeExtension<SchoolQueries>().AddTypeExtension<SchoolMutations>().AddTypeExtension<PersonMutations>()
            .AddType<NotFoundError>().AddType<RefusedError>().AddType<InvalidError>().AddType<ConflictError>().AddType<ErasedError>()
            .AddDataLoader<PersonById>()
            .AddGlobalObjectIdentification()
            .AddAuthorization()
            .AddErrorFilter<MaskUnexpected>()
            .AddMaxExecutionDepthRule(15, skipIntrospectionFields: true)
            .ModifyPagingOptions(o => (o.MaxPageSize, o.DefaultPageSize, o.IncludeTotalCount, o.RequirePagingBoundaries) = (100, 20, false, false))
            .ModifyRequestOptions(o => (o.IncludeExceptionDetails, o.ExecutionTimeout) = (false, TimeSpan.FromSeconds(10)))
            .DisableIntrospection(!environment.IsDevelopment());
}
