namespace OnlineSafetyTrust.Roster.Reading;

internal enum FileMode
{
    Absent,
    Bulk,
    Delta,
}

/// <summary>manifest.csv: the version, and what each file is.</summary>
internal sealed record Manifest(string Version, IReadOnlyDictionary<string, FileMode> Files)
{
    /// <summary>The way out of a delta that leaves out what is not known here.</summary>
    public const string BulkInstead = "Export a full (bulk) bundle instead of changes.";

    public bool HasRolesFile => Version == "1.2";

    public FileMode Of(FileShape shape) => Files.GetValueOrDefault(shape.Name, FileMode.Absent);

    public static Manifest? Read(Bundle bundle, Problems problems)
    {
        if (!bundle.Has(FileShape.Manifest.File))
        {
            problems.Bundle("ROSTER_NO_MANIFEST", "The zip has no manifest.csv, so it is no OneRoster bundle. Export 'OneRoster CSV', version 1.1 or 1.2, from the MIS.");
            return null;
        }

        if (bundle.Unpack(FileShape.Manifest.File, problems) is not { } bytes)
        {
            return null;
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var files = new Dictionary<string, FileMode>(StringComparer.Ordinal);
        foreach (var row in new CsvTable(FileShape.Manifest, bytes, problems).Rows())
        {
            var property = row["propertyName"];
            if (!values.TryAdd(property, row["value"]))
            {
                problems.Row("ROSTER_DUPLICATE", row.File, row.Line, "propertyName", "this property was given before. Each may stand once.");
            }
            else if (property.StartsWith("file.", StringComparison.Ordinal))
            {
                ReadFile(row, property[5..], bundle, files, problems);
            }
        }

        if (problems.Any)
        {
            return null;
        }

        var version = values.GetValueOrDefault("oneroster.version");
        if (version is not ("1.1" or "1.2"))
        {
            problems.File("ROSTER_VERSION", FileShape.Manifest.File, "'oneroster.version' must be 1.1 or 1.2. Choose one of these when exporting.");
            return null;
        }

        var manifest = new Manifest(version, files);
        CheckNeeded(manifest, problems);
        return problems.Any ? null : manifest;
    }

    private static void ReadFile(CsvRow row, string name, Bundle bundle, Dictionary<string, FileMode> files, Problems problems)
    {
        var there = bundle.Has(name + ".csv");
        switch (row["value"])
        {
            case "absent" when there:
                problems.Row("ROSTER_MANIFEST", row.File, row.Line, "value", $"says that {name}.csv is absent, but it is in the zip. Export again, or take the file out.");
                break;
            case "absent":
                break;
            case "bulk" or "delta" when !there:
                problems.Row("ROSTER_MANIFEST", row.File, row.Line, "value", $"promises {name}.csv, but it is not in the zip. Export again.");
                break;
            case "bulk":
                files[name] = FileMode.Bulk;
                break;
            case "delta":
                files[name] = FileMode.Delta;
                break;
            default:
                problems.Row("ROSTER_MANIFEST", row.File, row.Line, "value", "must be bulk, delta or absent.");
                break;
        }
    }

    private static void CheckNeeded(Manifest manifest, Problems problems)
    {
        // A delta leaves out the files in which nothing changed.
        FileShape[] needed = manifest.Of(FileShape.Users11) == FileMode.Delta ? []
            : manifest.HasRolesFile ? [FileShape.Orgs, FileShape.Users12, FileShape.Roles] : [FileShape.Orgs, FileShape.Users11];
        foreach (var shape in needed.Where(s => manifest.Of(s) == FileMode.Absent))
        {
            problems.File("ROSTER_FILE_MISSING", shape.File, $"is needed in a OneRoster {manifest.Version} bundle. Switch it on in the MIS's export.");
        }

        if (manifest.Of(FileShape.Enrollments) != FileMode.Absent && manifest.Of(FileShape.Classes) == FileMode.Absent)
        {
            problems.File(
                "ROSTER_FILE_MISSING", FileShape.Classes.File,
                "is needed because enrollments.csv refers to it. " + (manifest.Of(FileShape.Enrollments) == FileMode.Delta ? BulkInstead : "Switch it on in the MIS's export."));
        }
    }
}
