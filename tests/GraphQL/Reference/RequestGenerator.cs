using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OnlineSafetyTrust.Embedded.GraphQL.Types;
using OnlineSafetyTrust.Embedded.GraphQL.Validation;

namespace OnlineSafetyTrust.GraphQL.Tests.Reference;

/// <summary>A request as a client sends it.</summary>
public sealed record Request(string Query, string? Variables = null, string? OperationName = null);

/// <summary>
/// Random requests for any schema, most of them sound: fields, arguments, fragments, conditions and variables of every
/// kind are drawn from the types. About one in eight has something that does not fit.
/// </summary>
internal sealed class RequestGenerator
{
    private static readonly string[] s_nonsense = ["\"nonsense\"", "-7", "2.5", "true", "null", "[]", "{}", "[[1]]", "GRAM", "99999999999", "{id: null}", "{id: 1, urn: 2}"];
    private static readonly string[] s_jsonNonsense = ["\"nonsense\"", "-7", "2.5", "true", "null", "[]", "{}", "[[1]]", "99999999999", "{\"id\":null}", "{\"id\":1,\"urn\":2}", "[null]"];

    private readonly Schema _schema;
    private readonly Random _random;
    private readonly NamedType[] _composites;
    private readonly List<(string Name, string Type, string? Default, string? Json)> _variables = [];
    private readonly List<(string Name, NamedType On, string Text)> _fragments = [];
    private readonly string[] _ids;
    private readonly bool _isSound;

    /// <param name="schema">What is asked.</param>
    /// <param name="seed">The same seed asks the same.</param>
    /// <param name="ids">Ids that the schema takes, as JSON and GraphQL text; null where any will do.</param>
    public RequestGenerator(Schema schema, int seed, string[]? ids = null)
    {
        (_schema, _random, _ids) = (schema, new(seed), ids ?? ["\"a\"", "7", "-1", "\"i 1\""]);
        _isSound = !Chance(8);
        _composites = [.. schema.Types.Where(t => t.IsComposite && !t.Name.StartsWith("__", StringComparison.Ordinal) && t != schema.Query && t != schema.Mutation && t != schema.Subscription)];
    }

    public Request Next()
    {
        var isMutation = _schema.Mutation is not null && Chance(6);
        var body = SelectionSet(isMutation ? _schema.Mutation! : _schema.Query, 4);
        var text = new StringBuilder(isMutation ? "mutation Q" : "query Q");
        if (_variables.Count > 0)
        {
            text.Append('(').AppendJoin(' ', _variables.Select(v => $"${v.Name}: {v.Type}{(v.Default is null ? "" : $" = {v.Default}")}")).Append(')');
        }

        text.Append(' ').Append(body);
        foreach (var (name, on, selections) in _fragments)
        {
            text.Append($" fragment {name} on {on} {selections}");
        }

        var several = Chance(12);
        if (several)
        {
            text.Append(" query Other { __typename }");
        }

        var given = string.Join(',', _variables.Where(v => v.Json is not null).Select(v => $"\"{v.Name}\":{v.Json}"));
        return new(text.ToString(), _variables.Count == 0 ? null : $"{{{given}}}", several && (_isSound || Chance(2)) ? "Q" : null);
    }

    private string SelectionSet(NamedType type, int depth)
    {
        var text = new StringBuilder("{ ");
        for (var i = _random.Next(1, 5); i > 0; i--)
        {
            text.Append(Selection(type, depth)).Append(' ');
        }

        return text.Append('}').ToString();
    }

