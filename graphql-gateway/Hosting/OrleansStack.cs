namespace OnlineSafetyTrust.Gateway.Hosting;

/// <summary>Hot Chocolate in the gateway. Its packages are not in this feed: written against its documentation, checked elsewhere.</summary>
internal static class ApiStack
{
    // Deliberately missing: budgets by cost, and subscriptions. Hot Chocolate has no place known to us where the read audit of an answer
    // that is pushed could be made durable before it leaves, and without the audit nothing may be pushed (J1).
    public static void Add(IServiceCollection services)
    {
    }

    public static IRequestExecutorBuilder AddSubscriptions(IRequestExecutorBuilder builder) => builder;

    public static void Map(WebApplication app) =>
        app.MapGraphQL("/graphql").WithOptions(new GraphQLServerOptions { EnforceGetRequestsPreflightHeader = true, EnableMultipartRequests = false, EnableBatching = false });
}
