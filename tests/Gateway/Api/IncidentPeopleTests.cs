using OnlineSafetyTrust.Gateway.Tests.Api.Mutations;

namespace OnlineSafetyTrust.Gateway.Tests.Api;

/// <summary>Who an incident is about, and what people with a part in it read.</summary>
public sealed class IncidentPeopleTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private const string Chronology = "query($id: ID!) { chronology(pupilId: $id, first: 50) { nodes { role } } }";

    [Fact]
    public async Task A_pupil_put_on_the_record_and_taken_off_it_has_it_in_the_chronology_and_has_it_no_more()
    {
        var stage = await MutationStage.SetAsync(world);
        var incidentId = await stage.TriagedAsync("inappropriate-material", "KNOWING", "CONTENT");
        var input = new { incidentId, field = "PUPIL_ADDED", reason = "Left out", pupilId = stage.Pupil, role = "ALLEGED" };
        var stranger = await stage.SendAsync(Role.Dsl, "correctRecord", new { incidentId, field = "PUPIL_ADDED", reason = "Left out", pupilId = world.Second.IdOf("Pupil"), role = "ALLEGED" });
        var error = Assert.Single(MutationStage.ErrorsOf(stranger));
        Assert.Equal(("NOT_FOUND", "[\"input\",\"pupilId\"]"), (error.GetProperty("code").GetString(), error.GetProperty("path").GetRawText()));

        var payload = await stage.DoAsync(Role.Dsl, "correctRecord", input, "incident { people { role dimensions { yearGroup } } corrections { field } }");
        var person = Assert.Single(payload.GetProperty("incident").GetProperty("people").EnumerateArray());
        Assert.Equal(("ALLEGED", "7"), (person.GetProperty("role").GetString(), person.GetProperty("dimensions").GetProperty("yearGroup").GetString()));
        Assert.Equal(2, await CountAsync(stage.Pupil));
        await stage.DoAsync(Role.Dsl, "correctRecord", new { incidentId, field = "PUPIL_WITHDRAWN", reason = "Another one of that name", pupilId = stage.Pupil });
        Assert.Equal(1, await CountAsync(stage.Pupil));
    }

    [Fact]
    public async Task The_owner_of_a_step_reads_what_to_do_in_their_tasks()
    {
        var stage = await MutationStage.SetAsync(world);
        await stage.TriagedAsync("sharing-information", null, "CONDUCT", new
        {
            steps = new[] { new { kind = "CUSTOM", owner = "NETWORK_MANAGER", toDo = "Ring the youth club", note = "His sister plays there" } }, reason = "The table has no row",
        });
        var tasks = (await world.DataAsync("{ tasks(first: 50) { nodes { title toDo } } }", world.First.TokenOf(Role.NetworkManager))).GetProperty("tasks").GetRawText();
        Assert.Contains("Ring the youth club", tasks, StringComparison.Ordinal);
        Assert.DoesNotContain("His sister", tasks, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_owner_of_a_change_reads_it_in_their_tasks_and_nothing_else_of_the_debrief()
    {
        var stage = await MutationStage.SetAsync(world);
        await stage.DoAsync(Role.Dsl, "debriefIncident", new
        {
            incidentId = stage.Incident, findings = "The filter had a gap", changes = new[] { new { what = "Close it on tablets", owner = stage.Person(Role.NetworkManager), dueOn = stage.Today.AddDays(7) } },
        });
        var tasks = (await world.DataAsync("{ tasks(kind: [DEBRIEF_CHANGE], first: 50) { nodes { title toDo } } }", world.First.TokenOf(Role.NetworkManager))).GetProperty("tasks").GetRawText();
        Assert.Contains("Close it on tablets", tasks, StringComparison.Ordinal);
        Assert.DoesNotContain("had a gap", tasks, StringComparison.Ordinal);
    }

    private async Task<int> CountAsync(string pupil) =>
        (await world.DataAsync(Chronology, world.First.TokenOf(Role.Dsl), new { id = pupil })).GetProperty("chronology").GetProperty("nodes").GetArrayLength();
}
