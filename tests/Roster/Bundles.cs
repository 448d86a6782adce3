using System.IO.Compression;
using System.Text;

namespace OnlineSafetyTrust.Roster.Tests;

/// <summary>A small sound bundle, of which a test changes one thing.</summary>
internal sealed class Bundles
{
    public const string Upn1 = "B801200005001";

    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    public static Bundles V11()
    {
        var bundle = new Bundles();
        bundle["manifest.csv"] = Manifest("1.1", "orgs", "academicSessions", "courses", "classes", "users", "enrollments", "demographics");
        bundle["orgs.csv"] = """
            sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId
            trust,,,A Trust,local,,
            school,,,A School,school,100002,trust
            """;
        bundle["academicSessions.csv"] = """
            sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear
            year,,,2026/27,schoolYear,2026-09-01,2027-07-21,,2027
            autumn,,,Autumn,term,2026-09-01,2026-12-18,year,2027
            """;
        bundle["courses.csv"] = """
            sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes
            reg,,,year,Registration,,,school,,
            """;
        bundle["classes.csv"] = """
            sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods
            3b,,,3B,03,reg,,homeroom,,school,autumn,,,
            maths,,,Maths,03,reg,,scheduled,,school,autumn,,,
            """;
        bundle["users.csv"] = $$"""
            sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password
            t1,,,true,school,teacher,,,Ada,Brook,,,a.brook@school.example,,,,,
            a1,,,true,school,aide,,,Ben,Cole,,,b.cole@school.example,,,,,
            p1,,,true,school,student,,{UPN:{{Upn1}}},Cara,Dale,,,,,,,03,
            p2,,,true,school,student,,,Dan,"Ekin, Junior",,,,,,,03,
            g1,,,true,school,guardian,,,Eve,Dale,,,,,,,,
            """;
        bundle["enrollments.csv"] = """
            sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate
            e1,,,3b,school,p1,student,false,2026-09-01,2027-07-21
            e2,,,3b,school,p2,student,false,,
            e3,,,3b,school,t1,teacher,true,,
            e4,,,3b,school,a1,teacher,false,,
            e5,,,maths,school,p1,student,false,,
            """;
        bundle["demographics.csv"] = """
            sourcedId,status,dateLastModified,birthDate,sex
            p1,,,2018-10-01,female
            p2,,,2018-12-24,male
            """;
        return bundle;
    }

    public static Bundles V12()
    {
        var bundle = V11();
        bundle["manifest.csv"] = Manifest("1.2", "orgs", "academicSessions", "courses", "classes", "users", "roles", "enrollments", "demographics");
        bundle["users.csv"] = $$"""
            sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,resourceSourcedIds,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns,metadata.sen
            t1,,,true,,,Ada,Brook,,,a.brook@school.example,,,,,,,,,,,school,,
            h1,,,true,,,Hana,Ford,,,h.ford@school.example,,,,,,,,,,,school,,
            p1,,,true,,,Cara,Dale,,{{Upn1}},,,,,03,,,,,,,school,,true
            p2,,,true,,,Dan,Ekin,,,,,,,KG,,,,,,,school,,false
            """;
        bundle["roles.csv"] = """
            sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId
            r1,,,t1,primary,teacher,,,school,
            r2,,,h1,primary,principal,2024-09-01,,school,
            r3,,,p1,primary,student,,,school,
            r4,,,p2,primary,student,,,school,
            """;
        bundle["enrollments.csv"] = """
            sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate
            e1,,,3b,school,p1,student,false,,
            e3,,,3b,school,t1,teacher,true,,
            """;
        return bundle;
    }

    public string this[string file]
    {
        get => Encoding.UTF8.GetString(_files[file]);
        set => _files[file] = Encoding.UTF8.GetBytes(value.Replace("\r\n", "\n", StringComparison.Ordinal));
    }

    public Bundles With(string file, string from, string to)
    {
        Assert.Contains(from, this[file], StringComparison.Ordinal);
        this[file] = this[file].Replace(from, to, StringComparison.Ordinal);
        return this;
    }

    public Bundles Add(string file, string row)
    {
        this[file] = (_files.ContainsKey(file) ? this[file].TrimEnd('\n') + "\n" : "") + row + "\n";
        return this;
    }

    public Bundles Bytes(string file, byte[] bytes)
    {
        _files[file] = bytes;
        return this;
    }

    public Bundles Without(string file)
    {
        Assert.True(_files.Remove(file));
        return this;
    }

    public static string Manifest(string version, params string[] bulk) =>
        "propertyName,value\nmanifest.version,1.0\n" + $"oneroster.version,{version}\n" + string.Concat(bulk.Select(f => $"file.{f},bulk\n")) + "file.results,absent\nsource.systemName,Test\n";

    public MemoryStream Zip(string prefix = "")
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in _files)
            {
                var entry = zip.CreateEntry(prefix + name);
                // The same content gives the same bytes.
                entry.LastWriteTime = new DateTimeOffset(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);
                using var to = entry.Open();
                to.Write(bytes);
            }
        }

        stream.Position = 0;
        return stream;
    }

    public Result<RosterBundle> Read(BundleLimits? limits = null) => RosterReader.Read(Zip(), limits);

    public RosterBundle Sound()
    {
        var read = Read();
        Assert.True(read.Ok, string.Join('\n', read.Errors.Select(e => e.Message)));
        return read.Value;
    }

    /// <summary>The one thing wrong.</summary>
    public DomainError Wrong() => Assert.Single(Read().Errors);
}
