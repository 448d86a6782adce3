namespace OnlineSafetyTrust.Embedded.GraphQL.Language;

/// <summary>A place in a document as the specification counts it: both from 1, columns in Unicode characters.</summary>
internal readonly record struct SourceLocation(int Line, int Column)
{
    /// <summary>Counted only when an error is reported, so that reading a valid document costs nothing for it.</summary>
    public static SourceLocation Of(ReadOnlySpan<byte> source, int offset)
    {
        // A byte order mark is ignored by the language, so the first character after it is in column 1.
        var lineStart = source.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
        var end = Math.Clamp(offset, lineStart, source.Length);
        var line = 1;
        for (var i = lineStart; i < end; i++)
        {
            if (source[i] == '\n' || (source[i] == '\r' && !(i + 1 < source.Length && source[i + 1] == '\n')))
            {
                line++;
                lineStart = i + 1;
            }
        }

        return new(line, 1 + CharactersIn(source[lineStart..end]));
    }

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private static int CharactersIn(ReadOnlySpan<byte> line)
    {
        var count = 0;
        foreach (var b in line)
        {
            // Every character has one byte that is no continuation.
            count += (b & 0xC0) == 0x80 ? 0 : 1;
        }

        return count;
    }
}
