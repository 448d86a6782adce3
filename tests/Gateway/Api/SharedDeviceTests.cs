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
