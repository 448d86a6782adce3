using OnlineSafetyTrust.Gateway.Tests.Api.Mutations;

namespace OnlineSafetyTrust.Gateway.Tests.Api;

/// <summary>A ban and checks come from incidents of their own pupil, as a strategy does.</summary>
public sealed class NamedIncidentTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    [Fact]
    public async Task A_ban_named_an_incident_of_other_pupils() =>
        await OnlyOfPupilAsync("banTechnology", (s, incidentId) => new { pupilId = s.Pupil, incidentId, scope = "NETWORK", until = s.Now.AddDays(3), reason = "Agreed", enforcedBy = "ACCOUNT" });

    [Fact]
    public async Task Checks_named_an_incident_of_other_pupils() => await OnlyOfPupilAsync(
        "scheduleChecks",
        (s, incidentId) => new { pupilId = s.Pupil, incidentId, by = "15:30:00", lookFor = new[] { "NO_DEVICE_HELD" }, checker = "CLASS_TEACHER", reviewOn = s.Today.AddDays(28) },
        s => s.DoAsync(Role.Dsl, "endChecks", new { pupilId = s.Pupil, reason = "To begin anew" }));

    [Fact]
    public async Task A_concern_was_answered_with_an_incident_of_other_pupils()
    {
        DateOnly date = default;
        await OnlyOfPupilAsync("answerConcern", (s, incidentId) => new { pupilId = s.Pupil, incidentId, date }, async s =>
        {
            date = await s.CheckDayAsync();
            await s.DoAsync(Role.ClassTeacher, "recordDeviceChecks", s.Checks("CONCERN"));
        });
    }

    [Fact]
    public async Task An_address_of_the_material_slipped_in_with_a_ban_with_checks_and_with_the_answer_to_a_concern()
    {
        const string Seen = "Seen at canary.com/bar.jpg";
        var stage = await MutationStage.SetAsync(world);
        var incidentId = await stage.WithPoliceAsync();
        object Ban(string incident, string reason) => new { pupilId = stage.Pupil, incidentId = incident, scope = "NETWORK", until = stage.Now.AddDays(3), reason, enforcedBy = "ACCOUNT" };
        Assert.Equal(("LINK_IN_TEXT", "reason"), await RefusalAsync(stage, "banTechnology", Ban(incidentId, Seen)));
        await stage.DoAsync(Role.Dsl, "banTechnology", Ban(incidentId, "Agreed"));
        await stage.DoAsync(Role.Dsl, "banTechnology", Ban(stage.Incident, Seen));

        var date = await stage.CheckDayAsync();
        await stage.DoAsync(Role.ClassTeacher, "recordDeviceChecks", stage.Checks("CONCERN"));
        Assert.Equal(("LINK_IN_TEXT", "reason"), await RefusalAsync(stage, "answerConcern", new { pupilId = stage.Pupil, incidentId, date, reason = Seen }));
        await stage.DoAsync(Role.Dsl, "endChecks", new { pupilId = stage.Pupil, reason = "To begin anew" });
        Assert.Equal(("LINK_IN_TEXT", "lookForNote"), await RefusalAsync(
            stage, "scheduleChecks",
            Checks(Seen)));
        await stage.DoAsync(Role.Dsl, "scheduleChecks", Checks("See me"));
        Assert.Equal(("LINK_IN_TEXT", "lookForNote"), await RefusalAsync(
            stage, "changeChecks", new { pupilId = stage.Pupil, by = "15:30:00", lookFor = new[] { "NO_DEVICE_HELD" }, lookForNote = Seen, checker = "CLASS_TEACHER", reviewOn = stage.Today.AddDays(28) }));

        object Checks(string note) => new { pupilId = stage.Pupil, incidentId, by = "15:30:00", lookFor = new[] { "NO_DEVICE_HELD" }, lookForNote = note, checker = "CLASS_TEACHER", reviewOn = stage.Today.AddDays(28) };
    }

    [Fact]
    public async Task An_address_slipped_in_with_the_very_step_that_takes_the_device_for_the_incident()
    {
        const string Seen = "Had canary.com/bar.jpg open";
        var stage = await MutationStage.SetAsync(world);
        var incidentId = await stage.WithPoliceAsync();
        object Take(string ground) => new { deviceId = stage.Device, taking = "CONFISCATE", place = "Office", lawfulGround = ground, incidentId };
        Assert.Equal(("LINK_IN_TEXT", "lawfulGround"), await RefusalAsync(stage, "takeDevice", Take(Seen)));
        Assert.Equal(("LINK_IN_TEXT", "place"), await RefusalAsync(stage, "sealDevice", new { deviceId = stage.Device, place = Seen, sealNumber = "S1", incidentId }));
        await stage.DoAsync(Role.Dsl, "takeDevice", Take("Behaviour policy"));
    }

    private static async Task<(string? Code, string? Field)> RefusalAsync(MutationStage stage, string mutation, object input)
    {
        var error = Assert.Single(MutationStage.ErrorsOf(await stage.SendAsync(Role.Dsl, mutation, input)));
        return (error.GetProperty("code").GetString(), error.GetProperty("path")[1].GetString());
    }

    private async Task OnlyOfPupilAsync(string mutation, Func<MutationStage, string, object> input, Func<MutationStage, Task>? first = null)
    {
        var (mine, other) = (await MutationStage.SetAsync(world), await MutationStage.SetAsync(world));
        await (first?.Invoke(mine) ?? Task.CompletedTask);
        Assert.Equal(("INCIDENT_OF_OTHERS", "incidentId"), await RefusalAsync(other.Incident));
        var nobody = await RefusalAsync(ApiWorld.Id("Incident", Guid.NewGuid()));
        Assert.Equal(("NOT_FOUND", "incidentId"), nobody);
        Assert.Equal(nobody, await RefusalAsync(world.Second.IdOf("Incident")));
        await mine.DoAsync(Role.Dsl, mutation, input(mine, mine.Incident));

        Task<(string? Code, string? Field)> RefusalAsync(string incident) => NamedIncidentTests.RefusalAsync(mine, mutation, input(mine, incident));
    }
}
