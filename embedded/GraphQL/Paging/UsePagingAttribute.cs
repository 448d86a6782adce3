namespace OnlineSafetyTrust.Embedded.GraphQL;

/// <summary>The field is a connection: gets first/after/last/before and checks the page size.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
public sealed class UsePagingAttribute : Attribute
{
    private int? _defaultPageSize;
    private int? _maxPageSize;
    private bool? _includeTotalCount;
    private bool? _allowBackwardPagination;
    private bool? _requirePagingBoundaries;

    /// <summary>Names the types: <c>Incidents</c> gives IncidentsConnection and IncidentsEdge.</summary>
    public string? ConnectionName { get; set; }

    public int DefaultPageSize { get => _defaultPageSize ?? PagingOptions.InitialDefaultPageSize; set => _defaultPageSize = value; }

    public int MaxPageSize { get => _maxPageSize ?? PagingOptions.InitialMaxPageSize; set => _maxPageSize = value; }

    public bool IncludeTotalCount { get => _includeTotalCount ?? false; set => _includeTotalCount = value; }

    public bool AllowBackwardPagination { get => _allowBackwardPagination ?? true; set => _allowBackwardPagination = value; }

    public bool RequirePagingBoundaries { get => _requirePagingBoundaries ?? false; set => _requirePagingBoundaries = value; }

    internal PagingOptions Over(PagingOptions defaults) => new()
    {
        DefaultPageSize = _defaultPageSize ?? defaults.DefaultPageSize,
        MaxPageSize = _maxPageSize ?? defaults.MaxPageSize,
        IncludeTotalCount = _includeTotalCount ?? defaults.IncludeTotalCount,
        AllowBackwardPagination = _allowBackwardPagination ?? defaults.AllowBackwardPagination,
        RequirePagingBoundaries = _requirePagingBoundaries ?? defaults.RequirePagingBoundaries,
    };
}

public sealed class PagingOptions
{
    internal const int InitialDefaultPageSize = 10;
    internal const int InitialMaxPageSize = 50;

    public int? DefaultPageSize { get; set; } = InitialDefaultPageSize;

    public int? MaxPageSize { get; set; } = InitialMaxPageSize;

    public bool? IncludeTotalCount { get; set; } = false;

    public bool? AllowBackwardPagination { get; set; } = true;

    public bool? RequirePagingBoundaries { get; set; } = false;
}
