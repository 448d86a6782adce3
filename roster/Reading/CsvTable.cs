using System.Text.Unicode;
using CsvHelper;

namespace OnlineSafetyTrust.Roster.Reading;

/// <summary>One CSV file, row by row. A row of the wrong shape is a problem and is left out; reading goes on, so that all are reported at once.</summary>
internal sealed class CsvTable(FileShape shape, byte[] bytes, Problems problems)
{
    private const int LongestRow = 64 << 10;

    /// <summary>False once the file as a whole turned out to be of no use.</summary>
    public bool Readable { get; private set; } = true;

    public IEnumerable<CsvRow> Rows()
    {
        if (!IsUtf8())
        {
            Readable = false;
            yield break;
        }

        var bad = new HashSet<long>();
        // A cell may not run over lines: otherwise one missing quotation mark would swallow the rest of the file.
        var options = new CsvReaderOptions
        {
            Separator = ',', HasHeader = false, AllowLineBreaksInQuotes = false, DetectSeparatorHint = false, TrackLineNumbers = true, IncludeValuesInExceptions = false,
            PoolStrings = true, OnMalformedRecord = r => bad.Add(r.LineNumber),
        };
        using var csv = CsvReader.Create(bytes, options);
        if (!csv.Read())
        {
            problems.File("ROSTER_FILE_EMPTY", shape.File, "is empty, without even a line of column names. Export the bundle again.");
            Readable = false;
            yield break;
        }

        if (Header(Cells(csv)) is not { } columns)
        {
            Readable = false;
            yield break;
        }

        while (csv.Read())
        {
            var line = (int)csv.LineNumber;
            if (bad.Contains(line) || csv.RawRecord.Length > LongestRow)
            {
                problems.Row("ROSTER_ROW_SHAPE", shape.File, line, "?", "a quotation mark is missing or in the wrong place, so the row cannot be told apart. Correct it in the MIS and export again.");
            }
            else if (csv.FieldCount != columns.Count)
            {
                problems.Row(
                    "ROSTER_ROW_SHAPE", shape.File, line, "?",
                    $"the row has {csv.FieldCount} cells and the first line has {columns.Count} columns. Look for a comma that is not inside quotation marks.");
            }
            else
            {
                yield return new CsvRow(shape.File, line, columns, Cells(csv));
            }
        }
    }

    private static string[] Cells(CsvReader csv)
    {
        var cells = new string[csv.FieldCount];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = csv.GetString(i);
        }

        return cells;
    }

    private Dictionary<string, int>? Header(string[] names)
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        var wrong = false;
        for (var i = 0; i < names.Length; i++)
        {
            wrong |= !columns.TryAdd(names[i], i) && Twice(i + 1);
        }

        foreach (var name in shape.Needed.Concat(shape.Known).Where(n => !columns.ContainsKey(n)))
        {
            if (names.Any(n => string.Equals(n.Trim(), name, StringComparison.OrdinalIgnoreCase)))
            {
                problems.Row("ROSTER_HEADER", shape.File, 1, name, $"the column must be written exactly '{name}': capitals and spaces count. Correct the first line.");
                wrong = true;
            }
            else if (shape.Needed.Contains(name))
            {
                problems.Row("ROSTER_HEADER", shape.File, 1, name, "the column is missing. Export with all columns of OneRoster 1.1 or 1.2.");
                wrong = true;
            }
        }

        return wrong ? null : columns;
    }

    private bool Twice(int place)
    {
        problems.Row("ROSTER_HEADER", shape.File, 1, $"no. {place}", "a column of this name was there before. Each name may stand once.");
        return true;
    }

    private bool IsUtf8()
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            problems.File("ROSTER_NOT_UTF8", shape.File, "is written in UTF-16. Save it as UTF-8 (in Excel: 'CSV UTF-8').");
            return false;
        }

        if (Utf8.IsValid(bytes) && !bytes.AsSpan().Contains((byte)0))
        {
            return true;
        }

        problems.Row("ROSTER_NOT_UTF8", shape.File, FirstBadLine(), "?", "a character is not UTF-8, probably a letter with an accent from an older system. Export as UTF-8, or save the file as 'CSV UTF-8'.");
        return false;
    }

    private int FirstBadLine()
    {
        var rest = bytes.AsSpan();
        for (var line = 1; ; line++)
        {
            var end = rest.IndexOf((byte)'\n');
            var current = end < 0 ? rest : rest[..end];
            if (end < 0 || !Utf8.IsValid(current) || current.Contains((byte)0))
            {
                return line;
            }

            rest = rest[(end + 1)..];
        }
    }
}

/// <param name="Line">The line on which the row begins.</param>
internal readonly record struct CsvRow(string File, int Line, Dictionary<string, int> Columns, string[] Fields)
{
    /// <summary>The cell without the blanks around it; empty where there is no such column.</summary>
    public string this[string column] => Columns.TryGetValue(column, out var at) ? Fields[at].Trim() : "";

    public string? Or(string column) => this[column] is { Length: > 0 } value ? value : null;

    /// <summary>A list in one cell: comma-separated, as the binding says.</summary>
    public string[] List(string column) => this[column].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
