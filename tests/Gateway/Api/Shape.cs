using System.Text.Json;

namespace OnlineSafetyTrust.Gateway.Tests.Api;

/// <summary>A type with its wrappers as text, and its innermost name.</summary>
internal sealed record TypeShape(string Text, string Named, string Kind)
{
    public bool Required => Text.EndsWith('!');

    public bool IsList => Text.StartsWith('[');
}

/// <param name="Needed">An argument that cannot be left out.</param>
internal sealed record FieldShape(string Name, string? Description, TypeShape Type, IReadOnlyList<FieldShape> Arguments, bool Needed)
{
    /// <summary>It can be asked without arguments.</summary>
    public bool Bare => !Arguments.Any(a => a.Needed);
}

/// <summary>The schema as introspection tells it: what walks over every field go by.</summary>
internal sealed class Shape
{
    private const string Question = """
        query { __schema { types { kind name isOneOf interfaces { name }
          fields { name description type { ...T } args { name defaultValue type { ...T } } }
          inputFields { name type { ...T } }
          enumValues { name } } } }
        fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } }
        """;

    private readonly Dictionary<string, JsonElement> _types;

    private Shape(JsonElement types) => _types = types.EnumerateArray().ToDictionary(t => t.GetProperty("name").GetString()!);

    public IReadOnlyList<FieldShape> Queries => Fields("Query");

    public IReadOnlyList<FieldShape> Mutations => Fields("Mutation");

    public IReadOnlyList<FieldShape> Subscriptions => Fields("Subscription");

    public static Task<Shape> ReadAsync(ApiWorld world) => ReadAsync(world.Gateway, world.First.TokenOf(Role.Dsl));

    public static async Task<Shape> ReadAsync(RunningGateway gateway, string token) =>
        new((await gateway.QueryAsync(Question, token: token)).GetProperty("data").GetProperty("__schema").GetProperty("types"));

    public IReadOnlyList<FieldShape> Fields(string type) => Read(type, "fields");

    public IReadOnlyList<FieldShape> Inputs(string type) => Read(type, "inputFields");

    public IEnumerable<string> InputTypes => _types.Values.Where(t => t.GetProperty("kind").GetString() == "INPUT_OBJECT").Select(t => t.GetProperty("name").GetString()!);

    public IEnumerable<string> ObjectTypes => _types.Values.Where(t => t.GetProperty("kind").GetString() == "OBJECT").Select(t => t.GetProperty("name").GetString()!);

    public bool IsNode(string type) => _types[type].GetProperty("interfaces") is { ValueKind: JsonValueKind.Array } all && all.EnumerateArray().Any(i => i.GetProperty("name").GetString() == "Node");

    public bool IsOneOf(string type) => _types[type].GetProperty("isOneOf") is { ValueKind: JsonValueKind.True };

    public IEnumerable<string> Values(string type) => _types[type].GetProperty("enumValues").EnumerateArray().Select(v => v.GetProperty("name").GetString()!);

    public string FirstValue(string type) => Values(type).First();

    private FieldShape[] Read(string type, string members) =>
        _types[type].GetProperty(members) is { ValueKind: JsonValueKind.Array } fields ? [.. fields.EnumerateArray().Select(Field)] : [];

    private static FieldShape Field(JsonElement field)
    {
        var type = Type(field.GetProperty("type"));
        return new(
            field.GetProperty("name").GetString()!,
            field.TryGetProperty("description", out var description) ? description.GetString() : null,
            type,
            field.TryGetProperty("args", out var args) ? [.. args.EnumerateArray().Select(Field)] : [],
            type.Required && !(field.TryGetProperty("defaultValue", out var @default) && @default.ValueKind == JsonValueKind.String));
    }

    private static TypeShape Type(JsonElement type)
    {
        var kind = type.GetProperty("kind").GetString()!;
        if (kind is "NON_NULL" or "LIST")
        {
            var inner = Type(type.GetProperty("ofType"));
            return inner with { Text = kind == "LIST" ? $"[{inner.Text}]" : inner.Text + "!" };
        }

        var name = type.GetProperty("name").GetString()!;
        return new TypeShape(name, name, kind);
    }
}
