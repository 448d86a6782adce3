using OnlineSafetyTrust.Contracts.Journal;

namespace OnlineSafetyTrust.Storage.Sql;

internal enum ColumnType
{
    Text,
    Number,
    Bytes,
}

internal enum WriteMode
{
    Insert,
    Upsert,
    Delete,

    /// <summary>Upsert that adds the last column to what is there.</summary>
    Add,
}

/// <summary>A table as a flush writes it. Key columns come first.</summary>
internal sealed record TableWrite(string Table, WriteMode Mode, int Keys, params (string Name, ColumnType Type)[] Columns)
{
    private const ColumnType T = ColumnType.Text;
    private const ColumnType N = ColumnType.Number;
    private const ColumnType B = ColumnType.Bytes;

    public static readonly TableWrite Events = new("events", WriteMode.Insert, 1,
        ("position", N), ("tenant", T), ("stream", T), ("version", N), ("type", T), ("at", N), ("actor", T), ("command_id", T), ("correlation_id", T), ("payload", B), ("prev_hash", B), ("hash", B));

    public static readonly TableWrite Streams = new("streams", WriteMode.Upsert, 2, ("tenant", T), ("stream", T), ("version", N), ("last_hash", B));

    public static readonly TableWrite Snapshots = new("snapshots", WriteMode.Upsert, 2, ("tenant", T), ("stream", T), ("shape", T), ("version", N), ("state", B));

    public static readonly TableWrite Commands = new("commands", WriteMode.Insert, 3,
        ("tenant", T), ("actor", T), ("command_id", T), ("input_hash", B), ("stream", T), ("version", N), ("at", N));

    public static readonly TableWrite Due = new("due", WriteMode.Upsert, 3, ("tenant", T), ("stream", T), ("what", T), ("at", N), ("shard", N), ("leased_until", N));

    public static readonly TableWrite GoneDue = new("due", WriteMode.Delete, 3, ("tenant", T), ("stream", T), ("what", T));

    public static readonly TableWrite Outbox = new("outbox", WriteMode.Insert, 1,
        ("position", N), ("tenant", T), ("id", T), ("destination", T), ("kind", T), ("payload", B), ("correlation_id", T), ("attempt", N));

    /// <summary>The update takes the row lock that keeps a delivery from removing the line under a new message.</summary>
    public static readonly TableWrite OutboxLines = new("outbox_lines", WriteMode.Upsert, 1, ("destination", T), ("last_position", N));

    public static readonly TableWrite Counters = new("counters", WriteMode.Add, 4, ("tenant", T), ("counter", T), ("day", T), ("dimensions", T), ("total", N));

    public static readonly TableWrite KeyOwners = new("key_owners", WriteMode.Insert, 3, ("tenant", T), ("owner", T), ("key", T));

    public static readonly TableWrite Lookups = new("lookups", WriteMode.Upsert, 4, ("tenant", T), ("kind", T), ("digest", B), ("id", T), ("owner", T));

    public static readonly TableWrite GoneLookups = new("lookups", WriteMode.Delete, 4, ("tenant", T), ("kind", T), ("digest", B), ("id", T));

    /// <summary>Numbers that cannot be read, their key being lost.</summary>
    public static readonly TableWrite GoneUnread = new("lookups", WriteMode.Delete, 3, ("tenant", T), ("kind", T), ("id", T));

    public static readonly TableWrite ReadAudit = new("read_audit", WriteMode.Insert, 1,
        ("position", N), ("tenant", T), ("actor", T), ("roles", T), ("purpose", T), ("operation", T), ("correlation_id", T), ("at", N));

    public static readonly TableWrite ReadAuditRecords = new("read_audit_records", WriteMode.Insert, 3, ("tenant", T), ("record", T), ("position", N));

    public static TableWrite View(ViewTable view, string? table = null) => new(table ?? view.TableName, WriteMode.Upsert, 2,
    [
        ("tenant", T), ("id", T), ("stream", T),
        .. view.Columns.Select(c => (c.Name, c.Kind == ColumnKind.Text ? T : N)),
        ("body", B),
    ]);

