namespace OnlineSafetyTrust.Roster.Reading;

/// <summary>classes.csv and enrollments.csv.</summary>
internal static class ClassRows
{
    public static Dictionary<string, RosterClass> Read(Bundle bundle, RecordFile file, RecordFile orgs, RecordFile courses)
    {
        var classes = new Dictionary<string, RosterClass>(StringComparer.Ordinal);
        foreach (var row in file.Rows(bundle))
        {
            var title = file.Text(row, "title");
            var type = file.OneOf(row, "classType", "homeroom", "scheduled");
            var school = row["schoolSourcedId"];
            file.Refers(row, "schoolSourcedId", school, orgs);
            if (row.Cells.Or("courseSourcedId") is { } course)
            {
                file.Refers(row, "courseSourcedId", course, courses);
            }

            if (!row.Removed)
            {
                classes.Add(row.SourcedId, new RosterClass(row.SourcedId, title, school, type == "homeroom", new List<RosterTeacher>()));
            }
        }

        return classes;
    }

    public static void ReadEnrolments(
        Bundle bundle, RecordFile file, RecordFile classFile, RecordFile users, Dictionary<string, RosterClass> classes, IReadOnlyDictionary<string, UserDraft> drafts)
    {
        foreach (var row in file.Rows(bundle))
        {
            var role = file.OneOf(row, "role", "administrator", "proctor", "student", "teacher");
            var primary = row["primary"] is "" ? "false" : file.OneOf(row, "primary", "true", "false");
            var period = file.Period(row);
            var known = file.Refers(row, "classSourcedId", row["classSourcedId"], classFile) & file.Refers(row, "userSourcedId", row["userSourcedId"], users);
            if (!known || row.Removed || !classes.TryGetValue(row["classSourcedId"], out var group) || !group.Homeroom)
            {
                continue;
            }

            if (role == "student" && drafts.TryGetValue(row["userSourcedId"], out var pupil))
            {
                pupil.Registrations.Add(new RosterRegistration(group.SourceId, period));
            }
            else if (role == "teacher")
            {
                ((List<RosterTeacher>)group.Teachers).Add(new RosterTeacher(row["userSourcedId"], primary == "true", period));
            }
        }
    }
}
