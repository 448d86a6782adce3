using System.IO.Compression;
using System.Text;

namespace OnlineSafetyTrust.Roster.Tests;

public class RosterReaderTests
{
    [Fact]
    public void A_1_1_bundle_gives_pupils_staff_and_registration_classes()
    {
        var roster = Bundles.V11().Sound();
        Assert.Equal("1.1", roster.Version);
        Assert.Equal(["Cara Dale", "Dan Ekin, Junior"], roster.Pupils.Select(p => p.Name));
        var cara = roster.Pupils[0];
        Assert.Equal((Bundles.Upn1, "3", new DateOnly(2018, 10, 1)), (cara.Upn, cara.YearGroup, cara.DateOfBirth));
        Assert.Equal(4, cara.Line);
        Assert.Equal("3b", Assert.Single(cara.Registrations!).ClassSourceId);
        Assert.Equal(["t1", "a1"], roster.Staff.Select(s => s.SourceId));
        Assert.Equal(1, roster.Others);
        Assert.Equal(["t1"], roster.Classes["3b"].Teachers.Where(t => t.Primary).Select(t => t.StaffSourceId));
    }

    [Fact]
    public void A_1_2_bundle_takes_roles_from_their_own_file()
    {
        var roster = Bundles.V12().Sound();
        Assert.Equal(["R"], roster.Pupils.Where(p => p.SourceId == "p2").Select(p => p.YearGroup));
        Assert.Equal((Bundles.Upn1, true), (roster.Pupils[0].Upn, roster.Pupils[0].Sen));
        Assert.Equal([new RosterRole("principal", "school", new RosterPeriod(new DateOnly(2024, 9, 1), null), false)], roster.Staff.Single(s => s.SourceId == "h1").Roles);
        Assert.True(roster.Staff.Single(s => s.SourceId == "t1").Teaches);
    }

