using System.Text.Json;
using OnlineSafetyTrust.Gateway.Tests.Api.Mutations;

namespace OnlineSafetyTrust.Gateway.Tests.Api;

/// <summary>What an incident on a guarded path holds, though it is touched by other mutations than the incident's own (C4).</summary>
public sealed class GuardedDevicesTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    [Fact]
    public async Task A_phone_taken_for_an_illegal_incident_could_be_examined_deleted_from_and_given_back()
    {
        var stage = await MutationStage.SetAsync(world);
        var incident = await stage.WithPoliceAsync();
        var examine = new { deviceId = stage.Device, lawfulGround = "Section 91", nothingIsEvidence = true, nudeFound = false, deleted = true, findings = "Looked", incidentId = incident };
        await stage.DoAsync(Role.ClassTeacher, "takeDevice", new { deviceId = stage.Device, taking = "CONFISCATE", place = "Office", lawfulGround = "Behaviour policy", incidentId = incident });
        // Before the incident's own freeze can have arrived, and after it.
        Assert.Equal("DEVICE_FROZEN", await CodeAsync(stage, Role.Dsl, "recordExamination", examine));
        await world.Gateway.SettleAsync();
        Assert.Equal("DEVICE_FROZEN", await CodeAsync(stage, Role.Dsl, "recordExamination", examine));
        Assert.Equal("DEVICE_FROZEN", await CodeAsync(stage, Role.Headteacher, "returnDevice", new { deviceId = stage.Device, to = "HOLDER" }));
        Assert.Equal("ASK_DSL", await CodeAsync(stage, Role.SeniorLeader, "returnDevice", new { deviceId = stage.Device, to = "HOLDER" }));

        var seen = await world.DataAsync(
            "query($device: ID!, $incident: ID!) { device(id: $device) { frozen } incident(id: $incident) { devices { id } } }", world.First.TokenOf(Role.Dsl), new { device = stage.Device, incident });
        Assert.True(seen.GetProperty("device").GetProperty("frozen").GetBoolean());
        Assert.Equal(stage.Device, Assert.Single(seen.GetProperty("incident").GetProperty("devices").EnumerateArray()).GetProperty("id").GetString());

        await stage.DoAsync(Role.Dsl, "recordPoliceResponse", new { incidentId = incident, outcome = "NOT_CONFIRMED" });
        await world.Gateway.SettleAsync();
        await stage.DoAsync(Role.Headteacher, "returnDevice", new { deviceId = stage.Device, to = "PARENT" });
    }

    /// <summary>The table allows it, and the device said "frozen" of a search that nobody asked for.</summary>
    [Fact]
    public async Task After_an_internal_decision_material_is_deleted_and_nobody_searches()
    {
        var stage = await MutationStage.SetAsync(world);
        var incidentId = await stage.TriagedAsync("nudes-among-under-18s", null, "CONDUCT", new { devices = new[] { stage.Device } });
        await stage.DoAsync(Role.ClassTeacher, "takeDevice", new { deviceId = stage.Device, taking = "CONFISCATE", place = "Office", lawfulGround = "Behaviour policy", incidentId });
        await stage.DoAsync(Role.Dsl, "reviewNude", new
        {
            incidentId, adultInvolved = false, coercion = false, doubtfulCapacity = false, violence = false, sexualActUnder13 = false, immediateRisk = false, referAnyway = false, reason = "Both are friends, and sorry",
        });
        await world.Gateway.SettleAsync();
        object Examination(bool deleted, string findings = "Deleted by its holder before us") =>
            new { deviceId = stage.Device, lawfulGround = "Section 91", nothingIsEvidence = true, nudeFound = false, deleted, findings, incidentId };
        Assert.Equal("DEVICE_FROZEN", await CodeAsync(stage, Role.Dsl, "recordExamination", Examination(false)));
        Assert.Equal("LINK_IN_TEXT", await CodeAsync(stage, Role.Dsl, "recordExamination", Examination(true, "Deleted from canary.com/bar.jpg")));
        await stage.DoAsync(Role.Dsl, "recordExamination", Examination(true));
    }

    [Fact]
    public async Task A_nude_that_was_found_freezes_the_device_whatever_else_was_wrong_with_the_input()
    {
        var stage = await MutationStage.SetAsync(world);
        await stage.TakenAsync();
        var found = new { deviceId = stage.Device, lawfulGround = "", nothingIsEvidence = false, nudeFound = true, deleted = false, findings = "", incidentId = ApiWorld.Id("Incident", Guid.NewGuid()) };
        Assert.Equal("NUDE_FOUND", await CodeAsync(stage, Role.ClassTeacher, "recordExamination", found));
        Assert.Equal("DEVICE_FROZEN", await CodeAsync(
            stage, Role.NetworkManager, "recordExamination", new { deviceId = stage.Device, lawfulGround = "Section 91", nothingIsEvidence = true, nudeFound = false, deleted = true, findings = "Deleted" }));
        Assert.Equal("NUDE_FOUND", await CodeAsync(stage, Role.ClassTeacher, "recordExamination", found));
        var seen = await world.DataAsync("query($id: ID!) { device(id: $id) { frozen custodyChain { nodes { step note } } } }", world.First.TokenOf(Role.Dsl), new { id = stage.Device });
        Assert.True(seen.GetProperty("device").GetProperty("frozen").GetBoolean());
        Assert.Equal(2, seen.GetProperty("device").GetProperty("custodyChain").GetProperty("nodes").GetArrayLength());
    }

    [Fact]
    public async Task What_was_found_is_the_dsls_task_until_an_incident_takes_the_device_over()
    {
        var stage = await MutationStage.SetAsync(world);
        await stage.NudeFoundAsync();
        Assert.NotNull(await SinceAsync(stage));
        Assert.Equal(1, await FoundAsync(stage));
        var incidentId = await stage.ReportedAsync();
        await stage.DoAsync(Role.Dsl, "triageIncident", new { incidentId, nature = "nudes-among-under-18s", fourCs = new[] { "CONDUCT" }, devices = new[] { stage.Device } });
        await world.Gateway.SettleAsync();
        Assert.Null(await SinceAsync(stage));
        Assert.Equal(0, await FoundAsync(stage));
        Assert.Equal("NOTHING_TO_ANSWER", await CodeAsync(stage, Role.Dsl, "answerNudeFound", new { deviceId = stage.Device, reason = "Too late" }));
    }

    [Fact]
    public async Task Why_nothing_is_reported_of_what_was_found_is_read_by_those_who_see_the_chain()
    {
        var stage = await MutationStage.SetAsync(world);
        await stage.NudeFoundAsync();
        await stage.DoAsync(Role.Dsl, "answerNudeFound", new { deviceId = stage.Device, reason = "A statue in a museum" });
        Assert.Equal(0, await FoundAsync(stage));
        foreach (var (role, why) in new[] { (Role.Headteacher, "A statue in a museum"), (Role.ClassTeacher, null) })
        {
            var seen = await world.DataAsync("query($id: ID!) { device(id: $id) { whyNoIncident } }", world.First.TokenOf(role), new { id = stage.Device });
            Assert.Equal(why, seen.GetProperty("device").GetProperty("whyNoIncident").GetString());
        }
    }

    private async Task<string?> SinceAsync(MutationStage stage) =>
        (await world.DataAsync("query($id: ID!) { device(id: $id) { awaitsIncidentSince } }", world.First.TokenOf(Role.Dsl), new { id = stage.Device })).GetProperty("device").GetProperty("awaitsIncidentSince").GetString();

    private async Task<int> FoundAsync(MutationStage stage) =>
        (await world.DataAsync("{ tasks(kind: [DEVICE_FROZEN], first: 50) { nodes { devices { id } } } }", world.First.TokenOf(Role.Dsl)))
        .GetProperty("tasks").GetProperty("nodes").EnumerateArray().Count(t => t.GetProperty("devices")[0].GetProperty("id").GetString() == stage.Device);

    [Fact]
    public async Task A_strategy_waits_until_parents_may_be_told()
    {
        var stage = await MutationStage.SetAsync(world);
        var incident = await stage.WithPoliceAsync();
        var terms = new { supervision = "SUPERVISED" };
        var draft = new
        {
            pupilId = stage.Pupil, incidents = new[] { incident }, terms, interim = terms, parties = new[] { new { kind = "SCHOOL" }, new { kind = "PARENTAL_RESPONSIBILITY" } },
            reviewOn = stage.Today.AddDays(30), owner = stage.Person(Role.Dsl),
        };
        Assert.Equal("PATH_FORBIDS", await CodeAsync(stage, Role.Dsl, "draftStrategy", draft));
        await stage.DoAsync(Role.Dsl, "recordReferral", new { incidentId = incident, agency = "SOCIAL_CARE", parentsMayBeTold = true });
        Assert.Equal("AGENCIES_MISSING", await CodeAsync(stage, Role.Dsl, "draftStrategy", draft));
        var leftOut = new[] { new { agency = "POLICE", reason = "They only seized the phone" }, new { agency = "SOCIAL_CARE", reason = "They gave advice once" } };
        await stage.DoAsync(Role.Dsl, "draftStrategy", new { draft.pupilId, draft.incidents, draft.terms, draft.interim, draft.parties, draft.reviewOn, draft.owner, agenciesLeftOut = leftOut });
        var kept = await world.DataAsync("query($id: ID!) { pupil(id: $id) { strategy { agreement { agenciesLeftOut { agency reason } } } } }", world.First.TokenOf(Role.Dsl), new { id = stage.Pupil });
        Assert.Contains("They only seized the phone", kept.ToString(), StringComparison.Ordinal);
        await stage.DoAsync(Role.Dsl, "recordReferral", new { incidentId = incident, agency = "SOCIAL_CARE", parentsMayBeTold = false });
        Assert.Equal("PATH_FORBIDS", await CodeAsync(
            stage, Role.Dsl, "agreeStrategy", new { strategyId = stage.Strategy, party = new { kind = "SCHOOL" }, answer = "AGREED", form = "PAPER", signedBy = "Somebody" }));
    }

    [Fact]
    public async Task All_devices_removed_until_a_strategy_was_undone_with_one_form()
    {
        var stage = await MutationStage.SetAsync(world);
        // Its interim terms are the DSL's: they would loosen the removal.
        await stage.DoAsync(Role.Dsl, "endStrategy", new { strategyId = stage.Strategy, endReason = "To be drafted anew" });
        await stage.DoAsync(Role.Dsl, "liftBan", new { pupilId = stage.Pupil, banId = stage.Ban, liftReason = "To see the removal alone" });
        object back = new { deviceId = stage.Device, to = "HOLDER" };
        await stage.DoAsync(Role.Dsl, "takeDevice", new { deviceId = stage.Device, taking = "REMOVE", place = "Office", lawfulGround = "Behaviour policy", incidentId = stage.Incident, noneLeft = true });
        Assert.Equal("STRATEGY_NOT_AGREED", await CodeAsync(stage, Role.SeniorLeader, "returnDevice", back));
        Assert.Equal("STRATEGY_NOT_AGREED", await CodeAsync(stage, Role.Headteacher, "returnDevice", back));

        await stage.DoAsync(Role.SeniorLeader, "returnDevice", new { deviceId = stage.Device, to = "PARENT" });
        Assert.Equal("DENY", await MayAsync(stage));
        await stage.TakenAsync();
        var over = new { decidedBy = stage.Person(Role.Headteacher), reason = "Agreed on the telephone" };
        await stage.DoAsync(Role.Dsl, "returnDevice", new { deviceId = stage.Device, to = "HOLDER", strategyOverride = over });
        // The device is back; that all wait for a strategy is the plan's promise, and the head's to give up there.
        Assert.Equal("DENY", await MayAsync(stage));
        await stage.DoAsync(Role.Headteacher, "waiveStep", new { incidentId = stage.Incident, step = await stage.StepAsync(stage.Incident, "ACCESS_STRATEGY"), reason = "Watched at home" });
        Assert.Equal("ALLOW", await MayAsync(stage));
        var chain = await world.DataAsync("query($id: ID!) { device(id: $id) { untilStrategy custodyChain { nodes { strategyOverride { reason decidedBy { name } } } } } }", world.First.TokenOf(Role.Dsl), new { id = stage.Device });
        Assert.False(chain.GetProperty("device").GetProperty("untilStrategy").GetBoolean());
        Assert.Equal("""{"reason":"Agreed on the telephone","decidedBy":{"name":"Headteacher of 100001"}}""", chain.GetProperty("device").GetProperty("custodyChain").GetProperty("nodes")[3].GetProperty("strategyOverride").ToString());

        // Removed again, and this time a strategy is agreed: it may end, and the device still goes back.
        await stage.DoAsync(Role.Dsl, "takeDevice", new { deviceId = stage.Device, taking = "REMOVE", place = "Office", lawfulGround = "Behaviour policy" });
        Assert.Equal("DENY", await MayAsync(stage));
        var terms = new { supervision = "INDEPENDENT" };
        await stage.DoAsync(Role.Dsl, "draftStrategy", new
        {
            pupilId = stage.Pupil, terms, interim = terms, parties = new[] { new { kind = "SCHOOL" }, new { kind = "PARENTAL_RESPONSIBILITY" } }, reviewOn = stage.Today.AddDays(20), owner = stage.Person(Role.Dsl),
        });
        Assert.Equal("STRATEGY_NOT_AGREED", await CodeAsync(stage, Role.SeniorLeader, "returnDevice", back));
        await stage.AgreedAsync();
        Assert.Equal("OVERRIDE_NOT_ASKED", await CodeAsync(stage, Role.Dsl, "returnDevice", new { deviceId = stage.Device, to = "HOLDER", strategyOverride = over }));
        await world.Gateway.SettleAsync();
        await stage.DoAsync(Role.Dsl, "endStrategy", new { strategyId = stage.Strategy, endReason = "All is well" });
        await stage.DoAsync(Role.SeniorLeader, "returnDevice", back);
        Assert.Equal("ALLOW", await MayAsync(stage));
    }

    private async Task<string?> MayAsync(MutationStage stage)
    {
        await world.Gateway.SettleAsync();
        var answer = await world.DataAsync("query($id: ID!) { technologyAccess(pupilId: $id, use: \"internet\") { decision } }", world.First.TokenOf(Role.Dsl), new { id = stage.Pupil });
        return answer.GetProperty("technologyAccess").GetProperty("decision").GetString();
    }

    private static async Task<string?> CodeAsync(MutationStage stage, Role by, string mutation, object input) =>
        MutationStage.ErrorsOf(await stage.SendAsync(by, mutation, input)) is [{ ValueKind: JsonValueKind.Object } error, ..] ? error.GetProperty("code").GetString() : null;
}
