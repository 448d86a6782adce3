#pragma warning disable CA1822 // Resolvers are instance methods.
using System.Text.Json;

namespace OnlineSafetyTrust.GraphQL.Tests.Execution;

/// <summary>What is refused, in words that say where and how to do better.</summary>
public sealed class RefusalTests
{
    public sealed record Lesson(TimeOnly From, string Name);

    [Node]
    public sealed record Thing(string Id)
    {
        [NodeResolver]
        public static async Task<Thing?> GetAsync(string id)
        {
            await Task.Yield();
            return id switch { "none" => null, "bad" => throw new InvalidOperationException("secret"), _ => new Thing(id) };
        }
    }

    [ExtendObjectType(OperationTypeNames.Query)]
    public sealed class Query
    {
        public string Echo(string text) => text;

        public string Same([ID] string id) => id;

        public string Plan(Lesson lesson) => lesson.Name;

        public Thing Thing(string id) => new(id);

        public IReadOnlyList<Thing> Things(int count) => [.. Enumerable.Range(0, count).Select(i => new Thing($"{i}"))];
    }

    [Fact]
    public async Task Null_is_no_answer_to_whether_a_field_is_included()
    {
        await using var server = Server.Of<Query>(b => b.AddGlobalObjectIdentification().AddTypeExtension<ThingFields>());
        const string query = "query($x: Boolean = true) { echo(text: \"a\") @include(if: $x) }";

        Assert.Equal("""{"data":{"echo":"a"}}""", await server.AskAsync(query));
        var refused = await server.AskAsync(query, """{"x":null}""");
        Assert.Contains("Variable `x` decides on @skip or @include and must not be null.", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("data", refused, StringComparison.Ordinal);
    }

    [ExtendObjectType(typeof(Thing))]
    public sealed class ThingFields
    {
        public Task<string?> BrokenAsync() => throw new InvalidOperationException();
    }

    private static Server Make() => Server.Of<Query>(b => b.AddTypeExtension<ThingFields>().AddGlobalObjectIdentification());

    [Fact]
    public async Task A_text_with_the_character_zero_is_no_text()
    {
        await using var server = Make();
        const string Query = "query($t: String!) { echo(text: $t) }";

        Assert.Contains("`t`: The value is not of type", await server.AskAsync(Query, """{"t":"a\u0000b"}"""), StringComparison.Ordinal);
        Assert.Contains("`t`: The value is not of type", await server.AskAsync("query($t: ID!) { same(id: $t) }", """{"t":"a\u0000b"}"""), StringComparison.Ordinal);
        Assert.DoesNotContain("errors", await server.AskAsync(Query, """{"t":"a\u0001b"}"""), StringComparison.Ordinal);
        Assert.Contains("errors", await server.AskAsync("""{ echo(text: "a\u0000b") }"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_variable_that_does_not_fit_is_named_with_the_form_it_should_have()
    {
        await using var server = Make();

        var answer = await server.AskAsync("query($l: LessonInput!) { plan(lesson: $l) }", """{"l":{"from":"half past three","name":"secret"}}""");

        Assert.Contains("`l.from`: The value is not of type `LocalTime`: A time of day, as 15:30:00.", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("half past", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_node_that_cannot_be_fetched_leaves_the_others()
    {
        await using var server = Make();
        var ids = new List<string>();
        foreach (var id in (string[])["one", "bad", "none", "two"])
        {
            ids.Add(JsonElement.Parse(await server.AskAsync($$"""{ thing(id: "{{id}}") { id } }""")).GetProperty("data").GetProperty("thing").GetProperty("id").GetString()!);
        }

        ids.Add(Convert.ToBase64String("Other:1"u8));
        var answer = JsonElement.Parse(await server.AskAsync("query($i: [ID!]!) { nodes(ids: $i) { id } echo(text: \"still here\") }", JsonSerializer.Serialize(new { i = ids })));

        var data = answer.GetProperty("data");
        Assert.Equal("still here", data.GetProperty("echo").GetString());
        Assert.Equal([ids[0], null, null, ids[3], null], data.GetProperty("nodes").EnumerateArray().Select(n => n.ValueKind == JsonValueKind.Null ? null : n.GetProperty("id").GetString()));
        Assert.Equal(["""["nodes",1]""", """["nodes",4]"""], answer.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("path").GetRawText()));
        Assert.DoesNotContain("secret", answer.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_field_under_a_hundred_conditions_is_refused()
    {
        await using var server = Make();
        var names = Enumerable.Range(0, 7).Select(i => $"v{i}").ToArray();
        var nested = string.Join(' ', Enumerable.Range(1, 100).Select(i => Under([.. names.Where((_, bit) => (i & (1 << bit)) != 0)], "id")));
        var query = $"query({string.Join(' ', names.Select(n => $"${n}: Boolean = false"))}) {{ thing(id: \"1\") {{ {nested} }} }}";

        Assert.Contains("more than 64 different conditions", await server.AskAsync(query), StringComparison.Ordinal);

        static string Under(string[] names, string field) => names.Length == 0 ? field : $"... @include(if: ${names[0]}) {{ {Under(names[1..], field)} }}";
    }

    [Fact]
    public async Task Errors_beyond_two_hundred_are_left_out_and_it_is_said()
    {
        await using var server = Make();

        var errors = JsonElement.Parse(await server.AskAsync("{ things(count: 1000) { broken } }")).GetProperty("errors");

        Assert.Equal(201, errors.GetArrayLength());
        Assert.Equal("There were more errors; they are left out.", errors[200].GetProperty("message").GetString());
    }

    [Fact]
    public async Task Only_stored_documents_without_a_store_is_no_setting()
    {
        await using var server = Server.Of<Query>(b => b.ModifyRequestOptions(o => o.PersistedOperations.OnlyAllowPersistedDocuments = true));

        await Assert.ThrowsAsync<InvalidOperationException>(() => server.AskAsync("{ __typename }"));
    }
}
