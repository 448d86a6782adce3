namespace OnlineSafetyTrust.Embedded.GraphQL.Building;

/// <summary>What the calls on <see cref="IRequestExecutorBuilder"/> collected for one schema.</summary>
internal sealed class Registrations
{
    public bool Query { get; set; }

    public bool Mutation { get; set; }

    public bool Subscription { get; set; }

    public bool GlobalIds { get; set; }

    public bool Authorization { get; set; }

    public List<Type> Extensions { get; } = [];

    public List<Type> Types { get; } = [];

    public PagingOptions Paging { get; } = new();

    public RequestExecutorOptions Request { get; } = new();

    public CostOptions Cost { get; } = new();

    public int? MaxDepth { get; set; }

    public bool IntrospectionDisabled { get; set; } = true;

    public bool PersistedOperations { get; set; }
}