    public static TableWrite GoneView(ViewTable view) => new(view.TableName, WriteMode.Delete, 2, ("tenant", T), ("id", T));

    private string? _sqlite;
    private string? _postgres;

    /// <summary>One row per execution, positional arguments.</summary>
    public string Sqlite => _sqlite ??= Mode == WriteMode.Delete
        ? $"DELETE FROM {Table} WHERE {string.Join(" AND ", Columns.Select(c => $"{c.Name} = ?"))}"
        : $"INSERT INTO {Table} ({Names}) VALUES ({string.Join(", ", Columns.Select(_ => "?"))}){OnConflict}";

    /// <summary>Any number of rows per execution: one array per column.</summary>
    public string Postgres => _postgres ??= Mode == WriteMode.Delete
        ? $"DELETE FROM {Table} USING unnest({Arrays}) AS gone({Names}) WHERE {string.Join(" AND ", Columns.Select(c => $"{Table}.{c.Name} = gone.{c.Name}"))}"
        : $"INSERT INTO {Table} ({Names}) SELECT * FROM unnest({Arrays}){OnConflict}";

    private string Names => string.Join(", ", Columns.Select(c => c.Name));

    private string Arrays => string.Join(", ", Columns.Select((c, i) => $"${i + 1}"));

    private string OnConflict => Mode switch
    {
        WriteMode.Upsert => $" ON CONFLICT ({Key}) DO UPDATE SET {string.Join(", ", Columns.Skip(Keys).Select(c => $"{c.Name} = excluded.{c.Name}"))}",
        WriteMode.Add => $" ON CONFLICT ({Key}) DO UPDATE SET {Columns[^1].Name} = {Table}.{Columns[^1].Name} + excluded.{Columns[^1].Name}",
        _ => "",
    };

    private string Key => string.Join(", ", Columns.Take(Keys).Select(c => c.Name));
}

/// <summary>Rows for one table, column by column: PostgreSQL takes the columns as arrays, SQLite row by row.</summary>
internal sealed class RowBatch
{
    private readonly List<string?>[] _texts;
    private readonly List<long?>[] _numbers;
    private readonly List<byte[]?>[] _bytes;
    private int _column;

    public RowBatch(TableWrite table)
    {
        Table = table;
        _texts = new List<string?>[table.Columns.Length];
        _numbers = new List<long?>[table.Columns.Length];
        _bytes = new List<byte[]?>[table.Columns.Length];
        for (var i = 0; i < table.Columns.Length; i++)
        {
            switch (table.Columns[i].Type)
            {
                case ColumnType.Text: _texts[i] = []; break;
                case ColumnType.Number: _numbers[i] = []; break;
                default: _bytes[i] = []; break;
            }
        }
    }

    public TableWrite Table { get; }

    public int Rows { get; private set; }

    public RowBatch Add(string? value) => Next(_texts, value);

    public RowBatch Add(long? value) => Next(_numbers, value);

    public RowBatch Add(byte[]? value) => Next(_bytes, value);

    public RowBatch AddValue(object? value) => Table.Columns[_column].Type switch
    {
        ColumnType.Text => Add((string?)value),
        ColumnType.Number => Add(value is null ? null : Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)),
        _ => Add((byte[]?)value),
    };

    public string? Text(int column, int row) => _texts[column][row];

    public long? Number(int column, int row) => _numbers[column][row];

    public byte[]? Bytes(int column, int row) => _bytes[column][row];

    public object Array(int column) => (object?)_texts[column] ?? (object?)_numbers[column] ?? _bytes[column];

    private RowBatch Next<T>(List<T>[] columns, T value)
    {
        columns[_column].Add(value);
        if (++_column == Table.Columns.Length)
        {
            _column = 0;
            Rows++;
        }

        return this;
    }
}
