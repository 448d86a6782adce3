using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.GraphQL.Tests.Parity;

namespace OnlineSafetyTrust.GraphQL.Tests.Execution;

public sealed class IntrospectionTests
{
    /// <summary>What GraphiQL sends, from graphql-js <c>getIntrospectionQuery</c>.</summary>
    public const string GraphiQL = """
        query IntrospectionQuery {
          __schema {
            queryType { name kind } mutationType { name kind } subscriptionType { name kind }
            types { ...FullType }
            directives { name description locations args { ...InputValue } }
          }
        }
        fragment FullType on __Type {
          kind name description
          fields(includeDeprecated: true) { name description args { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason }
          inputFields { ...InputValue }
          interfaces { ...TypeRef }
          enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
          possibleTypes { ...TypeRef }
        }
        fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue }
        fragment TypeRef on __Type {
          kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name
            ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } }
        }
        """;

    private static async Task<JsonElement> AskAsync(string query)
    {
        await using var services = new ServiceCollection().AddExample(b => b.DisableIntrospection(false)).BuildServiceProvider();
        var executor = await services.GetRequestExecutorAsync();
        var first = (await executor.ExecuteAsync(query)).ToJson();

        // The second answer comes from the plan's constant.
        Assert.Equal(first, (await executor.ExecuteAsync(query)).ToJson());
        return JsonElement.Parse(first);
    }

    [Fact]
    public async Task GraphiQL_reads_the_whole_schema()
    {
        var json = await AskAsync(GraphiQL);

        Assert.False(json.TryGetProperty("errors", out _));
        var types = json.GetProperty("data").GetProperty("__schema").GetProperty("types").EnumerateArray().ToDictionary(t => t.GetProperty("name").GetString()!);
        Assert.Equal("INPUT_OBJECT", types["IncidentFilterInput"].GetProperty("kind").GetString());
        Assert.Equal(["IncidentClosed", "NotAllowed"], types["UserError"].GetProperty("possibleTypes").EnumerateArray().Select(t => t.GetProperty("name").GetString()).Order());
        var year = types["Pupil"].GetProperty("fields").EnumerateArray().Single(f => f.GetProperty("name").GetString() == "year");
        Assert.Equal("use yearGroup", year.GetProperty("deprecationReason").GetString());
        Assert.Contains("__Type", types.Keys);
    }

    [Fact]
    public async Task Deprecated_fields_are_left_out_unless_asked_for()
    {
        var json = await AskAsync("""{ __type(name: "Pupil") { fields { name } } none: __type(name: "None") { name } }""");

        Assert.DoesNotContain("year\"", json.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, json.GetProperty("data").GetProperty("none").ValueKind);
    }
}
