namespace OnlineSafetyTrust.Contracts.Journal;

public enum ColumnKind
{
    /// <summary>Compared by byte on every database.</summary>
    Text,

    /// <summary>64-bit; times are microseconds since 1970 in UTC.</summary>
    Number,
}

public sealed record ViewColumn(string Name, ColumnKind Kind);

/// <summary>
/// A list to read from. The table is <c>v_{name}_{version}</c>: tenant, id, stream, the columns (for predicates and order), body (JSON).
/// Primary key (tenant, id). A row is written by one stream only, so that it can be rebuilt from that stream alone.
/// </summary>
/// <param name="Version">Raised when columns or body change shape; the new table is built beside the old.</param>
/// <param name="Indexes">Each a list of columns; the tenant is put in front of each.</param>
public sealed record ViewTable(string Name, int Version, IReadOnlyList<ViewColumn> Columns, IReadOnlyList<IReadOnlyList<string>> Indexes)
{
    /// <summary>Rows tell something about a person: reading one is audited.</summary>
    public bool Personal { get; init; } = true;

    public string TableName => $"v_{Name}_{Version}";
}

/// <param name="Values">In the order of the table's columns: string, long or null.</param>
/// <param name="Body">UTF-8 JSON of the row's record; personal values sealed, property names as in the event they come from.</param>
public sealed record ViewRow(ViewTable Table, string Id, IReadOnlyList<object?> Values, ReadOnlyMemory<byte> Body);

public sealed record ViewRowKey(ViewTable Table, string Id);
