using OnlineSafetyTrust.Gateway.Tests.Api;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Gateway.Tests.Live;

/// <summary>Every subscription of the schema, asked by every role of a school, by its neighbours and by the trust, while things happen at that school.</summary>
public sealed class WhoHearsTests
{
    private const string Trust = "(trust)";

    /// <summary>Who hears of it; everybody else, and everybody of the other school, hears nothing. A subscription that nobody has thought of fails here.</summary>
    private static readonly Dictionary<string, string[]> Hearers = new()
    {
        ["incidentChanged"] = ["Dsl", "DeputyDsl", "Headteacher", "OnlineSafetyLead"],
        ["taskAssigned"] = ["Dsl", "Headteacher", "NetworkManager", "PastoralTeam", "ClassTeacher"],
        ["checkOverdue"] = ["Dsl", "DeputyDsl", "Headteacher", "SeniorLeader", "ClassTeacher"],
        ["trendsChanged"] = ["Dsl", "DeputyDsl", "Headteacher", "OnlineSafetyLead", "SeniorLeader", "Governor", "OnlineSafetyGovernor", "ChairOfGovernors", Trust],
    };

    [Fact]
    public async Task A_subscription_tells_those_of_the_table_and_nobody_else()
    {
        await using var world = await LiveWorld.StartAsync();
        var subscriptions = await SubscriptionsAsync(world);
        await world.PlanCheckAsync();
        var sockets = new Dictionary<string, GraphQLSocket>();
        try
        {
            foreach (var (who, token) in await ListenersAsync(world))
            {
                sockets[who] = await world.ListenAsync(token);
                foreach (var (name, document) in subscriptions)
                {
                    await sockets[who].BeginAsync(name, document);
                }
            }

            // Five: of fewer the trust sees no figure.
            for (var n = 0; n < 5; n++)
            {
                await world.TriageAsync((await world.ReportAsync()).Id);
            }

            await world.MissCheckAsync();
            await world.Gateway.SettleAsync();

            var heard = new SortedSet<string>(StringComparer.Ordinal);
            foreach (var (who, socket) in sockets)
            {
                heard.UnionWith((await HeardAsync(socket, Hearers.Where(h => h.Value.Contains(who)).Select(h => h.Key))).Select(name => $"{name}: {who}"));
            }

            Assert.Equal(Hearers.SelectMany(h => h.Value.Select(who => $"{h.Key}: {who}")).Order(StringComparer.Ordinal), heard);
        }
        finally
        {
            foreach (var socket in sockets.Values)
            {
                socket.Dispose();
            }
        }
    }

    [Fact]
    public async Task Nobody_listens_without_signing_in()
    {
        await using var world = await LiveWorld.StartAsync();
        using var unsigned = await GraphQLSocket.OpenAsync(world.Gateway.GraphQL);

        await unsigned.SendAsync("""{"type":"connection_init"}""");
        Assert.StartsWith("closed 4401 Send one Authorization header", await unsigned.ReadAsync(), StringComparison.Ordinal);
        foreach (var document in (await SubscriptionsAsync(world)).Values)
        {
            using var answer = await world.Gateway.PostAsync(document);
            Assert.Contains("AUTH_NOT_AUTHENTICATED", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    /// <summary>A document for each subscription of the schema.</summary>
    private static async Task<Dictionary<string, string>> SubscriptionsAsync(LiveWorld world)
    {
        var schema = await Shape.ReadAsync(world.Gateway, world.First.TokenOf(Role.Dsl));
        Assert.Equal(Hearers.Keys.Order(StringComparer.Ordinal), schema.Subscriptions.Select(s => s.Name).Order(StringComparer.Ordinal));
        return schema.Subscriptions.ToDictionary(s => s.Name, s => $"subscription {{ {s.Name}{Arguments(s)} {{ __typename }} }}");
    }

    private static string Arguments(FieldShape subscription)
    {
        var needed = subscription.Arguments.Where(a => a.Type.Required && a.Name != "by").ToList();
        Assert.All(needed, a => Assert.Contains(a.Name, new[] { "from", "to" }));
        return needed.Count == 0 ? "" : "(from: \"2026-11-01\", to: \"2026-11-30\")";
    }

    private static async Task<List<(string Who, string Token)>> ListenersAsync(LiveWorld world) =>
    [
        .. world.First.People.Keys.Select(role => ($"{role}", world.First.TokenOf(role))),
        .. world.Second.People.Keys.Select(role => ($"{role} next door", world.Second.TokenOf(role))),
        (Trust, await world.TrustTokenAsync()),
    ];

    /// <summary>Waits for what is to come, and hears what else has come until now.</summary>
    private static async Task<HashSet<string>> HeardAsync(GraphQLSocket socket, IEnumerable<string> expected)
    {
        var (heard, missing) = (new HashSet<string>(), expected.ToHashSet());
        while (missing.Count > 0)
        {
            await NextAsync(socket, heard);
            missing.ExceptWith(heard);
        }

        await socket.SubscribeAsync("barrier", "{ __typename }");
        while (!heard.Remove("barrier"))
        {
            await NextAsync(socket, heard);
        }

        return heard;
    }

    private static async Task NextAsync(GraphQLSocket socket, HashSet<string> heard)
    {
        var message = System.Text.Json.JsonDocument.Parse(await socket.ReadAsync().WaitAsync(TimeSpan.FromMinutes(1))).RootElement;
        if (message.GetProperty("type").GetString() is not "complete")
        {
            heard.Add(message.GetProperty("id").GetString()!);
        }
    }
}
