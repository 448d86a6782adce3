namespace OnlineSafetyTrust.Roster.Reading;

/// <summary>Columns of a OneRoster file as the 1EdTech CSV binding names them. Case counts; order does not matter to us.</summary>
/// <param name="Needed">Without these nothing can be read.</param>
/// <param name="Known">Others that are used; further ones are ignored.</param>
internal sealed record FileShape(string Name, string[] Needed, string[] Known)
{
    public string File => Name + ".csv";

    public static readonly FileShape Manifest = new("manifest", ["propertyName", "value"], []);

    public static readonly FileShape Orgs = new("orgs", ["sourcedId", "name", "type"], ["status", "dateLastModified", "identifier", "parentSourcedId"]);

    public static readonly FileShape Sessions =
        new("academicSessions", ["sourcedId", "title", "type", "startDate", "endDate"], ["status", "dateLastModified", "parentSourcedId", "schoolYear"]);

    public static readonly FileShape Courses = new("courses", ["sourcedId", "title", "orgSourcedId"], ["status", "dateLastModified", "schoolYearSourcedId", "courseCode", "grades"]);

    public static readonly FileShape Classes =
        new("classes", ["sourcedId", "title", "classType", "schoolSourcedId"], ["status", "dateLastModified", "grades", "courseSourcedId", "classCode", "location", "termSourcedIds"]);

    public static readonly FileShape Users11 =
        new("users", ["sourcedId", "enabledUser", "orgSourcedIds", "role", "givenName", "familyName"], UserColumns);

    public static readonly FileShape Users12 = new("users", ["sourcedId", "enabledUser", "givenName", "familyName"], [.. UserColumns, "primaryOrgSourcedId"]);

    public static readonly FileShape Roles =
        new("roles", ["sourcedId", "userSourcedId", "roleType", "role", "orgSourcedId"], ["status", "dateLastModified", "beginDate", "endDate", "userProfileSourcedId"]);

    public static readonly FileShape Demographics = new("demographics", ["sourcedId", "birthDate"], ["status", "dateLastModified", "sex"]);

    public static readonly FileShape Enrollments =
        new("enrollments", ["sourcedId", "classSourcedId", "userSourcedId", "role"], ["status", "dateLastModified", "schoolSourcedId", "primary", "beginDate", "endDate"]);

    private static string[] UserColumns =>
        ["status", "dateLastModified", "username", "userIds", "middleName", "identifier", "email", "sms", "phone", "agentSourcedIds", "grades", "metadata.sen"];
}
