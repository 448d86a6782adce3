using System.Globalization;
using System.Text;
using OnlineSafetyTrust.Embedded.GraphQL.Language;
using OnlineSafetyTrust.Embedded.GraphQL.Types;

namespace OnlineSafetyTrust.GraphQL.Tests.Validation;

/// <summary>
/// Builds a schema from text so that validation tests read like the specification. Only what the tests need of the
/// type system language: no extensions, no directives but <c>@oneOf</c>, no descriptions.
/// </summary>
internal sealed class SchemaText
{
    private readonly byte[] _source;
    private readonly Token[] _tokens;
    private readonly Dictionary<string, NamedType> _types = new(StringComparer.Ordinal);
    private readonly List<DirectiveDefinition> _directives = [];
    private int _next;

    private SchemaText(string sdl)
    {
        _source = Encoding.UTF8.GetBytes(sdl);
        _tokens = Lexer.Tokenize(_source, ParserLimits.Default with { MaxTokens = 100_000, MaxBytes = 1 << 20 }, out _);
    }

    public static Schema Build(string sdl)
    {
        var text = new SchemaText(BuiltIn + sdl);
        text.ForEachDefinition(text.Declare);
        text._next = 0;
        text.ForEachDefinition(text.Define);
        var types = text._types;
        FieldDefinition Meta(string name, GraphQLType type) => new(name, type);
        var typeField = Meta("__type", types["__Type"]);
        typeField.AddArgument(new("name", types["String"].NonNull));
        return new(
            (ObjectType)types["Query"],
            types.GetValueOrDefault("Mutation") as ObjectType,
            types.GetValueOrDefault("Subscription") as ObjectType,
            types.Values,
            text._directives,
            Meta("__typename", types["String"].NonNull),
            Meta("__schema", types["__Schema"].NonNull),
            typeField);
    }

    private const string BuiltIn = """
        scalar Int scalar Float scalar String scalar Boolean scalar ID
        directive @skip(if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
        directive @include(if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
        type __Schema { types: [__Type!]! queryType: __Type! }
        type __Type { name: String kind: String fields(includeDeprecated: Boolean = false): [__Field!] interfaces: [__Type!] possibleTypes: [__Type!] inputFields: [__InputValue!] ofType: __Type }
        type __Field { name: String! type: __Type! args: [__InputValue!]! }
        type __InputValue { name: String! type: __Type! }

        """;

    private void ForEachDefinition(Action<string, string> visit)
    {
        while (_tokens[_next].Kind != TokenKind.EndOfFile)
        {
            var kind = Word();
            if (kind == "directive")
            {
                Take(TokenKind.At);
            }

            visit(kind, Word());
        }
    }

    private void Declare(string kind, string name)
    {
        NamedType? type = kind switch
        {
            "scalar" => new ScalarType(name, Coercion(name)),
            "type" => new ObjectType(name),
            "interface" => new InterfaceType(name),
            "union" => new UnionType(name),
            "enum" => new EnumType(name),
            "input" => new InputObjectType(name),
            _ => null,
        };
        if (type is not null)
        {
            _types.Add(name, type);
        }

        // To the next definition: they never begin inside brackets, and no member is named like a keyword.
        for (var depth = 0; ; _next++)
        {
            var token = _tokens[_next];
            depth += token.Kind is TokenKind.BraceOpen or TokenKind.ParenOpen ? 1 : token.Kind is TokenKind.BraceClose or TokenKind.ParenClose ? -1 : 0;
            if (token.Kind == TokenKind.EndOfFile
                || (depth == 0 && token.Kind == TokenKind.Name && Text(token) is "scalar" or "type" or "interface" or "union" or "enum" or "input" or "directive"))
            {
                return;
            }
        }
    }

