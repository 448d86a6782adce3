using System.Buffers;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage.Journal;
using OnlineSafetyTrust.Storage.Sql;

namespace OnlineSafetyTrust.Bench.Bare;

/// <summary>A row that the product wrote, to be written again with other ids.</summary>
internal sealed record TemplateRow(TableWrite Table, object?[] Values);

/// <summary>
/// The rows of one real <c>reportIncident</c>, taken from the append that the product handed to its journal. Writers get rows of their own
/// where the product's would make them wait for each other (counters, message lines, head): the bare loop is given every advantage.
/// </summary>
internal sealed class Template
{
    private readonly IReadOnlyList<TemplateRow> _rows;
    private readonly string _incident;
    private readonly string _command;
    private long _position = 1_000_000;

    private Template(IReadOnlyList<TemplateRow> rows, string incident, string command) => (_rows, _incident, _command) = (rows, incident, command);

    public int Rows => _rows.Count;

    public IEnumerable<TableWrite> Statements => _rows.Select(r => r.Table);

    public static Template Of(Append append)
    {
        var plan = FlushPlan.Make([new AppendWork(append with { Premise = null })], new Facts { Head = new Head(0, new byte[32], 0, 0) }, new byte[32], new ArrayBufferWriter<byte>());
        var rows = new List<TemplateRow>();
        foreach (var batch in plan.Batches)
        {
            for (var row = 0; row < batch.Rows; row++)
            {
                rows.Add(new TemplateRow(batch.Table, [.. batch.Table.Columns.Select((c, i) => c.Type switch
                {
                    ColumnType.Text => (object?)batch.Text(i, row),
                    ColumnType.Number => batch.Number(i, row),
                    _ => batch.Bytes(i, row),
                })]));
            }
        }

        return new Template(rows, append.Key.Stream.Id.ToString("D"), append.CommandId!.Value.ToString("D"));
    }

    /// <summary>The rows of another report.</summary>
    public IReadOnlyList<TemplateRow> Next(int writer)
    {
        var (incident, command, rows) = (Guid.CreateVersion7().ToString("D"), Guid.NewGuid().ToString("D"), new TemplateRow[_rows.Count]);
        for (var i = 0; i < rows.Length; i++)
        {
            var (table, values) = (_rows[i].Table, (object?[])_rows[i].Values.Clone());
            for (var column = 0; column < values.Length; column++)
            {
                values[column] = Value(table, table.Columns[column].Name, values[column], incident, command, writer);
            }

            rows[i] = new TemplateRow(table, values);
        }

        return rows;
    }

    private object? Value(TableWrite table, string column, object? value, string incident, string command, int writer) => (table.Table, column) switch
    {
        (_, "position" or "last_position") => Interlocked.Increment(ref _position),
        ("counters", "dimensions") => $"{value};w={writer}",
        ("outbox" or "outbox_lines", "destination") => $"{value}/{writer}",
        ("outbox", "id") => Guid.NewGuid().ToString("D"),
        _ => value is string text ? text.Replace(_incident, incident, StringComparison.Ordinal).Replace(_command, command, StringComparison.Ordinal) : value,
    };
}
