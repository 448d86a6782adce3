using System.Globalization;
using System.Text;

namespace OnlineSafetyTrust.Embedded.GraphQL.Language;

/// <summary>The meaning of a string token: escapes resolved.</summary>
internal static class StringValue
{
    /// <param name="source">The document, for error locations.</param>
    /// <param name="token">A <see cref="TokenKind.String"/>, quotes included.</param>
    public static string Decode(ReadOnlySpan<byte> source, Token token)
    {
        var text = source.Slice(token.Start + 1, token.Length - 2);
        var escape = text.IndexOf((byte)'\\');
        if (escape < 0)
        {
            return Encoding.UTF8.GetString(text);
        }

        var result = new StringBuilder(text.Length);
        var at = 0;
        while (escape >= 0)
        {
            result.Append(Encoding.UTF8.GetString(text.Slice(at, escape)));
            at += escape;
            at += AppendEscape(source, token.Start + 1 + at, text[at..], result);
            escape = text[at..].IndexOf((byte)'\\');
        }

        return result.Append(Encoding.UTF8.GetString(text[at..])).ToString();
    }

    private static int AppendEscape(ReadOnlySpan<byte> source, int offset, ReadOnlySpan<byte> text, StringBuilder result)
    {
        if (text[1] == 'u')
        {
            return AppendUnicode(source, offset, text, result);
        }

        result.Append(text[1] switch
        {
            (byte)'"' => '"',
            (byte)'\\' => '\\',
            (byte)'/' => '/',
            (byte)'b' => '\b',
            (byte)'f' => '\f',
            (byte)'n' => '\n',
            (byte)'r' => '\r',
            (byte)'t' => '\t',
            _ => throw SyntaxException.At(source, offset, "Invalid character escape sequence."),
        });
        return 2;
    }

    private static int AppendUnicode(ReadOnlySpan<byte> source, int offset, ReadOnlySpan<byte> text, StringBuilder result)
    {
        var length = 6;
        uint character;
        if (text.Length > 2 && text[2] == '{')
        {
            length = text.IndexOf((byte)'}') + 1;
            character = length > 4 ? Hex(text[3..(length - 1)]) : uint.MaxValue;
        }
        else
        {
            character = FourDigits(text);
            // A pair of escapes is one character; either half alone is none.
            if (character is >= 0xD800 and <= 0xDBFF && FourDigits(text[6..]) is >= 0xDC00 and <= 0xDFFF and var low)
            {
                character = 0x10000 + ((character - 0xD800) << 10) + (low - 0xDC00);
                length = 12;
            }
        }

        if (!Rune.IsValid(character))
        {
            throw SyntaxException.At(source, offset, "Invalid Unicode escape sequence.");
        }

        result.Append(new Rune(character).ToString());
        return length;
    }

    private static uint FourDigits(ReadOnlySpan<byte> text) =>
        text.Length >= 6 && text[0] == '\\' && text[1] == 'u' ? Hex(text.Slice(2, 4)) : uint.MaxValue;

    /// <summary><see cref="uint.MaxValue"/>, which is no character, for anything but digits and for what does not fit.</summary>
    private static uint Hex(ReadOnlySpan<byte> digits)
    {
        var significant = digits.TrimStart((byte)'0');
        return significant.IsEmpty ? 0
            : significant.Length <= 6 && uint.TryParse(significant, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) ? value
            : uint.MaxValue;
    }
}
