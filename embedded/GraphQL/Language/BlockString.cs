using System.Text;

namespace OnlineSafetyTrust.Embedded.GraphQL.Language;

/// <summary>BlockStringValue() of the specification: common indentation and blank first and last lines removed.</summary>
internal static class BlockString
{
    public static string Decode(ReadOnlySpan<byte> source, Token token)
    {
        var raw = Encoding.UTF8.GetString(source.Slice(token.Start + 3, token.Length - 6));
        var lines = raw.Replace("\\\"\"\"", "\"\"\"", StringComparison.Ordinal)
            .Replace("\r\n", "\n", StringComparison.Ordinal)
            .Replace('\r', '\n')
            .Split('\n');
        var indent = CommonIndent(lines);
        var first = Array.FindIndex(lines, l => !IsBlank(l));
        if (first < 0)
        {
            return "";
        }

        var last = Array.FindLastIndex(lines, l => !IsBlank(l));
        var result = new StringBuilder(raw.Length);
        for (var i = first; i <= last; i++)
        {
            if (i > first)
            {
                result.Append('\n');
            }

            result.Append(i == 0 ? lines[i] : lines[i].AsSpan(Math.Min(indent, lines[i].Length)));
        }

        return result.ToString();
    }

    // The first line stands beside the quotes and has no indentation to share.
    private static int CommonIndent(string[] lines)
    {
        var common = int.MaxValue;
        for (var i = 1; i < lines.Length; i++)
        {
            var indent = lines[i].AsSpan().IndexOfAnyExcept(' ', '\t');
            if (indent >= 0)
            {
                common = Math.Min(common, indent);
            }
        }

        return common;
    }

    private static bool IsBlank(string line) => line.AsSpan().IndexOfAnyExcept(' ', '\t') < 0;
}
