using System.Globalization;
using System.IO.Compression;
using System.Text;
using OnlineSafetyTrust.Roster;

namespace OnlineSafetyTrust.Demo;

/// <summary>Writes a school's OneRoster 1.1 bundle of an academic year: pupils grow older with it, classes keep their teachers.</summary>
internal static class DemoRoster
{
    private static readonly string[] Bulk = ["orgs", "classes", "users", "enrollments", "demographics"];
    private static readonly string[] Absent = ["academicSessions", "courses", "categories", "classResources", "courseResources", "lineItems", "resources", "results"];

    public static void Write(Stream stream, DemoSchool school, int academicYear)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        var (users, births, enrolments, classes) = (Users(), Births(), Enrolments(), Classes());
        var classIndex = 0;
        for (var y = 0; y < school.Years.Count; y++)
        {
            for (var c = 0; c < school.Classes; c++)
            {
                var group = $"{school.Years[y]}{(char)('A' + c)}";
                classes.AppendLine(CultureInfo.InvariantCulture, $"class-{group},,,{group},,,,homeroom,,school,,,,");
                Teacher(school, classIndex++, group, users, enrolments);
                for (var p = 0; p < school.PerClass; p++)
                {
                    Pupil(school, academicYear - y, c, p, group, school.Years[y], users, births, enrolments);
                }
            }
        }

        Add(zip, "manifest.csv", "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\n"
            + string.Concat(Bulk.Select(f => $"file.{f},bulk\n"))
            + string.Concat(Absent.Select(f => $"file.{f},absent\n"))
            + "source.systemName,Demo\n");
        Add(zip, "orgs.csv", $"sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\nschool,,,{school.Name},school,{school.Urn},\n");
        Add(zip, "classes.csv", classes.ToString());
        Add(zip, "users.csv", users.ToString());
        Add(zip, "enrollments.csv", enrolments.ToString());
        Add(zip, "demographics.csv", births.ToString());
    }

    private static StringBuilder Classes() =>
        new("sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods\n");

    private static StringBuilder Users() => new(
        "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,metadata.sen\n");

    private static StringBuilder Births() => new("sourcedId,status,dateLastModified,birthDate,sex\n");

    private static StringBuilder Enrolments() => new("sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\n");

    private static void Teacher(DemoSchool school, int index, string group, StringBuilder users, StringBuilder enrolments)
    {
        var id = $"t{school.Urn}-{index}";
        var (given, family) = Names.Next(new Dice(id));
        var email = Names.Email(given, family, (school.Urn[^1] - '0') * 100 + index);
        users.AppendLine(CultureInfo.InvariantCulture, $"{id},,,true,school,teacher,,,{given},{family},,,{email},,,,,,");
        enrolments.AppendLine(CultureInfo.InvariantCulture, $"e-{id},,,class-{group},school,{id},teacher,true,,");
    }

    /// <param name="cohort">The academic year in which the pupil was in the school's first year group: it stays with them.</param>
    private static void Pupil(
        DemoSchool school, int cohort, int group, int place, string className, string year, StringBuilder users, StringBuilder births, StringBuilder enrolments)
    {
        var id = $"p{school.Urn}-{cohort}-{group}-{place}";
        var dice = new Dice(id);
        var (given, family) = Names.Next(dice);
        // Reception turns five in its academic year.
        var born = new DateOnly(cohort - 5 - YearGroups.Order(school.Years[0]), 9, 1).AddDays(dice.Next(365));
        var upn = dice.Percent(95) ? $"{{UPN:{UpnOf(school, cohort, group, place)}}}" : "";
        var sen = dice.Percent(school.SenPercent) ? "true" : "false";
        users.AppendLine(CultureInfo.InvariantCulture, $"{id},,,true,school,student,,{upn},{given},{family},,,,,,,{year.PadLeft(2, '0').Replace("0R", "R", StringComparison.Ordinal)},,{sen}");
        births.AppendLine(CultureInfo.InvariantCulture, $"{id},,,{born:yyyy-MM-dd},");
        enrolments.AppendLine(CultureInfo.InvariantCulture, $"e-{id},,,class-{className},school,{id},student,false,,");
    }

    private static string UpnOf(DemoSchool school, int cohort, int group, int place)
    {
        // LA 801, the school, the year of entry, a serial: as real ones are built.
        var digits = string.Create(CultureInfo.InvariantCulture, $"801{school.Urn[^1]}{200 + (school.Urn[^1] - '0')}{cohort % 100:00}{(group * 100) + place:000}");
        return Upn.LetterOf("A" + digits) + digits;
    }

    private static void Add(ZipArchive zip, string name, string text)
    {
        var entry = zip.CreateEntry(name);
        // The bytes, and with them the command ids of the import, must not depend on the hour.
        entry.LastWriteTime = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var to = entry.Open();
        to.Write(Encoding.UTF8.GetBytes(text));
    }
}
