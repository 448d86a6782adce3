namespace OnlineSafetyTrust.Roster;

/// <summary>A OneRoster bundle that passed every check. Rows keep their line, so that a report can name them without a name.</summary>
/// <param name="Version">1.1 or 1.2.</param>
/// <param name="Hash">SHA-256 of the zip, hex: command ids of an import are derived from it.</param>
/// <param name="Changes">The users are a delta: who is not in it stays as they are.</param>
public sealed record RosterBundle(
    string Version, string Hash, bool Changes, IReadOnlyList<RosterSchool> Schools, IReadOnlyDictionary<string, RosterClass> Classes,
    IReadOnlyList<RosterPupil> Pupils, IReadOnlyList<RosterStaff> Staff, int Others);

/// <param name="Identifier">The school's URN where the MIS writes it.</param>
public sealed record RosterSchool(string SourceId, string Name, string? Identifier);

/// <param name="Homeroom">A registration class: it gives the pupil's class and class teacher.</param>
public sealed record RosterClass(string SourceId, string Title, string SchoolSourceId, bool Homeroom, IReadOnlyList<RosterTeacher> Teachers);

/// <param name="Primary">The class teacher; others help.</param>
public sealed record RosterTeacher(string StaffSourceId, bool Primary, RosterPeriod Period);

/// <summary>When an enrolment holds, both days included; null: open.</summary>
public readonly record struct RosterPeriod(DateOnly? Begin, DateOnly? End)
{
    public bool Holds(DateOnly day) => (Begin is null || Begin <= day) && (End is null || day <= End);
}

/// <param name="Line">Line of users.csv.</param>
/// <param name="YearGroup">N1 N2 R 1..14; null: the row says nothing.</param>
/// <param name="Sen">From <c>metadata.sen</c>; null: the bundle says nothing.</param>
/// <param name="Registrations">Enrolments in registration classes; null: the bundle has no enrolments.</param>
/// <param name="Removed">A delta that says <c>tobedeleted</c>.</param>
public sealed record RosterPupil(
    string SourceId, int Line, [property: Personal] string Name, [property: Personal] DateOnly? DateOfBirth, [property: Personal] string? Upn, string? YearGroup, bool? Sen,
    IReadOnlyList<string> SchoolSourceIds, IReadOnlyList<RosterRegistration>? Registrations, bool Removed)
{
    // A name must not reach a log by accident.
    public override string ToString() => $"users.csv line {Line}";
}

public sealed record RosterRegistration(string ClassSourceId, RosterPeriod Period);

/// <param name="Teaches">Holds a teacher's role.</param>
/// <param name="Supports">Holds an aide's or a proctor's role.</param>
/// <param name="Leads">Holds a role whose powers only a person may give: principal, counselor, administrator.</param>
public sealed record RosterStaff(
    string SourceId, int Line, [property: Personal] string Name, [property: Personal] string? Email, bool Teaches, bool Supports, bool Leads,
    IReadOnlyList<string> SchoolSourceIds, bool Removed)
{
    public override string ToString() => $"users.csv line {Line}";
}
