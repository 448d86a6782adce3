using System.Text;
using OnlineSafetyTrust.Embedded.GraphQL.Language;

namespace OnlineSafetyTrust.GraphQL.Tests.Language;

public sealed class LexerTests
{
    private static string Kinds(string source)
    {
        var tokens = Lexer.Tokenize(Encoding.UTF8.GetBytes(source), ParserLimits.Default, out var count);
        return string.Join(' ', tokens.Take(count - 1).Select(t => t.Kind.ToString()));
    }

    private static SyntaxException Refusal(byte[] source) => Assert.Throws<SyntaxException>(() => Lexer.Tokenize(source, ParserLimits.Default, out _));

    [Theory]
    [InlineData("", "")]
    [InlineData("! $ & ( ) ... : = @ [ ] { | }", "Bang Dollar Ampersand ParenOpen ParenClose Spread Colon EqualsSign At BracketOpen BracketClose BraceOpen Pipe BraceClose")]
    [InlineData("_a1 B__2", "Name Name")]
    [InlineData("0 -0 42 -42 12345678901234567890", "Int Int Int Int Int")]
    [InlineData("1.5 0.0 -1.0 1e3 1E+3 1.5e-3 0e0", "Float Float Float Float Float Float Float")]
    [InlineData("\"\" \"a\" \"\\\"\"", "String String String")]
    [InlineData("\"\"\"\"\"\" \"\"\"a\"b\"\"\" \"\"\"\\\"\"\" \"\"\"", "BlockString BlockString BlockString")]
    [InlineData("\uFEFFa,,,\t\r\n\r b # comment { \"\nc\uFEFF", "Name Name Name")]
    [InlineData("#only a comment", "")]
    [InlineData("#\u0000\u0007 anything", "")]
    [InlineData("{a}[1]$x:$y!", "BraceOpen Name BraceClose BracketOpen Int BracketClose Dollar Name Colon Dollar Name Bang")]
    [InlineData("...on", "Spread Name")]
    [InlineData("\"a\"\"b\"", "String String")]
    public void Tokens(string source, string kinds) => Assert.Equal(kinds, Kinds(source));

    [Theory]
    [InlineData("a\n ?", 2, 2, "Unexpected character: \"?\".")]
    [InlineData("\u0007", 1, 1, "Unexpected character: U+0007.")]
    [InlineData("\u00A0", 1, 1, "Unexpected character: U+00A0.")]
    [InlineData("é", 1, 1, "Unexpected character: U+00E9.")]
    [InlineData("\"😀é\" ?", 1, 6, "Unexpected character: \"?\".")]
    [InlineData(".", 1, 1, "Unexpected character: \".\".")]
    [InlineData("..a", 1, 1, "Unexpected character: \".\".")]
    [InlineData("'a'", 1, 1, "Unexpected single quote character ('), did you mean to use a double quote (\")?")]
    [InlineData("00", 1, 2, "Invalid number, unexpected digit after 0: \"0\".")]
    [InlineData("01", 1, 2, "Invalid number, unexpected digit after 0: \"1\".")]
    [InlineData("+1", 1, 1, "Unexpected character: \"+\".")]
    [InlineData("-", 1, 2, "Invalid number, expected digit but got: <EOF>.")]
    [InlineData("-a", 1, 2, "Invalid number, expected digit but got: \"a\".")]
    [InlineData("1.", 1, 3, "Invalid number, expected digit but got: <EOF>.")]
    [InlineData("1.a", 1, 3, "Invalid number, expected digit but got: \"a\".")]
    [InlineData("1e", 1, 3, "Invalid number, expected digit but got: <EOF>.")]
    [InlineData("1e+\"", 1, 4, "Invalid number, expected digit but got: '\"'.")]
    [InlineData("1.2.3", 1, 4, "Invalid number, expected digit but got: \".\".")]
    [InlineData("0xF1", 1, 2, "Invalid number, expected digit but got: \"x\".")]
    [InlineData("3two", 1, 2, "Invalid number, expected digit but got: \"t\".")]
    [InlineData("1_000", 1, 2, "Invalid number, expected digit but got: \"_\".")]
    [InlineData("\"", 1, 2, "Unterminated string.")]
    [InlineData("\"abc", 1, 5, "Unterminated string.")]
    [InlineData("\"abc\\", 1, 6, "Unterminated string.")]
    [InlineData("\"abc\\\"", 1, 7, "Unterminated string.")]
    [InlineData("\"a\nb\"", 1, 3, "Unterminated string.")]
    [InlineData("\"a\rb\"", 1, 3, "Unterminated string.")]
    [InlineData("\"a\\\nb\"", 1, 4, "Unterminated string.")]
    [InlineData("\"\"\"a", 1, 5, "Unterminated string.")]
    [InlineData("\"\"\"a\n\"\"", 2, 3, "Unterminated string.")]
    [InlineData("\"\"\"a\\\"\"\"", 1, 9, "Unterminated string.")]
    [InlineData("a\r\nb\rc\n\n?", 5, 1, "Unexpected character: \"?\".")]
    [InlineData("\uFEFF?", 1, 1, "Unexpected character: \"?\".")]
    public void Errors_say_where(string source, int line, int column, string message)
    {
        var error = Refusal(Encoding.UTF8.GetBytes(source)).Error;

        Assert.Equal($"Syntax Error: {message}", error.Message);
        Assert.Equal(new SourceLocation(line, column), Assert.Single(error.Locations));
    }

    public static TheoryData<byte[], int, int> NotUtf8() => new()
    {
        { [0xFF], 1, 1 },
        { [.. "{ a(b: \""u8, 0xC3, .. "\") }"u8], 1, 9 },
        { [.. "{\n a # "u8, 0x80], 2, 6 },
        { [.. "# "u8, 0xED, 0xA0, 0x80], 1, 3 }, // a surrogate
        { [.. "# "u8, 0xC0, 0xAF], 1, 3 }, // overlong
        { [.. "# "u8, 0xF4, 0x90, 0x80, 0x80], 1, 3 }, // beyond U+10FFFF
        { [.. "# "u8, 0xE2, 0x82], 1, 3 }, // cut off
    };

    [Theory]
    [MemberData(nameof(NotUtf8))]
    public void Invalid_utf8_is_refused_where_it_begins(byte[] source, int line, int column)
    {
        var error = Refusal(source).Error;

        Assert.Equal("Syntax Error: Invalid UTF-8.", error.Message);
        Assert.Equal(new SourceLocation(line, column), Assert.Single(error.Locations));
    }
}
