using System.Text;
using OnlineSafetyTrust.Embedded.GraphQL.Types;

namespace OnlineSafetyTrust.GraphQL.Tests.Validation;

/// <summary>
/// Random queries that fit the test schema nearly always, with few aliases and few argument values: what is left to be
/// wrong is how fields merge, which variables there are and where fragments may stand.
/// </summary>
internal sealed class TypedDocumentGenerator(int seed)
{
    private static readonly string[] s_conditions = ["Incident", "Pupil", "Staff", "Person", "Named", "Node", "Subject"];

    private readonly Random _random = new(seed);
    private readonly StringBuilder _text = new();

    public string Document()
    {
        var fragments = Enumerable.Range(0, _random.Next(5)).Select(i => (Name: $"F{i}", Type: i == 0 ? "Query" : Pick(s_conditions))).ToArray();
        SelectionSet(ValidationCase.Schema.Query, 4, fragments);
        for (var i = 0; i < fragments.Length; i++)
        {
            // What nothing uses would be the error of nearly every document; the same goes for variables.
            if (_text.ToString().Contains($"...{fragments[i].Name}", StringComparison.Ordinal))
            {
                _text.Append($" fragment {fragments[i].Name} on {fragments[i].Type} ");
                SelectionSet(ValidationCase.Schema.FindType(fragments[i].Type)!, 2, _random.Next(20) == 0 ? fragments : fragments[(i + 1)..]);
            }
        }

        var text = _text.ToString();
        var strict = _random.Next(5) > 0;
        (string Name, string Type)[] variables = [("$id", strict ? "ID!" : "ID"), ("$int", strict ? "Int = 1" : "Int"), ("$flag", strict ? "Boolean!" : "Boolean")];
        var used = string.Join(' ', variables.Where(v => text.Contains(v.Name, StringComparison.Ordinal)).Select(v => $"{v.Name}: {v.Type}"));
        return used.Length > 0 ? $"query Q({used}) {text}" : text;
    }

    private void SelectionSet(NamedType type, int depth, (string Name, string Type)[] fragments)
    {
        _text.Append("{ ");
        for (var i = _random.Next(1, 5); i > 0; i--)
        {
            var kind = _random.Next(10);
            if (kind == 0 && fragments.Length > 0)
            {
                var fitting = fragments.Where(f => Overlap(type, ValidationCase.Schema.FindType(f.Type)!)).DefaultIfEmpty(fragments[0]).ToArray();
                _text.Append($"...{fitting[_random.Next(fitting.Length)].Name}{Condition()} ");
            }
            else if (kind <= 3 && depth > 0)
            {
                var fitting = s_conditions.Where(c => Overlap(type, ValidationCase.Schema.FindType(c)!)).Append(type.Name).ToArray();
                var condition = Pick(fitting);
                _text.Append($"... on {condition}{Condition()} ");
                SelectionSet(ValidationCase.Schema.FindType(condition)!, depth - 1, fragments);
            }
            else
            {
                Field(type, depth, fragments);
            }
        }

        _text.Append("} ");
    }

    private void Field(NamedType type, int depth, (string Name, string Type)[] fragments)
    {
        var fields = type is FieldsType f ? f.Fields.Where(f => depth > 0 || f.Type.Named.IsLeaf).ToArray() : [];
        if (fields.Length == 0 || _random.Next(12) == 0)
        {
            _text.Append("__typename ");
            return;
        }

        var field = fields[_random.Next(fields.Length)];
        if (_random.Next(4) == 0)
        {
            _text.Append($"{(char)('x' + _random.Next(2))}: ");
        }

        _text.Append(field.Name);
        var arguments = field.Arguments.Where(a => a.IsRequired || _random.Next(5) == 0).Select(a => $"{a.Name}: {Value(a.Type)}").ToArray();
        _text.Append(arguments.Length > 0 ? $"({string.Join(' ', arguments)})" : "").Append(Condition()).Append(' ');
        if (field.Type.Named.IsComposite)
        {
            SelectionSet(field.Type.Named, depth - 1, fragments);
        }
    }

    private string Value(GraphQLType type) => type.ToString() switch
    {
        "ID!" or "ID" => _random.Next(6) == 0 ? "$id" : "1",
        "Int" or "Int!" => _random.Next(4) == 0 ? "$int" : "2",
        "Boolean" => _random.Next(4) == 0 ? "$flag" : "true",
        "Filter" => Pick(["{open: true}", "{nature: [KNOWING], ids: [$id]}", "{and: {text: \"a\"}}"]),
        "Key!" => Pick(["{id: 1}", "{urn: 2}", "{id: $id}"]),
        "[Nature!]!" => "[KNOWING]",
        "Date" => "\"2026-11-02\"",
        "String!" or "String" => "\"s\"",
        "Float" => "1.5",
        _ => "[]",
    };

    private string Condition() => _random.Next(25) == 0 ? " @include(if: $flag)" : "";

    private static bool Overlap(NamedType a, NamedType b) => Embedded.GraphQL.Validation.TypeRelations.Overlap(ValidationCase.Schema, a, b);

    private string Pick(string[] from) => from[_random.Next(from.Length)];
}
