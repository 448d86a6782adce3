namespace OnlineSafetyTrust.Roster;

/// <summary>A OneRoster bundle that passed every check. Rows keep their line, so that a report can name them without a name.</summary>
/// <param name="Version">1.1 or 1.2.</param>
/// <param name="Hash">SHA-256 of the zip, hex: command ids of an import are derived from it.</param>
/// <param name="Changes">The users are a delta: who is not in it stays as they are.</param>
/// <param name="Unassigned">Users of whose roles a delta says nothing: whoever has their source id already is meant.</param>
/// <param name="Others">Parents, guardians and other relatives.</param>
public sealed record RosterBundle(
    string Version, string Hash, bool Changes, IReadOnlyList<RosterSchool> Schools, IReadOnlyDictionary<string, RosterClass> Classes,
    IReadOnlyList<RosterPupil> Pupils, IReadOnlyList<RosterStaff> Staff, IReadOnlyList<RosterUser> Unassigned, int Others);

/// <summary>A user who may be either.</summary>
public sealed record RosterUser(RosterPupil AsPupil, RosterStaff AsStaff);

/// <param name="Identifier">The school's URN where the MIS writes it.</param>
public sealed record RosterSchool(string SourceId, string Name, string? Identifier);

/// <param name="Homeroom">A registration class: it gives the pupil's class and class teacher.</param>
public sealed record RosterClass(string SourceId, string Title, string SchoolSourceId, bool Homeroom, IReadOnlyList<RosterTeacher> Teachers);

/// <param name="Primary">The class teacher; others help.</param>
public sealed record RosterTeacher(string StaffSourceId, bool Primary, RosterPeriod Period);

/// <summary>When an enrolment or a role holds, both days included; null: open.</summary>
public readonly record struct RosterPeriod(DateOnly? Begin, DateOnly? End)
{
    public bool Holds(DateOnly day) => (Begin is null || Begin <= day) && (End is null || day <= End);
}

/// <summary>What somebody is at a school, in OneRoster's words: <c>student</c>, <c>teacher</c>, <c>aide</c>…</summary>
/// <param name="Ended">A delta says <c>tobedeleted</c>.</param>
public sealed record RosterRole(string Role, string SchoolSourceId, RosterPeriod Period, bool Ended)
{
    public bool HoldsOn(DateOnly day) => !Ended && Period.Holds(day);
}

/// <param name="Line">Line of users.csv.</param>
/// <param name="Roles">As a pupil.</param>
/// <param name="YearGroup">N1 N2 R 1..14; null: the row says nothing.</param>
/// <param name="Sen">From <c>metadata.sen</c>; null: the bundle says nothing.</param>
/// <param name="Registrations">Enrolments in registration classes; null: the bundle has no enrolments.</param>
/// <param name="Removed">A delta that says <c>tobedeleted</c>.</param>
public sealed record RosterPupil(
    string SourceId, int Line, [property: Personal] string Name, [property: Personal] DateOnly? DateOfBirth, [property: Personal] string? Upn, string? YearGroup, bool? Sen,
    IReadOnlyList<RosterRole> Roles, IReadOnlyList<RosterRegistration>? Registrations, bool Removed)
{
    // A name must not reach a log by accident.
    public override string ToString() => $"users.csv line {Line}";
}

public sealed record RosterRegistration(string ClassSourceId, RosterPeriod Period);

/// <param name="Removed">A delta says <c>tobedeleted</c>, of the user or of every role.</param>
/// <param name="RolesOnly">It says so of the roles, not of the user.</param>
public sealed record RosterStaff(
    string SourceId, int Line, [property: Personal] string Name, [property: Personal] string? Email, IReadOnlyList<RosterRole> Roles, bool Removed, bool RolesOnly = false)
{
    public bool Teaches => Roles.Any(r => r.Role == "teacher");

    public bool Supports => Roles.Any(r => r.Role is "aide" or "proctor");

    public override string ToString() => $"users.csv line {Line}";
}
