using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Roster.Schools;

/// <summary>An open school on the DfE's list.</summary>
/// <param name="Trust">Multi-academy trust, or null.</param>
/// <param name="Federation">Null: none.</param>
/// <param name="Laestab">Local authority's code and establishment number; null where the list has none.</param>
public sealed record ListedSchool(
    int Line, string Urn, string Name, Phase Phase, Nation Nation, IReadOnlyList<string> YearGroups, string LocalAuthority, string? Laestab, string? Trust, string? Federation, int? Pupils)
{
    public bool BelongsTo(string group) =>
        string.Equals(Trust, group.Trim(), StringComparison.OrdinalIgnoreCase) || string.Equals(Federation, group.Trim(), StringComparison.OrdinalIgnoreCase);

    public EstablishSchool Establish(TenantId trust) => new(trust, Urn, Name, Phase, Nation, YearGroups, LocalAuthority, null, null);
}