    private void Define(string kind, string name)
    {
        switch (kind)
        {
            case "type" or "interface":
                DefineFields((FieldsType)_types[name]);
                break;
            case "union":
                Take(TokenKind.EqualsSign);
                do
                {
                    ((UnionType)_types[name]).Members.Add((ObjectType)_types[Word()]);
                }
                while (Skip(TokenKind.Pipe));
                break;
            case "enum":
                for (Take(TokenKind.BraceOpen); !Skip(TokenKind.BraceClose);)
                {
                    var value = Word();
                    ((EnumType)_types[name]).AddValue(new(value, value));
                }

                break;
            case "input":
                var input = (InputObjectType)_types[name];
                if (Skip(TokenKind.At))
                {
                    input.IsOneOf = Word() == "oneOf";
                }

                for (Take(TokenKind.BraceOpen); !Skip(TokenKind.BraceClose);)
                {
                    input.AddField(InputValue());
                }

                break;
            case "directive":
                DefineDirective(name);
                break;
        }
    }

    private void DefineFields(FieldsType type)
    {
        if (_tokens[_next].Kind == TokenKind.Name && Text(_tokens[_next]) == "implements")
        {
            _next++;
            do
            {
                type.Interfaces.Add((InterfaceType)_types[Word()]);
            }
            while (Skip(TokenKind.Ampersand));
        }

        for (Take(TokenKind.BraceOpen); !Skip(TokenKind.BraceClose);)
        {
            var name = Word();
            var arguments = Arguments();
            Take(TokenKind.Colon);
            var field = new FieldDefinition(name, Type());
            arguments.ForEach(field.AddArgument);
            type.SetField(field);
        }
    }

    private void DefineDirective(string name)
    {
        var arguments = Arguments();
        var repeatable = Text(_tokens[_next]) == "repeatable";
        _next += repeatable ? 2 : 1;
        var locations = DirectiveLocations.None;
        do
        {
            locations |= Enum.Parse<DirectiveLocations>(Word().Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
        }
        while (Skip(TokenKind.Pipe));

        _directives.Add(new(name, locations, repeatable, arguments));
    }

    private List<InputValueDefinition> Arguments()
    {
        var arguments = new List<InputValueDefinition>();
        if (Skip(TokenKind.ParenOpen))
        {
            while (!Skip(TokenKind.ParenClose))
            {
                arguments.Add(InputValue());
            }
        }

        return arguments;
    }

    private InputValueDefinition InputValue()
    {
        var name = Word();
        Take(TokenKind.Colon);
        var value = new InputValueDefinition(name, Type());
        if (Skip(TokenKind.EqualsSign))
        {
            value.DefaultLiteral = Text(_tokens[_next++]);
        }

        return value;
    }

    private GraphQLType Type()
    {
        GraphQLType type;
        if (Skip(TokenKind.BracketOpen))
        {
            type = Type().List;
            Take(TokenKind.BracketClose);
        }
        else
        {
            type = _types[Word()];
        }

        return Skip(TokenKind.Bang) ? type.NonNull : type;
    }

    private bool Skip(TokenKind kind)
    {
        var found = _tokens[_next].Kind == kind;
        _next += found ? 1 : 0;
        return found;
    }

    private void Take(TokenKind kind) => Assert.True(Skip(kind), $"{kind} expected at {_tokens[_next]}");

    private string Word() => Text(_tokens[_next++]);

    private string Text(Token token) => Encoding.UTF8.GetString(_source, token.Start, token.Length);

    private static ScalarCoercion Coercion(string name)
    {
        return (in ScalarInput input, out object? value) =>
        {
            value = input.Text;
            return name switch
            {
                "Int" => input.Kind == ScalarInputKind.Int && int.TryParse(input.Text, CultureInfo.InvariantCulture, out _),
                "Float" => input.Kind is ScalarInputKind.Int or ScalarInputKind.Float && double.TryParse(input.Text, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number),
                "String" => input.Kind == ScalarInputKind.String,
                "Boolean" => input.Kind == ScalarInputKind.Boolean,
                "ID" => input.Kind is ScalarInputKind.String or ScalarInputKind.Int,
                "Date" => input.Kind == ScalarInputKind.String && DateOnly.TryParseExact(input.Text, "yyyy-MM-dd", out _),
                _ => true,
            };
        };
    }
}
