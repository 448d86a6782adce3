using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Gateway.Tests.Api;
using OnlineSafetyTrust.Grains.Policies;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Gateway.Tests;

/// <summary>What falls to somebody reaches them on the real host: the pupil's own people, a cover, and whoever is back.</summary>
public sealed class OwnPeopleTests
{
    [Fact]
    public async Task A_pupils_key_worker_gets_their_step_their_cover_takes_it_over_and_it_comes_back_at_midnight()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var school = (await TwoSchools.FoundAsync(gateway)).First;
        var records = await SchoolRecords.MakeAsync(gateway, school);
        var grain = gateway.Grains.GetGrain<ISchoolGrain>(SchoolKey.Of(school.Id).ToString());
        var pack = ShippedPacks.Text("wyre-forest")!.Replace("[dsl, deputy-dsl, pastoral-team]", "[key-worker]", StringComparison.Ordinal);
        await TwoSchools.Done(grain.AdoptPolicyAsync(TwoSchools.System(school.Id), new AdoptPolicy(null, pack)));
        await gateway.SettleAsync();
        await TriageAsync();
        var own = await StepsAsync(Role.KeyWorker);
        Assert.NotEqual(0, own);
        Assert.Equal(0, await StepsAsync(Role.Governor));

        var today = London.DateOf(gateway.Clock.GetUtcNow());
        await TwoSchools.Done(grain.ArrangeCoverAsync(
            TwoSchools.System(school.Id), new(school.People[Role.KeyWorker], school.People[Role.Governor], today, today.AddDays(1))));
        await gateway.SettleAsync();
        Assert.Equal((0, own), (await StepsAsync(Role.KeyWorker), await StepsAsync(Role.Governor)));

        await gateway.MoveToAsync(London.ToInstant(today.AddDays(2), TimeOnly.MinValue).AddMinutes(-1));
        Assert.Equal((0, own), (await StepsAsync(Role.KeyWorker), await StepsAsync(Role.Governor)));
        await gateway.MoveToAsync(London.ToInstant(today.AddDays(2), TimeOnly.MinValue));
        Assert.Equal((own, 0), (await StepsAsync(Role.KeyWorker), await StepsAsync(Role.Governor)));

        Task<System.Text.Json.JsonElement> TriageAsync() => gateway.QueryAsync(
            "mutation($input: TriageIncidentInput!) { triageIncident(input: $input) { errors { code message } } }",
            new { input = new { incidentId = records.IdOf("Incident"), nature = "inappropriate-material", awareness = "UNKNOWING", reason = "Again, under the new policy" } }, school.TokenOf(Role.Dsl));

