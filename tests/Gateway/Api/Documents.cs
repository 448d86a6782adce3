using System.Text.Json.Nodes;

namespace OnlineSafetyTrust.Gateway.Tests.Api;

/// <summary>An operation on one root field.</summary>
internal sealed record Operation(FieldShape Field, string Document, JsonObject Variables);

/// <summary>A place for a value among the arguments of a root field, from the argument's name on.</summary>
internal sealed record InputPlace(FieldShape Field, bool Mutation, IReadOnlyList<string> Path, FieldShape Value)
{
    public override string ToString() => $"{Field.Name}({string.Join(".", Path)})";
}

/// <summary>Writes operations for every root field from the schema alone.</summary>
internal sealed class Documents(Shape schema)
{
    private const int Deepest = 2;
    private (IReadOnlyList<string> Path, JsonNode Value)? _instead;

    public IEnumerable<InputPlace> IdPlaces() => Places(v => v.Type.Named == "ID");

    /// <summary>Where a school is named by its number: the one key that is no id.</summary>
    public IEnumerable<InputPlace> UrnPlaces() => Places(v => v is { Name: "urn", Type.Named: "String" });

    public IEnumerable<InputPlace> Places(Predicate<FieldShape> which) => schema.Queries.SelectMany(f => Places(f, false, which)).Concat(schema.Mutations.SelectMany(f => Places(f, true, which)));

    /// <param name="id">The id for a place; null leaves an optional one out.</param>
    /// <param name="instead">A value for the place that gets another than its example.</param>
    public Operation Write(FieldShape field, bool mutation, Func<IReadOnlyList<string>, string?> id, (IReadOnlyList<string> Path, JsonNode Value)? instead = null)
    {
        _instead = instead;
        var variables = new JsonObject();
        foreach (var argument in field.Arguments)
        {
            if (Value(argument, [argument.Name], id) is { } value)
            {
                variables[argument.Name] = value;
            }
        }

        // A literal: the price of a page whose size is a variable is that of the largest.
        var pages = variables.Remove("first") ? "first: 1" : "";
        var used = field.Arguments.Where(a => variables.ContainsKey(a.Name)).ToList();
        var declared = used.Count == 0 ? "" : $"({string.Join(", ", used.Select(a => $"${a.Name}: {a.Type.Text}"))})";
        string[] given = [.. used.Select(a => $"{a.Name}: ${a.Name}"), .. pages.Length == 0 ? Array.Empty<string>() : [pages]];
        var passed = given.Length == 0 ? "" : $"({string.Join(", ", given)})";
        return new Operation(field, $"{(mutation ? "mutation" : "query")}{declared} {{ {field.Name}{passed} {Selection(field.Type, 0)} }}", variables);
    }

    private IEnumerable<InputPlace> Places(FieldShape field, bool mutation, Predicate<FieldShape> which) =>
        field.Arguments.SelectMany(a => Leaves(a, [a.Name], which)).Select(p => new InputPlace(field, mutation, p.Path, p.Value));

    private IEnumerable<(IReadOnlyList<string> Path, FieldShape Value)> Leaves(FieldShape value, IReadOnlyList<string> path, Predicate<FieldShape> which) =>
        (which(value) ? [(path, value)] : Array.Empty<(IReadOnlyList<string>, FieldShape)>())
            .Concat(value.Type.Kind == "INPUT_OBJECT" ? schema.Inputs(value.Type.Named).SelectMany(f => Leaves(f, [.. path, f.Name], which)) : []);

    private JsonNode? Value(FieldShape value, IReadOnlyList<string> path, Func<IReadOnlyList<string>, string?> id)
    {
        if (_instead is { } other && path.SequenceEqual(other.Path))
        {
            return other.Value;
        }

        JsonNode? one = value.Type switch
        {
            { Named: "ID" } => id(path) is { } text ? JsonValue.Create(text) : null,
            _ when value.Name == "first" => JsonValue.Create(1),
            { Kind: "INPUT_OBJECT" } => Object(value, path, id),
            { Required: false } => null,
            // The units that everybody may ask by.
            { Kind: "ENUM", Named: "TrendUnit" } => "MONTH",
            { Kind: "ENUM" } => JsonValue.Create(schema.FirstValue(value.Type.Named)),
            { Named: "String" } => JsonValue.Create("Text"),
            { Named: "Int" } => JsonValue.Create(1),
            { Named: "Long" } => JsonValue.Create(1),
            { Named: "Boolean" } => JsonValue.Create(true),
            { Named: "DateTime" } => JsonValue.Create("2026-11-01T09:00:00Z"),
            { Named: "LocalDate" } => JsonValue.Create("2026-11-02"),
            { Named: "LocalTime" } => JsonValue.Create("15:30:00"),
            _ => throw new InvalidOperationException($"No example of {value.Type.Text} at {string.Join(".", path)}."),
        };
        return one is null ? (value.Type is { Required: true, IsList: true } ? new JsonArray() : (JsonNode?)null) : value.Type.IsList ? new JsonArray(one) : one;
    }

    // An optional object is written when it holds the id that is asked for.
    private JsonObject? Object(FieldShape value, IReadOnlyList<string> path, Func<IReadOnlyList<string>, string?> id)
    {
        var written = new JsonObject();
        var oneOf = schema.IsOneOf(value.Type.Named);
        foreach (var field in schema.Inputs(value.Type.Named))
        {
            if (!(oneOf && written.Count == 1) && Value(field, [.. path, field.Name], id) is { } inner)
            {
                written[field.Name] = inner;
            }
        }

        if (oneOf && written.Count == 0 && schema.Inputs(value.Type.Named) is [{ Type.Named: "String" } text, ..])
        {
            written[text.Name] = "Text";
        }

        var isAsked = Leaves(value, path, v => v.Type.Named == "ID").Any(p => id(p.Path) is not null)
            || (_instead is { } other && other.Path.Take(path.Count).SequenceEqual(path));
        return value.Type.Required || isAsked ? written : null;
    }

    private string Selection(TypeShape type, int depth)
    {
        if (type.Kind is "SCALAR" or "ENUM")
        {
            return "";
        }

        var fields = schema.Fields(type.Named)
            .Where(f => f.Bare && (f.Type.Kind is "SCALAR" or "ENUM" || depth < Deepest))
            .Select(f => $"{f.Name} {Selection(f.Type, depth + 1)}");
        return $"{{ __typename {string.Join(" ", fields)} }}";
    }
}
