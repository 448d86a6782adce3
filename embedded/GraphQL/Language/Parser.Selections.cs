using System.Collections.Immutable;

namespace OnlineSafetyTrust.Embedded.GraphQL.Language;

internal ref partial struct Parser
{
    private SelectionSetNode ParseSelectionSet()
    {
        var start = Expect(TokenKind.BraceOpen).Start;
        var selections = ImmutableArray.CreateBuilder<SelectionNode>();
        do
        {
            selections.Add(At(TokenKind.Spread) ? ParseSpread() : ParseField());
        }
        while (!Skip(TokenKind.BraceClose));

        return new(start, selections.DrainToImmutable());
    }

    private FieldNode ParseField()
    {
        var start = Current.Start;
        var name = ExpectName();
        string? alias = null;
        if (Skip(TokenKind.Colon))
        {
            (alias, name) = (name, ExpectName());
        }

        return new(
            start, alias, name, ParseArguments(isConstant: false), ParseDirectives(isConstant: false),
            At(TokenKind.BraceOpen) ? ParseSelectionSet() : null);
    }

    private SelectionNode ParseSpread()
    {
        var start = Expect(TokenKind.Spread).Start;
        if (AtKeyword("on"u8))
        {
            _next++;
            return new InlineFragmentNode(start, ParseNamedType(), ParseDirectives(isConstant: false), ParseSelectionSet());
        }

        return At(TokenKind.Name)
            ? new FragmentSpreadNode(start, ExpectName(), ParseDirectives(isConstant: false))
            : new InlineFragmentNode(start, null, ParseDirectives(isConstant: false), ParseSelectionSet());
    }

    private ImmutableArray<ArgumentNode> ParseArguments(bool isConstant)
    {
        if (!Skip(TokenKind.ParenOpen))
        {
            return [];
        }

        var arguments = ImmutableArray.CreateBuilder<ArgumentNode>();
        do
        {
            var start = Current.Start;
            var name = ExpectName();
            Expect(TokenKind.Colon);
            arguments.Add(new(start, name, ParseValue(isConstant)));
        }
        while (!Skip(TokenKind.ParenClose));

        return arguments.DrainToImmutable();
    }

    private ImmutableArray<DirectiveNode> ParseDirectives(bool isConstant)
    {
        if (!At(TokenKind.At))
        {
            return [];
        }

        var directives = ImmutableArray.CreateBuilder<DirectiveNode>();
        while (At(TokenKind.At))
        {
            if (directives.Count == _limits.MaxDirectivesPerLocation)
            {
                throw Error(Current, $"More than {_limits.MaxDirectivesPerLocation} directives in one place. Parsing aborted.");
            }

            var start = Expect(TokenKind.At).Start;
            directives.Add(new(start, ExpectName(), ParseArguments(isConstant)));
        }

        return directives.DrainToImmutable();
    }
}
