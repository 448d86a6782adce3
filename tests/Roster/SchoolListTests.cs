using System.Text;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Trusts;
using OnlineSafetyTrust.Roster.Schools;

namespace OnlineSafetyTrust.Roster.Tests;

public class SchoolListTests
{
    private const string List = """
        "URN","LA (code)","LA (name)","EstablishmentNumber","EstablishmentName","TypeOfEstablishment (name)","EstablishmentStatus (name)","PhaseOfEducation (name)","StatutoryLowAge","StatutoryHighAge","NumberOfPupils","TrustSchoolFlag (name)","Trusts (name)","Federations (name)"
        "100001","885","Worcestershire","7021","St Zoë's School","Academy special converter","Open","Not applicable","4","19","160","Supported by a multi-academy trust","Elmbridge Trust",""
        "100002","885","Worcestershire","42","Oak Primary","Community school","Open, but proposed to close","Primary","2","11","240","Not applicable","","The Oak Federation"
        "100003","885","Worcestershire","4021","Ash High","Academy converter","Open","Secondary","11","18","","Supported by a multi-academy trust","Elmbridge Trust",""
        "100004","885","Worcestershire","4022","Closed High","Academy converter","Closed","Secondary","11","18","","Supported by a multi-academy trust","Elmbridge Trust",""
        "100005","885","Worcestershire","4023","Elm High","Foundation school","Open","Secondary","11","18","","Supported by a trust","The Elm Trust",""
        "400001","660","Isle of Anglesey","","Ysgol Un","Welsh establishment","Open","Not applicable","","","","","",""
        """;

    [Fact]
    public void Open_schools_are_read_from_Windows_1252()
    {
        var schools = Read(List).Value!;
        Assert.Equal(["100001", "100002", "100003", "100005", "400001"], schools.Select(s => s.Urn));
        Assert.Equal("St Zoë's School", schools[0].Name);
        Assert.Equal([Phase.Special, Phase.Primary, Phase.Secondary, Phase.Secondary, Phase.AllThrough], schools.Select(s => s.Phase));
        Assert.Equal(["R", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14"], schools[0].YearGroups);
        Assert.Equal(["N1", "N2", "R", "1", "2", "3", "4", "5", "6"], schools[1].YearGroups);
        Assert.Equal(["7", "8", "9", "10", "11", "12", "13"], schools[2].YearGroups);
        Assert.Equal("885/0042", schools[1].Laestab);
        Assert.Equal((Nation.Wales, null), (schools[4].Nation, schools[4].Laestab));
    }

    [Fact]
    public void A_trust_gets_commands_for_the_schools_it_does_not_have_yet()
    {
        var trust = TenantId.Trust(Guid.NewGuid());
        var plan = Plan("elmbridge trust ", "100003");
        var command = Assert.Single(plan.Commands(trust));
        Assert.Equal((trust, "100001", "Worcestershire", "885/7021"), (command.Trust, command.Urn, command.LocalAuthority, command.Laestab));
        Assert.StartsWith("Elmbridge Trust (multi-academy trust): 1 new, 1 known.", plan.ToString(), StringComparison.Ordinal);
        Assert.Equal(["Elmbridge Trust (multi-academy trust, 2 schools)", "The Elm Trust (trust, 1 school)", "The Oak Federation (federation, 1 school)"], SchoolListPlan.Groups(Read(List).Value!));
    }

    [Theory]
    [InlineData("Elmbridge Trust", "", TrustKind.MultiAcademyTrust, "Elmbridge Trust")]
    [InlineData("the oak federation", "", TrustKind.Federation, "The Oak Federation")]
    [InlineData("The Elm Trust", "", TrustKind.SingleSchool, "The Elm Trust")]
    [InlineData(null, "100002", TrustKind.SingleSchool, "Oak Primary")]
    [InlineData(" Our Cluster ", "100002,100005", TrustKind.Cluster, "Our Cluster")]
    public void What_kind_of_trust_it_is_follows_from_the_list(string? group, string urns, TrustKind kind, string name)
    {
        var plan = SchoolListPlan.For(Choice(group, urns), Read(List).Value!, new HashSet<string>()).Value!;
        Assert.Equal((kind, name), (plan.Kind, plan.Group));
    }

    [Theory]
    [InlineData(null, "100002", "100002")]
    [InlineData("Our Oak", "100002", null)]
    [InlineData("The Elm Trust", "", null)]
    public void A_school_that_stands_alone_is_known_by_its_number_as_many_have_the_same_name(string? group, string urns, string? urn) =>
        Assert.Equal(urn, SchoolListPlan.For(Choice(group, urns), Read(List).Value!, new HashSet<string>()).Value!.AloneUrn);

    [Theory]
    [InlineData("Nobody", "", "SCHOOLS_GROUP")]
    [InlineData(null, "100004", "SCHOOLS_SCHOOL")]
    [InlineData(null, "100002,100005", "SCHOOLS_CLUSTER")]
    public void What_the_list_does_not_have_is_said_with_the_option(string? group, string urns, string code)
    {
        var error = Assert.Single(SchoolListPlan.For(Choice(group, urns), Read(List).Value!, new HashSet<string>()).Errors);
        Assert.Equal(code, error.Code);
        Assert.StartsWith("--", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"URN\"", "\"Urn\"", "line 1, column URN: the column is missing")]
    [InlineData("\"100003\"", "\"10003\"", "line 4, column URN")]
    [InlineData("\"100003\"", "\"100001\"", "line 4, column URN: the same URN stands on line 2")]
    [InlineData("\"Ash High\"", "\"\"", "line 4, column EstablishmentName")]
    [InlineData(",\"Ash High\"", "", "line 4, column ?")]
    public void Bad_rows_are_told(string from, string to, string says)
    {
        var read = Read(List.Replace(from, to, StringComparison.Ordinal));
        Assert.Contains(read.Errors, e => e.Message.Contains(says, StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_without_schools_says_what_to_download()
    {
        Assert.Contains("Download", Assert.Single(Read("").Errors).Message, StringComparison.Ordinal);
        Assert.False(Read("a,b\n1,2\n").Ok);
    }

    private static SchoolListPlan Plan(string group, string known) => SchoolListPlan.For(Choice(group, ""), Read(List).Value!, new HashSet<string> { known }).Value!;

    private static SchoolChoice Choice(string? group, string urns) => new(group, urns.Split(',', StringSplitOptions.RemoveEmptyEntries));

    private static Result<IReadOnlyList<ListedSchool>> Read(string text) =>
        SchoolListReader.Read(new MemoryStream(CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(text)));
}
