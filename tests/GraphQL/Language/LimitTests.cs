using System.Diagnostics;
using System.Text;
using OnlineSafetyTrust.Embedded.GraphQL.Language;

namespace OnlineSafetyTrust.GraphQL.Tests.Language;

public sealed class LimitTests
{
    /// <summary>A thread of .NET has 1.5 MB where it has least (musl). Less than 1 MB leaves the compiler no room, which works on the caller's stack.</summary>
    internal const int SmallestStack = 1024 * 1024;

    private static readonly ParserLimits s_large = ParserLimits.Default with { MaxBytes = int.MaxValue, MaxTokens = int.MaxValue };

    private static DocumentError Refusal(string source, ParserLimits? limits = null) =>
        Assert.Throws<SyntaxException>(() => Parser.Parse(source, limits)).Error;

    [Fact]
    public void Bytes()
    {
        var limits = ParserLimits.Default with { MaxBytes = 6 };
        Parser.Parse("{ aa }", limits);
        Assert.Equal("Syntax Error: Document contains more than 6 bytes. Parsing aborted.", Refusal("{ aaa }", limits).Message);
    }

    [Fact]
    public void Tokens()
    {
        var limits = ParserLimits.Default with { MaxTokens = 4 };
        Parser.Parse("{ a b } # comments are none", limits);
        var error = Refusal("{ a b c }", limits);
        Assert.Equal("Syntax Error: Document contains more than 4 tokens. Parsing aborted.", error.Message);
        Assert.Equal(new(1, 9), error.Locations[0]);
    }

    [Theory]
    [InlineData("{a", "}")]
    [InlineData("{...", "}")]
    public void Nested_selections(string open, string close)
    {
        string Nest(int depth) => string.Concat(Enumerable.Repeat(open, depth)) + "{a}" + string.Concat(Enumerable.Repeat(close, depth));
        Parser.Parse(Nest(199));
        Assert.Equal("Syntax Error: Document is nested more than 200 levels deep. Parsing aborted.", Refusal(Nest(200)).Message);
    }

    [Theory]
    [InlineData("{ a(b: ", "[", "]", ") }")]
    [InlineData("{ a(b: ", "{c:[", "]}", ") }")]
    [InlineData("query($a: ", "[", "]", ") { a }")]
    public void Nested_values_and_types(string before, string open, string close, string after)
    {
        var source = before + string.Concat(Enumerable.Repeat(open, 5_000)) + string.Concat(Enumerable.Repeat(close, 5_000)) + after;
        Assert.Contains("nested more than 200 levels", Refusal(source, s_large).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Recursion_at_the_ceiling_fits_a_small_stack()
    {
        var depth = ParserLimits.DepthCeiling - 1;
        var source = string.Concat(Enumerable.Repeat("{a", depth)) + "{a}" + new string('}', depth);
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(() => Parser.Parse(source, ParserLimits.Default with { MaxDepth = ParserLimits.DepthCeiling })), SmallestStack);
        thread.Start();
        thread.Join();
        Assert.Null(failure);
        Assert.Throws<ArgumentOutOfRangeException>(() => ParserLimits.Default with { MaxDepth = ParserLimits.DepthCeiling + 1 });
    }

    [Fact]
    public void Directives_in_one_place()
    {
        Parser.Parse("{ a @d @d @d @d @d @d @d @d b @d }");
        Assert.Equal("Syntax Error: More than 8 directives in one place. Parsing aborted.", Refusal("{ a @d @d @d @d @d @d @d @d @d }").Message);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{a")]
    [InlineData("[")]
    [InlineData("{a(b:[")]
    [InlineData("}")]
    [InlineData("query($a:[")]
    [InlineData("\"")]
    [InlineData("\"\\u{")]
    [InlineData("\"\"\"\\")]
    [InlineData("@a")]
    [InlineData("1")]
    [InlineData("1e")]
    [InlineData("#")]
    [InlineData(",")]
    [InlineData("\uFEFF")]
    [InlineData("...")]
    public void Five_megabytes_of_anything_are_refused_at_once(string unit)
    {
        var source = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(unit, 5_000_000 / unit.Length)));
        foreach (var limits in new[] { ParserLimits.Default, ParserLimits.Default with { MaxBytes = int.MaxValue } })
        {
            var watch = Stopwatch.StartNew();
            Assert.False(Parser.TryParse(source, limits, out _, out _));

            // A few milliseconds; the rest is room for a busy machine.
            Assert.True(watch.ElapsedMilliseconds < 5_000, $"{watch.ElapsedMilliseconds} ms");
        }
    }
}
