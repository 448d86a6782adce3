using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Embedded.GraphQL;
using OnlineSafetyTrust.Gateway.Live;

namespace OnlineSafetyTrust.Gateway.Tests.Live;

/// <summary>Whoever does not read their event stream is ended, and nobody else notices.</summary>
public sealed class SlowReaderTests
{
    private const string Whole = "subscription { incidentChanged { reference what } }";
    private const int Waiting = 256;

    [Fact]
    public async Task A_stream_that_is_not_read_ends_with_an_error_after_what_was_waiting_and_others_lose_nothing()
    {
        const int Messages = 400, Round = 50;
        // The system takes little beyond what the gateway itself keeps.
        await using var world = await LiveWorld.StartAsync(b => b.WebHost.UseSockets(s => s.CreateBoundListenSocket = end =>
        {
            var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(end);
            socket.SendBufferSize = 16 * 1024;
            return socket;
        }));
        var (id, _) = await world.ReportAsync(new string('x', 8_000));
        await world.Gateway.SettleAsync();
        using var slow = await OpenAsync(world);
        using var stream = await world.StreamAsync(Role.Dsl, Whole);
        using var socket = await world.ListenAsync(Role.DeputyDsl);
        await socket.BeginAsync("i", Whole);
        using var events = new StreamReader(await stream.Content.ReadAsStreamAsync());

        var topics = world.Gateway.Services.GetRequiredService<ITopicEventSender>();
        for (var sent = 0; sent < Messages; sent += Round)
        {
            for (var i = 0; i < Round; i++)
            {
                await topics.SendAsync(Topics.Incidents(world.First.Id), new IncidentTouched(new IncidentId(LiveWorld.KeyOf(id))));
            }

            for (var i = 0; i < Round; i++)
            {
                Assert.Equal("event: next", await events.ReadLineAsync());
                Assert.EndsWith("x\"}}}", await events.ReadLineAsync(), StringComparison.Ordinal);
                Assert.Equal("", await events.ReadLineAsync());
                Assert.EndsWith("x\"}}}}", await socket.ReadAsync(), StringComparison.Ordinal);
            }
        }

        await LiveWorld.NothingAsync(socket);
        var late = await new StreamReader(slow.GetStream()).ReadToEndAsync();
        Assert.InRange(late.Split("{\"data\":").Length - 1, Waiting, Messages - Round);
        Assert.Matches("SUBSCRIPTION_OVERFLOW[^\n]*\n\n(\r\n[0-9a-f]+\r\n)?event: complete\ndata:\n\n\r\n0\r\n\r\n$", late);
    }

    /// <summary>Subscribed; the headers are read and nothing after them.</summary>
    private static async Task<TcpClient> OpenAsync(LiveWorld world)
    {
        var client = new TcpClient { ReceiveBufferSize = 8 * 1024 };
        await client.ConnectAsync(world.Gateway.GraphQL.Host, world.Gateway.GraphQL.Port);
        var body = JsonSerializer.Serialize(new { query = Whole });
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /graphql HTTP/1.1\r\nHost: {world.Gateway.GraphQL.Authority}\r\nConnection: close\r\nAuthorization: Bearer {world.First.TokenOf(Role.Dsl)}\r\n"
            + $"Accept: text/event-stream\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
        var headers = new StringBuilder();
        var one = new byte[1];
        while (!headers.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await client.GetStream().ReadExactlyAsync(one);
            headers.Append((char)one[0]);
        }

        Assert.StartsWith("HTTP/1.1 200", headers.ToString(), StringComparison.Ordinal);
        return client;
    }
}
