namespace OnlineSafetyTrust.Contracts.Journal;

public enum ColumnKind
{
    /// <summary>Compared by byte on every database.</summary>
    Text,

    /// <summary>64-bit; times are microseconds since 1970 in UTC.</summary>
    Number,
}

public sealed record ViewColumn(string Name, ColumnKind Kind);

/// <summary>A record that a table's rows tell about besides being records themselves: whoever reads a row has read about it.</summary>
/// <param name="Column">Holds the record's id, or null; <c>id</c>: the row's own id is the record's.</param>
/// <param name="Kind">Such as <c>pupil</c>; null: the column holds kind and id.</param>
public sealed record AboutRecord(string Column, string? Kind);

/// <summary>
/// A list to read from. The table is <c>v_{name}_{version}</c>: tenant, id, stream, the columns (for predicates and order), body (JSON).
/// Primary key (tenant, id). A row is written by one stream only, so that it can be rebuilt from that stream alone.
/// </summary>
/// <param name="Version">Raised when columns or body change shape; the new table is built beside the old.</param>
/// <param name="Indexes">Each a list of columns; the tenant is put in front of each.</param>
public sealed record ViewTable(string Name, int Version, IReadOnlyList<ViewColumn> Columns, IReadOnlyList<IReadOnlyList<string>> Indexes)
{
    /// <summary>Of every table's name.</summary>
    public const string Prefix = "v_";

    /// <summary>Rows tell something about a person: reading one is audited.</summary>
    public bool Personal { get; init; } = true;

    /// <summary>In whose access log a read of a row stands too.</summary>
    public IReadOnlyList<AboutRecord> About { get; init; } = [];

    /// <summary>Name of the column with the pupil's id that the rows are about.</summary>
    public string AboutPupil
    {
        init => About = [new AboutRecord(value, "pupil")];
    }

    public string TableName => $"{Prefix}{Name}_{Version}";
}

/// <param name="Values">In the order of the table's columns: string, long or null.</param>
/// <param name="Body">UTF-8 JSON of the row's record; personal values sealed, property names as in the event they come from.</param>
public sealed record ViewRow(ViewTable Table, string Id, IReadOnlyList<object?> Values, ReadOnlyMemory<byte> Body);

public sealed record ViewRowKey(ViewTable Table, string Id);
