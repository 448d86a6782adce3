using System.Text.Json;
using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Gateway.Tests.Api.Mutations;

namespace OnlineSafetyTrust.Gateway.Tests.Api;

/// <summary>Every list in every order it offers: the first page of each order is what the order says, and the pages after it go on.</summary>
public sealed class OrderTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private const int Many = 5;

    private static readonly Listed[] Lists =
    [
        new("Query.incidents", "REPORTED_AT_DESC", "reportedAt", Descending: true), new("Query.incidents", "REPORTED_AT_ASC", "reportedAt"),
        new("Query.incidents", "HAPPENED_AT_DESC", "happenedAt", Descending: true), new("Query.incidents", "HAPPENED_AT_ASC", "happenedAt"),
        new("Query.chronology", "HAPPENED_AT_DESC", "happenedAt", Descending: true), new("Query.chronology", "HAPPENED_AT_ASC", "happenedAt"),
        new("Query.accessLog", "AT_DESC", "at", Descending: true), new("Query.accessLog", "AT_ASC", "at"),
        new("Query.tasks", "DUE_AT_ASC", "dueAt"), new("Query.tasks", "ASSIGNED_AT_DESC", "assignedAt", Descending: true),
        new("Query.pupils", "NAME_ASC", "name"), new("Query.pupils", "CLASS_NAME_ASC", "className"),
        new("Query.devices", "ID_ASC", "id"), new("Query.devices", "KIND_ASC", "kind"), new("Query.devices", "CUSTODY_ASC", "custody"),
        new("Viewer.receipts", "REPORTED_AT_DESC", "reportedAt", Descending: true), new("Viewer.receipts", "REPORTED_AT_ASC", "reportedAt"),
        new("Device.custodyChain", "NUMBER_ASC", "number"), new("Device.custodyChain", "NUMBER_DESC", "number", Descending: true),
        new("Pupil.checkHistory", "DATE_DESC", "date", Descending: true), new("Pupil.checkHistory", "DATE_ASC", "date"),
    ];

    [Fact]
    public async Task Each_order_is_kept_from_page_to_page_in_both_directions()
    {
        var pupil = await FillAsync();
        var shape = await Shape.ReadAsync(world);
        var offered = shape.ObjectTypes.SelectMany(t => shape.Fields(t).Where(f => f.Type.Named.EndsWith("Connection", StringComparison.Ordinal))
            .SelectMany(f => shape.Values(Assert.Single(f.Arguments, a => a.Name == "order").Type.Named).Select(o => $"{t}.{f.Name} {o}")));
        Assert.Equal(offered.Order(StringComparer.Ordinal), Lists.Select(l => $"{l.Field} {l.Order}").Order(StringComparer.Ordinal));

        foreach (var list in Lists)
        {
            var whole = await WalkAsync(list, pupil, 100, backwards: false);
            Assert.True(whole.Count >= Many, $"{list} has {whole.Count} only.");
            Assert.Equal(whole.Select(e => e.Key), Sorted(whole.Select(e => e.Key), list.Descending));
            if (list.Key is not ("kind" or "custody" or "className"))
            {
                Assert.True(whole.Select(e => e.Key).Distinct().Count() >= Many, $"{list} does not tell one order from another.");
            }

            // The access log grows with each page of it that is read.
            if (list.Field != "Query.accessLog")
            {
                Assert.Equal(whole, await WalkAsync(list, pupil, 2, backwards: false));
                Assert.Equal(whole, await WalkAsync(list, pupil, 2, backwards: true));
            }
        }
    }

    [Fact]
    public async Task A_place_in_one_order_is_none_in_another()
    {
        var pupil = await FillAsync();
        foreach (var orders in Lists.GroupBy(l => l.Field).Where(f => f.Count() > 1))
        {
            foreach (var (from, to) in orders.SelectMany(from => orders.Where(to => to != from).Select(to => (from, to))))
            {
                var cursor = ListOf(await world.DataAsync(Asked(from, pupil, "first: 1"), world.First.TokenOf(Role.Dsl)), from).GetProperty("pageInfo").GetProperty("endCursor").GetString();

                var answer = await world.Gateway.QueryAsync(Asked(to, pupil, $"first: 1, after: \"{cursor}\""), token: world.First.TokenOf(Role.Dsl));

                Assert.True(answer.TryGetProperty("errors", out var errors) && errors[0].GetProperty("extensions").GetProperty("code").GetString() == "CURSOR_INVALID", $"A cursor of {from} in {to}: {answer}");
            }
        }
    }

    [Fact]
    public async Task A_place_stays_when_what_stood_there_is_gone()
    {
        await FillAsync();
        var token = world.First.TokenOf(Role.Dsl);
        var page = (await world.DataAsync("""{ tasks(kind: [TRIAGE], first: 2) { edges { cursor node { incidentId } } } }""", token)).GetProperty("tasks").GetProperty("edges");
        var next = (await world.DataAsync("""{ tasks(kind: [TRIAGE], first: 3) { nodes { incidentId } } }""", token)).GetProperty("tasks").GetProperty("nodes")[2];

        var input = new { incidentId = page[1].GetProperty("node").GetProperty("incidentId").GetString(), nature = "inappropriate-material", fourCs = new[] { "CONTENT" }, awareness = "KNOWING" };
        var triaged = await world.DataAsync("mutation($input: TriageIncidentInput!) { triageIncident(input: $input) { errors { code message } } }", token, new { input });
        Assert.Equal(0, triaged.GetProperty("triageIncident").GetProperty("errors").GetArrayLength());
        var after = await world.DataAsync(
            """query($after: String) { tasks(kind: [TRIAGE], first: 1, after: $after) { nodes { incidentId } } }""", token, new { after = page[1].GetProperty("cursor").GetString() });

        Assert.Equal(next.ToString(), after.GetProperty("tasks").GetProperty("nodes")[0].ToString());
    }

    [Fact]
    public async Task A_pupil_who_no_longer_fits_the_filter_still_marks_the_place()
    {
        await FillAsync();
        var token = world.First.TokenOf(Role.Dsl);
        const string all = """{ pupils(filter: { search: "Zed" }, first: 2) { edges { cursor } nodes { name } } }""";
        var cursor = (await world.DataAsync(all, token)).GetProperty("pupils").GetProperty("edges")[0].GetProperty("cursor").GetString();

        var rest = await world.DataAsync("""query($after: String) { pupils(filter: { search: "Zed", className: "2b" }, first: 9, after: $after) { nodes { className name } } }""", token, new { after = cursor });

        Assert.All(rest.GetProperty("pupils").GetProperty("nodes").EnumerateArray(), n => Assert.Equal("2B", n.GetProperty("className").GetString()));
        Assert.NotEqual(0, rest.GetProperty("pupils").GetProperty("nodes").GetArrayLength());
    }

    /// <summary>Enough of everything. A pupil with a chronology, checks and an access log.</summary>
    private async Task<string> FillAsync()
    {
        var (school, dsl) = (world.First.School, world.First.TokenOf(Role.Dsl));
        var pupilId = world.First.IdOf("Pupil");
        for (var i = 0; i < Many; i++)
        {
            // What is reported later happened earlier, so that the orders differ.
            var input = new
            {
                danger = "NO", what = "Seen", happenedAt = world.Gateway.Clock.GetUtcNow().AddHours(-2 - (2 * i)), onSite = true, people = new[] { new { pupilId, role = "ALLEGED" } },
            };
            await world.DataAsync("mutation($input: ReportIncidentInput!) { reportIncident(input: $input) { errors { code } } }", dsl, new { input });
            await world.DataAsync("query($pupilId: ID!) { pupil(id: $pupilId) { name } }", dsl, new { pupilId });
            foreach (var (mutation, more) in ((string, object)[])[("takeDevice", new { deviceId = world.First.IdOf("Device"), taking = "CONFISCATE", place = "Office", lawfulGround = "Policy" }), ("returnDevice", new { deviceId = world.First.IdOf("Device"), to = "PARENT", note = "Gone over" })])
            {
                await new MutationStage(world, world.First).DoAsync(Role.Dsl, mutation, more);
            }

            var context = SchoolRecords.As(school, Role.Dsl);
            var pupil = new PupilId(context.NewId("pupil"));
            await TwoSchools.Done(world.Gateway.Grains.GetGrain<IPupilGrain>(PupilKey.Of(school.Id, pupil).ToString()).RegisterAsync(
                context, new RegisterPupil($"Zed {i} Canary {Guid.NewGuid():N}", new(2015, 5, 1), null, "2", i % 2 == 0 ? "2B" : "2A", Contracts.Schools.Phase.Primary, false, null, null, null, null)));
            var device = new DeviceId(context.NewId("device"));
            await TwoSchools.Done(world.Gateway.Grains.GetGrain<IDeviceGrain>(DeviceKey.Of(school.Id, device).ToString()).RegisterAsync(
                SchoolRecords.As(school, Role.Dsl), new RegisterDevice(DeviceOwnership.Personal, false, i % 2 == 0 ? DeviceKind.Phone : DeviceKind.Tablet, "Phone", $"Z{Guid.NewGuid():N}", DeviceHolder.Of(pupil))));
        }

        await world.Gateway.MoveToAsync(world.Gateway.Clock.GetUtcNow().AddDays(10));
        await world.Gateway.SettleAsync();
        return pupilId;
    }

    private async Task<List<(string Cursor, string Key)>> WalkAsync(Listed list, string pupil, int size, bool backwards)
    {
        var all = new List<(string, string)>();
        for (string? cursor = null; ;)
        {
            var from = cursor is null ? "" : $", {(backwards ? "before" : "after")}: \"{cursor}\"";
            var connection = ListOf(await world.DataAsync(Asked(list, pupil, $"{(backwards ? "last" : "first")}: {size}{from}"), world.First.TokenOf(Role.Dsl)), list);
            var page = connection.GetProperty("edges").EnumerateArray().Select(e => (e.GetProperty("cursor").GetString()!, KeyOf(list, e.GetProperty("node").GetProperty(list.Key)))).ToList();
            all.InsertRange(backwards ? 0 : all.Count, page);
            var info = connection.GetProperty("pageInfo");
            if (!info.GetProperty(backwards ? "hasPreviousPage" : "hasNextPage").GetBoolean())
            {
                return all;
            }

            cursor = info.GetProperty(backwards ? "startCursor" : "endCursor").GetString();
        }
    }

    private string Asked(Listed list, string pupil, string page)
    {
        var field = list.Field.Split('.')[1];
        var of = field switch { "accessLog" => $"recordId: \"{pupil}\", ", "chronology" => $"pupilId: \"{pupil}\", ", _ => "" };
        var asked = $"list: {field}({of}order: {list.Order}, {page}) {{ edges {{ cursor node {{ {list.Key} }} }} pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }}";
        return ParentOf(list) switch { "Viewer" => $"{{ of: viewer {{ {asked} }} }}", "Pupil" => $"{{ of: pupil(id: \"{pupil}\") {{ {asked} }} }}", "Device" => $"{{ of: device(id: \"{world.First.IdOf("Device")}\") {{ {asked} }} }}", _ => $"{{ {asked} }}" };
    }

    private static JsonElement ListOf(JsonElement data, Listed list) => (ParentOf(list) == "Query" ? data : data.GetProperty("of")).GetProperty("list");

    private static string ParentOf(Listed list) => list.Field.Split('.')[0];

    /// <summary>Something that sorts as a text as the value does. Tasks without a deadline come last.</summary>
    private static string KeyOf(Listed list, JsonElement value) => value.ValueKind == JsonValueKind.Null ? (list.Key == "dueAt" ? "~" : "")
        : list.Key.EndsWith("At", StringComparison.Ordinal) || list.Key == "at" ? value.GetDateTimeOffset().UtcDateTime.ToString("O")
        : list.Key == "number" ? value.GetInt32().ToString("D9")
        : list.Key == "id" ? KeyOfId(value.GetString()!)
        : list.Key is "kind" or "custody" ? value.GetString()!.Replace("_", "", StringComparison.Ordinal)
        : value.GetString()!;

    private static string KeyOfId(string id) => System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(id));

    private static IEnumerable<string> Sorted(IEnumerable<string> keys, bool descending) =>
        descending ? keys.OrderDescending(StringComparer.OrdinalIgnoreCase) : keys.Order(StringComparer.OrdinalIgnoreCase);

    private sealed record Listed(string Field, string Order, string Key, bool Descending = false)
    {
        public override string ToString() => $"{Field}({Order})";
    }
}
