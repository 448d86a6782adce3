using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using OnlineSafetyTrust.GraphQL.Tests.Parity;

namespace OnlineSafetyTrust.GraphQL.Tests.Http;

/// <summary>Where an answer ends, read from the bytes of one kept connection: the next answer begins right after it.</summary>
public sealed class FramingTests
{
    private const string Query = """{"query":"{ __typename }"}""";
    private const string Bad = """{"query":"{ nothing }"}""";
    private const string Partly = """{"query":"query($n: ID!) { incident(id: $n) { id } __typename }","variables":{"n":"no id"}}""";

    [Fact]
    public async Task Whole_answers_say_their_length_and_event_streams_come_in_chunks_and_both_can_be_read()
    {
        await using var server = await ExampleServer.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(server.Client.BaseAddress!.Host, server.Client.BaseAddress.Port);
        var stream = client.GetStream();

        foreach (var (body, accept, chunked) in new[] { (Query, "application/json", false), (Bad, "application/graphql-response+json", false), (Query, "text/event-stream", true), (Partly, "*/*", false), (Query, "*/*", false) })
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /graphql HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
            var headers = await UntilAsync(stream, "\r\n\r\n");
            var answer = chunked ? await ChunksAsync(stream) : await LengthAsync(stream, headers);

            Assert.Equal((chunked, !chunked), (headers.Contains("Transfer-Encoding: chunked", StringComparison.Ordinal), headers.Contains("Content-Length: ", StringComparison.Ordinal)));
            if (chunked)
            {
                Assert.Equal("event: next\ndata: {\"data\":{\"__typename\":\"Query\"}}\n\nevent: complete\ndata:\n\n", answer);
            }
            else
            {
                using var json = JsonDocument.Parse(answer);
                Assert.Equal(body != Query, json.RootElement.TryGetProperty("errors", out _));
            }
        }
    }

    private static Task<string> LengthAsync(NetworkStream stream, string headers)
    {
        const string Name = "Content-Length: ";
        var at = headers.IndexOf(Name, StringComparison.Ordinal) + Name.Length;
        return ExactlyAsync(stream, int.Parse(headers[at..headers.IndexOf('\r', at)], CultureInfo.InvariantCulture));
    }

    private static async Task<string> ChunksAsync(NetworkStream stream)
    {
        var all = new StringBuilder();
        while (int.Parse((await UntilAsync(stream, "\r\n")).TrimEnd(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) is > 0 and var size)
        {
            all.Append(await ExactlyAsync(stream, size));
            Assert.Equal("\r\n", await ExactlyAsync(stream, 2));
        }

        Assert.Equal("\r\n", await ExactlyAsync(stream, 2));
        return all.ToString();
    }

    private static async Task<string> ExactlyAsync(NetworkStream stream, int count)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    private static async Task<string> UntilAsync(NetworkStream stream, string end)
    {
        var read = new StringBuilder();
        while (!read.ToString().EndsWith(end, StringComparison.Ordinal))
        {
            read.Append(await ExactlyAsync(stream, 1));
        }

        return read.ToString();
    }
}
