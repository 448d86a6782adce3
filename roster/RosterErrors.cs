namespace OnlineSafetyTrust.Roster;

public static class RosterErrors
{
    public static DomainError SchoolNotInBundle(string urn, int schools) => DomainError.Invalid(
        "ROSTER_SCHOOL", $"The bundle holds {schools} schools and none has the URN {urn} as its identifier in orgs.csv. Enter the URN in the MIS, or export this school alone.", "bundle");

    public static readonly DomainError SchoolNotKnown = DomainError.Invalid(
        "ROSTER_SCHOOL", "The bundle holds changes only (a delta) and no row of the school in orgs.csv, and no bundle before has said which id the school has in the MIS. Import a full (bulk) bundle once.", "bundle");

    public static DomainError SchoolNotNamed(string sourceId) => DomainError.Invalid(
        "ROSTER_SCHOOL",
        $"The bundle holds changes only (a delta), no row of the school in orgs.csv, and nobody of the school {sourceId}, as an earlier bundle called it. Either nothing of this school changed, or the MIS calls it otherwise now: then import a full (bulk) bundle once.",
        "bundle");

    public static DomainError BirthMissing(RosterPupil pupil) => Row(
        "ROSTER_BIRTH", pupil.Line, "birthDate", "this pupil is new and has no date of birth in demographics.csv. Switch demographics on in the MIS's export, or enter the date.");

    public static DomainError BirthOutOfRange(RosterPupil pupil) => Row(
        "ROSTER_BIRTH", pupil.Line, "birthDate", "by the date of birth in demographics.csv this pupil is not between 1 and 25 years old. Correct the date in the MIS.");

    public static DomainError YearMissing(RosterPupil pupil) => Row("ROSTER_YEAR", pupil.Line, "grades", "this pupil is new and has no year group. Enter it in the MIS.");

    public static DomainError EmailMissing(RosterStaff staff) => Row(
        "ROSTER_EMAIL", staff.Line, "email", "this member of staff has no e-mail address that could be used. Enter one in the MIS: notices go there.");

    public static DomainError EmailTaken(RosterStaff staff) => Row(
        "ROSTER_EMAIL", staff.Line, "email",
        "by source id and name this is a known member of staff, but the e-mail address is that of somebody else here. Correct it in the MIS, or record first that the other one has left.");

    /// <param name="first">The line above with the same address.</param>
    public static DomainError EmailTwice(RosterStaff staff, int first) => Row(
        "ROSTER_EMAIL", staff.Line, "email", $"this is the e-mail address of line {first} too. Give each member of staff their own in the MIS: notices go there, and by it they are known.");

    public static DomainError RolesEnded(RosterStaff staff) => Row(
        "ROSTER_ROLE", staff.Line, "sourcedId",
        "by roles.csv this member of staff has no role left, but the school gave them others. Record the leaver, or end those roles; or export a full (bulk) bundle, if they stay.");

    public static readonly DomainError LeadMissing = DomainError.Invalid(
        "ROSTER_LEAD", "A DSL or headteacher of the school is not in users.csv any more. Record on the console's page People that they have left, or end their role there; or export them, if they stay.", "users.csv");

    public static DomainError DecisionUnknown(string sourceId) => DomainError.Invalid(
        "ROSTER_DECISION", $"The decision for source id '{sourceId}' names a pupil who is not among its candidates, or a row that needs none. Look at the dry run again.", "decisions");

    public static DomainError SameWrong(string text) => DomainError.Invalid(
        "ROSTER_DECISION", $"--same {text}: write SOURCE-ID=PUPIL-ID, both as the dry run prints them.", "decisions");

    public static DomainError DecidedTwice(string sourceId) => DomainError.Invalid(
        "ROSTER_DECISION", $"--same and --new: the source id '{sourceId}' is decided twice. Decide it once.", "decisions");

    public static DomainError TooManyLeave(int leaving, int onRoll, int percent) => DomainError.Refused(
        "ROSTER_TOO_MANY_LEAVE",
        $"{leaving} of {onRoll} pupils ({100.0 * leaving / Math.Max(1, onRoll):0} %) would leave; more than {percent} % is stopped, because a half-empty export looks the same. Nothing was changed. "
        + $"If it is right, repeat with --confirm-leavers {leaving} (or allow a larger share for once: --most-leaving PERCENT).", "bundle");

    public static DomainError TooManyStaffLeave(int leaving, int staff) => DomainError.Refused(
        "ROSTER_TOO_MANY_LEAVE",
        $"{leaving} of {staff} imported staff would leave and lose access, which looks like a half-empty export. Nothing was changed. Export the bundle again with all staff, or record leavers one by one.",
        "bundle");

    private static DomainError Row(string code, int line, string column, string message) =>
        DomainError.Invalid(code, $"users.csv line {line}, column {column}: {message}", $"users.csv:{line}:{column}");
}
