using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Embedded.GraphQL.Execution;
using OnlineSafetyTrust.GraphQL.Tests.Parity;

namespace OnlineSafetyTrust.GraphQL.Tests.Http;

public sealed class TransportTests
{
    private const string Typename = """{"query":"{ __typename }"}""";
    private const string Bad = """{"query":"{ nothing }"}""";
    private const string GraphQL = "application/graphql-response+json; charset=utf-8";
    private const string Json = "application/json; charset=utf-8";

    [Theory]
    [InlineData(Typename, null, 200, GraphQL)]
    [InlineData(Typename, "*/*", 200, GraphQL)]
    [InlineData(Typename, "application/json", 200, Json)]
    [InlineData(Typename, "application/json, application/graphql-response+json;q=0.5", 200, Json)]
    [InlineData(Typename, "text/html, */*;q=0.1", 200, GraphQL)]
    [InlineData(Typename, "text/html", 406, "")]
    [InlineData(Typename, "application/json;q=0", 406, "")]
    [InlineData(Typename, "application/graphql-response+json;q=0, */*", 200, Json)]
    [InlineData(Typename, "*/*, application/graphql-response+json;q=0", 200, Json)]
    [InlineData(Typename, "application/json;q=0, application/*", 200, GraphQL)]
    [InlineData("\uFEFF" + Typename, null, 200, GraphQL)]
    [InlineData(Bad, null, 400, GraphQL)]
    [InlineData(Bad, "application/json", 200, Json)]
    [InlineData("{ no json", null, 400, GraphQL)]
    [InlineData("{ no json", "application/json", 400, Json)]
    [InlineData("[]", null, 400, GraphQL)]
    [InlineData("[{\"query\":\"{ __typename }\"}]", null, 400, GraphQL)]
    [InlineData("{}", null, 400, GraphQL)]
    [InlineData("", null, 400, GraphQL)]
    [InlineData("""{"query":5}""", null, 400, GraphQL)]
    [InlineData("""{"query":"{ __typename }","variables":[]}""", null, 400, GraphQL)]
    [InlineData("""{"query":"{ __typename }","variables":null,"operationName":null,"extensions":{"a":[1]}}""", null, 200, GraphQL)]
    [InlineData("""{"query":"{ __typename }"} x""", null, 400, GraphQL)]
    [InlineData("""{"query":"{ __typename }","extensions":[]}""", null, 400, GraphQL)]
    [InlineData("""{"query":"{ a: __typename }\n"}""", null, 200, GraphQL)]
    [InlineData("""{"query":"\ud800"}""", null, 400, GraphQL)]
    public async Task Post(string body, string? accept, int status, string type)
    {
        await using var server = await ExampleServer.StartAsync();

        var answer = await server.PostAsync(body, accept);

        Assert.Equal((status, type), (answer.Status, answer.Type));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data")]
    public async Task What_needs_no_preflight_is_not_read(string contentType)
    {
        await using var server = await ExampleServer.StartAsync();

        Assert.Equal(415, (await server.PostAsync(Typename, contentType: contentType)).Status);
    }

    [Fact]
    public async Task Nested_json_is_refused_and_does_no_harm()
    {
        await using var server = await ExampleServer.StartAsync();

        var deep = new string('[', 50_000);
        Assert.Equal(400, (await server.PostAsync("""{"query":"{ __typename }","variables":{"a":""" + deep + "}}")).Status);
        Assert.Equal(400, (await server.PostAsync("""{"query":"{ incident(id: """ + deep + ") }\"}")).Status);
        Assert.Equal(200, (await server.PostAsync(Typename)).Status);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_413_with_or_without_length()
    {
        await using var server = await ExampleServer.StartAsync(options: new GraphQLServerOptions { MaxRequestSize = 1000 });
        var large = $$"""{"query":"{ __typename }","extensions":{"a":"{{new string('x', 1000)}}"} }""";

        Assert.Equal(413, (await server.PostAsync(large)).Status);
        using var chunked = new HttpRequestMessage(HttpMethod.Post, "") { Content = new StringContent(large, Encoding.UTF8, "application/json") };
        chunked.Headers.TransferEncodingChunked = true;
        using var response = await server.Client.SendAsync(chunked);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal(200, (await server.PostAsync(Typename)).Status);
    }

    [Theory]
    [InlineData("?query={__typename}", 200)]
    [InlineData("?query=query($id:ID!){incident(id:$id){id}}&variables={\"id\":\"SW5jaWRlbnQ6aTE=\"}", 200)]
    [InlineData("?query=query A{__typename} query B{boom}&operationName=A", 200)]
    [InlineData("?query=query A{__typename} query B{boom}", 400)]
    [InlineData("?query={__typename}&variables=[", 400)]
    [InlineData("?query={__typename}&extensions=5", 400)]
    [InlineData("?query={__typename}&extensions={\"a\":1}", 200)]
    [InlineData("?query={__typename}&query={__typename}", 400)]
    [InlineData("?query={__typename}&variables={}&variables={}", 400)]
    [InlineData("?query=mutation{closeIncident(input:{incidentId:\"SW5jaWRlbnQ6aTE=\",reason:\"r\"}){__typename}}", 405)]
    [InlineData("", 400)]
    [InlineData("?sdl", 404)]
    public async Task Get(string query, int status)
    {
        await using var server = await ExampleServer.StartAsync();

        Assert.Equal(status, (await server.GetAsync(query)).Status);
    }

    [Fact]
    public async Task The_schema_is_served_only_where_introspection_is_on()
    {
        await using var server = await ExampleServer.StartAsync(b => b.DisableIntrospection(false));

        Assert.Contains("type Incident implements Node", (await server.GetAsync("?sdl")).Body, StringComparison.Ordinal);
        await using var closed = await ExampleServer.StartAsync(b => b.DisableIntrospection(false), options: new GraphQLServerOptions { EnableSchemaRequests = false });
        Assert.Equal(404, (await closed.GetAsync("?sdl")).Status);
    }

    [Fact]
    public async Task A_subscription_without_event_stream_is_406()
    {
        await using var server = await ExampleServer.StartAsync();

        var body = JsonSerializer.Serialize(new { query = "subscription { onIncidentChanged(school: \"1\") { id } }" });
        Assert.Equal(406, (await server.PostAsync(body, "application/json")).Status);
    }

    [Fact]
    public async Task A_process_that_stops_ends_its_streams_in_order()
    {
        await using var server = await ExampleServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "")
        {
            Content = new StringContent(JsonSerializer.Serialize(new { query = "subscription { onIncidentChanged(school: \"1\") { id } }" }), Encoding.UTF8, "application/json"),
        };
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var response = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        server.Services.GetRequiredService<Microsoft.Extensions.Hosting.IHostApplicationLifetime>().StopApplication();

        Assert.Equal("event: complete\ndata:\n\n", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(null, 200)]
    [InlineData("identity", 200)]
    [InlineData("gzip", 415)]
    [InlineData("br", 415)]
    public async Task A_body_is_never_unpacked(string? coding, int status)
    {
        await using var server = await ExampleServer.StartAsync();
        using var content = new StringContent(Typename, Encoding.UTF8, "application/json");
        if (coding is not null)
        {
            content.Headers.ContentEncoding.Add(coding);
        }

        using var response = await server.Client.PostAsync("", content);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_get_needs_the_preflight_header_where_that_is_asked_for()
    {
        await using var server = await ExampleServer.StartAsync(options: new GraphQLServerOptions { EnforceGetRequestsPreflightHeader = true });
        var bare = await server.GetAsync("?query={__typename}");
        server.Client.DefaultRequestHeaders.Add("GraphQL-Preflight", "1");

        Assert.Equal((400, 200), (bare.Status, (await server.GetAsync("?query={__typename}")).Status));
        server.Client.DefaultRequestHeaders.Remove("GraphQL-Preflight");
        // No page can send this one to another site unasked either, and clients such as urql send it with every request.
        server.Client.DefaultRequestHeaders.Add("Authorization", "Bearer x");
        Assert.Equal(200, (await server.GetAsync("?query={__typename}")).Status);
    }

    [Theory]
    [InlineData("application/json; charset=utf-8", 200)]
    [InlineData("application/json; charset=\"UTF-8\"", 200)]
    [InlineData("application/json; charset=utf-16", 415)]
    public async Task A_body_in_another_charset_is_not_read_as_utf_8(string contentType, int status)
    {
        await using var server = await ExampleServer.StartAsync();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Typename));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        using var response = await server.Client.PostAsync("", content);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task For_somebody_who_cannot_pay_a_document_is_not_even_read()
    {
        var purse = new Purse();
        await using var server = await ExampleServer.StartAsync(services: s => s.AddSingleton<IOperationBudget>(purse));
        Assert.Equal(200, (await server.PostAsync(Typename)).Status);
        Assert.Equal([20, 1], purse.Taken);
        Assert.Equal(200, (await server.PostAsync(Typename)).Status);
        Assert.Equal([20, 1, 1], purse.Taken);
        Assert.Equal(400, (await server.PostAsync(Bad)).Status);
        Assert.Equal([20, 1, 1, 20], purse.Taken);

        purse.IsEmpty = true;
        var (status, _, body) = await server.PostAsync(Bad);

        Assert.Equal(429, status);
        Assert.DoesNotContain("nothing", body, StringComparison.Ordinal);
        Assert.Equal(429, (await server.PostAsync("""{"query":"{ another: __typename }"}""")).Status);
        Assert.False(server.Services.GetRequiredService<Engine>().Recall("{ another: __typename }"u8.ToArray()) is not null);
    }

    [Theory]
    [InlineData(Typename, null, 200, Json)]
    [InlineData(Typename, "*/*", 200, Json)]
    [InlineData(Typename, "application/graphql-response+json", 200, GraphQL)]
    [InlineData(Bad, null, 400, Json)]
    [InlineData(Bad, "application/json", 200, Json)]
    public async Task Json_by_default_keeps_the_statuses(string body, string? accept, int status, string type)
    {
        await using var server = await ExampleServer.StartAsync(options: new GraphQLServerOptions { JsonByDefault = true });

        var answer = await server.PostAsync(body, accept);

        Assert.Equal((status, type), (answer.Status, answer.Type));
    }

    [Fact]
    public async Task A_query_is_answered_as_an_event_where_only_that_is_accepted()
    {
        await using var server = await ExampleServer.StartAsync();

        Assert.Equal("event: next\ndata: {\"data\":{\"__typename\":\"Query\"}}\n\nevent: complete\ndata:\n\n", (await server.PostAsync(Typename, "text/event-stream")).Body);
    }

    [Fact]
    public async Task Stored_documents_are_found_by_id()
    {
        await using var server = await ExampleServer.StartAsync(b =>
            b.UsePersistedOperationPipeline().AddInMemoryOperationDocumentStorage().ModifyRequestOptions(o => o.PersistedOperations.OnlyAllowPersistedDocuments = true));
        await server.Services.GetRequiredService<IOperationDocumentStorage>().SaveAsync(new("sha256:1"), new OperationDocumentSourceText("{ __typename }"));

        Assert.Equal(200, (await server.PostAsync("""{"documentId":"sha256:1"}""")).Status);
        Assert.Equal(400, (await server.PostAsync("""{"documentId":"sha256:2"}""")).Status);
        Assert.Contains("HC0067", (await server.PostAsync(Typename)).Body, StringComparison.Ordinal);
    }

    private sealed class Purse : IOperationBudget
    {
        public bool IsEmpty { get; set; }

        public List<double> Taken { get; } = [];

        public TimeSpan? Take(HttpContext http, double cost)
        {
            if (IsEmpty)
            {
                return TimeSpan.FromSeconds(1);
            }

            Taken.Add(cost);
            return null;
        }

        public TimeSpan? TakeAnswer(System.Security.Claims.ClaimsPrincipal? user, double cost, bool isShared) => null;

        public IDisposable? HoldSubscription(System.Security.Claims.ClaimsPrincipal? user) => null;
    }
}
