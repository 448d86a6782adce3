using System.Collections.Immutable;
using System.Text;

namespace OnlineSafetyTrust.Embedded.GraphQL.Language;

internal ref partial struct Parser
{
    private Document ParseDocument()
    {
        var operations = ImmutableArray.CreateBuilder<OperationDefinitionNode>(1);
        var fragments = ImmutableArray.CreateBuilder<FragmentDefinitionNode>();
        do
        {
            switch (ParseDefinition())
            {
                case OperationDefinitionNode operation:
                    operations.Add(operation);
                    break;
                case FragmentDefinitionNode fragment:
                    fragments.Add(fragment);
                    break;
            }
        }
        while (!At(TokenKind.EndOfFile));

        return new(_source.ToArray(), _tokens.Length - 1, operations.DrainToImmutable(), fragments.DrainToImmutable());
    }

    private DefinitionNode ParseDefinition()
    {
        var start = Current;
        if (start.Kind == TokenKind.BraceOpen)
        {
            return new OperationDefinitionNode(start.Start, OperationKind.Query, null, null, [], [], ParseSelectionSet());
        }

        var description = ParseDescription();
        var keyword = Current;
        if (description is not null && keyword.Kind == TokenKind.BraceOpen)
        {
            throw Error(start, "Unexpected description, descriptions are not supported on shorthand queries.");
        }

        if (AtKeyword("fragment"u8))
        {
            return ParseFragment(start.Start, description);
        }

        OperationKind? kind =
            AtKeyword("query"u8) ? OperationKind.Query :
            AtKeyword("mutation"u8) ? OperationKind.Mutation :
            AtKeyword("subscription"u8) ? OperationKind.Subscription : null;
        if (kind is null)
        {
            throw IsTypeSystemKeyword(Bytes(keyword))
                ? Error(keyword, $"A \"{Encoding.ASCII.GetString(Bytes(keyword))}\" definition is not executable.")
                : Unexpected(keyword);
        }

        _next++;
        var name = At(TokenKind.Name) ? new NameNode(Current.Start, ExpectName()) : null;
        return new OperationDefinitionNode(
            start.Start, kind.Value, name, description, ParseVariables(), ParseDirectives(isConstant: false), ParseSelectionSet());
    }

    private static bool IsTypeSystemKeyword(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("schema"u8) || word.SequenceEqual("scalar"u8) || word.SequenceEqual("type"u8)
        || word.SequenceEqual("interface"u8) || word.SequenceEqual("union"u8) || word.SequenceEqual("enum"u8)
        || word.SequenceEqual("input"u8) || word.SequenceEqual("directive"u8) || word.SequenceEqual("extend"u8);

    private string? ParseDescription() => At(TokenKind.String) || At(TokenKind.BlockString) ? ParseString().Value : null;

    private FragmentDefinitionNode ParseFragment(int start, string? description)
    {
        ExpectKeyword("fragment"u8);
        if (AtKeyword("on"u8))
        {
            throw Unexpected(Current);
        }

        var name = new NameNode(Current.Start, ExpectName());
        ExpectKeyword("on"u8);
        return new(start, name, ParseNamedType(), description, ParseDirectives(isConstant: false), ParseSelectionSet());
    }

    private ImmutableArray<VariableDefinitionNode> ParseVariables()
    {
        if (!Skip(TokenKind.ParenOpen))
        {
            return [];
        }

        var variables = ImmutableArray.CreateBuilder<VariableDefinitionNode>();
        do
        {
            var start = Current.Start;
            var description = ParseDescription();
            Expect(TokenKind.Dollar);
            var name = ExpectName();
            Expect(TokenKind.Colon);
            var type = ParseType();
            var defaultValue = Skip(TokenKind.EqualsSign) ? ParseValue(isConstant: true) : null;
            variables.Add(new(start, name, type, defaultValue, ParseDirectives(isConstant: true), description));
        }
        while (!Skip(TokenKind.ParenClose));

        return variables.DrainToImmutable();
    }

    private TypeNode ParseType()
    {
        var start = Current.Start;
        TypeNode type;
        if (Skip(TokenKind.BracketOpen))
        {
            type = new ListTypeNode(start, ParseType());
            Expect(TokenKind.BracketClose);
        }
        else
        {
            type = ParseNamedType();
        }

        return Skip(TokenKind.Bang) ? new NonNullTypeNode(start, type) : type;
    }

    private NamedTypeNode ParseNamedType() => new(Current.Start, ExpectName());
}
