using System.Text.Json;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Trusts;
using OnlineSafetyTrust.Gateway.Tests.Api.Mutations;
using OnlineSafetyTrust.Gateway.Tests.Live;

namespace OnlineSafetyTrust.Gateway.Tests.Api;

public sealed class InvitationTests(ApiWorld world) : Invitations(world), IClassFixture<ApiWorld>
{
    [Fact]
    public async Task A_school_that_changes_its_trust_shows_the_case_to_neither()
    {
        await using var live = await LiveWorld.StartAsync();
        var (former, id) = (await live.TrustTokenAsync(), (await live.ReportAsync()).Id);
        var input = new { incidentId = id, until = live.Gateway.Clock.GetUtcNow().AddDays(7), reason = "Another pair of eyes" };
        await live.Gateway.QueryAsync("mutation($input: InviteTrustLeadInput!) { inviteTrustLead(input: $input) { errors { code } } }", new { input }, live.First.TokenOf(Role.Dsl));
        const string look = "query($id: ID!) { incident(id: $id) { what } }";
        Assert.Equal("""{"data":{"incident":{"what":"Something"}}}""", (await live.Gateway.QueryAsync(look, new { id }, former)).ToString());

        var later = await live.ChangeTrustAsync();

        Assert.Equal("""{"data":{"incident":null}}""", (await live.Gateway.QueryAsync(look, new { id }, former)).ToString());
        Assert.Equal("""{"data":{"incident":null}}""", (await live.Gateway.QueryAsync(look, new { id }, later)).ToString());
    }
}

public sealed class InvitationOnPostgresTests(PostgresApiWorld world) : Invitations(world), IClassFixture<PostgresApiWorld>;

/// <summary>C11: a trust's safeguarding lead, invited into one incident for a time, reads that one and nothing else.</summary>
public abstract class Invitations(ApiWorld world)
{
    private const string Reading = """
        query($id: ID!, $pupil: ID!) {
          incident(id: $id) {
            what people { role pupil { id name className dateOfBirth upn sen contacts { name } bans { scope } strategy { id } checks { id } checkHistory { nodes { date } } keyWorker { name } } }
            steps { rule { text } owner { name } } reporter { name } links { __typename } devices { id } invitation { reason endedAt by { name } }
          }
          node(id: $id) { id } chronology(pupilId: $pupil) { nodes { role } } incidents { nodes { id } } accessLog(recordId: $pupil) { nodes { purpose } }
          theirPupil: pupil(id: $pupil) { id name dateOfBirth }
        }
        """;

    private const string Looking = "query($id: ID!) { incident(id: $id) { what } node(id: $id) { ... on Incident { what } } nodes(ids: [$id]) { id } invitedIncidents { until school { urn } incident { id what } } }";

    [Fact]
    public async Task The_lead_reads_the_one_incident_and_nothing_that_it_leads_to()
    {
        var stage = await MutationStage.SetAsync(world);
        var other = await stage.ReportedAsync();
        await stage.DoAsync(Role.Dsl, "linkIncidents", new { incidentId = stage.Incident, other });
        await SameAsRandomAsync(stage.Incident, world.TrustToken);

        await InviteAsync(stage);

        var seen = await world.DataAsync(Reading, world.TrustToken, new { id = stage.Incident, pupil = stage.Pupil });
        var incident = seen.GetProperty("incident");
        Assert.Equal("Narrative canary", incident.GetProperty("what").GetString());
        Assert.Equal("ClassTeacher of 100001", incident.GetProperty("reporter").GetProperty("name").GetString());
        Assert.Equal("Headteacher of 100001", incident.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("owner").GetProperty("name").GetString()).First(n => n!.StartsWith("Head", StringComparison.Ordinal)));
        Assert.Equal("""{"reason":"Another pair of eyes","endedAt":null,"by":{"name":"Dsl of 100001"}}""", incident.GetProperty("invitation").ToString());
        Assert.Equal("[]", incident.GetProperty("links").ToString());
        Assert.Equal("[]", incident.GetProperty("devices").ToString());
        var pupil = Assert.Single(incident.GetProperty("people").EnumerateArray()).GetProperty("pupil");
        Assert.Equal("Amber Canary 100001", pupil.GetProperty("name").GetString());
        Assert.All(pupil.EnumerateObject().Where(f => f.Name is not ("id" or "name")), f => Assert.True(f.Value.ToString() is "" or "[]", $"{f.Name}: {f.Value}"));
        Assert.Equal("""{"nodes":[]}""", seen.GetProperty("incidents").ToString());
        Assert.All((string[])["chronology", "accessLog"], f => Assert.Equal(JsonValueKind.Null, seen.GetProperty(f).ValueKind));
        Assert.Equal(JsonValueKind.Null, seen.GetProperty("theirPupil").GetProperty("dateOfBirth").ValueKind);
        Assert.Equal("""[{"school":{"urn":"100001"},"incident":{"what":"Narrative canary"}}]""", (await world.DataAsync("{ invitedIncidents { school { urn } incident { what } } }", world.TrustToken)).GetProperty("invitedIncidents").ToString());
        foreach (var id in (string[])[other, world.First.IdOf("Incident"), world.Second.IdOf("Incident")])
        {
            Assert.Equal("""{"incident":null}""", (await world.DataAsync("query($id: ID!) { incident(id: $id) { what } }", world.TrustToken, new { id })).ToString());
        }

