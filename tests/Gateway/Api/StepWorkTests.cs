using System.Text.Json;
using OnlineSafetyTrust.Gateway.Tests.Api.Mutations;

namespace OnlineSafetyTrust.Gateway.Tests.Api;

/// <summary>What an owner needs for a step, through the API, and what completing it asks of devices and contacts.</summary>
public sealed class StepWorkTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    [Fact]
    public async Task Removing_material_is_recorded_at_the_device_by_its_owner_who_reads_which_device_and_what_to_do()
    {
        var stage = await MutationStage.SetAsync(world);
        var incidentId = stage.Incident;
        await stage.DoAsync(Role.Dsl, "triageIncident", new
        {
            incidentId, nature = "inappropriate-material", awareness = "UNKNOWING", fourCs = new[] { "CONTENT" }, reason = "She did not know", toDo = new[] { new { step = "remove-material", text = "Look in the album" } },
        });
        await stage.DoAsync(Role.Dsl, "takeDevice", new { deviceId = stage.Device, taking = "CONFISCATE", place = "Office", lawfulGround = "Behaviour policy", incidentId });
        await stage.HeadAsync();

        var task = (await TasksAsync(incidentId)).Single(t => t.GetProperty("stepKind").GetString() == "REMOVE_MATERIAL");
        Assert.Equal(
            ("DO", "Look in the album", "Blue phone", 0),
            (task.GetProperty("stepMode").GetString(), task.GetProperty("toDo").GetString(), task.GetProperty("devices")[0].GetProperty("label").GetString(), task.GetProperty("pupils").GetArrayLength()));

        var step = task.GetProperty("step").GetInt32();
        Assert.Equal("USE_EXAMINATION", await RefusalAsync(stage, new { incidentId, step, outcome = "Gone" }, Role.NetworkManager));
        await stage.DoAsync(
            Role.NetworkManager, "recordExamination",
            new { deviceId = stage.Device, lawfulGround = "Good reason", nothingIsEvidence = true, nudeFound = false, deleted = true, findings = "An album", incidentId });
        await stage.HeadAsync();
        Assert.DoesNotContain(await TasksAsync(incidentId), t => t.GetProperty("stepKind").GetString() == "REMOVE_MATERIAL");
    }

    [Fact]
    public async Task Looked_at_without_anything_to_delete_the_step_is_completed_in_words()
    {
        var stage = await MutationStage.SetAsync(world);
        var incidentId = stage.Incident;
        await stage.DoAsync(Role.Dsl, "triageIncident", new { incidentId, nature = "inappropriate-material", awareness = "UNKNOWING", fourCs = new[] { "CONTENT" }, reason = "She did not know" });
        await stage.DoAsync(Role.Dsl, "takeDevice", new { deviceId = stage.Device, taking = "CONFISCATE", place = "Office", lawfulGround = "Behaviour policy", incidentId });
        await stage.HeadAsync();
        var step = await stage.StepAsync(incidentId, "REMOVE_MATERIAL");
        Assert.Equal("USE_EXAMINATION", await RefusalAsync(stage, new { incidentId, step, outcome = "Nothing was there" }, Role.NetworkManager));
        // No other incident waits for this device.
        var examination = new { deviceId = stage.Device, lawfulGround = "Good reason", nothingIsEvidence = true, nudeFound = false, deleted = false, findings = "Nothing" };
        await stage.DoAsync(Role.NetworkManager, "recordExamination", examination);
        await stage.DoAsync(Role.NetworkManager, "completeStep", new { incidentId, step, outcome = "Nothing was there" });
    }

    [Fact]
    public async Task A_device_in_school_is_sealed_before_its_step_is_done()
    {
        var stage = await MutationStage.SetAsync(world);
        var incidentId = await stage.TriagedAsync("illegal-material", "KNOWING", "CONTENT", new { devices = new[] { stage.Device } });
        var step = await stage.StepAsync(incidentId, "ISOLATE_AND_SEAL_DEVICE");
        Assert.Equal("USE_SEALING", await RefusalAsync(stage, new { incidentId, step, outcome = "In a bag" }, Role.Dsl));
        // It is the only one that waits to be sealed.
        await stage.HeadAsync();
        await stage.DoAsync(Role.Dsl, "sealDevice", new { deviceId = stage.Device, place = "Safe", sealNumber = "S1" });
        await stage.HeadAsync();
        var ended = await world.DataAsync("query($id: ID!) { incident(id: $id) { steps { number status } } }", world.First.TokenOf(Role.Dsl), new { id = incidentId });
        Assert.Equal("DONE", ended.GetProperty("incident").GetProperty("steps").EnumerateArray().Single(s => s.GetProperty("number").GetInt32() == step).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Somebody_whom_the_school_must_not_contact_is_refused_as_a_contact_of_the_pupil()
    {
        var stage = await MutationStage.SetAsync(world);
        var (mother, father) = (Guid.NewGuid(), Guid.NewGuid());
        await stage.DoAsync(Role.Dsl, "setContacts", new
        {
            pupilId = stage.Pupil,
            contacts = new[]
            {
                new { id = mother, name = "A mother", relationship = "mother", parentalResponsibility = true, noContact = false },
                new { id = father, name = "A father", relationship = "father", parentalResponsibility = true, noContact = true },
            },
        });
        var step = await stage.StepAsync(stage.Incident, "CONTACT_PARENTS");
        object Made(Guid contactId) => new { incidentId = stage.Incident, step, parents = new { ending = "MADE", contactId, how = "TELEPHONE", said = "Told" } };
        Assert.Equal("NO_CONTACT", await RefusalAsync(stage, Made(father), Role.Dsl));
        Assert.Equal("CONTACT_UNKNOWN", await RefusalAsync(stage, Made(Guid.NewGuid()), Role.Dsl));
        await stage.DoAsync(Role.Dsl, "completeStep", Made(mother));
        var found = await world.DataAsync("query($id: ID!) { incident(id: $id) { steps { contacts { contactId who } } } }", world.First.TokenOf(Role.Dsl), new { id = stage.Incident });
        Assert.Contains(mother.ToString(), found.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_for_a_step_that_the_plan_has_not_are_refused_at_their_field()
    {
        var stage = await MutationStage.SetAsync(world);
        var incidentId = await stage.ReportedAsync();
        var refused = Assert.Single(MutationStage.ErrorsOf(await stage.SendAsync(Role.Dsl, "triageIncident", new
        {
            incidentId, nature = "inappropriate-material", awareness = "KNOWING", fourCs = new[] { "CONTENT" }, toDo = new[] { new { step = "no-such-step", text = "Look" } },
        })));
        Assert.Equal(("TO_DO_STEP_UNKNOWN", "toDo"), (refused.GetProperty("code").GetString(), refused.GetProperty("path").EnumerateArray().Last().GetString()));
    }

    private async Task<List<JsonElement>> TasksAsync(string incidentId) =>
        [.. (await world.DataAsync("{ tasks(kind: [INCIDENT_STEP], first: 100) { nodes { incidentId step stepKind stepMode toDo devices { label } pupils { name } } } }", world.First.TokenOf(Role.NetworkManager)))
            .GetProperty("tasks").GetProperty("nodes").EnumerateArray().Where(t => t.GetProperty("incidentId").GetString() == incidentId)];

    private static async Task<string> RefusalAsync(MutationStage stage, object input, Role by) =>
        Assert.Single(MutationStage.ErrorsOf(await stage.SendAsync(by, "completeStep", input))).GetProperty("code").GetString()!;
}
