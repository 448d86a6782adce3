namespace OnlineSafetyTrust.Contracts.Policies;

/// <summary>Bans of technology (DOMAIN D3).</summary>
/// <param name="LiftableBy">Roles of which any one may lift a ban before its end, with a reason. Without this rule: DSL, deputy DSL, headteacher.</param>
/// <param name="Source">Where in the policy it stands.</param>
[GenerateSerializer, Immutable, Alias("BanRules")]
public sealed record BanRules(IReadOnlyList<Role> LiftableBy, string? Source = null)
{
    private static readonly IReadOnlyList<Role> Unsaid = [Role.Dsl, Role.DeputyDsl, Role.Headteacher];

    /// <summary>Roles that may lift a ban early under this policy; null: none is adopted.</summary>
    public static IReadOnlyList<Role> LiftersUnder(PolicyPack? policy) => policy?.Bans?.LiftableBy ?? Unsaid;
}
