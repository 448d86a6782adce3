using System.Buffers;

namespace OnlineSafetyTrust.Embedded.GraphQL.Language;

internal ref partial struct Lexer
{
    private static readonly SearchValues<byte> s_stringStops = SearchValues.Create("\"\\\r\n"u8);
    private static readonly SearchValues<byte> s_blockStops = SearchValues.Create("\"\\"u8);

    private readonly Token Number()
    {
        var kind = TokenKind.Int;
        var at = _position;
        if (Peek(at) == '-')
        {
            at++;
        }

        if (Peek(at) == '0')
        {
            at++;
            if (IsDigit(Peek(at)))
            {
                throw Error(at, $"Invalid number, unexpected digit after 0: {Character(at)}.");
            }
        }
        else
        {
            at = Digits(at);
        }

        if (Peek(at) == '.')
        {
            kind = TokenKind.Float;
            at = Digits(at + 1);
        }

        if ((Peek(at) | 0x20) == 'e')
        {
            kind = TokenKind.Float;
            at++;
            at = Digits(Peek(at) is '+' or '-' ? at + 1 : at);
        }

        // `0xF1`, `1.5.2` and `3two` must not read as two tokens.
        if (Peek(at) == '.' || (Peek(at) < 0x80 && s_nameBytes.Contains((byte)Peek(at))))
        {
            throw Error(at, $"Invalid number, expected digit but got: {Character(at)}.");
        }

        return new(kind, _position, at - _position);
    }

    private readonly int Digits(int at)
    {
        if (!IsDigit(Peek(at)))
        {
            throw Error(at, $"Invalid number, expected digit but got: {Character(at)}.");
        }

        while (IsDigit(Peek(at)))
        {
            at++;
        }

        return at;
    }

    private readonly int Peek(int at) => at < _source.Length ? _source[at] : 0xFF;

    private static bool IsDigit(int b) => b is >= '0' and <= '9';

    /// <summary>Finds the end only; escapes are judged when the value is made.</summary>
    private readonly Token QuotedString()
    {
        for (var at = _position + 1; ;)
        {
            var stop = _source[Math.Min(at, _source.Length)..].IndexOfAny(s_stringStops);
            if (stop < 0)
            {
                throw Error(_source.Length, "Unterminated string.");
            }

            at += stop;
            switch (_source[at])
            {
                case (byte)'"':
                    return new(TokenKind.String, _position, at + 1 - _position);
                case (byte)'\\' when Peek(at + 1) is not ('\r' or '\n'):
                    at += 2;
                    break;
                case (byte)'\\':
                    throw Error(at + 1, "Unterminated string.");
                default:
                    throw Error(at, "Unterminated string.");
            }
        }
    }

    private readonly Token BlockString()
    {
        for (var at = _position + 3; ;)
        {
            var stop = _source[at..].IndexOfAny(s_blockStops);
            if (stop < 0)
            {
                throw Error(_source.Length, "Unterminated string.");
            }

            at += stop;
            if (_source[at..].StartsWith("\"\"\""u8))
            {
                return new(TokenKind.BlockString, _position, at + 3 - _position);
            }

            at += _source[at..].StartsWith("\\\"\"\""u8) ? 4 : 1;
        }
    }
}
