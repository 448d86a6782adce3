using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Embedded.GraphQL;
using OnlineSafetyTrust.Embedded.GraphQL.Execution;
using OnlineSafetyTrust.Embedded.GraphQL.Http;
using OnlineSafetyTrust.Embedded.GraphQL.Language;
using OnlineSafetyTrust.Embedded.GraphQL.Validation;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Gateway.Tests.Api;

/// <summary>
/// Every example of <c>docs/api</c> and of GraphiQL is asked of a real server. In the expected answers <c>…</c> is any value and
/// <c>{name}</c> one that is the same wherever the name stands in that page. The dialogues of <c>subscribe.md</c> are spoken by <c>SubscribeDocsTests</c>.
/// </summary>
public sealed partial class ApiDocsTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    public static TheoryData<string> Pages() =>
        [.. System.IO.Directory.GetFiles(System.IO.Path.Combine(Repository.Root, "docs", "api"), "*.md").Select(f => System.IO.Path.GetFileName(f)!).Where(f => f is not ("README.md" or "subscribe.md")).Order()];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Every_example_is_answered_as_the_page_says(string page)
    {
        var names = new Dictionary<string, string>
        {
            ["pupil"] = world.First.IdOf("Pupil"), ["incident"] = world.First.IdOf("Incident"),
            ["yesterday"] = world.Gateway.Clock.GetUtcNow().AddDays(-1).ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture),
        };
        var blocks = Block().Matches(await File.ReadAllTextAsync(System.IO.Path.Combine(Repository.Root, "docs", "api", page))).Select(m => (Info: m.Groups[1].Value.Trim(), Text: m.Groups[2].Value)).ToArray();
        var asked = 0;
        for (var i = 0; i < blocks.Length; i++)
        {
            var (info, text) = blocks[i];
            var variables = i + 1 < blocks.Length && blocks[i + 1].Info == "json variables" ? Filled(blocks[++i].Text, names) : null;
            var words = info.Split(' ');
            using var request = words[0] == "http" ? Http(text) : await GraphQLAsync(words[1], text, variables);
            using var response = await world.Gateway.Http.SendAsync(request);
            var body = await response.Content.ReadAsStringAsync();
            Assert.True($"{(int)response.StatusCode}" == (words[^1].All(char.IsDigit) ? words[^1] : "200"), $"{page}: {text}\n{(int)response.StatusCode} {body}");
            Assert.Equal("json", blocks[++i].Info);
            Assert.True(Fits(JsonNode.Parse(blocks[i].Text), JsonNode.Parse(body), names), $"{page}: {text}\n{body}");
            asked++;
        }

        Assert.True(asked > 2, $"Only {asked} examples were found in {page}.");
    }

    [Fact]
    public async Task The_limits_are_those_of_the_product()
    {
        var page = await File.ReadAllTextAsync(System.IO.Path.Combine(Repository.Root, "docs", "api", "limits.md"));
        var api = new Guards.ApiOptions();
        var server = new GraphQLServerOptions();
        var engine = world.Gateway.Services.GetRequiredService<Engine>().Registrations;
        var (parser, validation) = (ParserLimits.Default, ValidationLimits.Default);

        foreach (var line in (string[])
        [
            $"| body of a request | {server.MaxRequestSize / 1024 / 1024} MB, not compressed | status 413, 415 |",
            $"| message on a WebSocket | {server.Sockets.MaxMessageSize / 1024} KB | closed with 1009 |",
            $"| document | {parser.MaxBytes / 1024} KB, {parser.MaxTokens:N0} tokens | |",
            $"| depth of fields, without introspection | {engine.MaxDepth} | |",
            $"| aliases, root fields | {validation.MaxAliases}, {validation.MaxRootFields} | |",
            $"| variables, items of a list in them | {InputCoercion.MostVariables:N0}, {InputCoercion.MostItems:N0} | |",
            $"| cost | {engine.Cost.MaxFieldCost:N0} | `HC0047` |",
            $"| answer | {engine.Request.MaxAnswerObjects:N0} objects, {engine.Request.MaxAnswerSize / 1024 / 1024} MB | `ANSWER_TOO_LARGE` |",
            $"| time | {engine.Request.ExecutionTimeout.TotalSeconds} s | `HC0045` |",
            $"and a school's (ten times as much); a refused one\ncosts {Charging.Reading}, and",
            $"| page (`first`, `last`) | {GraphQL.Connections.LargestSize}, without either {GraphQL.Connections.DefaultSize} |",
            $"a person's budget ({api.PersonBudget.Burst:N0} at once, {api.PersonBudget.PerSecond:N0} a second)",
        ])
        {
            Assert.Contains(line, page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_example_of_graphiql_is_answered()
    {
        var examples = JsonNode.Parse(await File.ReadAllTextAsync(System.IO.Path.Combine(Repository.Root, "tools", "graphiql", "examples.json")))!.AsArray();
        foreach (var example in examples)
        {
            using var request = await GraphQLAsync((string)example!["persona"]!, (string)example["query"]!, null);
            using var response = await world.Gateway.Http.SendAsync(request);
            var body = await response.Content.ReadAsStringAsync();
            Assert.False(body.Contains("\"errors\"", StringComparison.Ordinal), $"{example["title"]}: {body}");
        }

        Assert.Equal(examples.Count, examples.DistinctBy(e => (string)e!["title"]!).Count());
        var personas = JsonNode.Parse(await world.Gateway.Http.GetStringAsync("/dev/personas"))!.AsArray();
        var shown = examples.Select(e => (string)e!["persona"]!).ToHashSet();
        Assert.Empty(personas.Where(p => !personas.Any(o => (string)o!["role"]! == (string)p!["role"]! && shown.Contains((string)o["persona"]!))).Select(p => (string)p!["persona"]!));
    }

    [Fact]
    public async Task Graphiql_is_served_from_here_and_refers_to_no_other_host()
    {
        Environment.SetEnvironmentVariable("OST_GRAPHIQL", System.IO.Path.Combine(Repository.Root, "tools", "graphiql"));
        await using var gateway = await RunningGateway.StartAsync();

        var page = await gateway.Http.GetStringAsync("/dev/graphiql/");
        var parts = Part().Matches(page).Select(m => m.Groups[1].Value).ToArray();

        Assert.Equal(5, parts.Length);
        Assert.DoesNotContain("//", string.Concat(parts), StringComparison.Ordinal);
        Assert.Equal(page, await gateway.Http.GetStringAsync("/dev/graphiql"));
        Assert.Contains("dsl@100001", await gateway.Http.GetStringAsync("/dev/graphiql/examples.json"), StringComparison.Ordinal);
        Assert.Contains("createRoot", await gateway.Http.GetStringAsync("/dev/graphiql/start.js"), StringComparison.Ordinal);
        foreach (var name in (string[])["package.json", "..%2Fpackage.json", "node_modules"])
        {
            using var response = await gateway.Http.GetAsync($"/dev/graphiql/{name}");
            Assert.Equal(System.Net.HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    [GraphiQLFact]
    public async Task The_packages_of_graphiql_are_served()
    {
        Environment.SetEnvironmentVariable("OST_GRAPHIQL", System.IO.Path.Combine(Repository.Root, "tools", "graphiql"));
        await using var gateway = await RunningGateway.StartAsync();

        foreach (var (name, type, word) in new[] { ("graphiql.js", "text/javascript", "GraphiQL"), ("graphiql.css", "text/css", ".graphiql-container"), ("react.js", "text/javascript", "React"), ("react-dom.js", "text/javascript", "ReactDOM") })
        {
            using var response = await gateway.Http.GetAsync($"/dev/graphiql/{name}");
            Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
            Assert.Contains(word, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    private async Task<HttpRequestMessage> GraphQLAsync(string persona, string query, string? variables)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query, variables = variables is null ? null : JsonNode.Parse(variables) }) };
        if (persona != "nobody")
        {
            using var answer = await world.Gateway.Http.PostAsJsonAsync("/dev/token", new { persona });
            var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString();
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return request;
    }

    private static HttpRequestMessage Http(string text)
    {
        var parts = text.Trim().Split("\n\n");
        var head = parts[0].Split('\n');
        var request = new HttpRequestMessage(new HttpMethod(head[0].Split(' ')[0]), head[0].Split(' ')[1]) { Content = parts.Length > 1 ? new StringContent(parts[1], Encoding.UTF8, "application/json") : null };
        foreach (var header in head.Skip(1).Select(h => h.Split(": ")).Where(h => h[0] != "content-type"))
        {
            request.Headers.TryAddWithoutValidation(header[0], header[1]);
        }

        return request;
    }

    private static string Filled(string text, Dictionary<string, string> names) =>
        Name().Replace(text, m => names.TryGetValue(m.Groups[1].Value, out var value) ? $"\"{value}\"" : throw new InvalidOperationException($"Nothing is called {m.Value} yet."));

    private static bool Fits(JsonNode? expected, JsonNode? found, Dictionary<string, string> names)
    {
        switch (expected)
        {
            case JsonObject left:
                return found is JsonObject right && left.Count == right.Count && left.All(m => right.ContainsKey(m.Key) && Fits(m.Value, right[m.Key], names));
            case JsonArray left:
                return found is JsonArray items && left.Count == items.Count && left.Zip(items).All(p => Fits(p.First, p.Second, names));
            case JsonValue value when value.TryGetValue<string>(out var text) && text == "…":
                return found is not null;
            case JsonValue value when value.TryGetValue<string>(out var text) && Name().Match($"\"{text}\"") is { Success: true } name:
                return found is not null && (names.TryAdd(name.Groups[1].Value, (string)found!) || names[name.Groups[1].Value] == (string)found!);
            default:
                return JsonNode.DeepEquals(expected, found);
        }
    }

    [GeneratedRegex("^```(.+)\n((?:.*\n)*?)```$", RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex("\"\\{([a-z]+)\\}\"")]
    private static partial Regex Name();

    [GeneratedRegex("(?:src|href)=\"([^\"]+)\"")]
    private static partial Regex Part();

    private sealed class GraphiQLFactAttribute : FactAttribute
    {
        public GraphiQLFactAttribute() =>
            Skip = System.IO.Directory.Exists(System.IO.Path.Combine(Repository.Root, "tools", "graphiql", "node_modules", "graphiql")) ? null : "Run `npm ci` in tools/graphiql.";
    }
}
