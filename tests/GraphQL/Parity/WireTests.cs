using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace OnlineSafetyTrust.GraphQL.Tests.Parity;

/// <summary>Each row of the answers observed on Hot Chocolate 15.1, over HTTP.</summary>
public sealed class WireTests
{
    private static readonly string I1 = Convert.ToBase64String(Encoding.UTF8.GetBytes("Incident:i1"));

    private static string Request(string query, object? variables = null) => JsonSerializer.Serialize(new { query, variables });

    private static async Task<(int Status, JsonElement Json)> AskAsync(string query, object? variables = null, Action<IRequestExecutorBuilder>? more = null)
    {
        await using var server = await ExampleServer.StartAsync(more);
        var (status, type, body) = await server.PostAsync(Request(query, variables));
        Assert.Equal("application/graphql-response+json; charset=utf-8", type);
        return (status, JsonElement.Parse(body));
    }

    [Fact]
    public async Task List_with_nested_pupils_is_one_batch()
    {
        var log = new BatchLog();
        await using var server = await ExampleServer.StartAsync(services: s => s.AddSingleton(log));

        var (status, _, body) = await server.PostAsync(Request(
            "{ incidents(first: 2) { totalCount pageInfo { hasNextPage endCursor } edges { cursor node { id nature happenedOn reportedAt outcome pupils { id name } } } } }"));

        Assert.Equal(200, status);
        var p1 = Convert.ToBase64String(Encoding.UTF8.GetBytes("Pupil:p1"));
        var p2 = Convert.ToBase64String(Encoding.UTF8.GetBytes("Pupil:p2"));
        var pupils = $$$"""[{"id":"{{{p1}}}","name":"np1"},{"id":"{{{p2}}}","name":"np2"}]""";
        var i2 = Convert.ToBase64String(Encoding.UTF8.GetBytes("Incident:i2"));
        string Edge(string cursor, string id) =>
            $$$"""{"cursor":"{{{cursor}}}","node":{"id":"{{{id}}}","nature":"KNOWING_ACCESS","happenedOn":"2026-11-02","reportedAt":"1970-01-01T00:00:00.000Z","outcome":null,"pupils":{{{pupils}}}}}""";
        Assert.Equal(
            """{"data":{"incidents":{"totalCount":17,"pageInfo":{"hasNextPage":true,"endCursor":"ci2"},"edges":["""
            + Edge("ci1", I1) + "," + Edge("ci2", i2) + "]}}}", body);
        Assert.Equal([["p1", "p2"]], log.Batches);
    }

