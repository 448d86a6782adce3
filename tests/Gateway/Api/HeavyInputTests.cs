using System.Text.Json.Nodes;

namespace OnlineSafetyTrust.Gateway.Tests.Api;

/// <summary>Every place for a text or a list in the real schema, filled with as much as a request may carry: it is answered in time, and by no crash.</summary>
public sealed class HeavyInputTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private const int Bytes = 900_000;
    private static readonly string Words = string.Concat(Enumerable.Repeat("s ", Bytes / 2));

    [Theory]
    [InlineData(Role.Dsl)]
    [InlineData(Role.KeyWorker)]
    public async Task What_is_too_much_is_answered_in_time(Role role)
    {
        var documents = new Documents(await Shape.ReadAsync(world));
        var wrong = new List<string>();
        var asked = 0;
        foreach (var place in documents.Places(v => v.Type.IsList || v.Type.Named == "String"))
        {
            var operation = documents.Write(place.Field, place.Mutation, p => p.Count <= place.Path.Count ? world.First.IdOf(TenancyWalk.TypesOf(p[^1], place.Field.Name)[0]) : null, (place.Path, Heavy(place.Value)));
            using var response = await world.Gateway.PostAsync(operation.Document, operation.Variables, world.First.TokenOf(role));
            var answer = await response.Content.ReadAsStringAsync();
            if (answer.Contains("\"INTERNAL\"", StringComparison.Ordinal) || answer.Contains("HC0045", StringComparison.Ordinal) || (int)response.StatusCode is not (200 or 400 or 413))
            {
                wrong.Add($"{place}: {(int)response.StatusCode} {answer[..Math.Min(300, answer.Length)]}");
            }

            asked++;
        }

        Assert.True(asked > 100, $"Only {asked} places for texts and lists were found.");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task A_search_of_many_words_is_refused_by_name()
    {
        foreach (var search in (string[])["a b c d e f", new string('a', 101)])
        {
            var answer = await world.Gateway.QueryAsync("query($search: String) { pupils(filter: { search: $search }) { nodes { name } } }", new { search }, world.First.TokenOf(Role.Dsl));
            Assert.Equal("SEARCH_TOO_LONG", answer.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        }
    }

    [Fact]
    public async Task More_records_than_a_command_may_name_are_refused_at_the_first_that_is_too_many()
    {
        var schema = await Shape.ReadAsync(world);
        var incidents = new JsonArray([.. Enumerable.Repeat(world.First.IdOf("Incident"), 101).Select(i => JsonValue.Create(i))]);
        var draft = new Documents(schema).Write(schema.Mutations.Single(m => m.Name == "draftStrategy"), true, p => world.First.IdOf(TenancyWalk.TypesOf(p[^1], "draftStrategy")[0]), (["input", "incidents"], incidents));

        var answer = await world.DataAsync(draft.Document, world.First.TokenOf(Role.Dsl), draft.Variables);

        Assert.Contains("\"TOO_MANY\"", answer.ToString(), StringComparison.Ordinal);
        Assert.Matches("\"path\":\\[\"input\",\"incidents\",\"[0-9]+\"\\]", answer.ToString());
    }

    private static JsonNode Heavy(FieldShape value) => !value.Type.IsList ? JsonValue.Create(Words)! : value.Type.Named switch
    {
        "ID" => Many(() => JsonValue.Create(ApiWorld.Id("Incident", Guid.CreateVersion7())), 15_000),
        "String" => Many(() => JsonValue.Create("s"), 200_000),
        "Int" => Many(() => JsonValue.Create(1), 400_000),
        "LocalDate" => Many(() => JsonValue.Create("2026-11-02"), 60_000),
        // Enums and inputs: whatever is refused first.
        _ => Many(() => new JsonObject(), 200_000),
    };

    private static JsonArray Many(Func<JsonNode> item, int count) => [.. Enumerable.Range(0, count).Select(_ => item())];
}
