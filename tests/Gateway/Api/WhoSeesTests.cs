using System.Text.Json;
using OnlineSafetyTrust.Gateway.Tests.Api.Mutations;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Gateway.Tests.Api;

/// <summary>
/// Which roles of a school, and which people of its trust, are answered something by which field, as a table that is checked in: a field that
/// nobody has thought of, and one that shows somebody more than before, fails here. <c>UPDATE_SIGHT=1 dotnet test tests/Gateway --filter WhoSees</c>
/// writes the table anew, for review.
/// </summary>
public sealed class WhoSeesTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private const string Trust = "(trust)";
    private const int Chunk = 10;

    /// <summary>Their ids come from these lists, of which the DSL sees every row.</summary>
    private static readonly string[] Lists =
    [
        "{ incidents(first: 100) { nodes { id } } }", "{ pupils(first: 100) { nodes { id strategy { id } checks { id } bans { id } keyWorker { id } } } }", "{ devices(first: 100) { nodes { id } } }",
        "{ tasks(first: 100) { nodes { id } } }", "{ checksDue(everyone: true) { id } }", "{ schools { id } viewer { person { id } } trust { id } }",
    ];

    private static readonly string[] Roots =
    [
        "viewer", "trust", "schools", "trends(from: \"2025-09-01\", to: \"2026-08-31\", by: MONTH)", "policy", "tasks(first: 10)", "checksDue", "checksDue(everyone: true)", "incidents(first: 10)", "pupils(first: 10)",
        "devices(first: 10)", "invitedIncidents", "incidentLog(from: \"2025-09-01\", to: \"2028-08-31\", recipient: GOVERNORS)",
    ];

    private readonly SortedDictionary<string, SortedSet<string>> _seen = new(StringComparer.Ordinal);

    private static string File => System.IO.Path.Combine(Repository.Root, "tests", "Gateway", "Api", "who-sees.txt");

    [Fact]
    public async Task Nobody_is_answered_more_than_the_table_says()
    {
        foreach (var (mutation, @case) in MutationCases.All)
        {
            var stage = await MutationStage.SetAsync(world);
            await stage.DoAsync(@case.By, mutation, await @case.Prepare(stage));
        }

        await world.Gateway.SettleAsync();
        var schema = await Shape.ReadAsync(world);
        var nodes = await NodesAsync();
        foreach (var (name, token) in (IEnumerable<(string, string)>)[.. world.First.School.People.Keys.Select(r => ($"{r}", world.First.TokenOf(r))), (Trust, world.TrustToken)])
        {
            await LookAsync(schema, nodes, name, token);
        }

        var coordinates = schema.ObjectTypes.Where(IsOurs).SelectMany(t => schema.Fields(t).Select(f => $"{t}.{f.Name}")).ToHashSet();
        if (Environment.GetEnvironmentVariable("UPDATE_SIGHT") == "1")
        {
            await System.IO.File.WriteAllLinesAsync(File, coordinates.Order(StringComparer.Ordinal).Select(c => $"{c}: {string.Join(' ', _seen.GetValueOrDefault(c) ?? [])}".TrimEnd()));
        }

        var table = (await System.IO.File.ReadAllLinesAsync(File)).Select(l => l.Split(": ")).ToDictionary(l => l[0].TrimEnd(':'), l => l.Length > 1 ? l[1].Split(' ') : []);
        Assert.Equal(coordinates.Order(StringComparer.Ordinal), table.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([], _seen.SelectMany(s => s.Value.Except(table[s.Key]).Select(role => $"{s.Key} is answered to {role}")));
        var (found, said) = (_seen.Sum(s => s.Value.Count), table.Sum(t => t.Value.Length));
        Assert.True(found > said * 9 / 10, $"Only {found} of {said} were found: the test sees too little to prove anything.");
    }

    private static bool IsOurs(string type) => !type.StartsWith("__", StringComparison.Ordinal) && type is not ("Mutation" or "Subscription" or "PageInfo")
        && !type.EndsWith("Payload", StringComparison.Ordinal) && !type.EndsWith("Connection", StringComparison.Ordinal) && !type.EndsWith("Edge", StringComparison.Ordinal);

    private async Task<ILookup<string, string>> NodesAsync()
    {
        var ids = new HashSet<string>();
        foreach (var list in Lists)
        {
            Ids(await world.DataAsync(list, world.First.TokenOf(Role.Dsl)), ids);
        }

        return ids.ToLookup(i => System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(i)).Split(':')[0]);
    }

    private async Task LookAsync(Shape schema, ILookup<string, string> nodes, string role, string token)
    {
        foreach (var root in Roots)
        {
            var type = schema.Queries.Single(q => q.Name == root.Split('(')[0]).Type.Named;
            foreach (var selection in Selections(schema, type))
            {
                Note(await world.Gateway.QueryAsync($"{{ {root} {selection} }}", token: token), "", role);
            }
        }

        foreach (var pupil in nodes["Pupil"])
        {
            foreach (var root in (string[])["technologyAccess(pupilId: $id, use: \"internet\")", "chronology(pupilId: $id)", "accessLog(recordId: $id)"])
            {
                var type = schema.Queries.Single(q => q.Name == root.Split('(')[0]).Type.Named;
                foreach (var selection in Selections(schema, type))
                {
                    Note(await world.Gateway.QueryAsync($"query($id: ID!) {{ {root} {selection} }}", new { id = pupil }, token), "", role);
                }
            }
        }

        foreach (var type in nodes)
        {
            foreach (var selection in Selections(schema, type.Key))
            {
                foreach (var ids in type.Chunk(Chunk))
                {
                    // Written out: a list in a variable costs as much as the longest.
                    Note(await world.Gateway.QueryAsync($"{{ nodes(ids: {JsonSerializer.Serialize(ids)}) {{ ... on {type.Key} {selection} }} }}", token: token), "", role);
                }
            }
        }
    }

    /// <summary>The plain fields of a type, and each of the others with what is below it: one at a time, so that none costs too much.</summary>
    private static IEnumerable<string> Selections(Shape schema, string type)
    {
        var asked = schema.Fields(type).Where(f => f.Arguments.All(a => !a.Type.Required)).ToList();
        if (asked.Find(f => f.Name == "nodes") is { } page && type.EndsWith("Connection", StringComparison.Ordinal))
        {
            return Selections(schema, page.Type.Named).Select(s => $"{{ nodes {s} }}");
        }

        return asked.Where(f => !IsPlain(f)).Select(f => $"{{ __typename {f.Name}{Paged(f)} {Below(schema, f.Type.Named, 1)} }}").Append($"{{ __typename {Plain(schema, type)} }}");
    }

    private static string Below(Shape schema, string type, int depth) =>
        $"{{ __typename {Plain(schema, type)} {(depth == 0 ? "" : string.Join(' ', schema.Fields(type).Where(f => !IsPlain(f) && f.Arguments.All(a => !a.Type.Required)).Select(f => $"{f.Name}{Paged(f)} {Below(schema, f.Type.Named, depth - 1)}")))} }}";

    private static string Plain(Shape schema, string type) => string.Join(' ', schema.Fields(type).Where(f => IsPlain(f) && f.Arguments.Count == 0).Select(f => f.Name));

    private static string Paged(FieldShape field) => field.Arguments.Any(a => a.Name == "first") ? "(first: 2)" : "";

    private static bool IsPlain(FieldShape field) => field.Type.Kind is "SCALAR" or "ENUM";

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
                if (member is { Name: "id", Value.ValueKind: JsonValueKind.String })
                {
                    ids.Add(member.Value.GetString()!);
                }

                Ids(member.Value, ids);
            }
        }
    }

    private void Note(JsonElement at, string type, string role)
    {
        if (at.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in at.EnumerateArray())
            {
                Note(item, type, role);
            }
        }
        else if (at.ValueKind == JsonValueKind.Object)
        {
            var own = at.TryGetProperty("__typename", out var name) ? name.GetString()! : "";
            if (at.TryGetProperty("errors", out var errors) && type.Length == 0 && own.Length == 0)
            {
                Assert.DoesNotContain("HC00", errors.ToString(), StringComparison.Ordinal);
            }

            foreach (var member in at.EnumerateObject().Where(m => m.Name is not ("__typename" or "errors" or "extensions")))
            {
                if (own.Length > 0 && IsOurs(own) && member.Value is not { ValueKind: JsonValueKind.Null } && !(member.Value.ValueKind == JsonValueKind.Array && member.Value.GetArrayLength() == 0))
                {
                    (_seen.TryGetValue($"{own}.{member.Name}", out var roles) ? roles : _seen[$"{own}.{member.Name}"] = new(StringComparer.Ordinal)).Add(role);
                }

                Note(member.Value, own, role);
            }
        }
    }
}
