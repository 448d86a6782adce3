using System.Text.Json;
using OnlineSafetyTrust.Gateway.Tests.Api.Mutations;

namespace OnlineSafetyTrust.Gateway.Tests.Api;

/// <summary>Who used a shared device, and when (D1).</summary>
public sealed class SharedDeviceTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private const string Uses = "query($id: ID!) { device(id: $id) { uses { number from to user { pupil { id } } recordedBy { id } } } }";

    [Fact]
    public async Task Uses_are_told_newest_first_to_those_who_see_the_chain_of_custody()
    {
        var stage = await MutationStage.SetAsync(world);
        var id = await stage.SchoolDeviceAsync();
        foreach (var hours in (int[])[4, 2])
        {
            // Their plan lets them have no device: that they used one is the head's to record.
            await stage.DoAsync(Role.Headteacher, "recordDeviceUse", new { deviceId = id, user = new { pupilId = stage.Pupil }, from = stage.Now.AddHours(-hours), to = stage.Now.AddHours(1 - hours) });
        }

        var uses = (await world.DataAsync(Uses, world.First.TokenOf(Role.NetworkManager), new { id })).GetProperty("device").GetProperty("uses");
        Assert.Equal([2, 1], uses.EnumerateArray().Select(u => u.GetProperty("number").GetInt32()));
        Assert.True(uses[0].GetProperty("from").GetDateTimeOffset() > uses[1].GetProperty("from").GetDateTimeOffset());
        Assert.Equal((stage.Pupil, ApiWorld.Id("Person", world.First.School.People[Role.Headteacher].Value)), (Id(uses[0].GetProperty("user").GetProperty("pupil")), Id(uses[0].GetProperty("recordedBy"))));
        Assert.Equal(0, (await world.DataAsync(Uses, world.First.TokenOf(Role.ClassTeacher), new { id })).GetProperty("device").GetProperty("uses").GetArrayLength());
    }

    [Fact]
    public async Task Uses_are_read_back_to_the_first_and_a_busy_tablet_leaves_room_for_another()
    {
        var stage = await MutationStage.SetAsync(world);
        var (busy, other) = (await stage.SchoolDeviceAsync(), await stage.SchoolDeviceAsync());
        object Use(string deviceId) => new { deviceId, user = new { personId = stage.Person(Role.SupportStaff) }, from = stage.Now.AddHours(-1) };
        await stage.DoAsync(Role.ClassTeacher, "recordDeviceUse", Use(other));
        for (var i = 0; i < 103; i++)
        {
            await stage.DoAsync(Role.ClassTeacher, "recordDeviceUse", Use(busy));
        }

        var found = await world.DataAsync(
            "query($busy: ID!, $other: ID!) { busy: device(id: $busy) { uses { number } first: uses(before: 4) { number } } other: device(id: $other) { uses { number } } }",
            world.First.TokenOf(Role.NetworkManager), new { busy, other });

        int[] Numbers(string device, string uses) => [.. found.GetProperty(device).GetProperty(uses).EnumerateArray().Select(u => u.GetProperty("number").GetInt32())];
        Assert.Equal(Enumerable.Range(54, 50).Reverse(), Numbers("busy", "uses"));
        Assert.Equal([3, 2, 1], Numbers("busy", "first"));
        Assert.Equal([1], Numbers("other", "uses"));
    }

    [Fact]
    public async Task What_a_pupil_speaks_with_was_denied_because_it_is_shared_and_one_in_custody_was_allowed()
    {
        var stage = await MutationStage.SetAsync(world);
        async Task<string> RegisterAsync(object device) => (await stage.DoAsync(Role.NetworkManager, "registerDevice", device, "device { id }")).GetProperty("device").GetProperty("id").GetString()!;
        var talker = await RegisterAsync(new { ownership = "SCHOOL", kind = "TABLET", label = "Talker", shared = true, essential = "COMMUNICATION" });
        var others = await RegisterAsync(new { ownership = "PERSONAL", kind = "TABLET", label = "Theirs", essential = "COMMUNICATION", holder = new { personId = stage.Person(Role.SupportStaff) } });
        var tablet = await stage.SchoolDeviceAsync();
        await stage.DoAsync(Role.Dsl, "endStrategy", new { strategyId = stage.Strategy, endReason = "To be drafted anew" });
        await world.Gateway.SettleAsync();
        Assert.Equal("DENY", await AccessAsync(tablet));
        Assert.Equal("ALLOW", await AccessAsync(talker));
        Assert.Equal("DENY", await AccessAsync(others));

        await stage.DoAsync(Role.Headteacher, "waiveStep", new { incidentId = stage.Incident, step = await stage.StepAsync(stage.Incident, "REMOVE_ALL_DEVICES"), reason = "Nothing is held" });
        await world.Gateway.SettleAsync();
        Assert.Equal("ALLOW", await AccessAsync(tablet));
        await stage.DoAsync(Role.ClassTeacher, "takeDevice", new { deviceId = tablet, taking = "CONFISCATE", place = "Office", lawfulGround = "Behaviour policy" });
        Assert.Equal("DENY", await AccessAsync(tablet));
        // One that another school has is one that nobody has.
        Assert.Equal("ALLOW", await AccessAsync(world.Second.IdOf("Device")));

        async Task<string?> AccessAsync(string device) => (await world.DataAsync(
            "query($pupil: ID!, $device: ID) { technologyAccess(pupilId: $pupil, use: \"device\", deviceId: $device) { decision } }", world.First.TokenOf(Role.ClassTeacher), new { pupil = stage.Pupil, device }))
            .GetProperty("technologyAccess").GetProperty("decision").GetString();
    }

    [Theory]
    [InlineData("lendDevice", "borrower")]
    [InlineData("recordDeviceUse", "user")]
    public async Task Nobody_of_the_school_is_named_where_the_input_says_who(string mutation, string field)
    {
        var stage = await MutationStage.SetAsync(world);
        var deviceId = await stage.SchoolDeviceAsync();
        object nobody = new { pupilId = world.Second.IdOf("Pupil") };
        object input = mutation == "lendDevice" ? new { deviceId, borrower = nobody, dueBack = stage.Today.AddDays(7) } : new { deviceId, user = nobody, from = stage.Now.AddHours(-1) };
        var type = char.ToUpperInvariant(mutation[0]) + mutation[1..] + "Input";
        var answer = await world.DataAsync($"mutation($input: {type}!) {{ {mutation}(input: $input) {{ errors {{ code path }} }} }}", world.First.TokenOf(Role.ClassTeacher), new { input });

        Assert.Equal($$"""[{"code":"HOLDER_UNKNOWN","path":["input","{{field}}"]}]""", answer.GetProperty(mutation).GetProperty("errors").ToString());
    }

    private static string? Id(JsonElement node) => node.GetProperty("id").GetString();
}
