using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.GraphQL.Tests.Parity;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.GraphQL.Tests.Sockets;

/// <summary>The npm clients <c>graphql-ws</c> and <c>graphql-sse</c> against the endpoint.</summary>
public sealed class ClientTests
{
    private const string Topic = "incident:100001";
    private const string Changed = "subscription { onIncidentChanged(school: \"100001\") { id title } }";

    [Fact]
    public async Task A_client_that_sleeps_loses_only_its_own_stream_and_is_told()
    {
        const int Messages = 600, Size = 50_000;
        await using var server = await ExampleServer.StartAsync();
        await using var script = NodeScript.Start("graphql-ws.mjs", server.Client.BaseAddress!.ToString());
        await DoAsync(script, new { @do = "open", count = 3, query = Changed });
        await DoAsync(script, new { @do = "pause", member = 0 });

        // More than the system's buffers hold, in parts that those who read take before the next comes.
        for (var sent = 0; sent < Messages;)
        {
            for (var i = 0; i < 50; i++, sent++)
            {
                await SendAsync(server, new string('x', Size));
            }

            var received = await DoAsync(script, new { @do = "received", each = sent, except = new[] { 0 } });
            Assert.Equal((sent, sent), (received.GetProperty("fewest").GetInt32(), received.GetProperty("most").GetInt32()));
        }

        await DoAsync(script, new { @do = "resume", member = 0 });
        var ended = await DoAsync(script, new { @do = "ended", member = 0 });
        Assert.Contains("SUBSCRIPTION_OVERFLOW", ended.ToString(), StringComparison.Ordinal);
        // Four megabytes may wait; until then nothing was lost to it either.
        Assert.InRange(ended.GetProperty("received").GetInt32(), 4 * 1024 * 1024 / (Size + 200), Messages - 1);
    }

    [Fact]
    public async Task Connections_that_break_come_back_with_their_subscriptions()
    {
        await using var server = await ExampleServer.StartAsync();
        await using var script = NodeScript.Start("graphql-ws.mjs", server.Client.BaseAddress!.ToString());
        await DoAsync(script, new { @do = "open", count = 5, query = Changed });
        await SendAsync(server, "before");
        await DoAsync(script, new { @do = "received", each = 1 });

        await DoAsync(script, new { @do = "reconnect" });
        await SendAsync(server, "after");

        var received = await DoAsync(script, new { @do = "received", each = 2 });
        Assert.Equal((2, 2, "after"), (received.GetProperty("fewest").GetInt32(), received.GetProperty("most").GetInt32(), TitleOf(received)));
    }

    [Theory]
    [InlineData("graphql-ws.mjs")]
    [InlineData("graphql-sse.mjs")]
    public async Task Messages_come_in_order_and_the_end_is_the_end(string client)
    {
        await using var server = await ExampleServer.StartAsync();
        await using var script = NodeScript.Start(client, server.Client.BaseAddress!.ToString());
        await DoAsync(script, new { @do = "open", count = 2, query = Changed });

        for (var i = 1; i <= 20; i++)
        {
            await SendAsync(server, $"{i}\nline");
        }

        var received = await DoAsync(script, new { @do = "received", each = 20 });
        await server.Services.GetRequiredService<ITopicEventSender>().CompleteAsync(Topic);
        var ended = await DoAsync(script, new { @do = "ended", member = 1 });

        Assert.Equal("20\nline", TitleOf(received));
        Assert.Equal((true, 20), (ended.GetProperty("complete").GetBoolean(), ended.GetProperty("received").GetInt32()));
    }

    private static ValueTask SendAsync(ExampleServer server, string title) =>
        server.Services.GetRequiredService<ITopicEventSender>().SendAsync(Topic, Data.Incident("i1") with { Title = title });

    private static string? TitleOf(JsonElement received) => received.GetProperty("last").GetProperty("data").GetProperty("onIncidentChanged").GetProperty("title").GetString();

    private static async Task<JsonElement> DoAsync(NodeScript script, object command)
    {
        await script.WriteAsync(command);
        var answer = await script.ReadAsync();
        Assert.False(answer.TryGetProperty("failed", out var failed), failed.ToString());
        return answer;
    }
}
