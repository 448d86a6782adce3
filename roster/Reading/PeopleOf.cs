namespace OnlineSafetyTrust.Roster.Reading;

/// <summary>Users, once all files are read, become pupils and staff.</summary>
/// <param name="roles">roles.csv, which a delta may leave out; null in 1.1.</param>
internal sealed class PeopleOf(RecordFile users, RecordFile? roles, RecordFile demographics, RecordFile enrolments)
{
    private readonly Dictionary<string, int> _upns = new(StringComparer.Ordinal);

    public List<RosterPupil> Pupils { get; } = [];

    public List<RosterStaff> Staff { get; } = [];

    public List<RosterUser> Unassigned { get; } = [];

    /// <summary>Parents, guardians and other relatives: they are no users of this product (A3 contacts are entered by the school).</summary>
    public int Others { get; private set; }

    public void Add(UserDraft user)
    {
        if (user.Roles.Count == 0 && roles is { Delta: true } or { Absent: true })
        {
            Unassigned.Add(new RosterUser(Pupil(user), StaffMember(user)));
        }
        else if (user.Is("student"))
        {
            Pupils.Add(Pupil(user));
        }
        else if (user.Roles.Any(r => r.Role is not ("guardian" or "parent" or "relative")))
        {
            Staff.Add(StaffMember(user));
        }
        else
        {
            Others++;
        }
    }

    private RosterPupil Pupil(UserDraft user)
    {
        var row = user.Row;
        return new RosterPupil(
            row.SourcedId, row.Line, user.Name, demographics.Absent ? null : user.Born, UpnOf(row), YearOf(row), SenOf(row), [.. user.Roles.Where(r => r.Role == "student")],
            enrolments.Absent || (enrolments.Delta && user.Registrations.Count == 0) ? null : user.Registrations, row.Removed);
    }

    private static RosterStaff StaffMember(UserDraft user) =>
        new(user.Row.SourcedId, user.Row.Line, user.Name, user.Row.Cells.Or("email"), user.Roles, user.Row.Removed);

    private string? UpnOf(RosterRow row)
    {
        var (column, text) = UpnCell(row);
        if (text is null)
        {
            return null;
        }

        var upn = Upn.Normal(text);
        if (!Upn.AddsUp(upn))
        {
            users.Problem(row, "ROSTER_UPN", column, "is no valid UPN: a letter and 12 digits, the letter calculated from the digits. Correct it in the MIS, or leave it empty.");
            return null;
        }

        if (!_upns.TryAdd(upn, row.Line))
        {
            users.Problem(row, "ROSTER_DUPLICATE", column, $"the same UPN stands on line {_upns[upn]}. No two pupils share one; correct it in the MIS.");
        }

        return upn;
    }

    // userIds names its kind; identifier does not, so it counts only where it looks like a UPN.
    private static (string Column, string? Text) UpnCell(RosterRow row)
    {
        foreach (var pair in row.Cells.List("userIds"))
        {
            var parts = pair.Trim('{', '}').Split(':', 2, StringSplitOptions.TrimEntries);
            if (parts.Length == 2 && parts[0].Equals("upn", StringComparison.OrdinalIgnoreCase) && parts[1].Length > 0)
            {
                return ("userIds", parts[1]);
            }
        }

        var identifier = row["identifier"];
        return ("identifier", Upn.LooksLikeOne(Upn.Normal(identifier)) ? identifier : null);
    }

    private string? YearOf(RosterRow row)
    {
        var grades = row.Cells.List("grades");
        if (grades.Length == 0)
        {
            return null;
        }

        var year = grades.Length == 1 ? YearGroups.Parse(grades[0]) : null;
        if (year is null)
        {
            users.Problem(row, "ROSTER_YEAR", "grades", "must hold one year group for a pupil: N1, N2, R or 01 to 14 (PR, PK and KG are understood).");
        }

        return year;
    }

    private bool? SenOf(RosterRow row) =>
        row["metadata.sen"] is "" ? null : users.OneOf(row, "metadata.sen", "true", "false") == "true";
}