    [Fact]
    public void A_byte_order_mark_is_welcome()
    {
        var bundle = Bundles.V11();
        bundle.Bytes("users.csv", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(bundle["users.csv"])]);
        Assert.Equal(2, bundle.Sound().Pupils.Count);
    }

    [Fact]
    public void Optional_files_may_be_absent()
    {
        var bundle = Bundles.V11().Without("academicSessions.csv").Without("courses.csv").Without("classes.csv").Without("enrollments.csv").Without("demographics.csv");
        bundle["manifest.csv"] = Bundles.Manifest("1.1", "orgs", "users");
        var roster = bundle.Sound();
        Assert.All(roster.Pupils, p => Assert.Null(p.DateOfBirth));
        Assert.All(roster.Pupils, p => Assert.Null(p.Registrations));
    }

    public static TheoryData<string, string, string, string, string> BadCells => new()
    {
        { "orgs.csv", ",school,100002,trust", ",kindergarten,100002,trust", "ROSTER_WORD", "orgs.csv line 3, column type" },
        { "orgs.csv", "100002,trust", "100002,nobody", "ROSTER_REFERENCE", "orgs.csv line 3, column parentSourcedId" },
        { "orgs.csv", "A School", "", "ROSTER_EMPTY", "orgs.csv line 3, column name" },
        { "academicSessions.csv", "2026-12-18", "18/12/2026", "ROSTER_DATE", "academicSessions.csv line 3, column endDate" },
        { "academicSessions.csv", "2026-12-18", "2025-12-18", "ROSTER_DATE", "is before startDate" },
        { "courses.csv", ",school,,", ",elsewhere,,", "ROSTER_REFERENCE", "courses.csv line 2, column orgSourcedId" },
        { "classes.csv", "homeroom", "form", "ROSTER_WORD", "classes.csv line 2, column classType" },
        { "classes.csv", "homeroom,,school", "homeroom,,elsewhere", "ROSTER_REFERENCE", "classes.csv line 2, column schoolSourcedId" },
        { "classes.csv", "3B,03,reg", "3B,03,none", "ROSTER_REFERENCE", "classes.csv line 2, column courseSourcedId" },
        { "users.csv", "t1,,,true,school", "t1,,,true,elsewhere", "ROSTER_REFERENCE", "users.csv line 2, column orgSourcedIds" },
        { "users.csv", "t1,,,true,school", "t1,,,true,", "ROSTER_EMPTY", "users.csv line 2, column orgSourcedIds" },
        { "users.csv", "t1,,,true", "t1,,,yes", "ROSTER_WORD", "users.csv line 2, column enabledUser" },
        { "users.csv", "school,aide", "school,helper", "ROSTER_WORD", "users.csv line 3, column role" },
        { "users.csv", "p1,,,", "p1,active,,", "", "" },
        { "users.csv", "p1,,,", "p1,tobedeleted,,", "ROSTER_STATUS", "users.csv line 4, column status" },
        { "users.csv", Bundles.Upn1, "A801200005001", "ROSTER_UPN", "users.csv line 4, column userIds" },
        { "users.csv", Bundles.Upn1, "B80120000500", "ROSTER_UPN", "users.csv line 4, column userIds" },
        { "users.csv", "Cara,Dale,,,,,,,03,", "Cara,Dale,,,,,,,15,", "ROSTER_YEAR", "users.csv line 4, column grades" },
        { "users.csv", "Cara,Dale,,,,,,,03,", "Cara,Dale,,,,,,,\"03,04\",", "ROSTER_YEAR", "users.csv line 4, column grades" },
        { "users.csv", "Cara,Dale", ",Dale", "ROSTER_EMPTY", "users.csv line 4, column givenName" },
        { "users.csv", "\"Ekin, Junior\"", "Ekin, Junior", "ROSTER_ROW_SHAPE", "users.csv line 5" },
        { "enrollments.csv", "e3,,,3b", "e3,,,9z", "ROSTER_REFERENCE", "enrollments.csv line 4, column classSourcedId" },
        { "enrollments.csv", "school,t1,teacher", "school,t9,teacher", "ROSTER_REFERENCE", "enrollments.csv line 4, column userSourcedId" },
        { "enrollments.csv", "t1,teacher,true", "t1,teacher,1", "ROSTER_WORD", "enrollments.csv line 4, column primary" },
        { "enrollments.csv", "2026-09-01,2027-07-21", "2026-09-01,2026-07-21", "ROSTER_DATE", "enrollments.csv line 2, column endDate" },
        { "enrollments.csv", "e2,", "e1,", "ROSTER_DUPLICATE", "enrollments.csv line 3, column sourcedId" },
        { "demographics.csv", "2018-10-01", "2018-02-30", "ROSTER_DATE", "demographics.csv line 2, column birthDate" },
        { "demographics.csv", "p2,", "p9,", "ROSTER_REFERENCE", "demographics.csv line 3, column sourcedId" },
        { "manifest.csv", "1.1", "1.0.1", "ROSTER_VERSION", "manifest.csv" },
        { "manifest.csv", "file.users,bulk", "file.users,full", "ROSTER_MANIFEST", "manifest.csv line 8, column value" },
        { "manifest.csv", "file.results,absent", "file.results,bulk", "ROSTER_MANIFEST", "promises results.csv" },
        { "manifest.csv", "file.courses,bulk", "file.courses,absent", "ROSTER_MANIFEST", "but it is in the zip" },
        { "users.csv", "sourcedId,", "sourcedID,", "ROSTER_HEADER", "users.csv line 1, column sourcedId: the column must be written exactly" },
        { "users.csv", ",role,", ",,", "ROSTER_HEADER", "users.csv line 1, column role: the column is missing" },
        { "enrollments.csv", ",primary,", ",Primary,", "ROSTER_HEADER", "enrollments.csv line 1, column primary" },
    };

    [Theory]
    [MemberData(nameof(BadCells))]
    public void A_bad_cell_is_told_with_file_line_and_column(string file, string from, string to, string code, string says)
    {
        var read = Bundles.V11().With(file, from, to).Read();
        if (code.Length == 0)
        {
            Assert.True(read.Ok);
            return;
        }

        Assert.Null(read.Value);
        Assert.Contains(read.Errors, e => e.Code == code && e.Message.Contains(says, StringComparison.Ordinal));
        Assert.DoesNotContain(read.Errors, e => e.Message.Contains("Dale", StringComparison.Ordinal) || e.Message.Contains("Cara", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_bad_row_is_told_at_once()
    {
        var bundle = Bundles.V11().With("users.csv", Bundles.Upn1, "A801200005001").With("users.csv", "school,aide", "school,helper")
            .With("demographics.csv", "2018-10-01", "1.10.2018").With("enrollments.csv", "e3,,,3b", "e3,,,9z");
        Assert.Equal(4, bundle.Read().Errors.Count);
    }

    [Fact]
    public void A_missing_quotation_mark_costs_its_row_not_the_file()
    {
        var errors = Bundles.V11().With("users.csv", "\"Ekin, Junior\"", "\"Ekin Junior").Add("users.csv", "p3,,,true,school,student,,,Fay,Gill,,,,,,,77,").Read().Errors;
        Assert.Contains(errors, e => e.Code == "ROSTER_ROW_SHAPE" && e.Message.StartsWith("users.csv line 5", StringComparison.Ordinal));
        Assert.Contains(errors, e => e.Code == "ROSTER_YEAR" && e.Message.StartsWith("users.csv line 7", StringComparison.Ordinal));
    }

    [Fact]
    public void A_duplicate_id_or_UPN_names_both_lines()
    {
        Assert.Contains("line 4", Bundles.V11().Add("users.csv", "p1,,,true,school,student,,,Fay,Gill,,,,,,,04,").Wrong().Message, StringComparison.Ordinal);
        var upn = Bundles.V11().Add("users.csv", $"p3,,,true,school,student,,{{UPN:{Bundles.Upn1}}},Fay,Gill,,,,,,,04,").Wrong();
        Assert.Equal("ROSTER_DUPLICATE", upn.Code);
        Assert.Contains("line 4", upn.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parents_in_a_circle_are_told_row_by_row()
    {
        var errors = Bundles.V11().With("orgs.csv", "trust,,,A Trust,local,,", "trust,,,A Trust,local,,school").Read().Errors;
        Assert.Equal(["orgs.csv:2:parentSourcedId", "orgs.csv:3:parentSourcedId"], errors.SelectMany(e => e.Fields).Order(StringComparer.Ordinal));
        Assert.All(errors, e => Assert.Equal("ROSTER_CIRCLE", e.Code));
    }

    [Fact]
    public void Another_encoding_is_told_with_its_line()
    {
        var bundle = Bundles.V11();
        var latin = Encoding.Latin1.GetBytes(bundle["users.csv"].Replace("Ben", "Bén", StringComparison.Ordinal));
        Assert.Contains("users.csv line 3", bundle.Bytes("users.csv", latin).Read().Errors[0].Message, StringComparison.Ordinal);
        bundle = Bundles.V11();
        Assert.Contains("UTF-16", bundle.Bytes("orgs.csv", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(bundle["orgs.csv"])]).Read().Errors[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_zip_must_be_a_flat_bundle_of_bearable_size()
    {
        Assert.Equal("ROSTER_NOT_ZIP", Code(RosterReader.Read(new MemoryStream("sourcedId,name"u8.ToArray()))));
        Assert.Equal("ROSTER_NO_MANIFEST", Code(Bundles.V11().Without("manifest.csv").Read()));
        Assert.Equal("ROSTER_NOT_FLAT", Code(RosterReader.Read(Bundles.V11().Zip("export/"))));
        Assert.Equal("ROSTER_NOT_FLAT", Code(RosterReader.Read(Bundles.V11().Zip("..\\"))));
        Assert.Equal("ROSTER_TOO_LARGE", Code(Bundles.V11().Read(new BundleLimits(ZipBytes: 500))));
        Assert.Equal("ROSTER_TOO_LARGE", Code(Bundles.V11().Read(new BundleLimits(Files: 3))));
        Assert.Equal("ROSTER_TOO_LARGE", Code(Bundles.V11().Read(new BundleLimits(TotalBytes: 600))));
        Assert.Equal("ROSTER_FILE_MISSING", Code(Bundles.V12().Without("roles.csv").With("manifest.csv", "file.roles,bulk\n", "").Read()));
        Assert.Equal("ROSTER_FILE_EMPTY", Code(Bundles.V11().Bytes("users.csv", []).Read()));
    }

    [Fact]
    public void A_zip_bomb_is_not_unpacked()
    {
        var bundle = Bundles.V11().Bytes("orgs.csv", new byte[64 << 20]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains(bundle.Read().Errors, e => e.Code == "ROSTER_TOO_LARGE");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200 << 20);
    }

    [Fact]
    public void The_same_name_twice_in_a_zip_is_refused()
    {
        var zip = Bundles.V11().Zip();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Update, leaveOpen: true))
        {
            archive.CreateEntry("users.csv");
        }

        zip.Position = 0;
        Assert.Equal("ROSTER_FILE_TWICE", Code(RosterReader.Read(zip)));
    }

    [Fact]
    public void A_delta_needs_a_status_and_a_time_in_every_row()
    {
        Bundles Delta() => Bundles.V11().With("manifest.csv", "file.demographics,bulk", "file.demographics,delta");
        Assert.Equal(["ROSTER_STATUS", "ROSTER_STATUS"], Delta().Read().Errors.Select(e => e.Code));
        Assert.Equal("ROSTER_DATE", Code(Delta().With("demographics.csv", "p1,,", "p1,active,").With("demographics.csv", "p2,,", "p2,active,2026-09-01T08:00:00Z").Read()));
        Assert.True(Delta().With("demographics.csv", "p1,,", "p1,active,2026-09-01T08:00:00Z").With("demographics.csv", "p2,,", "p2,active,2026-09-01T08:00:00Z").Read().Ok);
    }

    [Fact]
    public void A_hundred_thousand_users_take_memory_in_proportion()
    {
        var (small, large) = (Allocated(10_000), Allocated(100_000));
        Assert.InRange(large, 0, 1500L << 20);
        Assert.True(large < small * 12, $"10,000 took {small:N0} bytes, 100,000 took {large:N0}");
    }

    private static long Allocated(int users)
    {
        var bundle = Bundles.V11();
        var rows = new StringBuilder(bundle["users.csv"]).Append('\n');
        var births = new StringBuilder(bundle["demographics.csv"]).Append('\n');
        var enrolments = new StringBuilder(bundle["enrollments.csv"]).Append('\n');
        for (var i = 0; i < users; i++)
        {
            rows.Append('x').Append(i).Append(",,,true,school,student,,,Given").Append(i).Append(",Family,,,,,,,03,\n");
            births.Append('x').Append(i).Append(",,,2018-10-01,female\n");
            enrolments.Append('y').Append(i).Append(",,,3b,school,x").Append(i).Append(",student,false,,\n");
        }

        bundle["users.csv"] = rows.ToString();
        bundle["demographics.csv"] = births.ToString();
        bundle["enrollments.csv"] = enrolments.ToString();
        var zip = bundle.Zip();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var read = RosterReader.Read(zip);
        Assert.Equal(users + 2, read.Value!.Pupils.Count);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static string Code(Result<RosterBundle> read) => Assert.Single(read.Errors).Code;
}
