using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Roster.Schools;

/// <summary>An open school on the DfE's list.</summary>
/// <param name="Trust">Academy trust, or the foundation trust of a maintained school; null: none.</param>
/// <param name="MultiAcademy">The trust is a multi-academy trust.</param>
/// <param name="Federation">Null: none.</param>
/// <param name="Laestab">Local authority's code and establishment number, <c>LLL/EEEE</c>; null where the list has none.</param>
public sealed record ListedSchool(
    int Line, string Urn, string Name, Phase Phase, Nation Nation, IReadOnlyList<string> YearGroups, string LocalAuthority, string? Laestab, string? Trust, bool MultiAcademy, string? Federation,
    int? Pupils)
{
    public bool BelongsTo(string group) => IsOfTrust(group) || string.Equals(Federation, group, StringComparison.OrdinalIgnoreCase);

    public bool IsOfTrust(string group) => string.Equals(Trust, group, StringComparison.OrdinalIgnoreCase);

    public EstablishSchool Establish(TenantId trust) => new(trust, Urn, Name, Phase, Nation, YearGroups, LocalAuthority, null, null, Laestab);
}
