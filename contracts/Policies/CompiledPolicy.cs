namespace OnlineSafetyTrust.Contracts.Policies;

/// <summary>How the statutory floor wins over a policy.</summary>
public enum OverrideKind
{
    /// <summary>The pack lacked it.</summary>
    Added,

    /// <summary>The pack's own was weaker.</summary>
    Tightened,

    /// <summary>The nation does not know what the pack asks for.</summary>
    Replaced,
}

/// <summary>A place where the floor won.</summary>
/// <param name="Where">Path in the pack, such as <c>responses.knowing.refer-social-care.deadline</c>.</param>
/// <param name="PackSaid">Null where the pack said nothing.</param>
/// <param name="Kind">What kind it is.</param>
/// <param name="FloorSays">What the statutory floor says instead.</param>
/// <param name="Source">Where the floor says it.</param>
[GenerateSerializer, Immutable, Alias("PolicyOverride")]
public sealed record PolicyOverride(OverrideKind Kind, string Where, string? PackSaid, string FloorSays, string? Source);

/// <summary>A pack with the floor beneath it merged in: what a school runs on.</summary>
/// <param name="Floor">Id of the floor.</param>
[GenerateSerializer, Immutable, Alias("CompiledPolicy")]
public sealed record CompiledPolicy(PolicyPack Policy, string Floor, IReadOnlyList<PolicyOverride> Overrides);
