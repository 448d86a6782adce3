using System.Text;
using OnlineSafetyTrust.Embedded.GraphQL.Building;
using OnlineSafetyTrust.Embedded.GraphQL.Types;

namespace OnlineSafetyTrust.Embedded.GraphQL.Introspection;

/// <summary>The schema as SDL, in the order and form that Hot Chocolate prints it.</summary>
internal sealed class SchemaPrinter
{
    private readonly StringBuilder _text = new();
    private readonly bool _descriptions;

    private SchemaPrinter(bool descriptions) => _descriptions = descriptions;

    public static string Print(Schema schema, bool descriptions = true)
    {
        var printer = new SchemaPrinter(descriptions);
        printer.Roots(schema);
        printer.Each(schema.Types.OfType<InterfaceType>(), printer.Interface);
        printer.Each(schema.Types.OfType<ObjectType>(), printer.Object);
        printer.Each(schema.Types.OfType<UnionType>(), printer.Union);
        printer.Each(schema.Types.OfType<InputObjectType>(), printer.Input);
        printer.Each(schema.Types.OfType<EnumType>(), printer.Enum);
        foreach (var directive in schema.Directives.Where(d => !d.IsBuiltIn).OrderBy(d => d.Name, StringComparer.Ordinal))
        {
            printer.Directive(directive);
        }

        printer.Each(schema.Types.OfType<ScalarType>(), printer.Scalar);
        return printer._text.ToString();
    }

    private void Each<T>(IEnumerable<T> types, Action<T> print)
        where T : NamedType
    {
        foreach (var type in types.Where(t => !t.IsBuiltIn).OrderBy(t => t.Name, StringComparer.Ordinal))
        {
            _text.Append('\n');
            Description(type.Description, "");
            print(type);
            _text.Append('\n');
        }
    }

    private void Roots(Schema schema)
    {
        _text.Append("schema {\n  query: ").Append(schema.Query.Name).Append('\n');
        if (schema.Mutation is not null)
        {
            _text.Append("  mutation: ").Append(schema.Mutation.Name).Append('\n');
        }

        if (schema.Subscription is not null)
        {
            _text.Append("  subscription: ").Append(schema.Subscription.Name).Append('\n');
        }

        _text.Append("}\n");
    }

    private void Interface(InterfaceType type) => Composite("interface ", type);

    private void Object(ObjectType type) => Composite("type ", type);

    private void Composite(string keyword, FieldsType type)
    {
        _text.Append(keyword).Append(type.Name);
        if (type.Interfaces.Count > 0)
        {
            _text.Append(" implements ").AppendJoin(" & ", type.Interfaces.Select(i => i.Name));
        }

        Applied(type.Directives);
        _text.Append(" {\n");
        foreach (var field in type.Fields)
        {
            Description(field.Description, "  ");
            _text.Append("  ").Append(field.Name);
            Arguments(field.Arguments);
            _text.Append(": ").Append(field.Type);
            Applied(field.Directives);
            Deprecated(field.DeprecationReason);
            _text.Append('\n');
        }

        _text.Append('}');
    }

    private void Union(UnionType type) => _text.Append("union ").Append(type.Name).Append(" = ").AppendJoin(" | ", type.Members.Select(m => m.Name));

    private void Input(InputObjectType type)
    {
        _text.Append("input ").Append(type.Name).Append(type.IsOneOf ? " @oneOf {\n" : " {\n");
        foreach (var field in type.Fields)
        {
            Description(field.Description, "  ");
            _text.Append("  ");
            InputValue(field);
            _text.Append('\n');
        }

        _text.Append('}');
    }

    private void Enum(EnumType type)
    {
        _text.Append("enum ").Append(type.Name).Append(" {\n");
        foreach (var value in type.Values)
        {
            Description(value.Description, "  ");
            _text.Append("  ").Append(value.Name);
            Deprecated(value.DeprecationReason);
            _text.Append('\n');
        }

        _text.Append('}');
    }

    private void Scalar(ScalarType type)
    {
        _text.Append("scalar ").Append(type.Name);
        if (_descriptions && type.SpecifiedBy is { } url)
        {
            _text.Append(" @specifiedBy(url: ").Append(Literals.Text(url)).Append(')');
        }
    }

    private void Directive(DirectiveDefinition directive)
    {
        _text.Append('\n');
        Description(directive.Description, "");
        _text.Append("directive @").Append(directive.Name);
        Arguments(directive.Arguments);
        _text.Append(directive.IsRepeatable ? " repeatable on " : " on ").AppendJoin(" | ", System.Enum.GetValues<DirectiveLocations>()
            .Where(l => l != 0 && directive.Locations.HasFlag(l)).Select(l => Naming.ScreamingSnake(l.ToString()))).Append('\n');
    }

    private void Arguments(IReadOnlyList<InputValueDefinition> arguments)
    {
        if (arguments.Count == 0)
        {
            return;
        }

        var separator = '(';
        foreach (var argument in arguments)
        {
            _text.Append(separator);
            if (_descriptions && argument.Description is { } description)
            {
                _text.Append(Literals.Text(description)).Append(' ');
            }

            InputValue(argument);
            separator = ' ';
        }

        _text.Append(')');
    }

    private void InputValue(InputValueDefinition value)
    {
        _text.Append(value.Name).Append(": ").Append(value.Type);
        if (value.DefaultLiteral is { } literal)
        {
            _text.Append(" = ").Append(literal);
        }

        Applied(value.Directives);
        Deprecated(value.DeprecationReason);
    }

    private void Applied(List<AppliedDirective> directives)
    {
        foreach (var directive in directives)
        {
            _text.Append(" @").Append(directive.Name);
            if (directive.Arguments.Count > 0)
            {
                _text.Append('(').AppendJoin(", ", directive.Arguments.Select(a => $"{a.Key}: {a.Value}")).Append(')');
            }
        }
    }

    private void Deprecated(string? reason)
    {
        if (reason is not null)
        {
            _text.Append(" @deprecated(reason: ").Append(Literals.Text(reason)).Append(')');
        }
    }

    private void Description(string? description, string indent)
    {
        if (_descriptions && !string.IsNullOrEmpty(description))
        {
            _text.Append(indent).Append(Literals.Text(description)).Append('\n');
        }
    }
}
