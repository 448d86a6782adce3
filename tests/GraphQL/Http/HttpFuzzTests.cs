using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Embedded.GraphQL.Execution;
using OnlineSafetyTrust.Embedded.GraphQL.Types;
using OnlineSafetyTrust.GraphQL.Tests.Parity;
using OnlineSafetyTrust.GraphQL.Tests.Reference;
using OnlineSafetyTrust.GraphQL.Tests.Validation;

namespace OnlineSafetyTrust.GraphQL.Tests.Http;

[CollectionDefinition(nameof(HttpFuzzTests), DisableParallelization = true)]
public sealed class Alone;

/// <summary>Requests by the thousand, sound, odd and broken, against a real server: each gets an answer, none a 500.</summary>
[Collection(nameof(HttpFuzzTests))]
public sealed class HttpFuzzTests
{
    private const long MayStay = 64 * 1024 * 1024;
    private static readonly string[] s_ids = ["\"SW5jaWRlbnQ6aTE=\"", "\"SW5jaWRlbnQ6aTI\""];

    [Fact]
    public async Task Every_request_is_answered_and_memory_stays_bounded()
    {
        await using var server = await ExampleServer.StartAsync();
        var schema = server.Services.GetRequiredService<Engine>().Schema;
        var run = FuzzRun.Asked;
        var statuses = new System.Collections.Concurrent.ConcurrentDictionary<HttpStatusCode, int>();
        await AskAsync(server, schema, run.First, statuses);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await Parallel.ForEachAsync(run.Seeds, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (seed, _) => await AskAsync(server, schema, seed, statuses));

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, MayStay);

        // Neither refusals alone nor sound requests alone would say much.
        var seen = string.Join(' ', statuses.Select(s => $"{(int)s.Key}: {s.Value}"));
        Assert.True(statuses[HttpStatusCode.OK] > run.Documents / 10 && statuses[HttpStatusCode.BadRequest] > run.Documents / 10, seen);
    }

    private static async Task AskAsync(ExampleServer server, Schema schema, int seed, System.Collections.Concurrent.ConcurrentDictionary<HttpStatusCode, int> statuses)
    {
        using var request = Request(schema, seed);
        using var response = await server.Client.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        statuses.AddOrUpdate(response.StatusCode, 1, (_, count) => count + 1);
        Assert.True(IsAnswer(response, body), $"Seed {seed}: {(int)response.StatusCode} {body}\n{request.RequestUri} {await (request.Content ?? new StringContent("")).ReadAsStringAsync()}");
    }

    private static bool IsAnswer(HttpResponseMessage response, string body)
    {
        if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.BadRequest))
        {
            return response.StatusCode is HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotAcceptable or HttpStatusCode.UnsupportedMediaType;
        }

        if (body.Length == 0)
        {
            // Kestrel itself refuses what is no HTTP.
            return response.StatusCode == HttpStatusCode.BadRequest;
        }

        using var json = JsonDocument.Parse(body);
        return json.RootElement.TryGetProperty("data", out _) || json.RootElement.GetProperty("errors").GetArrayLength() > 0;
    }

    private static HttpRequestMessage Request(Schema schema, int seed)
    {
        var random = new Random(seed);
        switch (random.Next(10))
        {
            case 0:
                return Post(Json(new DocumentGenerator(seed).Document(), null, null));
            case 1:
                return Post([.. "{\"query\":\""u8, .. FuzzTests.Mutated(seed), .. "\"}"u8]);
            case 2:
                return new HttpRequestMessage(HttpMethod.Get, $"?query={Uri.EscapeDataString(Encoding.UTF8.GetString(FuzzTests.Mutated(seed)))}&variables={(random.Next(2) == 0 ? "{}" : "%5B")}");
            case 3:
                return Post(Odd(random));
            case 4:
                var body = Sound(schema, seed);
                for (var i = random.Next(1, 4); i > 0; i--)
                {
                    FuzzTests.Mutate(random, ref body);
                }

                return Post(body);
            default:
                return Post(Sound(schema, seed));
        }
    }

    private static byte[] Sound(Schema schema, int seed)
    {
        var made = new RequestGenerator(schema, seed, s_ids).Next();
        return Json(made.Query, made.Variables, made.OperationName);
    }

    private static byte[] Json(string query, string? variables, string? operationName) =>
        Encoding.UTF8.GetBytes($"{{\"query\":{JsonSerializer.Serialize(query)},\"variables\":{variables ?? "null"},\"operationName\":{JsonSerializer.Serialize(operationName)}}}");

    /// <summary>JSON that is no request, or one with more than it should have.</summary>
    private static byte[] Odd(Random random)
    {
        var text = new StringBuilder("{");
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            string[] names = ["query", "variables", "operationName", "extensions", "id", "documentId", "", "\\u0000"];
            text.Append($"\"{names[random.Next(names.Length)]}\":{OddValue(random, 4)}{(i > 1 ? "," : "")}");
        }

        return Encoding.UTF8.GetBytes(text.Append('}').ToString());
    }

    private static string OddValue(Random random, int depth) => random.Next(depth > 0 ? 9 : 6) switch
    {
        0 => "\"{ __typename }\"",
        1 => "null",
        2 => $"{new string('9', random.Next(1, 400))}",
        3 => "\"\\ud83d\"",
        4 => "true",
        5 => "1e999999",
        6 => $"[{OddValue(random, depth - 1)},{OddValue(random, depth - 1)}]",
        7 => $"{{\"a\":{OddValue(random, depth - 1)},\"a\":{OddValue(random, depth - 1)}}}",
        _ => new string('[', random.Next(100)) + new string(']', random.Next(100)),
    };

    private static HttpRequestMessage Post(byte[] body) => new(HttpMethod.Post, "")
    {
        Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
    };
}
