namespace OnlineSafetyTrust.Embedded.GraphQL.Validation;

/// <summary>
/// What an operation may ask for. Everything is counted with fragments expanded, the way execution would meet it,
/// so that a small document of fragments within fragments is measured by what it means.
/// </summary>
internal sealed record ValidationLimits
{
    public static ValidationLimits Default { get; } = new();

    /// <summary>Errors reported before validation stops.</summary>
    public int MaxErrors { get; init; } = 50;

    public int MaxOperations { get; init; } = 50;

    /// <summary>Fields below each other; introspection fields and what is below them do not count.</summary>
    public int MaxDepth { get; init; } = 32;

    /// <summary>
    /// Fields, inline fragments and spreads within each other. Everything that walks an operation with its fragments may
    /// recurse because of this, whatever the parser was told to let through.
    /// </summary>
    public int MaxNesting { get; init; } = 200;

    /// <summary>Fields, inline fragments and spreads, each as often as it is reached.</summary>
    public int MaxSelections { get; init; } = 5_000;

    public int MaxAliases { get; init; } = 100;

    public int MaxRootFields { get; init; } = 50;

    /// <summary>Lists of types within lists of types below <c>__schema</c> or <c>__type</c>: each one multiplies the answer by the whole schema.</summary>
    public int MaxIntrospectionLists { get; init; } = 2;

    public bool AllowIntrospection { get; init; } = true;

    /// <summary>Fields looked at while searching for conflicting selections; only documents built for it come near.</summary>
    public int MaxMergeWork { get; init; } = 200_000;
}
