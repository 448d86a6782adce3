using System.Text.Json;
using OnlineSafetyTrust.Gateway.Tests.Api.Mutations;
using OnlineSafetyTrust.Grains.Schools;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Gateway.Tests.Api;

/// <summary>
/// Which roles of a school, and which people of its trust, are answered something by which field, as a table that is checked in: a field that
/// nobody has thought of, and one that shows somebody more than before, fails here. <c>UPDATE_SIGHT=1 dotnet test tests/Gateway --filter WhoSees</c>
/// writes the table anew, for review. A field that is answered to nobody proves nothing: it needs a reason, <c>Type.field: - reason</c>.
/// </summary>
public sealed class WhoSeesTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    /// <summary>More incidents with all their steps cost more than one request may.</summary>
    private const int Chunk = 2;

    /// <summary>Their ids come from these lists, of which the DSL sees every row.</summary>
    private static readonly string[] Lists =
    [
        "{ incidents(first: 100) { nodes { id } } }", "{ incidents(first: 100, order: REPORTED_AT_ASC) { nodes { id } } }", "{ devices(first: 100) { nodes { id } } }", "{ devices(last: 100) { nodes { id } } }",
        "{ pupils(first: 100) { nodes { id strategy { id } checks { id } bans { id } keyWorker { id } } } }", "{ pupils(first: 100, filter: { left: true }) { nodes { id } } }",
        "{ checksDue(everyone: true) { id } }", "{ schools { id } viewer { person { id } } trust { id } }",
    ];

    private static readonly string[] OfEachPupil = ["technologyAccess(pupilId: $id, use: \"internet\")", "chronology(pupilId: $id)", "accessLog(recordId: $id)"];

    private readonly HashSet<string> _ids = [];
    private readonly SortedDictionary<string, SortedSet<string>> _seen = new(StringComparer.Ordinal);

    private static string File => System.IO.Path.Combine(Repository.Root, "tests", "Gateway", "Api", "who-sees.txt");

    [Fact]
    public async Task Nobody_is_answered_more_than_the_table_says()
    {
        var schema = await Shape.ReadAsync(world);
        foreach (var (mutation, @case) in MutationCases.All.Select(c => (c.Key, c.Value)).Concat(FullRecords.Answers))
        {
            var stage = await MutationStage.SetAsync(world);
            var payload = schema.Mutations.Single(m => m.Name == mutation).Type.Named;
            var answer = await stage.DoAsync(@case.By, mutation, await @case.Prepare(stage), string.Join(' ', Selections.Members(schema, payload, 2)));
            Note(answer, "", $"{@case.By}");
            Ids(answer, _ids);
        }

        await FullRecords.FillAsync(world);
        (string Name, string Token)[] everybody =
        [
            .. world.First.School.People.Keys.Select(r => ($"{r}", world.First.TokenOf(r))), ("(trust-lead)", world.TrustToken), ("(trust-administrator)", world.TrustAdministratorToken),
        ];
        var nodes = await NodesAsync(everybody.Select(e => e.Token));
        foreach (var (name, token) in everybody)
        {
            await LookAsync(schema, nodes, name, token);
        }

        // The pack before filled other fields than the last one does.
        await MutationStage.SetAsync(world);
        foreach (var (name, token) in everybody)
        {
            await AskAsync(schema, "policy", null, name, token);
        }

        var coordinates = schema.ObjectTypes.Where(IsOurs).SelectMany(t => schema.Fields(t).Select(f => $"{t}.{f.Name}")).ToHashSet();
        var reasons = System.IO.File.ReadLines(File).Select(l => l.Split(": - ")).Where(l => l.Length == 2).ToDictionary(l => l[0], l => l[1]);
        if (Environment.GetEnvironmentVariable("UPDATE_SIGHT") == "1")
        {
            await System.IO.File.WriteAllLinesAsync(File, coordinates.Order(StringComparer.Ordinal).Select(c =>
                _seen.TryGetValue(c, out var who) ? $"{c}: {string.Join(' ', who)}" : reasons.TryGetValue(c, out var reason) ? $"{c}: - {reason}" : $"{c}:"));
        }

        var table = System.IO.File.ReadLines(File).Select(l => l.Split(':', 2)).ToDictionary(l => l[0], l => l[1].StartsWith(" - ", StringComparison.Ordinal) ? [] : l[1].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(coordinates.Order(StringComparer.Ordinal), table.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([], _seen.SelectMany(s => s.Value.Except(table[s.Key]).Select(role => $"{s.Key} is answered to {role}")));
        Assert.Equal([], table.Where(t => t.Value.Length == 0 && !reasons.ContainsKey(t.Key)).Select(t => $"{t.Key} is answered to nobody, and nothing says why"));
        var (found, said) = (_seen.Sum(s => s.Value.Count), table.Sum(t => t.Value.Length));
        Assert.True(found > said * 9 / 10, $"Only {found} of {said} were found: the test sees too little to prove anything.");
    }

    private static bool IsOurs(string type) => !type.StartsWith("__", StringComparison.Ordinal) && type is not ("Mutation" or "Subscription" or "PageInfo")
        && !type.EndsWith("Error", StringComparison.Ordinal) // say what is wrong with the caller's own input
        && !type.EndsWith("Payload", StringComparison.Ordinal) && !type.EndsWith("Connection", StringComparison.Ordinal) && !type.EndsWith("Edge", StringComparison.Ordinal);

    /// <summary>Also those that only their owners list.</summary>
    private async Task<ILookup<string, string>> NodesAsync(IEnumerable<string> everybody)
    {
        var ids = new HashSet<string>(_ids);
        foreach (var list in Lists.Append($"{{ weeklyUpdate(week: \"{London.DateOf(world.Gateway.Clock.GetUtcNow()):yyyy-MM-dd}\") {{ id }} }}"))
        {
            Ids(await world.DataAsync(list, world.First.TokenOf(Role.Dsl)), ids);
        }

        foreach (var token in everybody)
        {
            Ids(await world.DataAsync("{ viewer { person { id } } tasks(first: 100) { nodes { id } } week: tasks(kind: [WEEKLY_UPDATE], first: 10) { nodes { id } } }", token), ids);
        }

        return ids.ToLookup(i => Decoded(i).Split(':')[0]);
    }

    private async Task LookAsync(Shape schema, ILookup<string, string> nodes, string role, string token)
    {
        var year = London.DateOf(world.Gateway.Clock.GetUtcNow()).Year;
        string[] roots =
        [
            "viewer", "trust", "schools", "school(urn: \"100001\")", $"trends(from: \"{year - 1}-09-01\", to: \"{year + 1}-08-31\", by: MONTH)", "policy", "tasks(first: 3)", "checksDue",
            "checksDue(everyone: true)", "incidents(first: 2)", "pupils(first: 3)", "devices(first: 3)", "invitedIncidents",
            $"incidentLog(from: \"{year - 1}-09-01\", to: \"{year + 2}-08-31\", recipient: GOVERNORS)", .. nodes["WeeklyUpdate"].Select(Day).Select(d => $"weeklyUpdate(week: \"{d}\")"),
        ];
        foreach (var root in roots)
        {
            await AskAsync(schema, root, null, role, token);
        }

        foreach (var pupil in nodes["Pupil"])
        {
            foreach (var root in OfEachPupil)
            {
                await AskAsync(schema, root, pupil, role, token);
            }
        }

        foreach (var type in (string[])["incident", "pupil", "device", "node"])
        {
            await AskAsync(schema, $"{type}(id: $id)", type == "node" ? nodes["Task"].First() : nodes[char.ToUpperInvariant(type[0]) + type[1..]].First(), role, token);
        }

        // What cannot be asked for without naming which.
        foreach (var ids in nodes["Strategy"].Chunk(Chunk))
        {
            var query = $"{{ __typename nodes(ids: {JsonSerializer.Serialize(ids)}) {{ ... on Strategy {{ __typename former(number: 1) {{ __typename number }} }} }} }}";
            Note(await world.Gateway.QueryAsync(query, token: token), "", role, query);
        }

        foreach (var type in nodes)
        {
            foreach (var selection in Selections.Of(schema, type.Key))
            {
                foreach (var ids in type.Chunk(Chunk))
                {
                    // Written out: a list in a variable costs as much as the longest.
                    var query = $"{{ __typename nodes(ids: {JsonSerializer.Serialize(ids)}) {{ ... on {type.Key} {selection} }} }}";
                    Note(await world.Gateway.QueryAsync(query, token: token), "", role, query);
                }
            }
        }
    }

    private async Task AskAsync(Shape schema, string root, string? id, string role, string token)
    {
        var type = schema.Queries.Single(q => q.Name == root.Split('(')[0]).Type.Named;
        foreach (var selection in type == "Node" ? ["{ __typename id }"] : Selections.Of(schema, type))
        {
            var query = $"query{(id is null ? "" : "($id: ID!)")} {{ __typename {root} {selection} }}";
            Note(await world.Gateway.QueryAsync(query, id is null ? null : new { id }, token), "", role, query);
        }
    }

    private static string Day(string id) => Decoded(id).Split('@')[1];

    /// <summary>Empty for what is no global id.</summary>
    private static string Decoded(string id)
    {
        var bytes = new byte[id.Length];
        return Convert.TryFromBase64String(id, bytes, out var length) ? System.Text.Encoding.UTF8.GetString(bytes, 0, length) : "";
    }

    private static void Ids(JsonElement at, HashSet<string> ids)
    {
        if (at.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in at.EnumerateArray())
            {
                Ids(item, ids);
            }
        }
        else if (at.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in at.EnumerateObject())
            {
                if (member is { Name: "id", Value.ValueKind: JsonValueKind.String } && Decoded(member.Value.GetString()!).Contains(':', StringComparison.Ordinal))
                {
                    ids.Add(member.Value.GetString()!);
                }

                Ids(member.Value, ids);
            }
        }
    }

    private void Note(JsonElement at, string type, string role, string query = "")
    {
        if (at.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in at.EnumerateArray())
            {
                Note(item, type, role, query);
            }
        }
        else if (at.ValueKind == JsonValueKind.Object)
        {
            var own = at.TryGetProperty("__typename", out var name) ? name.GetString()! : "";
            if (at.TryGetProperty("errors", out var errors) && type.Length == 0 && own.Length == 0)
            {
                Assert.False(errors.ToString().Contains("HC00", StringComparison.Ordinal), $"{query}: {errors}");
            }

            foreach (var member in at.EnumerateObject().Where(m => m.Name is not ("__typename" or "errors" or "extensions")))
            {
                if (own.Length > 0 && IsOurs(own) && member.Value is not { ValueKind: JsonValueKind.Null } && !(member.Value.ValueKind == JsonValueKind.Array && member.Value.GetArrayLength() == 0))
                {
                    (_seen.TryGetValue($"{own}.{member.Name}", out var roles) ? roles : _seen[$"{own}.{member.Name}"] = new(StringComparer.Ordinal)).Add(role);
                }

                Note(member.Value, own, role, query);
            }
        }
    }
}