    [Fact]
    public async Task Authorize_without_a_user_raises_nulls_and_gives_one_error_per_pupil()
    {
        var (status, json) = await AskAsync("query($id: ID!) { incident(id: $id) { pupils { name secret } } }", new { id = I1 });

        Assert.Equal(200, status);
        Assert.Equal("""{"incident":null}""", json.GetProperty("data").GetRawText());
        var paths = json.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("path").GetRawText());
        Assert.Equal(["""["incident","pupils",0,"secret"]""", """["incident","pupils",1,"secret"]"""], paths);
        Assert.All(json.GetProperty("errors").EnumerateArray(), e => Assert.Equal("AUTH_NOT_AUTHENTICATED", Code(e)));
    }

    [Theory]
    [InlineData("query($id: ID!) { incident(id: $id) { id } }", "no id")]
    [InlineData("query($id: ID!) { node(id: $id) { id } }", "%%%")]
    public async Task An_id_that_is_none_is_a_request_error(string query, string id)
    {
        var (status, json) = await AskAsync(query, new { id });

        Assert.Equal(400, status);
        Assert.False(json.TryGetProperty("data", out _));
        Assert.Equal(id, Assert.Single(json.GetProperty("errors").EnumerateArray()).GetProperty("extensions").GetProperty("originalValue").GetString());
    }

    [Fact]
    public async Task An_id_of_another_type_names_both()
    {
        var pupil = Convert.ToBase64String(Encoding.UTF8.GetBytes("Pupil:p1"));
        foreach (var (query, variables) in new (string, object?)[]
        {
            ("query($id: ID!) { incident(id: $id) { id } }", new { id = pupil }),
            ($"{{ incident(id: \"{pupil}\") {{ id }} }}", null),
            ("mutation($i: CloseIncidentInput!) { closeIncident(input: $i) { __typename } }", new { i = new { incidentId = pupil, reason = "r" } }),
        })
        {
            var (status, json) = await AskAsync(query, variables);

            Assert.Equal(400, status);
            Assert.False(json.TryGetProperty("data", out _));
            var message = Assert.Single(json.GetProperty("errors").EnumerateArray()).GetProperty("message").GetString()!;
            Assert.Contains("Incident", message, StringComparison.Ordinal);
            Assert.Contains("Pupil", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_variable_of_wrong_form_is_named_by_path_and_coordinate()
    {
        var (status, json) = await AskAsync("query($f: IncidentFilterInput) { incidents(filter: $f) { totalCount } }", new { f = new { from = "2026-13-01" } });

        Assert.Equal(400, status);
        var error = Assert.Single(json.GetProperty("errors").EnumerateArray());
        Assert.Equal("""["f","from"]""", error.GetProperty("path").GetRawText());
        Assert.Equal("IncidentFilterInput.from", error.GetProperty("extensions").GetProperty("fieldCoordinate").GetString());
        Assert.Equal("LocalDate", error.GetProperty("extensions").GetProperty("fieldType").GetString());
    }

    [Fact]
    public async Task A_missing_variable_is_HC0018()
    {
        var (status, json) = await AskAsync("query($id: ID!) { incident(id: $id) { id } }");

        Assert.Equal(400, status);
        var error = Assert.Single(json.GetProperty("errors").EnumerateArray());
        Assert.Equal("HC0018", Code(error));
        Assert.Equal("id", error.GetProperty("extensions").GetProperty("variable").GetString());
    }

    [Fact]
    public async Task A_page_too_large_is_a_field_error()
    {
        var (status, json) = await AskAsync("{ incidents(first: 51) { totalCount } }");

        Assert.Equal(200, status);
        Assert.Equal("""{"incidents":null}""", json.GetProperty("data").GetRawText());
        var extensions = Assert.Single(json.GetProperty("errors").EnumerateArray()).GetProperty("extensions");
        Assert.Equal("HC0051", extensions.GetProperty("code").GetString());
        Assert.Equal(51, extensions.GetProperty("requestedItems").GetInt32());
        Assert.Equal(50, extensions.GetProperty("maxAllowedItems").GetInt32());
    }

    [Fact]
    public async Task An_exception_is_masked()
    {
        var (status, json) = await AskAsync("{ boom }");

        Assert.Equal(200, status);
        Assert.Equal(
            """{"errors":[{"message":"Something went wrong.","locations":[{"line":1,"column":3}],"path":["boom"],"extensions":{"code":"INTERNAL"}}],"data":null}""",
            json.GetRawText());
    }

    [Fact]
    public async Task An_unknown_field_is_refused_with_its_location()
    {
        var (status, json) = await AskAsync("{ nothing }");

        Assert.Equal(400, status);
        Assert.False(json.TryGetProperty("data", out _));
        Assert.Equal(3, json.GetProperty("errors")[0].GetProperty("locations")[0].GetProperty("column").GetInt32());
    }

    [Fact]
    public async Task A_mutation_answers_domain_errors_in_its_payload()
    {
        var (status, json) = await AskAsync(
            "mutation($i: CloseIncidentInput!) { closeIncident(input: $i) { incident { id } errors { __typename message code path ... on NotAllowed { role } } } }",
            new { i = new { incidentId = I1, reason = "r" } });

        Assert.Equal(200, status);
        Assert.Equal(
            """{"closeIncident":{"incident":null,"errors":[{"__typename":"NotAllowed","message":"Only the DSL closes.","code":"INCIDENT_NOT_ALLOWED","path":["input","incidentId"],"role":"DSL"}]}}""",
            json.GetProperty("data").GetRawText());
    }

    [Fact]
    public async Task A_subscription_streams_over_events()
    {
        await using var server = await ExampleServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "");
        request.Content = new StringContent(Request("subscription { onIncidentChanged(school: \"100001\") { title } }"), Encoding.UTF8, "application/json");
        request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        using var response = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal("text/event-stream; charset=utf-8", response.Content.Headers.ContentType!.ToString());

        // The headers are sent after the topic is joined: nothing sent from here on is missed.
        await server.PostAsync(Request($"mutation {{ closeIncident(input: {{ incidentId: \"{I1}\", reason: \"r\" }}) {{ __typename }} }}"));
        await server.Services.GetRequiredService<ITopicEventSender>().CompleteAsync("incident:100001");

        Assert.Equal("event: next\ndata: {\"data\":{\"onIncidentChanged\":{\"title\":\"T i1\"}}}\n\nevent: complete\ndata:\n\n", await reader.ReadToEndAsync());
    }

    private static string? Code(JsonElement error) => error.GetProperty("extensions").GetProperty("code").GetString();
}
