using OnlineSafetyTrust.Roster.Reading;

namespace OnlineSafetyTrust.Roster;

/// <summary>Reads and checks a OneRoster 1.1 or 1.2 CSV bundle (A4). Either the whole bundle is sound, or every bad row is told and nothing is returned.</summary>
public static class RosterReader
{
    /// <param name="stream">The zip.</param>
    public static Result<RosterBundle> Read(Stream stream, BundleLimits? limits = null)
    {
        var problems = new Problems();
        using var bundle = Bundle.Open(stream, limits ?? new BundleLimits(), problems);
        if (bundle is null || Manifest.Read(bundle, problems) is not { } manifest)
        {
            return Result<RosterBundle>.Failed(problems.Found);
        }

        var roster = Read(bundle, manifest, problems);
        return problems.Any ? Result<RosterBundle>.Failed(problems.Found) : roster;
    }

    private static RosterBundle Read(Bundle bundle, Manifest manifest, Problems problems)
    {
        RecordFile Open(FileShape shape) => new(shape, manifest.Of(shape), problems);
        var (orgs, sessions, courses, classFile) = (Open(FileShape.Orgs), Open(FileShape.Sessions), Open(FileShape.Courses), Open(FileShape.Classes));
        var users = Open(manifest.HasRolesFile ? FileShape.Users12 : FileShape.Users11);
        var (demographics, enrolments) = (Open(FileShape.Demographics), Open(FileShape.Enrollments));

        var schools = PlaceRows.Orgs(bundle, orgs);
        PlaceRows.Sessions(bundle, sessions);
        PlaceRows.Courses(bundle, courses, orgs);
        var drafts = UserRows.Read(bundle, users, orgs, rolesInRow: !manifest.HasRolesFile).ToDictionary(u => u.Row.SourcedId, StringComparer.Ordinal);
        var roles = manifest.HasRolesFile ? Open(FileShape.Roles) : null;
        if (roles is not null)
        {
            UserRows.ReadRoles(bundle, roles, users, orgs, drafts);
        }

        UserRows.ReadBirths(bundle, demographics, users, drafts);
        var classes = ClassRows.Read(bundle, classFile, orgs, courses);
        ClassRows.ReadEnrolments(bundle, enrolments, classFile, users, classes, drafts);

        var people = new PeopleOf(users, roles, demographics, enrolments);
        foreach (var user in drafts.Values)
        {
            people.Add(user);
        }

        return new RosterBundle(manifest.Version, bundle.Hash, users.Delta, schools, classes, people.Pupils, people.Staff, people.Unassigned, people.Others);
    }
}
