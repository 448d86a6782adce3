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
