using System.Globalization;

namespace OnlineSafetyTrust.Roster.Reading;

/// <summary>A file of records: what the binding asks of every row (sourcedId, status, dateLastModified) is checked here.</summary>
internal sealed class RecordFile(FileShape shape, FileMode mode, Problems problems)
{
    private const int LongestId = 255;
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);
    private bool _readable = true;

    public bool Absent => mode == FileMode.Absent;

    public bool Delta => mode == FileMode.Delta;

    public string File => shape.File;

    public bool Has(string sourcedId) => _lines.ContainsKey(sourcedId);

    public int LineOf(string sourcedId) => _lines[sourcedId];

    public IEnumerable<RosterRow> Rows(Bundle bundle)
    {
        if (Absent)
        {
            yield break;
        }

        if (bundle.Unpack(File, problems) is not { } bytes)
        {
            _readable = false;
            yield break;
        }

        var table = new CsvTable(shape, bytes, problems);
        foreach (var row in table.Rows())
        {
            var id = row["sourcedId"];
            if (id.Length is 0 or > LongestId)
            {
                problems.Row("ROSTER_ID", File, row.Line, "sourcedId", $"must have 1 to {LongestId} characters. Each record needs its id from the MIS.");
            }
            else if (!_lines.TryAdd(id, row.Line))
            {
                problems.Row("ROSTER_DUPLICATE", File, row.Line, "sourcedId", $"the same id stands on line {_lines[id]}. Each record may stand once; remove one in the MIS.");
            }
            else if (Removed(row) is { } removed)
            {
                yield return new RosterRow(row, id, removed);
            }
        }

        _readable = table.Readable;
    }

    public void Problem(RosterRow row, string code, string column, string message) => problems.Row(code, File, row.Line, column, message);

    public void Problem(int line, string code, string column, string message) => problems.Row(code, File, line, column, message);

    /// <summary>A cell that must not be empty.</summary>
    public string Text(RosterRow row, string column)
    {
        var value = row[column];
        if (value.Length == 0)
        {
            Problem(row, "ROSTER_EMPTY", column, "is empty. Enter it in the MIS and export again.");
        }

        return value;
    }

    /// <summary>A date as <c>YYYY-MM-DD</c>; null when empty or wrong, the latter being reported.</summary>
    public DateOnly? Date(RosterRow row, string column)
    {
        if (row[column] is not { Length: > 0 } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        Problem(row, "ROSTER_DATE", column, "is no date. Dates are written year-month-day, such as 2026-09-01.");
        return null;
    }

    public RosterPeriod Period(RosterRow row)
    {
        var period = new RosterPeriod(Date(row, "beginDate"), Date(row, "endDate"));
        if (period.End < period.Begin)
        {
            Problem(row, "ROSTER_DATE", "endDate", "is before beginDate. Correct one of them.");
        }

        return period;
    }

    public string? OneOf(RosterRow row, string column, params ReadOnlySpan<string> allowed)
    {
        var value = row[column];
        if (allowed.Contains(value) || value.StartsWith("ext:", StringComparison.Ordinal))
        {
            return value;
        }

        Problem(row, "ROSTER_WORD", column, $"must be one of {string.Join(", ", allowed.ToArray())}. Small letters and capitals count.");
        return null;
    }

    /// <summary>
    /// A reference to a record of another file. Where that file is absent it cannot be checked; where it could not be read, that was told once; orgs that a delta
    /// leaves out are the plan's to know.
    /// </summary>
    public bool Refers(RosterRow row, string column, string id, RecordFile to)
    {
        if (to.Absent || !to._readable || to.Has(id) || (to.Delta && to.File == FileShape.Orgs.File))
        {
            return true;
        }

        Problem(row, "ROSTER_REFERENCE", column, $"refers to a record that is not in {to.File}. " + (to.Delta ? Manifest.BulkInstead : "Add the record there, or correct the id."));
        return false;
    }

    private bool? Removed(CsvRow row)
    {
        var status = row["status"];
        switch (status, mode)
        {
            case ("" or "active", FileMode.Bulk):
                return false;
            case ("active", FileMode.Delta) when HasModified(row):
                return false;
            case ("tobedeleted", FileMode.Delta) when HasModified(row):
                return true;
            case ("active" or "tobedeleted", FileMode.Delta):
                return null;
            default:
                problems.Row(
                    "ROSTER_STATUS", File, row.Line, "status",
                    mode == FileMode.Bulk ? "must be empty in a bulk file: who is not in the file has left. Leave such rows out." : "must be active or tobedeleted in a delta file.");
                return null;
        }
    }

    private bool HasModified(CsvRow row)
    {
        if (DateTimeOffset.TryParse(row["dateLastModified"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
        {
            return true;
        }

        problems.Row("ROSTER_DATE", File, row.Line, "dateLastModified", "must be a date and time in a delta file, such as 2026-09-01T08:00:00Z.");
        return false;
    }
}

/// <param name="Removed">A delta says that the record goes.</param>
internal readonly record struct RosterRow(CsvRow Cells, string SourcedId, bool Removed)
{
    public int Line => Cells.Line;

    public string this[string column] => Cells[column];
}
