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

    private async Task OnlyOfPupilAsync(string mutation, Func<MutationStage, string, object> input, Func<MutationStage, Task>? first = null)
    {
        var (mine, other) = (await MutationStage.SetAsync(world), await MutationStage.SetAsync(world));
        await (first?.Invoke(mine) ?? Task.CompletedTask);
        Assert.Equal(("INCIDENT_OF_OTHERS", "incidentId"), await RefusalAsync(other.Incident));
        var nobody = await RefusalAsync(ApiWorld.Id("Incident", Guid.NewGuid()));
        Assert.Equal(("NOT_FOUND", "incidentId"), nobody);
        Assert.Equal(nobody, await RefusalAsync(world.Second.IdOf("Incident")));
        await mine.DoAsync(Role.Dsl, mutation, input(mine, mine.Incident));

        async Task<(string? Code, string? Field)> RefusalAsync(string incident)
        {
            var error = Assert.Single(MutationStage.ErrorsOf(await mine.SendAsync(Role.Dsl, mutation, input(mine, incident))));
            return (error.GetProperty("code").GetString(), error.GetProperty("path")[1].GetString());
        }
    }
}
