using System.Text.Json;
using OnlineSafetyTrust.Gateway.Tests.Api.Mutations;

namespace OnlineSafetyTrust.Gateway.Tests.Api;

/// <summary>Whoever looks after a pupil now has what is to be done for them.</summary>
public sealed class NewKeyWorkerTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    [Fact]
    public async Task Steps_of_the_key_worker_stayed_with_the_one_before()
    {
        var stage = await MutationStage.SetAsync(world);
        var (incidentId, before, next) = (stage.Incident, stage.Person(Role.KeyWorker), stage.Person(Role.PastoralTeam));
        await stage.DoAsync(Role.Dsl, "triageIncident", new
        {
            incidentId, nature = "sharing-information", fourCs = new[] { "CONDUCT" }, steps = new[] { new { kind = "CUSTOM", owner = "KEY_WORKER", toDo = "Talk it over" } }, reason = "Looked at again",
        });
        Assert.Equal(before, await OwnerAsync(incidentId));

        await stage.DoAsync(Role.Dsl, "updatePupil", new { pupilId = stage.Pupil, keyWorker = new { personId = next } });
        await world.Gateway.SettleAsync();
        Assert.Equal(next, await OwnerAsync(incidentId));
        Assert.Contains(incidentId, await TasksAsync(Role.PastoralTeam));
        Assert.DoesNotContain(incidentId, await TasksAsync(Role.KeyWorker));
    }

    [Fact]
    public async Task Steps_of_the_key_worker_stayed_with_the_one_of_a_pupil_who_was_withdrawn()
    {
        var (stage, other) = (await MutationStage.SetAsync(world), await MutationStage.SetAsync(world));
        var (incidentId, before, next) = (stage.Incident, stage.Person(Role.KeyWorker), stage.Person(Role.PastoralTeam));
        await stage.DoAsync(Role.Dsl, "updatePupil", new { pupilId = other.Pupil, keyWorker = new { personId = next } });
        await stage.DoAsync(Role.Dsl, "triageIncident", new
        {
            incidentId, nature = "sharing-information", fourCs = new[] { "CONDUCT" }, steps = new[] { new { kind = "CUSTOM", owner = "KEY_WORKER", toDo = "Talk it over" } }, reason = "Looked at again",
        });
        await stage.DoAsync(Role.Dsl, "correctRecord", new { incidentId, field = "PUPIL_ADDED", reason = "Left out", pupilId = other.Pupil, role = "ALLEGED" });
        Assert.Equal(before, await OwnerAsync(incidentId));
        await stage.DoAsync(Role.Dsl, "correctRecord", new { incidentId, field = "PUPIL_WITHDRAWN", reason = "It was the other one", pupilId = stage.Pupil });
        Assert.Equal(next, await OwnerAsync(incidentId));
        await world.Gateway.SettleAsync();
        Assert.Contains(incidentId, await TasksAsync(Role.PastoralTeam));
        Assert.DoesNotContain(incidentId, await TasksAsync(Role.KeyWorker));
    }

    private async Task<string?> OwnerAsync(string id) =>
        (await world.DataAsync("query($id: ID!) { incident(id: $id) { steps { status owner { id } rule { kind } } } }", world.First.TokenOf(Role.Dsl), new { id }))
        .GetProperty("incident").GetProperty("steps").EnumerateArray()
        .Single(s => s.GetProperty("status").GetString() == "OPEN" && s.GetProperty("rule").GetProperty("kind").GetString() == "CUSTOM").GetProperty("owner").GetProperty("id").GetString();

    private async Task<IReadOnlyList<string?>> TasksAsync(Role role) =>
        [.. (await world.DataAsync("{ tasks(kind: [INCIDENT_STEP], first: 100) { nodes { incidentId } } }", world.First.TokenOf(role)))
            .GetProperty("tasks").GetProperty("nodes").EnumerateArray().Select(t => t.GetProperty("incidentId")).Where(i => i.ValueKind == JsonValueKind.String).Select(i => i.GetString())];
}