    private string Selection(NamedType type, int depth)
    {
        var kind = _random.Next(12);
        var fitting = _composites.Where(c => TypeRelations.Overlap(_schema, type, c)).Append(type).ToArray();
        if (kind <= 1 && depth > 0)
        {
            var on = Pick(fitting);
            return $"... {(on == type && Chance(2) ? "" : $"on {on}")}{Conditions()} {SelectionSet(on, depth - 1)}";
        }

        if (kind == 2 && depth > 0 && _fragments.Count < 4)
        {
            var on = Pick(fitting);
            var selections = SelectionSet(on, depth - 2);
            _fragments.Add(($"F{_fragments.Count}", on, selections));
        }

        if (kind <= 3 && _fragments.FindAll(f => fitting.Contains(f.On)) is { Count: > 0 } known)
        {
            return $"...{known[_random.Next(known.Count)].Name}{Conditions()}";
        }

        return Field(type, depth);
    }

    private string Field(NamedType type, int depth)
    {
        var fields = type is FieldsType own ? own.Fields.Where(f => depth > 0 || f.Type.Named.IsLeaf).ToArray() : [];
        if (fields.Length == 0 || Chance(14))
        {
            return !_isSound && Chance(6) ? "nothing" : $"{(Chance(3) ? "kind: " : "")}__typename{Conditions()}";
        }

        var field = Pick(fields);
        var given = field.Arguments.Where(a => (a.IsRequired && (_isSound || !Chance(20))) || Chance(3)).Select(a => $"{a.Name}: {Argument(a)}").ToArray();
        var arguments = given.Length > 0 ? $"({string.Join(' ', given)})" : "";

        // Fields that differ in their arguments need names that do.
        var alias = arguments.Length > 0 && (_isSound || !Chance(4)) ? string.Create(CultureInfo.InvariantCulture, $"{field.Name}_{Fate.Hash(0, arguments) % 10_000}: ")
            : Chance(8) ? $"{field.Name}_x: " : "";
        var below = field.Type.Named.IsComposite ? $" {SelectionSet(field.Type.Named, depth - 1)}" : "";
        return $"{alias}{field.Name}{arguments}{Conditions()}{below}";
    }

    private string Conditions()
    {
        if (!Chance(9))
        {
            return "";
        }

        var text = new StringBuilder();
        foreach (var name in Chance(4) ? ["skip", "include"] : new[] { Chance(2) ? "skip" : "include" })
        {
            var value = Chance(4) ? Pick(["true", "false"]) : $"${Flag()}";
            text.Append($" @{name}(if: {value})");
        }

        return text.ToString();
    }

    private string Flag()
    {
        var name = $"flag{_random.Next(3)}";
        if (!_variables.Exists(v => v.Name == name))
        {
            _variables.Add(Chance(4)
                ? (name, "Boolean", Pick(["true", "false"]), null)
                : (name, "Boolean!", null, Pick(["true", "false"])));
        }

        return $"{name}";
    }

    private string Argument(InputValueDefinition argument) => Chance(3) ? Variable(argument.Type, argument.HasDefault) : Literal(argument.Type, 3);

