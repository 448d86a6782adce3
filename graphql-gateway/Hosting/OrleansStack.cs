namespace OnlineSafetyTrust.Gateway.Hosting;

/// <summary>Hot Chocolate in the gateway. Not compiled where its packages are missing; checked elsewhere.</summary>
internal static class ApiStack
{
    // Deliberately missing: the cost budget and the audit of what is pushed have no place in Hot Chocolate's public pipeline yet that
    // this could be written against unseen. Until they have, subscriptions stay off: see GraphQLHosting.
    public static void Add(IServiceCollection services)
    {
    }

    public static void Map(WebApplication app) => app.MapGraphQL("/graphql").WithOptions(new() { EnforceGetRequestsPreflightHeader = true, EnableMultipartRequests = false, EnableBatching = false });
}
