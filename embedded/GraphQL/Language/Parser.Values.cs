using System.Collections.Immutable;
using System.Text;

namespace OnlineSafetyTrust.Embedded.GraphQL.Language;

internal ref partial struct Parser
{
    private ValueNode ParseValue(bool isConstant)
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.BracketOpen:
                return ParseList(isConstant);
            case TokenKind.BraceOpen:
                return ParseObject(isConstant);
            case TokenKind.Int:
                _next++;
                return new IntValueNode(token.Start, Encoding.ASCII.GetString(Bytes(token)));
            case TokenKind.Float:
                _next++;
                return new FloatValueNode(token.Start, Encoding.ASCII.GetString(Bytes(token)));
            case TokenKind.String or TokenKind.BlockString:
                return ParseString();
            case TokenKind.Name:
                return ParseWord();
            case TokenKind.Dollar when isConstant:
                _next++;
                throw Error(token, $"Unexpected variable \"${ExpectName()}\" in constant value.");
            case TokenKind.Dollar:
                _next++;
                return new VariableNode(token.Start, ExpectName());
            default:
                throw Unexpected(token);
        }
    }

    private ValueNode ParseWord()
    {
        var token = Expect(TokenKind.Name);
        var word = Bytes(token);
        return word.SequenceEqual("true"u8) ? new BooleanValueNode(token.Start, true)
            : word.SequenceEqual("false"u8) ? new BooleanValueNode(token.Start, false)
            : word.SequenceEqual("null"u8) ? new NullValueNode(token.Start)
            : new EnumValueNode(token.Start, NameTable.Get(word));
    }

    private StringValueNode ParseString()
    {
        var token = Current;
        _next++;
        return token.Kind == TokenKind.BlockString
            ? new(token.Start, BlockString.Decode(_source, token), isBlock: true)
            : new(token.Start, StringValue.Decode(_source, token), isBlock: false);
    }

    private ListValueNode ParseList(bool isConstant)
    {
        var start = Expect(TokenKind.BracketOpen).Start;
        var items = ImmutableArray.CreateBuilder<ValueNode>();
        while (!Skip(TokenKind.BracketClose))
        {
            items.Add(ParseValue(isConstant));
        }

        return new(start, items.DrainToImmutable());
    }

    private ObjectValueNode ParseObject(bool isConstant)
    {
        var start = Expect(TokenKind.BraceOpen).Start;
        var fields = ImmutableArray.CreateBuilder<ObjectFieldNode>();
        while (!Skip(TokenKind.BraceClose))
        {
            var at = Current.Start;
            var name = ExpectName();
            Expect(TokenKind.Colon);
            fields.Add(new(at, name, ParseValue(isConstant)));
        }

        return new(start, fields.DrainToImmutable());
    }
}