    private string Variable(GraphQLType type, bool hasDefault)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"v{_variables.Count}");
        var (declared, preset) = type.IsNonNull && Chance(2)
            ? hasDefault && Chance(2) ? (type.Nullable, null) : (type.Nullable, Literal(type, 2, isConstant: true))
            : Chance(3) && !type.IsNonNull ? (type.NonNull, null)
            : (type, Chance(3) ? Literal(type, 2, isConstant: true) : null);
        var json = !declared.IsNonNull && Chance(3) ? Chance(2) && (_isSound ? !type.IsNonNull : true) ? "null" : null
            : _isSound || !Chance(4) ? Json(declared, 3).ToJsonString() : Pick(s_jsonNonsense);
        if (json is null && type.IsNonNull && preset is null && !hasDefault)
        {
            json = Json(type, 3).ToJsonString();
        }

        _variables.Add((name, declared.ToString()!, preset, json));
        return $"${name}";
    }

    private string Literal(GraphQLType type, int depth, bool isConstant = false)
    {
        if (!type.IsNonNull && Chance(8))
        {
            return "null";
        }

        if (!_isSound && Chance(10))
        {
            return Pick(s_nonsense);
        }

        if (!isConstant && depth < 3 && Chance(5))
        {
            return Variable(type, hasDefault: false);
        }

        switch (type.Nullable)
        {
            case ListType list:
                return Chance(6) ? Literal(list.OfType.Nullable.NonNull, depth - 1, isConstant: true)
                    : $"[{string.Join(", ", Enumerable.Range(0, _random.Next(4)).Select(_ => Literal(list.OfType, depth - 1, isConstant)))}]";
            case InputObjectType { IsOneOf: true } o:
                var one = Pick([.. o.Fields]);
                return $"{{{one.Name}: {Literal(one.Type.Nullable.NonNull, depth - 1, isConstant)}}}";
            case InputObjectType o:
                return $"{{{string.Join(", ", o.Fields.Where(f => f.IsRequired || (depth > 0 && Chance(3))).Select(f => $"{f.Name}: {Literal(f.Type, depth - 1, isConstant)}"))}}}";
            case EnumType e:
                return Pick([.. e.Values]).Name;
            default:
                return type.Named.Name switch
                {
                    "Int" => Pick(["0", "-3", "2147483647", "42"]),
                    "Float" => Pick(["1.5", "-2", "1e3", "0.1", "123456789012"]),
                    "Boolean" => Pick(["true", "false"]),
                    "String" => Pick(["\"\"", "\"é😀 {\"", "\"\"\"\n  block \\\"\"\"\n    text\n  \"\"\"", "\"\\u00e9\\u{1F600}\\n\""]),
                    "ID" => Pick(_ids),
                    "LocalDate" => Pick(["\"2026-11-02\"", "\"2024-02-29\"", .. _isSound ? [] : new[] { "\"2023-02-29\"", "\"2026-13-01\"" }]),
                    "UUID" => Pick(["\"01890a5d-ac96-774b-bcce-b302099a8057\"", "\"01890A5DAC96774BBCCEB302099A8057\""]),
                    _ => "null",
                };
        }
    }

    private JsonNode Json(GraphQLType type, int depth)
    {
        switch (type.Nullable)
        {
            case ListType list:
                return Chance(6) && list.OfType.Nullable is not ListType
                    ? Json(list.OfType, depth - 1)
                    : new JsonArray([.. Enumerable.Range(0, _random.Next(4)).Select(_ => list.OfType.IsNonNull || !Chance(5) ? Json(list.OfType, depth - 1) : null)]);
            case InputObjectType { IsOneOf: true } o:
                var one = Pick([.. o.Fields]);
                return new JsonObject { [one.Name] = Json(one.Type, depth - 1) };
            case InputObjectType o:
                var made = new JsonObject();
                foreach (var field in o.Fields.Where(f => f.IsRequired || (depth > 0 && Chance(3))))
                {
                    made[field.Name] = !field.Type.IsNonNull && Chance(6) ? null : Json(field.Type, depth - 1);
                }

                if (!_isSound && Chance(6))
                {
                    made["surplus"] = 1;
                }

                return made;
            case EnumType e:
                return Pick([.. e.Values]).Name;
            default:
                return JsonNode.Parse(type.Named.Name switch
                {
                    "Int" => Pick(["0", "-3", "2147483647", "2.0", "1e3"]),
                    "Float" => Pick(["1.5", "-2", "1e3", "0.1", "123456789012"]),
                    "Boolean" => Pick(["true", "false"]),
                    "ID" => Pick(_ids),
                    "LocalDate" => Pick(["\"2026-11-02\"", "\"2024-02-29\"", .. _isSound ? [] : new[] { "\"2023-02-29\"", "5" }]),
                    "UUID" => Pick(["\"01890a5d-ac96-774b-bcce-b302099a8057\"", "\"01890A5DAC96774BBCCEB302099A8057\""]),
                    _ => JsonSerializer.Serialize(Pick(["", "é😀 {", "line\nbreak"])),
                })!;
        }
    }

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    private T Pick<T>(T[] from) => from[_random.Next(from.Length)];
}
