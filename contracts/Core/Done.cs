namespace OnlineSafetyTrust.Contracts;

/// <summary>The value of a result that has none.</summary>
[GenerateSerializer, Immutable, Alias("Done")]
public sealed record Done
{
    public static readonly Done It = new();
}
