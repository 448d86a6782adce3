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
        Assert.StartsWith("Elmbridge Trust (multi-academy trust): 1 new, 0 changed, 1 unchanged.", plan.ToString(), StringComparison.Ordinal);
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
        var plan = SchoolListPlan.For(Choice(group, urns), Read(List).Value!, []).Value!;
        Assert.Equal((kind, name), (plan.Kind, plan.Group));
    }

    [Theory]
    [InlineData(null, "100002", "100002")]
    [InlineData("Our Oak", "100002", null)]
    [InlineData("The Elm Trust", "", null)]
    public void A_school_that_stands_alone_is_known_by_its_number_as_many_have_the_same_name(string? group, string urns, string? urn) =>
        Assert.Equal(urn, SchoolListPlan.For(Choice(group, urns), Read(List).Value!, []).Value!.AloneUrn);

    [Theory]
    [InlineData("Nobody", "", "SCHOOLS_GROUP")]
    [InlineData(null, "100004", "SCHOOLS_SCHOOL")]
    [InlineData(null, "100002,100005", "SCHOOLS_CLUSTER")]
    public void What_the_list_does_not_have_is_said_with_the_option(string? group, string urns, string code)
    {
        var error = Assert.Single(SchoolListPlan.For(Choice(group, urns), Read(List).Value!, []).Errors);
        Assert.Equal(code, error.Code);
        Assert.StartsWith("--", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_school_that_is_here_gets_what_the_list_says_otherwise_and_the_same_list_again_changes_nothing()
    {
        var plan = Again(("Ash High", "Ash Academy"), ("\"Secondary\",\"11\",\"18\",\"\",\"Supported by a multi", "\"All-through\",\"4\",\"18\",\"\",\"Supported by a multi"), ("Worcestershire\",\"4021", "Sandwell\",\"4021"));
        var changed = Assert.Single(plan.Changed);
        Assert.Equal(
            "changed: 100003 Ash Academy: name Ash Academy, was Ash High; phase AllThrough, was Secondary; years R 1 2 3 4 5 6 7 8 9 10 11 12 13, was 7 8 9 10 11 12 13; local authority Sandwell, was Worcestershire",
            changed.ToString());
        Assert.Equal(("Ash Academy", Phase.AllThrough, "Sandwell", "885/4021"), (changed.Details.Name, changed.Details.Phase, changed.Details.LocalAuthority, changed.Details.Laestab));
        Assert.Equal(["100001"], plan.Unchanged.Select(s => s.Urn));
        Assert.True(Again().ChangesNothing);
    }

    [Fact]
    public void What_the_list_leaves_out_stays() =>
        Assert.True(Again(("\"4021\"", "\"\""), ("\"Secondary\",\"11\",\"18\",\"\",\"Supported by a multi", "\"Secondary\",\"\",\"\",\"\",\"Supported by a multi")).ChangesNothing);

    [Fact]
    public void A_school_in_another_trust_than_the_list_says_stays_where_it_is_and_is_told()
    {
        var left = Again(("\"Elmbridge Trust\",\"\"\n\"100004", "\"Beech Trust\",\"\"\n\"100004"));
        Assert.True(left.ChangesNothing);
        Assert.StartsWith("other trust: 100003 Ash High: the list says Beech Trust, here it is in Elmbridge Trust. It stays there", Assert.Single(left.Notes), StringComparison.Ordinal);

        var joined = SchoolListPlan.For(Choice("Elmbridge Trust", ""), Read(List).Value!, [Here("100003", new(default, "Ash High", TrustKind.SingleSchool, []))]).Value!;
        Assert.Equal("100001", Assert.Single(joined.New).Urn);
        Assert.StartsWith("other trust: 100003 Ash High: the list says Elmbridge Trust, here it is in Ash High.", Assert.Single(joined.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Ash Academy", "4021")]
    [InlineData("ASH HIGH", "6905")]
    public void A_school_that_became_an_academy_is_not_founded_beside_its_own_records(string name, string number)
    {
        (string, string)[] converted = [("100003", "100013"), ("Ash High", name), ("4021", number)];
        var plan = Again(converted);
        Assert.True(plan.ChangesNothing);
        Assert.StartsWith($"not founded: 100013 {name} looks like 100003 Ash High, which is here", plan.Notes[0], StringComparison.Ordinal);
        Assert.StartsWith("not on the list: 100003 Ash High", plan.Notes[1], StringComparison.Ordinal);
        Assert.EndsWith("--new 100013.", plan.Notes[0], StringComparison.Ordinal);
        Assert.Equal("100013", Assert.Single(SchoolListPlan.For(Choice("Elmbridge Trust", "", "100013"), Read(With(converted)).Value!, Elmbridge()).Value!.New).Urn);
        Assert.Single(SchoolListPlan.For(Choice(null, "100013"), Read(With(converted)).Value!, Elmbridge()).Value!.Notes);
    }

    [Fact]
    public void A_cluster_that_is_here_is_found_by_its_name_though_the_list_has_none()
    {
        var cluster = new TrustView(default, "Our Cluster", TrustKind.Cluster, []);
        var plan = SchoolListPlan.For(Choice("our cluster", ""), Read(List.Replace("Oak Primary", "Oak School", StringComparison.Ordinal)).Value!, [Here("100002", cluster), Here("100005", cluster)]).Value!;
        Assert.Equal(("Our Cluster", TrustKind.Cluster, "100002"), (plan.Group, plan.Kind, Assert.Single(plan.Changed).Urn));
        Assert.Empty(plan.Notes);
    }

    [Fact]
    public void Another_nation_is_told_and_not_taken_over()
    {
        var plan = Again(("Academy converter\",\"Open", "Welsh establishment\",\"Open"));
        Assert.True(plan.ChangesNothing);
        Assert.StartsWith("other nation: 100003 Ash High: the list says Wales, here it is in England.", Assert.Single(plan.Notes), StringComparison.Ordinal);
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

    private static SchoolListPlan Again(params (string From, string To)[] changes) => SchoolListPlan.For(Choice("Elmbridge Trust", ""), Read(With(changes)).Value!, Elmbridge()).Value!;

    private static KnownSchool[] Elmbridge()
    {
        var trust = new TrustView(default, "Elmbridge Trust", TrustKind.MultiAcademyTrust, []);
        return [Here("100001", trust), Here("100003", trust)];
    }

    private static string With((string From, string To)[] changes)
    {
        Assert.All(changes, c => Assert.Contains(c.From, List, StringComparison.Ordinal));
        return changes.Aggregate(List, (list, c) => list.Replace(c.From, c.To, StringComparison.Ordinal));
    }

    private static SchoolListPlan Plan(string group, string known) =>
        SchoolListPlan.For(Choice(group, ""), Read(List).Value!, [Here(known, new(default, "Elmbridge Trust", TrustKind.MultiAcademyTrust, []))]).Value!;

    private static SchoolChoice Choice(string? group, string urns, params string[] others) => new(group, urns.Split(',', StringSplitOptions.RemoveEmptyEntries), others);

    /// <summary>As the list has it.</summary>
    private static KnownSchool Here(string urn, TrustView trust)
    {
        var s = Read(List).Value!.Single(s => s.Urn == urn);
        return new(new SchoolView(TenantId.School(Guid.NewGuid()), trust.Id, s.Urn, s.Name, s.Phase, s.Nation, s.YearGroups, s.LocalAuthority, [], null!, null, null, null, s.Laestab), trust);
    }

    private static Result<IReadOnlyList<ListedSchool>> Read(string text) =>
        SchoolListReader.Read(new MemoryStream(CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(text)));
}