        await EndAsync(stage);
    }

    [Fact]
    public async Task Nobody_else_finds_it_and_the_lead_no_more_once_it_has_ended_though_it_be_a_second_later()
    {
        var stage = await MutationStage.SetAsync(world);
        var (administrator, elsewhere) = (await PersonAsync(world.Trust, Role.TrustAdministrator), await OtherTrustAsync(world.First.School.Id));
        await InviteAsync(stage);
        Assert.Contains("Narrative canary", await LookAsync(stage.Incident, world.TrustToken), StringComparison.Ordinal);
        foreach (var token in (string[])[administrator, elsewhere, world.Second.TokenOf(Role.Dsl), world.First.TokenOf(Role.ClassTeacher)])
        {
            await SameAsRandomAsync(stage.Incident, token);
        }

        await EndAsync(stage);
        await SameAsRandomAsync(stage.Incident, world.TrustToken);

        await InviteAsync(stage, stage.Now.AddHours(2));
        Assert.Contains("Narrative canary", await LookAsync(stage.Incident, world.TrustToken), StringComparison.Ordinal);
        await world.Gateway.MoveToAsync(stage.Now.AddHours(2));
        await SameAsRandomAsync(stage.Incident, world.TrustToken);
        Assert.Equal("NOT_INVITED", CodeOf(await stage.SendAsync(Role.Dsl, "endInvitation", new { incidentId = stage.Incident })));
    }

    [Fact]
    public async Task Closing_ends_it_and_reopening_does_not_bring_it_back()
    {
        var stage = await MutationStage.SetAsync(world);
        var incidentId = await stage.FinishedAsync();
        await stage.DoAsync(Role.Dsl, "inviteTrustLead", new { incidentId, until = stage.Now.AddDays(7), reason = "Another pair of eyes" });
        Assert.Contains("Seen on a tablet", await LookAsync(incidentId, world.TrustToken), StringComparison.Ordinal);

        await stage.DoAsync(Role.Dsl, "closeIncident", new { incidentId, summary = "All is done" });
        await SameAsRandomAsync(incidentId, world.TrustToken);
        Assert.Equal("INCIDENT_CLOSED", CodeOf(await stage.SendAsync(Role.Dsl, "inviteTrustLead", new { incidentId, until = stage.Now.AddDays(1), reason = "Again" })));

        await stage.DoAsync(Role.Dsl, "reopenIncident", new { incidentId, reason = "It happened again" });
        await SameAsRandomAsync(incidentId, world.TrustToken);
    }

    [Fact]
    public async Task A_lead_whose_role_ends_or_who_leaves_is_out_and_their_successor_is_in()
    {
        var stage = await MutationStage.SetAsync(world);
        var today = stage.Today;
        var (short_, successor) = (await PersonAsync(world.Trust, Role.TrustSafeguardingLead, to: today), await PersonAsync(world.Trust, Role.TrustSafeguardingLead, from: today.AddDays(1)));
        await InviteAsync(stage);
        Assert.Contains("Narrative canary", await LookAsync(stage.Incident, short_), StringComparison.Ordinal);
        await SameAsRandomAsync(stage.Incident, successor);

        await stage.MoveToAsync(today.AddDays(1), new(9, 0));

        await SameAsRandomAsync(stage.Incident, short_);
        Assert.Contains("Narrative canary", await LookAsync(stage.Incident, successor), StringComparison.Ordinal);
        await EndAsync(stage);
    }

    [Fact]
    public async Task Each_reading_stands_in_the_schools_own_log_with_the_guests_name_role_and_why()
    {
        var stage = await MutationStage.SetAsync(world);
        await InviteAsync(stage);
        const string Log = "query($id: ID!) { accessLog(recordId: $id) { nodes { person { name } roles purpose operation } } }";
        const string Entry = """{"person":{"name":"TrustSafeguardingLead of the trust"},"roles":["TRUST_SAFEGUARDING_LEAD"],"purpose":"invitation","operation":"incident"}""";
        async Task<IEnumerable<string>> LogAsync(string id) =>
            (await world.DataAsync(Log, world.First.TokenOf(Role.Dsl), new { id })).GetProperty("accessLog").GetProperty("nodes").EnumerateArray().Select(n => n.ToString());

        Assert.DoesNotContain(Entry, await LogAsync(stage.Incident));
        await world.DataAsync("query($id: ID!) { incident(id: $id) { people { pupil { name } } } }", world.TrustToken, new { id = stage.Incident });

        Assert.Single(await LogAsync(stage.Incident), Entry);
        Assert.Single(await LogAsync(stage.Pupil), Entry);
        await EndAsync(stage);
    }

    [Fact]
    public async Task Sent_twice_it_is_one_invitation_and_the_second_answer_is_the_first_though_its_time_has_passed()
    {
        var stage = await MutationStage.SetAsync(world);
        var input = new { incidentId = stage.Incident, until = stage.Now.AddHours(1), reason = "Another pair of eyes", commandId = Guid.NewGuid() };
        var first = await stage.SendAsync(Role.Dsl, "inviteTrustLead", input, "incident { invitation { until at reason } }");
        var head = await stage.HeadAsync();
        await world.Gateway.MoveToAsync(stage.Now.AddHours(3));
        var moved = await stage.HeadAsync();

        var second = await stage.SendAsync(Role.Dsl, "inviteTrustLead", input, "incident { invitation { until at reason } }");

        Assert.Equal(first.ToString(), second.ToString());
        Assert.Equal(moved, await stage.HeadAsync());
        Assert.True(moved >= head);
        await SameAsRandomAsync(stage.Incident, world.TrustToken);
    }

    [Theory]
    [InlineData(0, "UNTIL_IN_PAST")]
    [InlineData(-60, "UNTIL_IN_PAST")]
    [InlineData((14 * 24 * 60) + 5, "INVITATION_TOO_LONG")]
    public async Task An_end_out_of_bounds_is_refused_at_its_field(int minutes, string code)
    {
        var stage = await MutationStage.SetAsync(world);

        var refused = await stage.SendAsync(Role.Dsl, "inviteTrustLead", new { incidentId = stage.Incident, until = stage.Now.AddMinutes(minutes), reason = "Why" });

        Assert.Equal(code, CodeOf(refused));
        Assert.Equal("""["input","until"]""", refused.GetProperty("errors")[0].GetProperty("path").ToString());
        await SameAsRandomAsync(stage.Incident, world.TrustToken);
    }

    private static string? CodeOf(JsonElement payload) => Assert.Single(payload.GetProperty("errors").EnumerateArray()).GetProperty("code").GetString();

    private static Task<JsonElement> InviteAsync(MutationStage stage, DateTimeOffset? until = null) =>
        stage.DoAsync(Role.Dsl, "inviteTrustLead", new { incidentId = stage.Incident, until = until ?? stage.Now.AddDays(7), reason = "Another pair of eyes" });

    private static Task<JsonElement> EndAsync(MutationStage stage) => stage.DoAsync(Role.Dsl, "endInvitation", new { incidentId = stage.Incident });

    private async Task<string> LookAsync(string id, string token)
    {
        using var response = await world.Gateway.PostAsync(Looking, new { id }, token);
        Assert.Equal(System.Net.HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadAsStringAsync()).Replace(id, "{id}", StringComparison.Ordinal);
    }

    private async Task SameAsRandomAsync(string id, string token) =>
        Assert.Equal(await LookAsync(ApiWorld.Id("Incident", Guid.CreateVersion7()), token), await LookAsync(id, token));

    private async Task<string> PersonAsync(TenantId trust, Role role, DateOnly? from = null, DateOnly? to = null)
    {
        var grain = world.Gateway.Grains.GetGrain<ITrustGrain>(TrustKey.Of(trust).ToString());
        var person = await TwoSchools.Done(grain.AddPersonAsync(TwoSchools.System(trust), new AddPerson("Somebody of a trust", $"{Guid.NewGuid():N}@trust.example", null, null)));
        await TwoSchools.Done(grain.AssignRoleAsync(TwoSchools.System(trust), new AssignRole(person.Id, role, from ?? new(2020, 9, 1), to)));
        return world.Gateway.Token(trust, person.Id);
    }

    /// <summary>The lead of another trust, which holds the school for its own.</summary>
    private async Task<string> OtherTrustAsync(TenantId school)
    {
        var trust = TenantId.Trust(Guid.CreateVersion7());
        var grain = world.Gateway.Grains.GetGrain<ITrustGrain>(TrustKey.Of(trust).ToString());
        await TwoSchools.Done(grain.FoundAsync(TwoSchools.System(trust), new FoundTrust("Another trust", TrustKind.Cluster)));
        await grain.OnMessageAsync(new MessageNotice(Guid.NewGuid(), "trust.school-joined", JsonSerializer.SerializeToUtf8Bytes(new { school = school.ToString(), urn = "100001" }), Guid.NewGuid()));
        return await PersonAsync(trust, Role.TrustSafeguardingLead);
    }
}
