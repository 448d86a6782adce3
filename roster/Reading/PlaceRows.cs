namespace OnlineSafetyTrust.Roster.Reading;

/// <summary>orgs.csv, academicSessions.csv, courses.csv.</summary>
internal static class PlaceRows
{
    public static List<RosterSchool> Orgs(Bundle bundle, RecordFile file)
    {
        var schools = new List<RosterSchool>();
        var parents = new Dictionary<string, (RosterRow Row, string Parent)>(StringComparer.Ordinal);
        foreach (var row in file.Rows(bundle))
        {
            var name = file.Text(row, "name");
            var type = file.OneOf(row, "type", "department", "school", "district", "local", "state", "national");
            if (type == "school" && !row.Removed)
            {
                schools.Add(new RosterSchool(row.SourcedId, name, row.Cells.Or("identifier")));
            }

            if (row.Cells.Or("parentSourcedId") is { } parent)
            {
                parents.Add(row.SourcedId, (row, parent));
            }
        }

        CheckParents(file, parents);
        return schools;
    }

    public static void Sessions(Bundle bundle, RecordFile file)
    {
        var parents = new Dictionary<string, (RosterRow Row, string Parent)>(StringComparer.Ordinal);
        foreach (var row in file.Rows(bundle))
        {
            file.Text(row, "title");
            file.OneOf(row, "type", "gradingPeriod", "semester", "schoolYear", "term");
            var (start, end) = (file.Date(row, "startDate"), file.Date(row, "endDate"));
            if (end < start)
            {
                file.Problem(row, "ROSTER_DATE", "endDate", "is before startDate. Correct one of them.");
            }

            if (row.Cells.Or("parentSourcedId") is { } parent)
            {
                parents.Add(row.SourcedId, (row, parent));
            }
        }

        CheckParents(file, parents);
    }

    public static void Courses(Bundle bundle, RecordFile file, RecordFile orgs)
    {
        foreach (var row in file.Rows(bundle))
        {
            file.Text(row, "title");
            file.Refers(row, "orgSourcedId", row["orgSourcedId"], orgs);
        }
    }

    private static void CheckParents(RecordFile file, Dictionary<string, (RosterRow Row, string Parent)> parents)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (id, (row, parent)) in parents)
        {
            if (file.Has(parent) || file.Delta)
            {
                known.Add(id, parent);
            }
            else
            {
                file.Problem(row, "ROSTER_REFERENCE", "parentSourcedId", $"refers to a record that is not in {file.File}. Add the record, or correct the id.");
            }
        }

        Circles.Check(file, known);
    }
}
