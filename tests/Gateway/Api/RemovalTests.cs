using System.Text.Json;
using OnlineSafetyTrust.Gateway.Tests.Api.Mutations;

namespace OnlineSafetyTrust.Gateway.Tests.Api;

/// <summary>All devices are taken until a strategy is agreed: the step, and what the pupil may use meanwhile (B3, D5).</summary>
public sealed class RemovalTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    [Fact]
    public async Task The_step_was_ticked_off_with_the_phone_in_the_pupils_pocket_and_everything_stayed_allowed()
    {
        var stage = await FreeAsync();
        var (incidentId, step) = (stage.Incident, await stage.StepAsync(stage.Incident, "REMOVE_ALL_DEVICES"));
        Assert.Equal("USE_REMOVAL", Code(await stage.SendAsync(Role.Dsl, "completeStep", new { incidentId, step, outcome = "All taken" })));
        Assert.Equal("USE_REMOVAL", Code(await stage.SendAsync(Role.Dsl, "completeStep", new { incidentId, step, pupils = new[] { stage.Pupil }, reason = "She says so" })));
        Assert.Equal("NOT_FOUND", Code(await stage.SendAsync(Role.ClassTeacher, "completeStep", new { incidentId, step, outcome = "All taken" })));
        foreach (var use in (string[])["device", "internet"])
        {
            var access = await AccessAsync(stage, use, Role.Dsl);
            Assert.Equal("DENY", access.GetProperty("decision").GetString());
            var reason = Assert.Single(access.GetProperty("reasons").EnumerateArray());
            Assert.Equal(("DEVICES_REMOVED", incidentId), (reason.GetProperty("kind").GetString(), reason.GetProperty("incidentId").GetString()));
            var teacher = await AccessAsync(stage, use, Role.ClassTeacher);
            Assert.Equal(("DENY", JsonValueKind.Null), (teacher.GetProperty("decision").GetString(), teacher.GetProperty("reasons").ValueKind));
        }

        // Nobody has to remember to tell the daily checks (E2).
        Assert.True(await ChecksConfirmNoneHeldAsync(stage));

        // A second phone of theirs stays in sight.
        var second = (await stage.DoAsync(Role.ClassTeacher, "registerDevice", new { ownership = "PERSONAL", kind = "PHONE", label = "Old phone", holder = new { pupilId = stage.Pupil } }, "device { id }"))
            .GetProperty("device").GetProperty("id").GetString();
        object Taking(string? deviceId, bool noneLeft) => new { deviceId, taking = "REMOVE", place = "Office", lawfulGround = "Behaviour policy", incidentId, noneLeft };
        Assert.Equal("OTHERS_HELD", Code(await stage.SendAsync(Role.Dsl, "takeDevice", Taking(stage.Device, true))));
        await stage.DoAsync(Role.Dsl, "takeDevice", Taking(stage.Device, false));
        Assert.Equal("USE_REMOVAL", Code(await stage.SendAsync(Role.Dsl, "completeStep", new { incidentId, step, outcome = "All taken" })));
        await stage.DoAsync(Role.Dsl, "takeDevice", Taking(second, true));
        await world.Gateway.SettleAsync();
        Assert.Equal("STEP_ENDED", Code(await stage.SendAsync(Role.Dsl, "completeStep", new { incidentId, step, outcome = "All taken" })));
    }

    [Fact]
    public async Task A_draft_of_the_dsl_made_the_daily_checks_forget_that_all_devices_were_to_be_away()
    {
        // Its interim terms allow supervised use.
        var stage = await MutationStage.SetAsync(world);
        await world.Gateway.SettleAsync();
        await stage.CheckDayAsync();
        object Check(string result) => new { checks = new[] { new { pupilId = stage.Pupil, result } } };
        foreach (var (result, code) in new[] { ("CLEAR", "NONE_HELD_MISSING"), ("DEVICE_NOT_IN_SCHOOL", "DEVICES_REMOVED") })
        {
            // Of the line, and of the command.
            var errors = MutationStage.ErrorsOf(await stage.SendAsync(Role.ClassTeacher, "recordDeviceChecks", Check(result)));
            Assert.Equal([code], errors.Select(e => e.GetProperty("code").GetString()).Distinct());
        }

        await stage.DoAsync(Role.ClassTeacher, "recordDeviceChecks", stage.Checks("CLEAR"));
    }

    [Fact]
    public async Task Waiving_the_step_allows_again()
    {
        var stage = await FreeAsync();
        Assert.Equal("DENY", await DecisionAsync(stage));
        await stage.DoAsync(Role.Headteacher, "waiveStep", new { incidentId = stage.Incident, step = await stage.StepAsync(stage.Incident, "REMOVE_ALL_DEVICES"), reason = "Nothing is held" });
        await world.Gateway.SettleAsync();
        Assert.Equal("ALLOW", await DecisionAsync(stage));
        Assert.False(await ChecksConfirmNoneHeldAsync(stage));
    }

    [Fact]
    public async Task A_phone_put_down_as_the_wrong_childs_denied_one_and_ended_the_step_of_the_other()
    {
        var (stage, friend) = (await FreeAsync(), await FreeAsync());
        var (incidentId, step) = (stage.Incident, await stage.StepAsync(stage.Incident, "REMOVE_ALL_DEVICES"));
        await friend.DoAsync(Role.Headteacher, "waiveStep", new { incidentId = friend.Incident, step = await friend.StepAsync(friend.Incident, "REMOVE_ALL_DEVICES"), reason = "Nothing is held" });
        await stage.RemovedAsync();
        Assert.Equal("STEP_ENDED", Code(await stage.SendAsync(Role.Dsl, "completeStep", new { incidentId, step, outcome = "All taken" })));

        await stage.DoAsync(Role.Dsl, "correctDevice", new { deviceId = stage.Device, reason = "It is his friend's", holder = new { holder = new { pupilId = friend.Pupil } } });
        await world.Gateway.SettleAsync();
        Assert.Equal(("ALLOW", "DENY"), (await DecisionAsync(friend), await DecisionAsync(stage)));
        Assert.Equal("USE_REMOVAL", Code(await stage.SendAsync(Role.Dsl, "completeStep", new { incidentId, step, outcome = "All taken" })));
        await stage.DoAsync(Role.SeniorLeader, "returnDevice", new { deviceId = stage.Device, to = "HOLDER" });
        await stage.DoAsync(Role.Dsl, "completeStep", new { incidentId, step, pupils = new[] { stage.Pupil }, reason = "His mother showed us" });
    }

    [Fact]
    public async Task A_phone_with_a_parent_is_asked_for_again_and_free_when_no_strategy_is_asked_for_any_more()
    {
        var stage = await FreeAsync();
        var (incidentId, step) = (stage.Incident, await stage.StepAsync(stage.Incident, "REMOVE_ALL_DEVICES"));
        var parent = new { deviceId = await stage.TakenAsync(), to = "PARENT" };
        await stage.DoAsync(Role.ClassTeacher, "returnDevice", parent);
        Assert.Equal("USE_REMOVAL", Code(await stage.SendAsync(Role.Dsl, "completeStep", new { incidentId, step, pupils = new[] { stage.Pupil }, reason = "He says he has none" })));
        await stage.RemovedAsync();
        await stage.DoAsync(Role.Dsl, "returnDevice", parent);
        await world.Gateway.SettleAsync();
        Assert.Equal("DENY", await DecisionAsync(stage));
        Assert.Equal("STRATEGY_NOT_AGREED", Code(await stage.SendAsync(Role.Dsl, "retireDevice", new { deviceId = stage.Device, reason = "Broken" })));

        await stage.DoAsync(Role.Dsl, "triageIncident", new { incidentId, nature = "inappropriate-material", awareness = "UNKNOWING", fourCs = new[] { "CONTENT" }, reason = "He did not know" });
        await world.Gateway.SettleAsync();
        Assert.Equal("ALLOW", await DecisionAsync(stage));
        await stage.DoAsync(Role.Dsl, "retireDevice", new { deviceId = stage.Device, reason = "Broken" });
    }

    [Fact]
    public async Task A_pupil_who_was_to_have_no_device_was_lent_a_laptop_and_the_school_could_not_have_it_back()
    {
        var stage = await FreeAsync();
        var deviceId = await stage.SchoolDeviceAsync();
        object borrower = new { pupilId = stage.Pupil };
        object Lending(string id) => new { deviceId = id, borrower, dueBack = stage.Today.AddDays(7) };
        object used = new { deviceId, user = borrower, from = stage.Now.AddHours(-1) };
        Assert.Equal("STRATEGY_NOT_AGREED", Code(await stage.SendAsync(Role.Dsl, "lendDevice", Lending(deviceId))));
        Assert.Equal("STRATEGY_NOT_AGREED", Code(await stage.SendAsync(Role.Dsl, "recordDeviceUse", used)));
        Assert.Equal("NOT_ALLOWED", Code(await stage.SendAsync(Role.ClassTeacher, "lendDevice", Lending(deviceId))));
        Assert.Equal("NOT_ALLOWED", Code(await stage.SendAsync(Role.ClassTeacher, "recordDeviceUse", used)));

        // What they did with it before is known, and stays known.
        await stage.DoAsync(Role.ClassTeacher, "recordDeviceUse", new { deviceId, user = borrower, from = stage.Now.AddDays(-1), to = stage.Now.AddHours(-22) });

        // What a child cannot do without is theirs all the same.
        var talker = (await stage.DoAsync(Role.NetworkManager, "registerDevice", new { ownership = "SCHOOL", kind = "TABLET", label = "Talker", essential = "COMMUNICATION" }, "device { id }")).GetProperty("device").GetProperty("id").GetString()!;
        await stage.DoAsync(Role.ClassTeacher, "lendDevice", Lending(talker));

        await stage.DoAsync(Role.Headteacher, "recordDeviceUse", used);
        await stage.DoAsync(Role.Headteacher, "lendDevice", Lending(deviceId));
        await stage.DoAsync(Role.ClassTeacher, "takeDevice", new { deviceId, taking = "CONFISCATE", place = "Office", lawfulGround = "Behaviour policy" });
        Assert.Equal("STRATEGY_NOT_AGREED", Code(await stage.SendAsync(Role.Dsl, "returnDevice", new { deviceId, to = "HOLDER" })));
        await stage.DoAsync(Role.ClassTeacher, "endLoan", new { deviceId });
        await stage.DoAsync(Role.ClassTeacher, "returnDevice", new { deviceId, to = "HOLDER" });
    }

    /// <summary>Nothing but the plan's removal stands between the pupil and the internet.</summary>
    private async Task<MutationStage> FreeAsync()
    {
        var stage = await MutationStage.SetAsync(world);
        await stage.DoAsync(Role.Dsl, "liftBan", new { pupilId = stage.Pupil, banId = stage.Ban, liftReason = "Over" });
        await stage.DoAsync(Role.Dsl, "endStrategy", new { strategyId = stage.Strategy, endReason = "To be drafted anew" });
        await world.Gateway.SettleAsync();
        return stage;
    }

    private async Task<string?> DecisionAsync(MutationStage stage) => (await AccessAsync(stage, "internet", Role.Dsl)).GetProperty("decision").GetString();

    private async Task<bool> ChecksConfirmNoneHeldAsync(MutationStage stage) =>
        (await world.DataAsync("query($id: ID!) { pupil(id: $id) { checks { devicesAway } } }", world.First.TokenOf(Role.Dsl), new { id = stage.Pupil })).GetProperty("pupil").GetProperty("checks").GetProperty("devicesAway").GetBoolean();

    private async Task<JsonElement> AccessAsync(MutationStage stage, string use, Role role) =>
        (await world.DataAsync("query($id: ID!, $use: String!) { technologyAccess(pupilId: $id, use: $use) { decision reasons { kind incidentId text } } }", world.First.TokenOf(role), new { id = stage.Pupil, use }))
            .GetProperty("technologyAccess");

    private static string? Code(JsonElement payload) => Assert.Single(MutationStage.ErrorsOf(payload)).GetProperty("code").GetString();
}
