using System.Collections.Immutable;

namespace OnlineSafetyTrust.Embedded.GraphQL.Language;

/// <summary>
/// Why a document is refused. The message names fields, types and variables, never a literal's value:
/// an argument may be a child's name, and messages travel into logs.
/// </summary>
internal sealed record DocumentError(string Message, ImmutableArray<SourceLocation> Locations);

internal sealed class SyntaxException(DocumentError error) : Exception(error.Message)
{
    public DocumentError Error { get; } = error;

    public static SyntaxException At(ReadOnlySpan<byte> source, int offset, string message) =>
        new(new DocumentError($"Syntax Error: {message}", [SourceLocation.Of(source, offset)]));
}
