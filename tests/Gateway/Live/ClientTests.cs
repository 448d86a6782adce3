using System.Text.Json;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains.Schools;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Gateway.Tests.Live;

/// <summary>Clients that others wrote, against the running gateway: npm's graphql-ws, graphql-sse, graphql-http, Apollo Client, urql.</summary>
public sealed class ClientTests
{
    [Theory]
    [InlineData("graphql-ws.mjs")]
    [InlineData("graphql-sse.mjs")]
    public async Task Five_hundred_subscribers_each_get_everything(string client)
    {
        const int Subscribers = 500, Reports = 5;
        await using var world = await LiveWorld.StartAsync(settings: new Dictionary<string, string?> { ["Api:MaxSocketsPerPerson"] = "0", ["Api:MaxSubscriptionsPerPerson"] = "0" });
        await using var script = NodeScript.Start(client, world.Gateway.GraphQL.ToString(), world.First.TokenOf(Role.Dsl));
        // Reported and nothing else: mails that are sent change an incident too.
        await DoAsync(script, new { @do = "open", count = Subscribers, query = "subscription { taskAssigned { kind } }" });

        for (var i = 0; i < Reports; i++)
        {
            await world.ReportAsync();
        }

        // Each report is a task to triage it and one to say that it was seen.
        var received = await DoAsync(script, new { @do = "received", each = 2 * Reports });
        Assert.Equal((2 * Reports, 2 * Reports), (received.GetProperty("fewest").GetInt32(), received.GetProperty("most").GetInt32()));
    }

    [Fact]
    public async Task A_role_that_ends_mid_stream_closes_the_socket_and_the_client_comes_back_with_what_is_left()
    {
        await using var world = await LiveWorld.StartAsync();
        var school = world.Gateway.Grains.GetGrain<ISchoolGrain>(SchoolKey.Of(world.First.Id).ToString());
        var dsl = world.First.People[Role.Dsl];
        await TwoSchools.Done(school.AssignRoleAsync(TwoSchools.System(world.First.Id), new AssignRole(dsl, Role.ClassTeacher, new(2020, 9, 1), null)));
        await TwoSchools.Done(school.AssignRoleAsync(TwoSchools.System(world.First.Id), new AssignRole(world.First.People[Role.DeputyDsl], Role.Dsl, new(2020, 9, 1), null)));
        await using var script = NodeScript.Start("graphql-ws.mjs", world.Gateway.GraphQL.ToString(), world.First.TokenOf(Role.Dsl));
        await DoAsync(script, new { @do = "open", count = 2, query = LiveWorld.Incidents });
        await world.ReportAsync();
        await DoAsync(script, new { @do = "received", each = 1 });

        await DoAsync(script, new { @do = "expectReconnect" });
        await TwoSchools.Done(school.EndRoleAsync(TwoSchools.System(world.First.Id), new EndRole(dsl, Role.Dsl, London.DateOf(world.Gateway.Clock.GetUtcNow()).AddDays(-1))));

        var back = await DoAsync(script, new { @do = "reconnected" });
        Assert.Equal("[[4403],[4403]]", back.GetProperty("closed").GetRawText());
        Assert.Equal("[2,2]", back.GetProperty("connections").GetRawText());
    }

    [Theory]
    [InlineData("graphql-ws.mjs", "4401")]
    [InlineData("graphql-sse.mjs", "401")]
    public async Task A_leavers_stream_ends_and_the_client_learns_that_it_stays_so(string client, string refusal)
    {
        await using var world = await LiveWorld.StartAsync();
        await using var script = NodeScript.Start(client, world.Gateway.GraphQL.ToString(), world.First.TokenOf(Role.Dsl));
        await DoAsync(script, new { @do = "open", count = 1, query = LiveWorld.Incidents });
        await world.ReportAsync();
        await DoAsync(script, new { @do = "received", each = 1 });

        await world.LeaveAsync(Role.Dsl);

        Assert.Contains(refusal, (await DoAsync(script, new { @do = "ended", member = 0 })).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Graphql_https_audit_of_servers_finds_nothing()
    {
        await using var world = await LiveWorld.StartAsync();
        await using var script = NodeScript.Start("audit.mjs", world.Gateway.GraphQL.ToString(), world.First.TokenOf(Role.Dsl));

        var audits = (await script.ReadAsync()).EnumerateArray().ToList();

        Assert.Equal(61, audits.Count);
        Assert.True(audits.All(a => a.GetProperty("status").GetString() == "ok"), string.Join("\n", audits.Where(a => a.GetProperty("status").GetString() != "ok")));
    }

    [Theory]
    [InlineData("apollo.mjs")]
    [InlineData("urql.mjs")]
    public async Task A_session_from_sign_in_to_subscription(string client)
    {
        await using var world = await LiveWorld.StartAsync();
        await using var script = NodeScript.Start(client, world.Gateway.Http.BaseAddress!.ToString(), "class-teacher@100001", "dsl@100001");

        var done = await script.ReadAsync();

        Assert.Equal(3, done.GetProperty("incidents").GetInt32());
        Assert.True(done.GetProperty("changes").GetInt32() >= 1);
    }

    private static async Task<JsonElement> DoAsync(NodeScript script, object command)
    {
        await script.WriteAsync(command);
        var answer = await script.ReadAsync();
        Assert.False(answer.TryGetProperty("failed", out var failed), failed.ToString());
        return answer;
    }
}