        Task<int> StepsAsync(Role role) => TasksAsync(gateway, school, role, k => k == "INCIDENT_STEP");
    }

    [Fact]
    public async Task A_school_whose_last_DSL_leaves_has_a_task_for_its_head_and_who_stands_in_until_there_is_another()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var school = (await TwoSchools.FoundAsync(gateway)).First;
        var today = London.DateOf(gateway.Clock.GetUtcNow());
        await MutateAsync(gateway, school, "arrangeCover", new { absentId = IdOf(school, Role.Headteacher), coverId = IdOf(school, Role.HeadOfYear), from = today, to = today.AddDays(1) });
        await MutateAsync(gateway, school, "recordLeaver", new { personId = IdOf(school, Role.Dsl) });
        Assert.Equal((1, 1, 0), (await VacantAsync(Role.Headteacher), await VacantAsync(Role.HeadOfYear), await VacantAsync(Role.SeniorLeader)));

        await MutateAsync(gateway, school, "assignRole", new { personId = IdOf(school, Role.DeputyDsl), role = "DSL", from = today });
        Assert.Equal(0, await VacantAsync(Role.Headteacher));

        Task<int> VacantAsync(Role role) => TasksAsync(gateway, school, role, k => k == "ROLE_VACANT");
    }

    [Fact]
    public async Task A_cover_that_is_cancelled_gives_back_at_once_whether_it_runs_or_is_still_to_come()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var school = (await TwoSchools.FoundAsync(gateway)).First;
        await SchoolRecords.MakeAsync(gateway, school);
        var today = London.DateOf(gateway.Clock.GetUtcNow());
        var strategies = await StrategiesAsync(Role.Dsl);
        Assert.NotEqual(0, strategies);

        await MutateAsync(gateway, school, "arrangeCover", new { absentId = IdOf(school, Role.Dsl), coverId = IdOf(school, Role.ClassTeacher), from = today, to = today.AddDays(9) });
        Assert.Equal((0, strategies), (await StrategiesAsync(Role.Dsl), await StrategiesAsync(Role.ClassTeacher)));
        await gateway.MoveToAsync(London.ToInstant(today.AddDays(2), new TimeOnly(8, 0)));
        await MutateAsync(gateway, school, "cancelCover", new { absentId = IdOf(school, Role.Dsl), from = today });
        Assert.Equal((strategies, 0), (await StrategiesAsync(Role.Dsl), await StrategiesAsync(Role.ClassTeacher)));

        await MutateAsync(gateway, school, "arrangeCover", new { absentId = IdOf(school, Role.Dsl), coverId = IdOf(school, Role.ClassTeacher), from = today.AddDays(4), to = today.AddDays(9) });
        await MutateAsync(gateway, school, "cancelCover", new { absentId = IdOf(school, Role.Dsl), from = today.AddDays(4) });
        await gateway.MoveToAsync(London.ToInstant(today.AddDays(5), new TimeOnly(8, 0)));
        Assert.Equal((strategies, 0), (await StrategiesAsync(Role.Dsl), await StrategiesAsync(Role.ClassTeacher)));

        // Arranged and left alone, it comes back by itself.
        await MutateAsync(gateway, school, "arrangeCover", new { absentId = IdOf(school, Role.Dsl), coverId = IdOf(school, Role.ClassTeacher), from = today.AddDays(6), to = today.AddDays(6) });
        await gateway.MoveToAsync(London.ToInstant(today.AddDays(6), TimeOnly.MinValue));
        Assert.Equal((0, strategies), (await StrategiesAsync(Role.Dsl), await StrategiesAsync(Role.ClassTeacher)));
        await gateway.MoveToAsync(London.ToInstant(today.AddDays(7), TimeOnly.MinValue));
        Assert.Equal((strategies, 0), (await StrategiesAsync(Role.Dsl), await StrategiesAsync(Role.ClassTeacher)));

        Task<int> StrategiesAsync(Role role) => TasksAsync(gateway, school, role, k => k.StartsWith("STRATEGY", StringComparison.Ordinal));
    }

    private static string IdOf(SchoolUnderTest school, Role role) => ApiWorld.Id("Person", school.People[role].Value);

    private static async Task MutateAsync(RunningGateway gateway, SchoolUnderTest school, string mutation, object input)
    {
        var type = $"{char.ToUpperInvariant(mutation[0])}{mutation[1..]}Input";
        var answer = await gateway.QueryAsync($"mutation($input: {type}!) {{ {mutation}(input: $input) {{ person {{ name }} errors {{ code message }} }} }}", new { input }, school.TokenOf(Role.Headteacher));
        Assert.Equal("[]", answer.GetProperty("data").GetProperty(mutation).GetProperty("errors").ToString());
        await gateway.SettleAsync();
    }

    private static async Task<int> TasksAsync(RunningGateway gateway, SchoolUnderTest school, Role role, Predicate<string> isOne)
    {
        var answer = await gateway.QueryAsync("{ tasks(first: 50) { nodes { kind } } }", null, school.TokenOf(role));
        return answer.GetProperty("data").GetProperty("tasks").GetProperty("nodes").EnumerateArray().Count(t => isOne(t.GetProperty("kind").GetString()!));
    }
}
