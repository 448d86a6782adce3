namespace OnlineSafetyTrust.Embedded.GraphQL.Language;

/// <summary>What a document may cost before it is refused; checked before a single node is built.</summary>
internal sealed record ParserLimits
{
    public static ParserLimits Default { get; } = new();

    /// <summary>UTF-8 bytes, comments and white space included.</summary>
    public int MaxBytes { get; init; } = 100 * 1024;

    /// <summary>Tokens of the grammar: punctuators, names, numbers, strings.</summary>
    public int MaxTokens { get; init; } = 5_000;

    /// <summary>Open brackets of any kind at one place. Every walk over the tree recurses no deeper, so it stays below <see cref="DepthCeiling"/>.</summary>
    public int MaxDepth
    {
        get;
        init => field = value is > 0 and <= DepthCeiling
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"A depth between 1 and {DepthCeiling} keeps recursion off the end of the stack.");
    } = 200;

    public int MaxDirectivesPerLocation { get; init; } = 8;

    public const int DepthCeiling = 500;
}
