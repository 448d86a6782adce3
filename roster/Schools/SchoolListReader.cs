using System.Globalization;
using System.Text;
using CsvHelper;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Roster.Reading;

namespace OnlineSafetyTrust.Roster.Schools;

/// <summary>Reads the DfE's <c>edubasealldataYYYYMMDD.csv</c> (Windows-1252, some 52,000 rows, 65 MB) row by row and keeps the open schools.</summary>
public static class SchoolListReader
{
    private static readonly string[] Needed =
    [
        "URN", "LA (code)", "LA (name)", "EstablishmentNumber", "EstablishmentName", "TypeOfEstablishment (name)", "EstablishmentStatus (name)", "PhaseOfEducation (name)",
        "StatutoryLowAge", "StatutoryHighAge", "NumberOfPupils", "TrustSchoolFlag (name)", "Trusts (name)", "Federations (name)",
    ];

    public static Result<IReadOnlyList<ListedSchool>> Read(Stream stream)
    {
        var problems = new Problems();
        var bad = new HashSet<long>();
        var options = new CsvReaderOptions
        {
            Separator = ',', HasHeader = false, Encoding = CodePagesEncodingProvider.Instance.GetEncoding(1252), TrackLineNumbers = true, MaxRecordSize = 1 << 20,
            IncludeValuesInExceptions = false, OnMalformedRecord = r => bad.Add(r.LineNumber),
        };
        using var csv = CsvReader.Create(stream, options, leaveOpen: true);
        var schools = new List<ListedSchool>();
        try
        {
            if (!csv.Read() || Columns(csv, problems) is not { } columns)
            {
                problems.File("SCHOOLS_EMPTY", "schools list", "has no schools in it. Download 'all establishment data' from Get Information about Schools again.");
                return Result<IReadOnlyList<ListedSchool>>.Failed(problems.Found);
            }

            var width = csv.FieldCount;
            var lines = new Dictionary<string, int>(StringComparer.Ordinal);
            while (csv.Read())
            {
                Add(new SchoolRow(csv, columns), csv.FieldCount == width && !bad.Contains(csv.LineNumber), schools, lines, problems);
            }
        }
        catch (CsvFormatException)
        {
            problems.File("SCHOOLS_ROW", "schools list", "a quotation mark is missing somewhere, so the rest cannot be read. Download the file again and do not edit it.");
        }

        return problems.Any ? Result<IReadOnlyList<ListedSchool>>.Failed(problems.Found) : schools;
    }

    private static Dictionary<string, int>? Columns(CsvReader csv, Problems problems)
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < csv.FieldCount; i++)
        {
            columns.TryAdd(csv.GetString(i), i);
        }

        foreach (var name in Needed.Where(n => !columns.ContainsKey(n)))
        {
            problems.Row("SCHOOLS_HEADER", "schools list", 1, name, "the column is missing. Download 'all establishment data' (edubasealldata) and do not edit it.");
        }

        return problems.Any ? null : columns;
    }

    private static void Add(SchoolRow row, bool whole, List<ListedSchool> schools, Dictionary<string, int> lines, Problems problems)
    {
        void Bad(string column, string message) => problems.Row("SCHOOLS_ROW", "schools list", row.Line, column, message);
        if (!whole)
        {
            Bad("?", "the row does not have as many cells as the first line. Download the file again.");
            return;
        }

        // "Open, but proposed to close" is open.
        if (!row["EstablishmentStatus (name)"].StartsWith("Open", StringComparison.Ordinal))
        {
            return;
        }

        var urn = row["URN"];
        if (urn.Length != 6 || !urn.All(char.IsAsciiDigit))
        {
            Bad("URN", "a URN has six digits.");
        }
        else if (!lines.TryAdd(urn, row.Line))
        {
            Bad("URN", $"the same URN stands on line {lines[urn]}. Download the file again.");
        }
        else if (row["EstablishmentName"].Length == 0)
        {
            Bad("EstablishmentName", "is empty.");
        }
        else
        {
            schools.Add(row.School(urn));
        }
    }

    private readonly struct SchoolRow(CsvReader csv, Dictionary<string, int> columns)
    {
        public int Line => (int)csv.LineNumber;

        public string this[string column] => csv.GetString(columns[column]).Trim();

        public ListedSchool School(string urn)
        {
            var type = this["TypeOfEstablishment (name)"];
            var years = SchoolAges.YearGroups(Number("StatutoryLowAge"), Number("StatutoryHighAge"));
            var number = this["EstablishmentNumber"];
            return new ListedSchool(
                Line, urn, this["EstablishmentName"], SchoolAges.PhaseOf(this["PhaseOfEducation (name)"], type, years),
                type.Contains("Welsh", StringComparison.Ordinal) ? Nation.Wales : Nation.England, years, this["LA (name)"],
                number.Length == 0 ? null : $"{this["LA (code)"]}/{number.PadLeft(4, '0')}", Or("Trusts (name)"),
                this["TrustSchoolFlag (name)"].Contains("multi-academy trust", StringComparison.OrdinalIgnoreCase), Or("Federations (name)"), Number("NumberOfPupils"));
        }

        private string? Or(string column) => this[column] is { Length: > 0 } text ? text : null;

        private int? Number(string column) => int.TryParse(this[column], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
