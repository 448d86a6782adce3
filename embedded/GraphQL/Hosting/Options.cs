namespace OnlineSafetyTrust.Embedded.GraphQL;

public sealed class RequestExecutorOptions
{
    /// <summary>After this the request fails; resolvers see it by their token.</summary>
    public TimeSpan ExecutionTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Development only: puts messages and stack traces of exceptions into errors.</summary>
    public bool IncludeExceptionDetails { get; set; }

    public PersistedOperationOptions PersistedOperations { get; } = new();
}

public sealed class PersistedOperationOptions
{
    public bool OnlyAllowPersistedDocuments { get; set; }
}

public sealed class CostOptions
{
    public double MaxFieldCost { get; set; } = 1_000;

    public double MaxTypeCost { get; set; } = 1_000;

    public bool EnforceCostLimits { get; set; } = true;

    /// <summary>Weight of a field whose resolver is async.</summary>
    public double? DefaultResolverCost { get; set; } = 10;
}

/// <summary>What the HTTP endpoint offers.</summary>
public sealed class GraphQLServerOptions
{
    public bool EnableGetRequests { get; set; } = true;

    /// <summary>Serves <c>?sdl</c>; off with introspection too.</summary>
    public bool EnableSchemaRequests { get; set; } = true;

    /// <summary>Bytes of a request's body; more is answered 413.</summary>
    public int MaxRequestSize { get; set; } = 1024 * 1024;
}
