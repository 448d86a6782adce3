using System.Text.Json;
using OnlineSafetyTrust.Bench.Measuring;

namespace OnlineSafetyTrust.Bench.Sections;

/// <summary>Our executor, Mercurius with its JIT and GraphQL Yoga on the same data from memory, one after the other in alternating windows.</summary>
internal static class GraphQLServers
{
    private const int Connections = 8;
    private const string Introspection =
        """
        query IntrospectionQuery { __schema { queryType { name } mutationType { name } subscriptionType { name } types { ...FullType } directives { name locations args { ...InputValue } } } }
        fragment FullType on __Type { kind name fields(includeDeprecated: true) { name args { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason }
          inputFields { ...InputValue } interfaces { ...TypeRef } enumValues(includeDeprecated: true) { name isDeprecated deprecationReason } possibleTypes { ...TypeRef } }
        fragment InputValue on __InputValue { name type { ...TypeRef } defaultValue }
        fragment TypeRef on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } }
        """;

    private static readonly (string Name, string Query, double AgainstMercurius)[] Cases =
    [
        ("one field", "{ version }", 1.5),
        ("20 incidents with pupils", Incidents(20), 2.5),
        ("100 incidents with pupils", Incidents(100), 2.5),
        ("introspection", Introspection, 2),
    ];

    public static async Task RunAsync(Settings settings)
    {
        Table.Title($"GraphQL from memory, {Connections} connections");
        using var ours = await ChildServer.DotnetAsync("OnlineSafetyTrust.Bench.GraphQL.dll");
        using var mercurius = await ChildServer.NodeAsync("mercurius.mjs");
        using var yoga = await ChildServer.NodeAsync("yoga.mjs");
        (string Name, ChildServer Server)[] all = [("ours", ours), ("Mercurius", mercurius), ("Yoga", yoga)];
        foreach (var (name, query, wanted) in Cases)
        {
            await RunAsync(settings, all, name, query, wanted);
        }

        Table.Line("resident memory afterwards", string.Join(", ", all.Select(s => $"{s.Name} {s.Server.Resident:0} MB")));
        Table.Verdict("no more memory than either", ours.Resident <= Math.Min(mercurius.Resident, yoga.Resident));
    }

    private static async Task RunAsync(Settings settings, (string Name, ChildServer Server)[] all, string name, string query, double wanted)
    {
        var clients = all.Select(s => Enumerable.Range(0, Connections).Select(_ => new RawClient(s.Server.Port, query)).ToArray()).ToArray();
        var expected = new byte[all.Length][];
        for (var i = 0; i < all.Length; i++)
        {
            await clients[i][0].PostAsync();
            expected[i] = clients[i][0].Body.ToArray();
            Check(expected[0], expected[i], query == Introspection, all[i].Name);
            var (mine, body) = (clients[i], expected[i]);
            await Window.WarmUpAsync(Connections, settings.Short ? TimeSpan.FromSeconds(6) : TimeSpan.FromSeconds(40), c => mine[c].PostAsync(body));
        }

        var contenders = all.Select(_ => new Contender()).ToArray();
        for (var turn = 0; turn < settings.Turns; turn++)
        {
            for (var i = 0; i < all.Length; i++)
            {
                var (mine, body, server) = (clients[i], expected[i], all[i].Server);
                contenders[i].Add(await Window.RunAsync(Connections, settings.Window, () => server.Processor, c => mine[c].PostAsync(body)));
            }
        }

        for (var i = 0; i < all.Length; i++)
        {
            Table.Row($"{name}: {all[i].Name} ({expected[i].Length:N0} bytes)", contenders[i]);
        }

        var (against, yoga) = (contenders[0].PerSecond / contenders[1].PerSecond, contenders[0].PerSecond / contenders[2].PerSecond);
        Table.Verdict($"{against:0.00} times Mercurius (at least {wanted}), processor time {contenders[1].ProcessorMilliseconds / contenders[0].ProcessorMilliseconds:0.00} times less", against >= wanted);
        Table.Verdict($"{yoga:0.00} times Yoga (at least 4)", yoga >= 4);
        foreach (var client in clients.SelectMany(c => c))
        {
            client.Dispose();
        }
    }

    /// <summary>The same data; of an introspection the same types, for each server brings its own directives.</summary>
    private static void Check(byte[] ours, byte[] theirs, bool introspection, string name)
    {
        using var a = JsonDocument.Parse(ours);
        using var b = JsonDocument.Parse(theirs);
        var same = introspection ? Types(a).SetEquals(Types(b)) : JsonElement.DeepEquals(a.RootElement, b.RootElement);
        if (!same)
        {
            throw new InvalidOperationException($"{name} answers something else: {b.RootElement.GetRawText()[..Math.Min(500, theirs.Length)]}");
        }
    }

    private static HashSet<string?> Types(JsonDocument answer) =>
        [.. answer.RootElement.GetProperty("data").GetProperty("__schema").GetProperty("types").EnumerateArray()
            .Where(t => t.GetProperty("kind").GetString() != "SCALAR").Select(t => t.GetProperty("name").GetString())];

    private static string Incidents(int first) => $$"""{ incidents(first: {{first}}) { id title nature happenedOn pupils { id name yearGroup } } }""";
}
