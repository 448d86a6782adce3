using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Embedded.GraphQL.Execution;
using OnlineSafetyTrust.Embedded.GraphQL.Introspection;
using OnlineSafetyTrust.GraphQL.Tests.Execution;

namespace OnlineSafetyTrust.GraphQL.Tests.Reference;

/// <summary>The same schema, built by graphql-js from our SDL, the same requests: the same verdict, data, order of keys and paths of errors.</summary>
public sealed class ExecutionReferenceTests
{
    private const int Generated = 5_000;

    [ReferenceFact]
    public async Task The_reference_implementation_answers_the_same()
    {
        await using var server = Garden();
        var schema = server.Services.GetRequiredService<Engine>().Schema;
        (string Name, Request Request)[] requests =
        [
            .. WrittenRequests.All.Select((r, i) => ($"written {i}", r)),
            .. Enumerable.Range(0, Generated).Select(s => ($"seed {s}", new RequestGenerator(schema, s).Next())),
        ];

        var theirs = ReferenceProcess.Ask<Answer[]>("execute.mjs", new
        {
            schema = SchemaPrinter.Print(schema),
            requests = requests.Select(r => new { r.Request.Query, r.Request.OperationName, variables = r.Request.Variables is { } v ? JsonElement.Parse(v) : default(JsonElement?) }),
        });

        var differences = new List<string>();
        for (var i = 0; i < requests.Length; i++)
        {
            var (name, request) = requests[i];
            var ours = JsonElement.Parse(await AskAsync(server, request));
            if (Difference(ours, theirs[i]) is { } difference)
            {
                differences.Add($"{name}: {difference}\n  {request.Query}\n  {request.Variables}\n  ours   {Shortened(ours.GetRawText())}\n  theirs {Shortened(theirs[i].ToString())}");
            }
        }

        // A comparison of refusals alone, or without errors, would prove little.
        var (refused, whole) = (theirs.Count(a => a.Refused is not null), theirs.Count(a => a.Errors is { Length: 0 }));
        var counts = $"{requests.Length} requests: {refused} refused, {whole} without errors, {requests.Length - refused - whole} with";
        Assert.True(refused > 300 && whole > 1_000 && requests.Length - refused - whole > 1_000, counts);
        Assert.True(differences.Count == 0, $"{differences.Count} of {counts}\n{string.Join('\n', differences.Take(12))}");
    }

    private static Server Garden() => new(
        b => b.AddMutationType().AddTypeExtension<GardenQueries>().AddTypeExtension<GardenMutations>().AddTypeExtension<PersonFields>()
            .AddType<Plant>().AddType<Animal>().AddType<Stone>().AddType<Person>().AddDataLoader<PersonBySeed>()
            .DisableIntrospection(false).ModifyCostOptions(o => o.EnforceCostLimits = false),
        s => s.AddScoped<Tally>());

    private static async Task<string> AskAsync(Server server, Request request)
    {
        var asked = OperationRequestBuilder.New().SetDocument(request.Query).SetOperationName(request.OperationName);
        if (request.Variables is { } variables)
        {
            asked.SetVariableValues(variables);
        }

        var executor = await server.Services.GetRequestExecutorAsync();
        return (await executor.ExecuteAsync(asked.Build())).ToJson();
    }

    private static string? Difference(JsonElement ours, Answer theirs)
    {
        var hasData = ours.TryGetProperty("data", out var data);
        if (!hasData || theirs.Refused is not null)
        {
            return hasData != (theirs.Refused is not null) || IsOurs(hasData ? theirs.Refused! : ours.GetRawText()) ? null
                : hasData ? "only they refuse" : "only we refuse";
        }

        return DataDifference(data, theirs.Data, "$") ?? ErrorDifference(data, Paths(ours), [.. theirs.Errors!.Select(e => e.GetRawText())]);
    }

    // graphql-js 17.1 refuses a nullable variable in a oneOf input even where it has a default, and overlooks one without
    // where the input is itself non-null. The specification (IsVariableUsageAllowed) has it the other way round, and so
    // do we. Limits are ours alone.
    private static bool IsOurs(string refusal) =>
        refusal.Contains("must be non-nullable to be used for OneOf", StringComparison.Ordinal) || refusal.Contains("exceeds the maximum of", StringComparison.Ordinal);

    private static string? DataDifference(JsonElement ours, JsonElement theirs, string at)
    {
        if (ours.ValueKind != theirs.ValueKind)
        {
            return $"{at} differs";
        }

        switch (ours.ValueKind)
        {
            case JsonValueKind.Object:
                var (left, right) = (ours.EnumerateObject().ToArray(), theirs.EnumerateObject().ToArray());
                return !left.Select(p => p.Name).SequenceEqual(right.Select(p => p.Name))
                    ? $"{at} has other keys or another order"
                    : left.Zip(right, (l, r) => DataDifference(l.Value, r.Value, $"{at}.{l.Name}")).FirstOrDefault(d => d is not null);
            case JsonValueKind.Array:
                return ours.GetArrayLength() != theirs.GetArrayLength()
                    ? $"{at} has another length"
                    : ours.EnumerateArray().Zip(theirs.EnumerateArray(), (l, r) => DataDifference(l, r, $"{at}[]")).FirstOrDefault(d => d is not null);
            case JsonValueKind.Number:
                return ours.GetDouble().Equals(theirs.GetDouble()) ? null : $"{at} differs";
            default:
                return ours.ToString() == theirs.ToString() ? null : $"{at} differs";
        }
    }

    /// <summary>
    /// Each null that errors caused must be caused in both. Where several siblings would have caused the same null, the
    /// specification leaves open how many are reported: we report all, graphql-js those until it gave up.
    /// </summary>
    private static string? ErrorDifference(JsonElement data, HashSet<string> ours, HashSet<string> theirs)
    {
        var nulls = theirs.Select(p => NullOf(data, p)).ToHashSet();
        return !nulls.SetEquals(ours.Select(p => NullOf(data, p))) || !theirs.IsSubsetOf(ours)
            ? $"errors at {string.Join(' ', ours.Except(theirs))} are ours alone, at {string.Join(' ', theirs.Except(ours))} theirs"
            : ours.FirstOrDefault(p => !theirs.Contains(p) && NullOf(data, p) == p) is { } extra ? $"error at {extra}" : null;
    }

    /// <summary>How far the null of an error rose, as the path's beginning.</summary>
    private static string NullOf(JsonElement data, string path)
    {
        var passed = new List<string>();
        foreach (var segment in JsonElement.Parse(path).EnumerateArray())
        {
            if (data.ValueKind == JsonValueKind.Null)
            {
                break;
            }

            passed.Add(segment.GetRawText());
            data = segment.ValueKind == JsonValueKind.Number ? data[segment.GetInt32()] : data.GetProperty(segment.GetString()!);
        }

        return data.ValueKind == JsonValueKind.Null ? $"[{string.Join(',', passed)}]" : $"no null at {path}";
    }

    private static HashSet<string> Paths(JsonElement answer) => answer.TryGetProperty("errors", out var errors)
        ? [.. errors.EnumerateArray().Select(e => e.GetProperty("path").GetRawText())]
        : [];

    private static string Shortened(string text) => text.Length > 1_500 ? text[..1_500] : text;

    private sealed record Answer(string? Refused, JsonElement Data, JsonElement[]? Errors)
    {
        public override string ToString() => Refused ?? $"{Data} {string.Join(' ', Errors!)}";
    }
}
