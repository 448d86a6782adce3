namespace OnlineSafetyTrust.Roster.Reading;

/// <summary>users.csv. What a user is comes from the row itself in 1.1 and from roles.csv in 1.2.</summary>
internal static class UserRows
{
    private static readonly string[] Roles11 = ["administrator", "aide", "guardian", "parent", "proctor", "relative", "student", "teacher"];

    public static List<UserDraft> Read(Bundle bundle, RecordFile file, RecordFile orgs, bool rolesInRow)
    {
        var users = new List<UserDraft>();
        foreach (var row in file.Rows(bundle))
        {
            file.OneOf(row, "enabledUser", "true", "false");
            var given = file.Text(row, "givenName");
            var family = file.Text(row, "familyName");
            var user = new UserDraft(row, $"{given} {family}");
            users.Add(user);
            if (rolesInRow && file.OneOf(row, "role", Roles11) is { } role)
            {
                var places = row.Cells.List("orgSourcedIds");
                if (places.Length == 0)
                {
                    file.Problem(row, "ROSTER_EMPTY", "orgSourcedIds", "is empty. Say to which school the person belongs.");
                }

                foreach (var org in places.Where(o => file.Refers(row, "orgSourcedIds", o, orgs)))
                {
                    user.Roles.Add(new RosterRole(role, org, default, Ended: false));
                }
            }
        }

        return users;
    }

    /// <summary>roles.csv of 1.2.</summary>
    public static void ReadRoles(Bundle bundle, RecordFile file, RecordFile users, RecordFile orgs, IReadOnlyDictionary<string, UserDraft> drafts)
    {
        foreach (var row in file.Rows(bundle))
        {
            file.OneOf(row, "roleType", "primary", "secondary");
            var role = file.OneOf(
                row, "role", "aide", "counselor", "districtAdministrator", "guardian", "parent", "principal", "proctor", "relative", "siteAdministrator", "student",
                "systemAdministrator", "teacher");
            var period = file.Period(row);
            var known = file.Refers(row, "userSourcedId", row["userSourcedId"], users) & file.Refers(row, "orgSourcedId", row["orgSourcedId"], orgs);
            if (known && role is not null && drafts.TryGetValue(row["userSourcedId"], out var user))
            {
                user.Roles.Add(new RosterRole(role, row["orgSourcedId"], period, row.Removed));
            }
        }
    }

    public static void ReadBirths(Bundle bundle, RecordFile file, RecordFile users, IReadOnlyDictionary<string, UserDraft> drafts)
    {
        foreach (var row in file.Rows(bundle))
        {
            var born = file.Date(row, "birthDate");
            if (file.Refers(row, "sourcedId", row.SourcedId, users) && drafts.TryGetValue(row.SourcedId, out var user))
            {
                user.Born = born;
            }
        }
    }
}

/// <summary>A user while the files are still being put together.</summary>
internal sealed class UserDraft(RosterRow row, string name)
{
    public RosterRow Row => row;

    public string Name => name;

    public List<RosterRole> Roles { get; } = [];

    public DateOnly? Born { get; set; }

    public List<RosterRegistration> Registrations { get; } = [];

    public bool Is(string role) => Roles.Any(r => r.Role == role);
}
