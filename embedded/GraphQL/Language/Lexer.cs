using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace OnlineSafetyTrust.Embedded.GraphQL.Language;

/// <summary>
/// Splits the whole source into tokens before anything is built from it. Size, tokens and nesting are bounded here,
/// in one loop without recursion, so the parser behind it may recurse and needs no guards of its own.
/// </summary>
internal ref partial struct Lexer
{
    private static readonly SearchValues<byte> s_lineEnds = SearchValues.Create("\r\n"u8);
    private static readonly SearchValues<byte> s_nameBytes =
        SearchValues.Create("_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    private readonly ReadOnlySpan<byte> _source;
    private readonly ParserLimits _limits;
    private Token[] _tokens;
    private int _count;
    private int _position;
    private int _depth;

    private Lexer(ReadOnlySpan<byte> source, ParserLimits limits)
    {
        _source = source;
        _limits = limits;
        _tokens = ArrayPool<Token>.Shared.Rent(256);
    }

    /// <summary>The tokens, <see cref="TokenKind.EndOfFile"/> last, in a rented array that the caller returns to the shared pool.</summary>
    /// <exception cref="SyntaxException">The source is no sequence of tokens or exceeds a limit.</exception>
    public static Token[] Tokenize(ReadOnlySpan<byte> source, ParserLimits limits, out int count)
    {
        RefuseUnreadable(source, limits);
        var lexer = new Lexer(source, limits);
        try
        {
            lexer.Run();
        }
        catch
        {
            ArrayPool<Token>.Shared.Return(lexer._tokens);
            throw;
        }

        count = lexer._count;
        return lexer._tokens;
    }

    private static void RefuseUnreadable(ReadOnlySpan<byte> source, ParserLimits limits)
    {
        if (source.Length > limits.MaxBytes)
        {
            throw SyntaxException.At(source, 0, $"Document contains more than {limits.MaxBytes} bytes. Parsing aborted.");
        }

        if (!Utf8.IsValid(source))
        {
            var valid = 0;
            while (Rune.DecodeFromUtf8(source[valid..], out _, out var consumed) == OperationStatus.Done)
            {
                valid += consumed;
            }

            throw SyntaxException.At(source, valid, "Invalid UTF-8.");
        }
    }

    private void Run()
    {
        while (true)
        {
            SkipIgnored();
            if (_position == _source.Length)
            {
                Store(new(TokenKind.EndOfFile, _position, 0));
                return;
            }

            if (_count == _limits.MaxTokens)
            {
                throw Error(_position, $"Document contains more than {_limits.MaxTokens} tokens. Parsing aborted.");
            }

            Store(Next());
        }
    }

    private void Store(Token token)
    {
        if (_count == _tokens.Length)
        {
            var larger = ArrayPool<Token>.Shared.Rent(_count * 2);
            _tokens.AsSpan().CopyTo(larger);
            ArrayPool<Token>.Shared.Return(_tokens);
            _tokens = larger;
        }

        _tokens[_count++] = token;
        _position = token.Start + token.Length;
    }

    private void SkipIgnored()
    {
        while (_position < _source.Length)
        {
            switch (_source[_position])
            {
                case (byte)' ' or (byte)',' or (byte)'\n' or (byte)'\r' or (byte)'\t':
                    _position++;
                    break;
                case (byte)'#':
                    var end = _source[_position..].IndexOfAny(s_lineEnds);
                    _position = end < 0 ? _source.Length : _position + end;
                    break;
                case 0xEF when Peek(_position + 1) == 0xBB && Peek(_position + 2) == 0xBF:
                    _position += 3;
                    break;
                default:
                    return;
            }
        }
    }

    private Token Next() => _source[_position] switch
    {
        (byte)'!' => Punctuator(TokenKind.Bang),
        (byte)'$' => Punctuator(TokenKind.Dollar),
        (byte)'&' => Punctuator(TokenKind.Ampersand),
        (byte)'(' => Open(TokenKind.ParenOpen),
        (byte)')' => Close(TokenKind.ParenClose),
        (byte)':' => Punctuator(TokenKind.Colon),
        (byte)'=' => Punctuator(TokenKind.EqualsSign),
        (byte)'@' => Punctuator(TokenKind.At),
        (byte)'[' => Open(TokenKind.BracketOpen),
        (byte)']' => Close(TokenKind.BracketClose),
        (byte)'{' => Open(TokenKind.BraceOpen),
        (byte)'|' => Punctuator(TokenKind.Pipe),
        (byte)'}' => Close(TokenKind.BraceClose),
        (byte)'.' when _source[_position..].StartsWith("..."u8) => new(TokenKind.Spread, _position, 3),
        (byte)'"' => _source[_position..].StartsWith("\"\"\""u8) ? BlockString() : QuotedString(),
        (>= (byte)'0' and <= (byte)'9') or (byte)'-' => Number(),
        (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (byte)'_' => Name(),
        (byte)'\'' => throw Error(_position, "Unexpected single quote character ('), did you mean to use a double quote (\")?"),
        _ => throw Error(_position, $"Unexpected character: {Character(_position)}."),
    };

    private readonly Token Punctuator(TokenKind kind) => new(kind, _position, 1);

    private Token Open(TokenKind kind)
    {
        if (++_depth > _limits.MaxDepth)
        {
            throw Error(_position, $"Document is nested more than {_limits.MaxDepth} levels deep. Parsing aborted.");
        }

        return Punctuator(kind);
    }

    // Brackets that do not match never get past the parser, so only sound ones must be counted rightly.
    private Token Close(TokenKind kind)
    {
        _depth--;
        return Punctuator(kind);
    }

    private readonly Token Name()
    {
        var length = _source[_position..].IndexOfAnyExcept(s_nameBytes);
        return new(TokenKind.Name, _position, length < 0 ? _source.Length - _position : length);
    }

    private readonly string Character(int offset)
    {
        if (offset == _source.Length)
        {
            return "<EOF>";
        }

        Rune.DecodeFromUtf8(_source[offset..], out var rune, out _);
        return rune.Value is >= 0x20 and < 0x7F and not '"' ? $"\"{rune}\"" : rune.Value == '"' ? "'\"'" : $"U+{rune.Value:X4}";
    }

    private readonly SyntaxException Error(int offset, string message) => SyntaxException.At(_source, offset, message);
}
