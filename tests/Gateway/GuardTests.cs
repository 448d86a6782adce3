using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using OnlineSafetyTrust.Gateway.Tests.Live;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Gateway.Tests;

/// <summary>What the API refuses before it looks at what is asked.</summary>
public sealed class GuardTests
{
    private const string Typename = """{"query":"{ __typename }"}""";

    [Fact]
    public async Task Pages_of_other_sites_are_refused()
    {
        await using var world = await LiveWorld.StartAsync(settings: new Dictionary<string, string?> { ["Api:AllowedOrigins:0"] = "https://dashboard.example" });
        var own = world.Gateway.Http.BaseAddress!.GetLeftPart(UriPartial.Authority);
        (string Header, string Value, int Status)[] cases =
        [
            ("Origin", "https://elsewhere.example", 403), ("Origin", "null", 403), ("Origin", own.Replace("127.0.0.1", "localhost", StringComparison.Ordinal), 403), ("Sec-Fetch-Site", "cross-site", 403),
            ("Origin", "https://dashboard.example", 200), ("Origin", own, 200), ("Sec-Fetch-Site", "same-origin", 200),
        ];

        foreach (var (header, value, status) in cases)
        {
            using var request = Post(world, Typename);
            request.Headers.TryAddWithoutValidation(header, value);
            using var answer = await world.Gateway.Http.SendAsync(request);

            Assert.Equal((value, status), (value, (int)answer.StatusCode));
            Assert.Equal(status == 403, (await answer.Content.ReadAsStringAsync()).Contains("CROSS_SITE", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Sockets_of_other_sites_are_refused()
    {
        await using var world = await LiveWorld.StartAsync();

        var refused = await Assert.ThrowsAsync<WebSocketException>(() => GraphQLSocket.OpenAsync(world.Gateway.GraphQL, origin: "https://elsewhere.example"));
        using var own = await GraphQLSocket.OpenAsync(world.Gateway.GraphQL, origin: world.Gateway.Http.BaseAddress!.GetLeftPart(UriPartial.Authority));

        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_page_can_send_unasked_is_refused()
    {
        await using var world = await LiveWorld.StartAsync();
        using var form = Post(world, Typename);
        form.Content!.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        using var get = new HttpRequestMessage(HttpMethod.Get, "/graphql?query={__typename}");
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/graphql?query={__typename}");
        asked.Headers.Add("GraphQL-Preflight", "1");

        using var plain = await world.Gateway.Http.SendAsync(form);
        using var bare = await world.Gateway.Http.SendAsync(get);
        using var preflighted = await world.Gateway.Http.SendAsync(asked);

        Assert.Equal([415, 400, 200], new[] { plain, bare, preflighted }.Select(a => (int)a.StatusCode));
        Assert.Contains("GraphQL-Preflight", await bare.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_but_stored_documents_is_executed_when_only_they_are_allowed()
    {
        var folder = Directory.CreateTempSubdirectory("ost-documents-");
        var file = Path.Combine(folder.FullName, "who.graphql");
        await File.WriteAllTextAsync(file, "query Who { viewer { person { name } } }");
        var id = $"sha256:{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(file)))}";
        await using var world = await LiveWorld.StartAsync(settings: new Dictionary<string, string?> { ["Api:StoredDocuments"] = folder.FullName, ["Api:OnlyStoredDocuments"] = "true" });

        Assert.Contains("Dsl of 100001", await AnswerAsync($$"""{"documentId":"{{id}}"}"""), StringComparison.Ordinal);
        Assert.Contains("HC0067", await AnswerAsync("""{"query":"query Who { viewer { person { name } } }"}"""), StringComparison.Ordinal);
        Assert.Contains("HC0020", await AnswerAsync($$"""{"documentId":"{{id[..^1]}}"}"""), StringComparison.Ordinal);
        folder.Delete(recursive: true);

        async Task<string> AnswerAsync(string body)
        {
            using var request = Post(world, body);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", world.First.TokenOf(Role.Dsl));
            using var answer = await world.Gateway.Http.SendAsync(request);
            return await answer.Content.ReadAsStringAsync();
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("/nowhere")]
    public async Task Stored_documents_that_are_not_there_stop_the_start(string? folder)
    {
        var wrong = await Assert.ThrowsAsync<Hosting.MisconfiguredException>(() => LiveWorld.StartAsync(settings: new Dictionary<string, string?> { ["Api:StoredDocuments"] = folder, ["Api:OnlyStoredDocuments"] = "true" }));

        Assert.Contains("Api:StoredDocuments", wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("query Who { viewer { person { shoeSize } } }", "shoeSize")]
    [InlineData("query A { __typename } query B { viewer {", "Syntax Error")]
    public async Task A_stored_document_that_does_not_fit_stops_the_start_by_its_name(string document, string reason)
    {
        var folder = Directory.CreateTempSubdirectory("ost-documents-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "fits.graphql"), "query Who { viewer { person { name } } }");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "other.graphql"), document);

        var wrong = await Assert.ThrowsAsync<Hosting.MisconfiguredException>(() => LiveWorld.StartAsync(settings: new Dictionary<string, string?> { ["Api:StoredDocuments"] = folder.FullName }));

        Assert.Contains("'other.graphql'", wrong.Message, StringComparison.Ordinal);
        Assert.Contains(reason, wrong.Message, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task What_is_refused_is_paid_for_too()
    {
        await using var world = await LiveWorld.StartAsync(settings: new Dictionary<string, string?> { ["Api:PersonBudget:Burst"] = "30", ["Api:PersonBudget:PerSecond"] = "0.001" });
        var statuses = new List<int>();
        for (var i = 0; i < 3; i++)
        {
            using var request = Post(world, """{"query":"{ thereIsNoSuchField }"}""");
            using var answer = await world.Gateway.Http.SendAsync(request);
            statuses.Add((int)answer.StatusCode);
        }

        Assert.Equal([400, 429, 429], statuses);
    }

    [Fact]
    public async Task A_batch_is_refused()
    {
        await using var world = await LiveWorld.StartAsync();
        using var request = Post(world, $"[{Typename},{Typename}]");

        using var answer = await world.Gateway.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_compressed_body_is_not_unpacked()
    {
        await using var world = await LiveWorld.StartAsync();
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            await gzip.WriteAsync(new byte[10_000_000]);
        }

        using var request = Post(world, "");
        request.Content = new ByteArrayContent(packed.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        request.Content.Headers.ContentEncoding.Add("gzip");
        using var answer = await world.Gateway.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Fact]
    public async Task A_body_that_does_not_come_is_not_waited_for()
    {
        // Kestrel's own guard, with less patience than it has by default: this shows that it is on.
        await using var world = await LiveWorld.StartAsync(b => b.WebHost.ConfigureKestrel(k => k.Limits.MinRequestBodyDataRate = new MinDataRate(1000, TimeSpan.FromSeconds(1.5))));
        using var client = new TcpClient();
        await client.ConnectAsync(world.Gateway.Http.BaseAddress!.Host, world.Gateway.Http.BaseAddress.Port);
        var stream = client.GetStream();
        var authority = world.Gateway.Http.BaseAddress.Authority;
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /graphql HTTP/1.1\r\nHost: {authority}\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{{"));

        var answer = await new StreamReader(stream).ReadLineAsync();

        Assert.Equal("HTTP/1.1 408 Request Timeout", answer);
    }

    [Fact]
    public async Task Whoever_asks_too_much_is_told_when_to_come_back_and_others_are_served()
    {
        await using var world = await LiveWorld.StartAsync(settings: new Dictionary<string, string?> { ["Api:PersonBudget:Burst"] = "200", ["Api:PersonBudget:PerSecond"] = "0.1" });
        var (dsl, head) = (world.First.TokenOf(Role.Dsl), world.First.TokenOf(Role.Headteacher));
        const string Query = "{ incidents(first: 5) { nodes { reference reporter { name } } } }";
        HttpResponseMessage answer;
        var asked = 0;
        do
        {
            answer = await world.Gateway.PostAsync(Query, token: dsl);
            asked++;
        }
        while (answer.StatusCode == HttpStatusCode.OK && asked < 100);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.True(answer.Headers.RetryAfter!.Delta > TimeSpan.FromSeconds(1));
        Assert.Contains("RATE_LIMITED", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var other = await world.Gateway.PostAsync(Query, token: head);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        using var socket = await world.ListenAsync(Role.Dsl);
        await socket.SubscribeAsync("1", Query);
        Assert.Contains("RATE_LIMITED", await socket.ReadAsync(), StringComparison.Ordinal);
        answer.Dispose();
    }

    private static HttpRequestMessage Post(LiveWorld world, string body) =>
        new(HttpMethod.Post, world.Gateway.GraphQL) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
}
