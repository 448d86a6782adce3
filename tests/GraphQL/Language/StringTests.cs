using OnlineSafetyTrust.Embedded.GraphQL.Language;

namespace OnlineSafetyTrust.GraphQL.Tests.Language;

public sealed class StringTests
{
    private static string Value(string literal) => Assert.IsType<StringValueNode>(Parser.ParseConstant(literal)).Value;

    [Theory]
    [InlineData("\"\"", "")]
    [InlineData("\" a # b, \"", " a # b, ")]
    [InlineData("\"é漢😀\"", "é漢😀")]
    [InlineData("\"\\\" \\\\ \\/ \\b \\f \\n \\r \\t\"", "\" \\ / \b \f \n \r \t")]
    [InlineData("\"\\\\u0041\"", "\\u0041")]
    [InlineData("\"\\u0041\\u00e9\\u6F22\"", "Aé漢")]
    [InlineData("\"\\uD83D\\uDE00!\"", "😀!")]
    [InlineData("\"x\\u{1F600}\\u{41}\\u{0000000000000041}y\"", "x😀AAy")]
    [InlineData("\"\\u{10FFFF}\"", "\U0010FFFF")]
    [InlineData("\"\\u{0}\\u0000\"", "\0\0")]
    [InlineData("\"\u0007\u007F\"", "\u0007\u007F")]
    public void Quoted(string literal, string value) => Assert.Equal(value, Value(literal));

    [Theory]
    [InlineData("\"\\z\"")]
    [InlineData("\"\\é\"")]
    [InlineData("\"\\u\"")]
    [InlineData("\"\\u12\"")]
    [InlineData("\"\\u00G1\"")]
    [InlineData("\"\\u+123\"")]
    [InlineData("\"\\u 123\"")]
    [InlineData("\"\\uD83D\"")]
    [InlineData("\"\\uDE00\"")]
    [InlineData("\"\\uD83D\\u0041\"")]
    [InlineData("\"\\uD83D\\uD83D\"")]
    [InlineData("\"\\uD83D\\\"")]
    [InlineData("\"\\uDE00\\uD83D\"")]
    [InlineData("\"\\u{D83D}\\u{DE00}\"")]
    [InlineData("\"\\u{}\"")]
    [InlineData("\"\\u{\"")]
    [InlineData("\"\\u{41\"")]
    [InlineData("\"\\u{ 41}\"")]
    [InlineData("\"\\u{110000}\"")]
    [InlineData("\"\\u{FFFFFFFFFFFFFFFFFFFF}\"")]
    public void Escapes_that_are_no_character_are_refused(string literal) => Assert.Throws<SyntaxException>(() => Value(literal));

    [Theory]
    [InlineData("", "")]
    [InlineData("   ", "")]
    [InlineData("a", "a")]
    [InlineData("  a", "  a")]
    [InlineData("\n    Hello,\n      World!\n\n    Yours,\n      GraphQL.\n  ", "Hello,\n  World!\n\nYours,\n  GraphQL.")]
    [InlineData("first\n    second\n      third", "first\nsecond\n  third")]
    [InlineData("\n  a\r\n  b\r  c\n", "a\nb\nc")]
    [InlineData("\n\n\n  a\n \n  b\n\n", "a\n\nb")]
    [InlineData("\n\ta\n\t\tb", "a\n\tb")]
    [InlineData("\n    a\n  b\n ", "  a\nb")]
    [InlineData("\\n \\u0041 \\.", "\\n \\u0041 \\.")]
    [InlineData("\\\"\"\"", "\"\"\"")]
    [InlineData("a \"quoted\" \"\"b", "a \"quoted\" \"\"b")]
    [InlineData("\n  é\n  😀", "é\n😀")]
    [InlineData("\n a\n", "a")]
    [InlineData("\n a\n   \n", "a")]
    public void Block(string content, string value) => Assert.Equal(value, Value($"\"\"\"{content}\"\"\""));

    [Fact]
    public void Block_strings_know_that_they_are() =>
        Assert.True(Assert.IsType<StringValueNode>(Parser.ParseConstant("\"\"\"a\"\"\"")).IsBlock);
}
