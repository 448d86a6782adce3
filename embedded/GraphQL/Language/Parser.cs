using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace OnlineSafetyTrust.Embedded.GraphQL.Language;

/// <summary>Recursive descent over the tokens; the lexer has already bounded how deep.</summary>
internal ref partial struct Parser
{
    private readonly ReadOnlySpan<byte> _source;
    private readonly ReadOnlySpan<Token> _tokens;
    private readonly ParserLimits _limits;
    private int _next;

    private Parser(ReadOnlySpan<byte> source, ReadOnlySpan<Token> tokens, ParserLimits limits)
    {
        _source = source;
        _tokens = tokens;
        _limits = limits;
    }

    /// <summary>Reads an executable document. The bytes are copied once the document is known to be one.</summary>
    /// <exception cref="SyntaxException">The document is malformed, not executable, or exceeds a limit.</exception>
    public static Document Parse(ReadOnlyMemory<byte> source, ParserLimits? limits = null)
    {
        limits ??= ParserLimits.Default;
        var tokens = Lexer.Tokenize(source.Span, limits, out var count);
        try
        {
            var parser = new Parser(source.Span, tokens.AsSpan(0, count), limits);
            return parser.ParseDocument();
        }
        finally
        {
            ArrayPool<Token>.Shared.Return(tokens);
        }
    }

    public static Document Parse(string source, ParserLimits? limits = null) => Parse(Encoding.UTF8.GetBytes(source), limits);

    public static bool TryParse(
        ReadOnlyMemory<byte> source,
        ParserLimits? limits,
        [NotNullWhen(true)] out Document? document,
        [NotNullWhen(false)] out DocumentError? error)
    {
        try
        {
            (document, error) = (Parse(source, limits), null);
            return true;
        }
        catch (SyntaxException e)
        {
            (document, error) = (null, e.Error);
            return false;
        }
    }

    /// <summary>Reads a single value without variables, such as the default of an argument in a schema.</summary>
    /// <exception cref="SyntaxException">The text is no such value.</exception>
    public static ValueNode ParseConstant(string text)
    {
        var source = Encoding.UTF8.GetBytes(text);
        var tokens = Lexer.Tokenize(source, ParserLimits.Default, out var count);
        try
        {
            var parser = new Parser(source, tokens.AsSpan(0, count), ParserLimits.Default);
            var value = parser.ParseValue(isConstant: true);
            parser.Expect(TokenKind.EndOfFile);
            return value;
        }
        finally
        {
            ArrayPool<Token>.Shared.Return(tokens);
        }
    }

    private readonly Token Current => _tokens[_next];

    private readonly bool At(TokenKind kind) => _tokens[_next].Kind == kind;

    private readonly bool AtKeyword(ReadOnlySpan<byte> keyword) => At(TokenKind.Name) && Bytes(Current).SequenceEqual(keyword);

    private bool Skip(TokenKind kind)
    {
        if (!At(kind))
        {
            return false;
        }

        _next++;
        return true;
    }

    private Token Expect(TokenKind kind)
    {
        var token = Current;
        if (token.Kind != kind)
        {
            throw Error(token, $"Expected {Token.Describe(kind)}, found {Describe(token)}.");
        }

        if (kind != TokenKind.EndOfFile)
        {
            _next++;
        }

        return token;
    }

    private void ExpectKeyword(ReadOnlySpan<byte> keyword)
    {
        if (!AtKeyword(keyword))
        {
            throw Error(Current, $"Expected \"{Encoding.ASCII.GetString(keyword)}\", found {Describe(Current)}.");
        }

        _next++;
    }

    private string ExpectName() => NameTable.Get(Bytes(Expect(TokenKind.Name)));

    private readonly ReadOnlySpan<byte> Bytes(Token token) => _source.Slice(token.Start, token.Length);

    private readonly SyntaxException Unexpected(Token token) => Error(token, $"Unexpected {Describe(token)}.");

    private readonly SyntaxException Error(Token token, string message) => SyntaxException.At(_source, token.Start, message);

    // Only a name is quoted: see DocumentError about values.
    private readonly string Describe(Token token) => token.Kind == TokenKind.Name
        ? $"Name \"{Encoding.ASCII.GetString(Bytes(token)[..Math.Min(token.Length, 100)])}\""
        : Token.Describe(token.Kind);
}
