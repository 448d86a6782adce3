using System.Text.Json;
using OnlineSafetyTrust.Gateway.Tests.Api.Mutations;

namespace OnlineSafetyTrust.Gateway.Tests.Api;

/// <summary>D4 and the incidents it comes from: a strategy names those of its own pupil only, and their steps wait for it.</summary>
public sealed class StrategyIncidentsTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    [Fact]
    public async Task A_strategy_named_incidents_of_other_pupils()
    {
        var (mine, other) = (await MutationStage.SetAsync(world), await MutationStage.SetAsync(world));
        await mine.DoAsync(Role.Dsl, "endStrategy", new { strategyId = mine.Strategy, endReason = "To be drafted anew" });
        Assert.Equal(("INCIDENT_OF_OTHERS", "incidents"), await RefusalAsync(mine, other.Incident));
        var nobody = await RefusalAsync(mine, ApiWorld.Id("Incident", Guid.NewGuid()));
        Assert.Equal("NOT_FOUND", nobody.Code);
        Assert.Equal(nobody, await RefusalAsync(mine, world.Second.IdOf("Incident")));
        await mine.DoAsync(Role.Dsl, "draftStrategy", Draft(mine, mine.Incident));
    }

    [Fact]
    public async Task Strategies_that_ended_are_read_back_by_those_who_decide()
    {
        const string former = "fragment Former on StrategyAgreement { number endReason incidents { id } } query($id: ID!) { pupil(id: $id) { strategy { first: former(number: 1) { ...Former } second: former(number: 2) { ...Former } third: former(number: 3) { ...Former } } } }";
        var stage = await MutationStage.SetAsync(world);
        for (var ended = 1; ended <= 2; ended++)
        {
            await stage.DoAsync(Role.Dsl, "endStrategy", new { strategyId = stage.Strategy, endReason = $"Reason {ended}" });
            await stage.DoAsync(Role.Dsl, "draftStrategy", Draft(stage, stage.Incident));
        }

        async Task<string[]> FormerAsync(Role role) =>
            [.. (await world.DataAsync(former, world.First.TokenOf(role), new { id = stage.Pupil })).GetProperty("pupil").GetProperty("strategy").EnumerateObject().Where(s => s.Value.ValueKind == JsonValueKind.Object)
                .Select(s => $"{s.Value.GetProperty("number")} {s.Value.GetProperty("endReason")} {s.Value.GetProperty("incidents").GetArrayLength()}")];

        Assert.Equal(["1 Reason 1 1", "2 Reason 2 1"], await FormerAsync(Role.Dsl));
        // Who may not see incidents sees the strategies.
        Assert.Equal(["1 Reason 1 0", "2 Reason 2 0"], await FormerAsync(Role.SeniorLeader));
        Assert.Empty(await FormerAsync(Role.ClassTeacher));
    }

    [Fact]
    public async Task A_draft_that_names_no_incident_is_for_the_one_that_asks_for_it()
    {
        var stage = await MutationStage.SetAsync(world);
        await stage.DoAsync(Role.Dsl, "endStrategy", new { strategyId = stage.Strategy, endReason = "To be drafted anew" });
        await world.Gateway.SettleAsync();
        await stage.DoAsync(Role.Dsl, "draftStrategy", Draft(stage));
        var incidents = await world.DataAsync("query($id: ID!) { pupil(id: $id) { strategy { agreement { incidents { id } } } } }", world.First.TokenOf(Role.Dsl), new { id = stage.Pupil });
        Assert.Equal($$"""[{"id":"{{stage.Incident}}"}]""", incidents.GetProperty("pupil").GetProperty("strategy").GetProperty("agreement").GetProperty("incidents").ToString());
    }

    [Fact]
    public async Task What_the_plan_sets_up_for_a_pupil_is_done_when_it_is_there_and_not_in_words()
    {
        var stage = await MutationStage.SetAsync(world);
        var incidentId = stage.Incident;
        await stage.DoAsync(Role.Dsl, "endStrategy", new { strategyId = stage.Strategy, endReason = "To be drafted anew" });
        await stage.RemovedAsync();
        var step = await stage.StepAsync(incidentId, "ACCESS_STRATEGY");
        var words = new { incidentId, step, outcome = "Agreed on the telephone" };
        Assert.Equal("USE_STRATEGY", CodeOf(await stage.SendAsync(Role.Dsl, "completeStep", words)));
        await stage.DoAsync(Role.Dsl, "draftStrategy", Draft(stage, incidentId));
        Assert.Equal("USE_STRATEGY", CodeOf(await stage.SendAsync(Role.Dsl, "completeStep", words)));
        await stage.AgreedAsync();
        await world.Gateway.SettleAsync();
        Assert.Equal("DONE", await StatusAsync(incidentId, step));
    }

    [Fact]
    public async Task Nothing_is_removed_until_a_strategy_is_agreed_for_an_incident_about_others()
    {
        var (mine, other) = (await MutationStage.SetAsync(world), await MutationStage.SetAsync(world));
        object Take(string taking) => new { deviceId = mine.Device, taking, place = "Office", lawfulGround = "Behaviour policy", incidentId = other.Incident };
        Assert.Equal("INCIDENT_OF_OTHERS", CodeOf(await mine.SendAsync(Role.ClassTeacher, "takeDevice", Take("REMOVE"))));
        await mine.DoAsync(Role.ClassTeacher, "takeDevice", Take("CONFISCATE"));
        // Nor is what was confiscated for it removed afterwards.
        Assert.Equal("INCIDENT_OF_OTHERS", CodeOf(await mine.SendAsync(Role.Dsl, "takeDevice", new { deviceId = mine.Device, taking = "REMOVE", place = "Office", lawfulGround = "Behaviour policy" })));
    }

    [Fact]
    public async Task What_was_agreed_before_a_further_incident_counts_once_it_was_looked_at_again()
    {
        var stage = await MutationStage.SetAsync(world);
        var strategyId = await stage.AgreedAsync();
        await world.Gateway.MoveToAsync(stage.Now.AddHours(1));
        var incidentId = (await stage.DoAsync(
            Role.ClassTeacher, "reportIncident",
            new { danger = "NO", what = "Again", happenedAt = stage.Now.AddMinutes(-5), onSite = true, people = new[] { new { pupilId = stage.Pupil, role = "ALLEGED" } } },
            "receipt { incidentId }")).GetProperty("receipt").GetProperty("incidentId").GetString()!;
        await stage.DoAsync(Role.Dsl, "triageIncident", new { incidentId, nature = "inappropriate-material", awareness = "KNOWING", fourCs = new[] { "CONTENT" } });
        await stage.DoAsync(Role.Dsl, "takeDevice", new { deviceId = stage.Device, taking = "REMOVE", place = "Office", lawfulGround = "Behaviour policy", incidentId, noneLeft = true });
        await world.Gateway.SettleAsync();
        var step = await stage.StepAsync(incidentId, "ACCESS_STRATEGY");
        var words = new { incidentId, step, outcome = "It stays as it is" };
        Assert.Equal("USE_STRATEGY", CodeOf(await stage.SendAsync(Role.Dsl, "completeStep", words)));

        await stage.DoAsync(Role.Dsl, "reviewStrategy", new { strategyId, result = "CONTINUE", findings = "Enough for the new one, too", nextReviewOn = stage.Today.AddDays(30) });
        await stage.DoAsync(Role.Dsl, "completeStep", words);
        Assert.Equal("DONE", await StatusAsync(incidentId, step));
    }

    [Fact]
    public async Task For_a_pupil_who_has_left_a_reason_stands_for_what_cannot_be_set_up()
    {
        var stage = await MutationStage.SetAsync(world);
        var incidentId = stage.Incident;
        await stage.RemovedAsync();
        await stage.DoAsync(Role.Dsl, "endStrategy", new { strategyId = stage.Strategy, endReason = "They move away" });
        await stage.LeaveAsync();
        var step = await stage.StepAsync(incidentId, "ACCESS_STRATEGY");
        Assert.Equal("USE_STRATEGY", CodeOf(await stage.SendAsync(Role.Dsl, "completeStep", new { incidentId, step, outcome = "Gone" })));
        await stage.DoAsync(Role.Dsl, "completeStep", new { incidentId, step, outcome = "Gone", reason = "Left the school; the next one was told" });
    }

    private static object Draft(MutationStage stage, params string[] incidents)
    {
        var terms = new { supervision = "SUPERVISED" };
        return new
        {
            pupilId = stage.Pupil, incidents, terms, interim = terms, parties = new[] { new { kind = "SCHOOL" }, new { kind = "PARENTAL_RESPONSIBILITY" } },
            reviewOn = stage.Today.AddDays(30), owner = stage.Person(Role.Dsl),
        };
    }

    private static async Task<(string? Code, string? Field)> RefusalAsync(MutationStage stage, string incident)
    {
        var error = Assert.Single(MutationStage.ErrorsOf(await stage.SendAsync(Role.Dsl, "draftStrategy", Draft(stage, incident))));
        return (error.GetProperty("code").GetString(), error.GetProperty("path")[1].GetString());
    }

    private static string? CodeOf(JsonElement answer) => Assert.Single(MutationStage.ErrorsOf(answer)).GetProperty("code").GetString();

    private async Task<string?> StatusAsync(string incidentId, int step) =>
        (await world.DataAsync("query($id: ID!) { incident(id: $id) { steps { number status } } }", world.First.TokenOf(Role.Dsl), new { id = incidentId }))
        .GetProperty("incident").GetProperty("steps").EnumerateArray().Single(s => s.GetProperty("number").GetInt32() == step).GetProperty("status").GetString();
}
