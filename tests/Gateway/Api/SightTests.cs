using System.Text.Json;

namespace OnlineSafetyTrust.Gateway.Tests.Api;

/// <summary>Who sees what of the own school's records, through the API.</summary>
public sealed class SightTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private const string Report = """
        mutation($input: ReportIncidentInput!) { reportIncident(input: $input) { receipt { incidentId reference status } errors { code path } } }
        """;

    [Theory]
    [InlineData(Role.Dsl, true)]
    [InlineData(Role.DeputyDsl, true)]
    [InlineData(Role.Headteacher, true)]
    [InlineData(Role.NetworkManager, false)]
    [InlineData(Role.ClassTeacher, false)]
    [InlineData(Role.KeyWorker, false)]
    [InlineData(Role.SeniorLeader, false)]
    [InlineData(Role.Governor, false)]
    public async Task An_incident_is_there_for_those_who_respond_and_for_nobody_else(Role role, bool sees)
    {
        var answer = await world.DataAsync(
            "query($id: ID!, $pupil: ID!) { incident(id: $id) { what people { role pupil { name } } steps { number owner { name } } } incidents(first: 5) { nodes { what } } chronology(pupilId: $pupil) { nodes { role } } node(id: $id) { id } }",
            world.First.TokenOf(role),
            new { id = world.First.IdOf("Incident"), pupil = world.First.IdOf("Pupil") });

        Assert.Equal(sees, answer.ToString().Contains("Narrative canary", StringComparison.Ordinal));
        Assert.Equal(sees, answer.GetProperty("incident").ValueKind == JsonValueKind.Object);
        Assert.Equal(sees, answer.GetProperty("node").ValueKind == JsonValueKind.Object);
        Assert.Equal(sees, answer.GetProperty("incidents").GetProperty("nodes").GetArrayLength() > 0);
        Assert.Equal(sees, answer.GetProperty("chronology").ValueKind == JsonValueKind.Object);
    }

    [Fact]
    public async Task A_key_workers_answers_hold_nothing_of_the_incident()
    {
        var answer = await world.DataAsync(
            """
            query($pupil: ID!) {
              pupil(id: $pupil) { name yearGroup dateOfBirth sen contacts { name } bans { scope reason incident { what } } strategy { inForce { supervision } agreement { incidents { what } } } checks { status incident { what } } checkHistory { nodes { note } } }
              week: trends(from: "2026-09-01", to: "2026-11-30", by: WEEK) { natures cells { count } totals { count } }
              month: trends(from: "2026-09-01", to: "2026-11-30") { natures cells { count } totals { count } }
              checksDue { date lookFor } tasks { nodes { title } } technologyAccess(pupilId: $pupil, use: "internet") { decision until reasons { text } } viewer { unread { untriaged } receipts { nodes { reference } } }
            }
            """,
            world.First.TokenOf(Role.KeyWorker),
            new { pupil = world.First.IdOf("Pupil") });

        Assert.DoesNotContain("Narrative canary", answer.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Reason canary", answer.ToString(), StringComparison.Ordinal);
        // A count of one, in the week in which the checks begin, was their pupil's incident.
        Assert.DoesNotContain("inappropriate-material", answer.ToString(), StringComparison.Ordinal);
        Assert.All((string[])["week", "month"], t => Assert.Equal("""{"natures":[],"cells":[],"totals":[]}""", answer.GetProperty(t).ToString()));
        var pupil = answer.GetProperty("pupil");
        Assert.Equal("Amber Canary 100001", pupil.GetProperty("name").GetString());
        Assert.All((string[])["dateOfBirth", "sen", "contacts", "checks", "checkHistory"], f => Assert.Equal(JsonValueKind.Null, pupil.GetProperty(f).ValueKind));
        Assert.Equal("SUPERVISED", pupil.GetProperty("strategy").GetProperty("inForce").GetProperty("supervision").GetString());
        Assert.Equal(JsonValueKind.Null, pupil.GetProperty("strategy").GetProperty("agreement").ValueKind);
        Assert.Equal("DENY", answer.GetProperty("technologyAccess").GetProperty("decision").GetString());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("technologyAccess").GetProperty("reasons").ValueKind);
    }

    [Fact]
    public async Task The_reporter_gets_a_receipt_and_the_readers_of_the_record_are_listed()
    {
        var input = new
        {
            danger = "NO", what = "Seen on the bus", happenedAt = world.Gateway.Clock.GetUtcNow().AddMinutes(-5), onSite = false,
            people = new[] { new { pupilId = world.First.IdOf("Pupil"), role = "WITNESS" } },
        };
        var teacher = world.First.TokenOf(Role.ClassTeacher);
        var receipt = (await world.DataAsync(Report, teacher, new { input })).GetProperty("reportIncident").GetProperty("receipt");
        var id = receipt.GetProperty("incidentId").GetString();

        var dsl = world.First.TokenOf(Role.Dsl);
        await world.DataAsync("query($id: ID!) { incident(id: $id) { what } }", dsl, new { id });
        var log = await world.DataAsync("query($id: ID!) { accessLog(recordId: $id) { nodes { roles purpose person { name } } } }", dsl, new { id });
        var mine = await world.DataAsync("{ viewer { receipts { nodes { incidentId } } } }", teacher);
        var hidden = await world.DataAsync("query($id: ID!) { accessLog(recordId: $id) { nodes { purpose } } }", teacher, new { id });

        Assert.Contains("Dsl of 100001", log.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("ClassTeacher of 100001", log.ToString(), StringComparison.Ordinal);
        Assert.Contains(id!, mine.ToString(), StringComparison.Ordinal);
        Assert.Equal("""{"accessLog":null}""", hidden.ToString());
    }

    [Fact]
    public async Task An_unknown_pupil_in_a_report_is_named_by_its_place()
    {
        var people = new[] { world.First.IdOf("Pupil"), world.Second.IdOf("Pupil") }.Select(p => new { pupilId = p, role = "ALLEGED" });
        var input = new { danger = "NO", what = "Text", happenedAt = world.Gateway.Clock.GetUtcNow().AddMinutes(-5), onSite = true, people };

        var answer = await world.DataAsync(Report, world.First.TokenOf(Role.ClassTeacher), new { input });

        Assert.Equal("""{"reportIncident":{"receipt":null,"errors":[{"code":"NOT_FOUND","path":["input","people","1","pupilId"]}]}}""", answer.ToString());
    }

    [Fact]
    public async Task A_school_sees_its_small_numbers_and_the_trust_does_not()
    {
        var day = world.Gateway.Clock.GetUtcNow().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        const string Trends = "query($day: LocalDate!) { trends(from: $day, to: $day) { natures cells { school { urn } count suppressed } totals { count suppressed } } }";

        var own = (await world.DataAsync(Trends, world.First.TokenOf(Role.Dsl), new { day })).ToString();
        var trust = (await world.DataAsync(Trends, world.TrustToken, new { day })).ToString();

        Assert.Contains("\"count\":1,\"suppressed\":false", own, StringComparison.Ordinal);
        Assert.DoesNotContain("100002", own, StringComparison.Ordinal);
        Assert.Contains("\"count\":null,\"suppressed\":true", trust, StringComparison.Ordinal);
        Assert.DoesNotContain("\"count\":1", trust, StringComparison.Ordinal);
        Assert.Contains("100002", trust, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_of_all_days_is_a_filter_like_any_other()
    {
        var found = await world.DataAsync("{ incidents(filter: { to: \"9999-12-31\" }) { nodes { id } } }", world.First.TokenOf(Role.Dsl));

        Assert.NotEmpty(found.GetProperty("incidents").GetProperty("nodes").EnumerateArray());
    }

    [Fact]
    public async Task Pupils_are_found_by_the_beginnings_of_their_names_and_a_new_one_at_once()
    {
        const string Find = "query($search: String) { pupils(filter: { search: $search }) { nodes { name } } }";
        var token = world.First.TokenOf(Role.ClassTeacher);

        var found = await world.DataAsync(Find, token, new { search = "can amb" });
        var none = await world.DataAsync(Find, token, new { search = "zz" });
        var governor = await world.DataAsync(Find, world.First.TokenOf(Role.Governor), new { search = "amb" });

        Assert.Equal("""{"pupils":{"nodes":[{"name":"Amber Canary 100001"}]}}""", found.ToString());
        Assert.All((JsonElement[])[none, governor], a => Assert.Equal("""{"pupils":{"nodes":[]}}""", a.ToString()));
    }

    [Fact]
    public async Task Two_people_of_one_incident_come_from_one_loader_each_as_themselves()
    {
        var school = world.First;

        var answer = await world.DataAsync(
            "query($id: ID!) { incident(id: $id) { reporter { name } owner { name } people { pupil { name } } devices { label holder { pupil { name } } } } }",
            school.TokenOf(Role.Dsl),
            new { id = school.IdOf("Incident") });

        var incident = answer.GetProperty("incident");
        Assert.Equal("ClassTeacher of 100001", incident.GetProperty("reporter").GetProperty("name").GetString());
        Assert.Equal("Dsl of 100001", incident.GetProperty("owner").GetProperty("name").GetString());
        Assert.Equal("Blue phone", incident.GetProperty("devices")[0].GetProperty("label").GetString());
    }
}
