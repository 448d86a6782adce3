namespace OnlineSafetyTrust.Embedded.GraphQL;

public sealed class RequestExecutorOptions
{
    /// <summary>After this the request fails; resolvers see it by their token.</summary>
    public TimeSpan ExecutionTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes of one answer; a larger one fails with <c>ANSWER_TOO_LARGE</c>. Of this stack alone, as <see cref="MaxAnswerObjects"/>.</summary>
    public int MaxAnswerSize { get; set; } = 16 * 1024 * 1024;

    public int MaxAnswerObjects { get; set; } = 100_000;

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

    /// <summary>How many objects a list that is no page is taken to hold. Of this stack alone: on Hot Chocolate it is one.</summary>
    public double AssumedListSize { get; set; } = 1;
}

/// <summary>What the HTTP endpoint offers.</summary>
public sealed class GraphQLServerOptions
{
    public bool EnableGetRequests { get; set; } = true;

    /// <summary>Serves <c>?sdl</c>; off with introspection too.</summary>
    public bool EnableSchemaRequests { get; set; } = true;

    /// <summary>A GET must carry the header <c>GraphQL-Preflight</c>, which no page can send to another site unasked.</summary>
    public bool EnforceGetRequestsPreflightHeader { get; set; }

    /// <summary>
    /// A client that does not say what it accepts gets <c>application/json</c>, as graphql-http's audit wants it, with the statuses of
    /// <c>application/graphql-response+json</c>. Of this stack alone.
    /// </summary>
    public bool JsonByDefault { get; set; }

    /// <summary>Bytes of a request's body; more is answered 413.</summary>
    public int MaxRequestSize { get; set; } = 1024 * 1024;

    public GraphQLSocketOptions Sockets { get; set; } = new();
}

/// <summary>What one WebSocket may do.</summary>
public sealed class GraphQLSocketOptions
{
    /// <summary>A socket without <c>connection_init</c> by then is closed (4408).</summary>
    public TimeSpan ConnectionInitializationTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Time between two pings; a client from which nothing comes for two of them is cut off. Null: no pings.</summary>
    public TimeSpan? KeepAliveInterval { get; set; } = TimeSpan.FromSeconds(12);

    /// <summary>Operations at once; one more is answered with an error of its own.</summary>
    public int MaxOperations { get; set; } = 100;

    /// <summary>Bytes of one message; a larger one closes the socket (1009).</summary>
    public int MaxMessageSize { get; set; } = 128 * 1024;
}
