using System.Text;
using OnlineSafetyTrust.Embedded.GraphQL.Language;
using OnlineSafetyTrust.Embedded.GraphQL.Validation;
using OnlineSafetyTrust.GraphQL.Tests.Language;

namespace OnlineSafetyTrust.GraphQL.Tests.Validation;

public sealed class FuzzTests
{
    private static readonly FuzzRun s_run = FuzzRun.Asked;

    [Fact]
    public void Documents_of_the_grammar_parse_and_mean_what_was_written()
    {
        foreach (var seed in s_run.Seeds)
        {
            var text = new DocumentGenerator(seed).Document();
            var document = Parse(seed, text);
            var written = DocumentText.Of(document);
            Assert.Equal(written.Replace("'about' ", "", StringComparison.Ordinal), DocumentText.Of(Parse(seed, written.Replace("'about' ", "", StringComparison.Ordinal))).Replace("'about' ", "", StringComparison.Ordinal));
            Validate(seed, document);
        }
    }

    [Fact]
    public void Mutated_bytes_are_refused_or_understood_but_never_break_anything()
    {
        var refused = 0;
        foreach (var seed in s_run.Seeds)
        {
            var source = Mutated(seed);
            try
            {
                if (Parser.TryParse(source, ParserLimits.Default, out var document, out var error))
                {
                    Validate(seed, document);
                }
                else
                {
                    refused++;
                    var at = Assert.Single(error.Locations);
                    Assert.True(at is { Line: > 0, Column: > 0 });
                }
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                throw new InvalidOperationException($"Seed {seed}: {Convert.ToBase64String(source)}", e);
            }
        }

        // Otherwise the mutations would not reach what they are for.
        Assert.InRange(refused, s_run.Documents / 4, s_run.Documents - (s_run.Documents / 20));
    }

    [Fact]
    public void Every_beginning_of_a_document_is_refused_or_understood()
    {
        var source = Encoding.UTF8.GetBytes(new DocumentGenerator(7).Document());
        for (var length = 0; length < source.Length; length++)
        {
            Parser.TryParse(source.AsMemory(0, length), ParserLimits.Default, out _, out _);
        }
    }

    public static byte[] Mutated(int seed)
    {
        var random = new Random(seed);
        var source = Encoding.UTF8.GetBytes(new DocumentGenerator(seed).Document());
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            Mutate(random, ref source);
        }

        return source;
    }

    private static Document Parse(int seed, string text)
    {
        Assert.True(Parser.TryParse(Encoding.UTF8.GetBytes(text), ParserLimits.Default, out var document, out var error), $"Seed {seed}: {error} in {text}");
        return document;
    }

    private static void Validate(int seed, Document document)
    {
        foreach (var error in Validator.Validate(document, ValidationCase.Schema))
        {
            Assert.False(string.IsNullOrEmpty(error.Message), $"Seed {seed}");
        }
    }

    internal static void Mutate(Random random, ref byte[] source)
    {
        var at = random.Next(source.Length);
        var end = Math.Min(source.Length, at + random.Next(1, 12));
        switch (random.Next(5))
        {
            case 0:
                source[at] = (byte)random.Next(256);
                break;
            case 1:
                source[at] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                source = [.. source[..at], .. source[end..], (byte)' '];
                break;
            case 3:
                source = [.. source[..end], .. source[at..]];
                break;
            default:
                var piece = s_pieces[random.Next(s_pieces.Length)];
                source = [.. source[..at], .. Encoding.UTF8.GetBytes(piece), .. source[at..]];
                break;
        }
    }

    private static readonly string[] s_pieces =
        ["{", "}", "(", ")", "[", "]", "\"", "\"\"\"", "\\", "\\u{", "\\uD83D", "...", "$", "@", ":", "!", "=", "#", "-", "0", "1e", ".", "on", "null", "fragment", "\uFEFF", "\0", "😀", "\r", "é"];
}
