using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.GraphQL.Tests.Parity;
using static OnlineSafetyTrust.Tests.Support.AttackCorpus;

namespace OnlineSafetyTrust.GraphQL.Tests.Http;

/// <summary>Bodies made to cost more than they weigh, against a server that allows more than it should and one as it comes.</summary>
public sealed class HttpAttackTests
{
    private const int FiveMegabytes = 5 * 1024 * 1024;
    private const string Typename = """{"query":"{ __typename }"}""";

    public static TheoryData<string, string> Deep() => new()
    {
        { "selections", Query($"{Repeat("{a", FiveMegabytes / 2)}") },
        { "closed selections", Query($"{Repeat("{a", FiveMegabytes / 4)}{Repeat("}", FiveMegabytes / 4)}") },
        { "a list in the document", Query($"{{ incident(id: {Repeat("[", FiveMegabytes)}") },
        { "an object in the document", Query($"{{ incident(id: {Repeat("{a:", FiveMegabytes / 3)}") },
        { "a type", Query($"query ($a: {Repeat("[", FiveMegabytes)}") },
        { "inline fragments", Query($"{{ {Repeat("...{", FiveMegabytes / 4)}") },
        { "variables", Query("query ($a: [ID!]!) { nodes(ids: $a) { id } }", $"{{\"a\":{Repeat("[", FiveMegabytes / 2)}{Repeat("]", FiveMegabytes / 2)}}}") },
        { "objects in variables", Query("{ __typename }", Repeat("{\"a\":", FiveMegabytes / 5)) },
        { "extensions", $$"""{"query":"{ __typename }","extensions":{{Repeat("[", FiveMegabytes)}}""" },
        { "the body itself", Repeat("[", FiveMegabytes) },
    };

    [Theory]
    [MemberData(nameof(Deep))]
    public async Task Five_megabytes_of_nesting_are_refused(string where, string body)
    {
        await using var wide = await ExampleServer.StartAsync(options: new GraphQLServerOptions { MaxRequestSize = 20 * 1024 * 1024 });
        await using var usual = await ExampleServer.StartAsync();

        Assert.True((await wide.PostAsync(body)).Status == 400, where);
        Assert.True((await usual.PostAsync(body)).Status == 413, where);
        Assert.Equal(200, (await wide.PostAsync(Typename)).Status);
    }

    public static TheoryData<string, string> Odd()
    {
        var data = new TheoryData<string, string>();
        foreach (var (what, body) in Bodies)
        {
            data.Add(what, body);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Odd))]
    public async Task A_document_made_to_cost_more_than_it_weighs_is_refused(string what, string body)
    {
        await using var server = await ExampleServer.StartAsync();

        var answer = await server.PostAsync(body);

        Assert.True(answer.Status is 400 or 413, $"{what}: {answer.Status}");
        Assert.DoesNotContain("\"data\"", answer.Body, StringComparison.Ordinal);
        Assert.Equal(200, (await server.PostAsync(Typename)).Status);
    }

    [Theory]
    [InlineData(new byte[] { 0xC3, 0x28 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xF8, 0x88, 0x80, 0x80, 0x80 })]
    [InlineData(new byte[] { 0xC0, 0xAF })]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0x00 })]
    public async Task Invalid_utf8_is_refused_in_the_document_and_in_variables(byte[] bytes)
    {
        await using var server = await ExampleServer.StartAsync();

        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(server, [.. "{\"query\":\"{ incident(id: \\\""u8, .. bytes, .. "\\\") { id } }\"}"u8]));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(server, [.. "{\"query\":\"query ($i: ID!) { incident(id: $i) { id } }\",\"variables\":{\"i\":\""u8, .. bytes, .. "\"}}"u8]));
    }

    [Fact]
    public async Task Ten_megabytes_are_refused_before_they_are_kept()
    {
        await using var server = await ExampleServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "") { Content = new StreamContent(new MemoryStream(new byte[10 * 1024 * 1024])) };
        request.Content.Headers.ContentType = new("application/json");
        request.Content.Headers.ContentLength = null;
        request.Headers.TransferEncodingChunked = true;

        try
        {
            using var response = await server.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        }
        catch (HttpRequestException e) when (e.InnerException is IOException)
        {
            // The server answered and closed while the client was still sending.
        }

        Assert.Equal(200, (await server.PostAsync(Typename)).Status);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_compressed_body_is_not_unpacked(string encoding)
    {
        await using var server = await ExampleServer.StartAsync();
        using var packed = new MemoryStream();
        await using (Stream pack = encoding == "gzip" ? new GZipStream(packed, CompressionLevel.Optimal, true) : encoding == "br" ? new BrotliStream(packed, CompressionLevel.Optimal, true) : new ZLibStream(packed, CompressionLevel.Optimal, true))
        {
            await pack.WriteAsync(Encoding.UTF8.GetBytes(Query($"{{ __typename }} #{Repeat(" ", 50 * 1024 * 1024)}")));
        }

        using var content = new ByteArrayContent(packed.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        content.Headers.ContentEncoding.Add(encoding);
        using var response = await server.Client.PostAsync(server.Client.BaseAddress, content);

        Assert.True(response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnsupportedMediaType, response.StatusCode.ToString());
    }

    /// <summary>Kestrel ends it; here sooner than in production, where it grants five seconds.</summary>
    [Fact]
    public async Task A_body_that_never_comes_is_given_up()
    {
        await using var server = await ExampleServer.StartAsync(services: s => s.Configure<KestrelServerOptions>(o => o.Limits.MinRequestBodyDataRate = new(240, TimeSpan.FromSeconds(1.5))));
        using var client = new TcpClient();
        await client.ConnectAsync(server.Client.BaseAddress!.Host, server.Client.BaseAddress.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes("POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"query\""));

        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal);
        Assert.Equal(200, (await server.PostAsync(Typename)).Status);
    }

    private static async Task<HttpStatusCode> PostAsync(ExampleServer server, byte[] body)
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var response = await server.Client.PostAsync(server.Client.BaseAddress, content);
        return response.StatusCode;
    }
}
