using System.Text.Json;
using OnlineSafetyTrust.Gateway.Tests.Api.Mutations;

namespace OnlineSafetyTrust.Gateway.Tests.Api;

/// <summary>One record per device: a second one would go round what is held or frozen (D1, D2).</summary>
public sealed class DeviceRegisterTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private const string Shown = "device { id label inCustody custody frozen }";

    [Fact]
    public async Task A_phone_entered_twice_is_one_record_and_stays_frozen()
    {
        var stage = await MutationStage.SetAsync(world);
        var first = (await stage.DoAsync(Role.ClassTeacher, "registerDevice", Phone(stage, " twin 77 "), Shown)).GetProperty("device").GetProperty("id").GetString()!;
        await stage.DoAsync(Role.Dsl, "sealDevice", new { deviceId = first, place = "Safe", sealNumber = "S1" });
        var again = await stage.SendAsync(Role.ClassTeacher, "registerDevice", Phone(stage, "TWIN77"), Shown);
        Assert.Equal("SERIAL_KNOWN", Code(again));
        Assert.Equal((first, true), (again.GetProperty("device").GetProperty("id").GetString(), again.GetProperty("device").GetProperty("inCustody").GetBoolean()));
        // How it is held, and why, stays for those who see the chain.
        Assert.All(["custody", "frozen"], hidden => Assert.Equal(JsonValueKind.Null, again.GetProperty("device").GetProperty(hidden).ValueKind));
        Assert.Equal("NOT_ALLOWED", Code(await stage.SendAsync(Role.Governor, "registerDevice", Phone(stage, "TWIN77"), Shown)));

        // Another school's numbers are its own.
        var other = await new MutationStage(world, world.Second).DoAsync(Role.ClassTeacher, "registerDevice", Phone(new MutationStage(world, world.Second), "TWIN77"), Shown);
        Assert.NotEqual(first, other.GetProperty("device").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Of_registrations_at_once_one_makes_the_record_and_a_retry_gets_its_own_answer()
    {
        var stage = await MutationStage.SetAsync(world);
        object[] sent = [.. Enumerable.Range(0, 6).Select(_ => Phone(stage, "AT-ONCE-1", Guid.NewGuid()))];
        var answers = await Task.WhenAll(sent.Select(input => stage.SendAsync(Role.ClassTeacher, "registerDevice", input, Shown)));
        var made = Assert.Single(answers, a => MutationStage.ErrorsOf(a).Count == 0).GetProperty("device").GetProperty("id").GetString();
        Assert.All(answers, a => Assert.Equal(made, a.GetProperty("device").GetProperty("id").GetString()));
        Assert.Equal(5, answers.Count(a => MutationStage.ErrorsOf(a).Count == 1 && Code(a) == "SERIAL_KNOWN"));
        var again = await stage.SendAsync(Role.ClassTeacher, "registerDevice", sent[Array.FindIndex(answers, a => MutationStage.ErrorsOf(a).Count == 0)], Shown);
        Assert.Equal((0, made), (MutationStage.ErrorsOf(again).Count, again.GetProperty("device").GetProperty("id").GetString()));
    }

    [Fact]
    public async Task A_corrected_number_is_free_again_and_a_retired_one_comes_back_with_its_record()
    {
        var stage = await MutationStage.SetAsync(world);
        var deviceId = (await stage.DoAsync(Role.ClassTeacher, "registerDevice", Phone(stage, "WRONG-1"), Shown)).GetProperty("device").GetProperty("id").GetString()!;
        await stage.DoAsync(Role.NetworkManager, "correctDevice", new { deviceId, reason = "Misread", serial = new { text = "RIGHT-1" } });
        var owner = (await stage.DoAsync(Role.ClassTeacher, "registerDevice", Phone(stage, "WRONG-1"), Shown)).GetProperty("device").GetProperty("id").GetString()!;
        var taken = await stage.SendAsync(Role.NetworkManager, "correctDevice", new { deviceId, reason = "Misread", serial = new { text = "WRONG-1" } }, Shown);
        Assert.Equal(("SERIAL_KNOWN", owner), (Code(taken), taken.GetProperty("device").GetProperty("id").GetString()));

        await stage.DoAsync(Role.Dsl, "retireDevice", new { deviceId, reason = "Lost" });
        var retired = await stage.SendAsync(Role.ClassTeacher, "registerDevice", Phone(stage, "right-1"), Shown);
        Assert.Equal(("SERIAL_RETIRED", deviceId), (Code(retired), retired.GetProperty("device").GetProperty("id").GetString()));
        Assert.Equal("DEVICE_RETIRED", Code(await stage.SendAsync(Role.Dsl, "sealDevice", new { deviceId, place = "Safe", sealNumber = "S1" })));
        Assert.Equal([owner], await ListedAsync(stage, retired: false));
        Assert.Equal([deviceId], await ListedAsync(stage, retired: true));
        await stage.DoAsync(Role.Dsl, "reinstateDevice", new { deviceId, reason = "Found" });

        var history = await world.DataAsync("query($id: ID!) { device(id: $id) { retiredAt history { change reason before { serial } after { serial } by { name } } } }", world.First.TokenOf(Role.Dsl), new { id = deviceId });
        var changes = history.GetProperty("device").GetProperty("history").EnumerateArray().ToList();
        Assert.Equal(["REINSTATED", "RETIRED", "CORRECTED"], changes.Select(c => c.GetProperty("change").GetString()));
        Assert.Equal(("WRONG-1", "RIGHT-1"), (changes[2].GetProperty("before").GetProperty("serial").GetString(), changes[2].GetProperty("after").GetProperty("serial").GetString()));
        var teacher = await world.DataAsync("query($id: ID!) { device(id: $id) { history { reason } } }", world.First.TokenOf(Role.ClassTeacher), new { id = deviceId });
        Assert.Empty(teacher.GetProperty("device").GetProperty("history").EnumerateArray());
    }

    [Fact]
    public async Task Every_teacher_could_list_whose_devices_the_police_had()
    {
        var stage = await MutationStage.SetAsync(world);
        await stage.DoAsync(Role.ClassTeacher, "takeDevice", new { deviceId = stage.Device, taking = "CONFISCATE", place = "Office", lawfulGround = "Behaviour policy" });
        Assert.Equal(["CONFISCATED"], await CustodyAsync(Role.ClassTeacher, new { inCustody = true }));
        Assert.Equal([null], await CustodyAsync(Role.KeyWorker, new { inCustody = true }));
        await stage.DoAsync(Role.Dsl, "sealDevice", new { deviceId = stage.Device, place = "Safe", sealNumber = "S1" });
        await stage.DoAsync(Role.Dsl, "handOverDevice", new { deviceId = stage.Device, officer = "An officer", reference = "REF1", place = "Station", sealNumber = "S1" });

        Assert.Equal([null], await CustodyAsync(Role.ClassTeacher, new { inCustody = true }));
        Assert.Empty(await CustodyAsync(Role.ClassTeacher, new { inCustody = false }));
        Assert.Equal(["WITH_POLICE"], await CustodyAsync(Role.Dsl, new { custody = (string[])["WITH_POLICE", "RETURNED"] }));
        Assert.Empty(await CustodyAsync(Role.Dsl, new { custody = (string[])["WITH_POLICE", "RETURNED"], inCustody = false }));
        // Neither by choosing nor by sorting, whose place in a list would tell, nor by what may be done next.
        foreach (var (filter, order, field) in new (object, string, string)[] { (new { custody = (string[])["WITH_POLICE"] }, "ID_ASC", "custody"), (new { }, "CUSTODY_ASC", "order") })
        {
            var refused = await world.Gateway.QueryAsync("query($filter: DevicesFilterInput, $order: DevicesOrder!) { devices(filter: $filter, order: $order) { nodes { id } } }", new { filter, order }, world.First.TokenOf(Role.ClassTeacher));
            var error = Assert.Single(refused.GetProperty("errors").EnumerateArray());
            Assert.Equal("NOT_ALLOWED", error.GetProperty("extensions").GetProperty("code").GetString());
            Assert.Contains(field, error.ToString(), StringComparison.Ordinal);
        }

        var again = Assert.Single(MutationStage.ErrorsOf(await stage.SendAsync(Role.KeyWorker, "takeDevice", new { deviceId = stage.Device, taking = "CONFISCATE", place = "Office", lawfulGround = "Behaviour policy" })));
        Assert.Equal("CUSTODY_ORDER", again.GetProperty("code").GetString());
        Assert.DoesNotContain("police", again.GetProperty("message").GetString()!, StringComparison.OrdinalIgnoreCase);

        async Task<List<string?>> CustodyAsync(Role role, object chosen)
        {
            var filter = JsonSerializer.SerializeToNode(chosen)!.AsObject();
            filter["holder"] = JsonSerializer.SerializeToNode(new { pupilId = stage.Pupil });
            var found = await world.DataAsync("query($filter: DevicesFilterInput) { devices(filter: $filter) { nodes { custody label } } }", world.First.TokenOf(role), new { filter });
            return [.. found.GetProperty("devices").GetProperty("nodes").EnumerateArray().Select(d => d.GetProperty("custody").GetString())];
        }
    }

    private async Task<List<string?>> ListedAsync(MutationStage stage, bool retired)
    {
        var found = await world.DataAsync("query($filter: DevicesFilterInput) { devices(filter: $filter) { nodes { id label } } }", world.First.TokenOf(Role.Dsl), new { filter = new { holder = new { pupilId = stage.Pupil }, retired } });
        return [.. found.GetProperty("devices").GetProperty("nodes").EnumerateArray().Where(d => d.GetProperty("label").GetString() == "Red phone").Select(d => d.GetProperty("id").GetString())];
    }

    private static object Phone(MutationStage stage, string serial, Guid? commandId = null) =>
        new { ownership = "PERSONAL", kind = "PHONE", label = "Red phone", serial, holder = new { pupilId = stage.Pupil }, commandId };

    private static string? Code(JsonElement payload) => Assert.Single(MutationStage.ErrorsOf(payload)).GetProperty("code").GetString();
}
