using OnlineSafetyTrust.Contracts.Trusts;

namespace OnlineSafetyTrust.Roster.Schools;

/// <summary>The list beside the schools that are here. A school is the same by its URN alone.</summary>
/// <param name="others">URNs of schools that look like one that is here and are another.</param>
internal sealed class SchoolComparison(IReadOnlyList<ListedSchool> list, IReadOnlyList<KnownSchool> known, IReadOnlyList<string> others)
{
    private readonly Dictionary<string, ListedSchool> _listed = list.ToDictionary(s => s.Urn);

    /// <summary>Those that are here in the trust of this name, and of the given ones those that are here in another.</summary>
    public List<KnownSchool> InTrust(string name, params IReadOnlyList<ListedSchool> members) => [.. known.Where(k => k.Trust.Name == name || members.Any(m => m.Urn == k.School.Urn))];

    public IEnumerable<ListedSchool> Listed(IEnumerable<KnownSchool> here) => here.Select(k => _listed.GetValueOrDefault(k.School.Urn)).OfType<ListedSchool>();

    public List<ChangedSchool> Changed(List<KnownSchool> here) =>
        [.. here.Where(k => _listed.ContainsKey(k.School.Urn)).Select(k => ChangedSchool.Of(_listed[k.School.Urn], k.School)).OfType<ChangedSchool>()];

    /// <summary>A school that became an academy has a new URN: founded anew, it would begin without its records beside the school that has them.</summary>
    public (List<ListedSchool> Found, List<string> HeldBack) New(List<ListedSchool> members)
    {
        var fresh = members.Where(m => known.All(k => k.School.Urn != m.Urn)).Select(m => (School: m, Like: others.Contains(m.Urn) ? null : known.FirstOrDefault(k => IsGone(k) && IsLike(m, k)))).ToList();
        return ([.. fresh.Where(f => f.Like is null).Select(f => f.School)], [.. fresh.Where(f => f.Like is not null).Select(f => HeldBack(f.School, f.Like!))]);
    }

    /// <summary>What the list says of the school that no list changes.</summary>
    public IEnumerable<string> Notes(KnownSchool here)
    {
        var school = here.School;
        if (!_listed.TryGetValue(school.Urn, out var listed))
        {
            yield return $"not on the list: {school.Urn} {school.Name}: the list has no open school with this URN. It stays here under this URN with all its records.";
            yield break;
        }

        if (listed.Nation != school.Nation)
        {
            yield return $"other nation: {school.Urn} {listed.Name}: the list says {listed.Nation}, here it is in {school.Nation}. It stays so, because the nation decides which law applies. Check the file.";
        }

        if (SaysOtherwise(listed, here.Trust))
        {
            yield return $"other trust: {school.Urn} {listed.Name}: the list says {listed.Trust ?? listed.Federation ?? "no trust or federation"}, here it is in {here.Trust.Name}. "
                + "It stays there: no list moves a school, and moving one to another trust is not possible yet.";
        }
    }

    // Of a cluster the list knows nothing, and a school that stands alone here may have a foundation on the list.
    private static bool SaysOtherwise(ListedSchool listed, TrustView trust) => !listed.BelongsTo(trust.Name) && trust.Kind switch
    {
        TrustKind.Cluster => false,
        TrustKind.SingleSchool => listed.MultiAcademy || listed.Federation is not null,
        _ => true,
    };

    private static string HeldBack(ListedSchool listed, KnownSchool here) =>
        $"not founded: {listed.Urn} {listed.Name} looks like {here.School.Urn} {here.School.Name}, which is here and not on the list any more: a school that becomes an academy gets another URN. No list "
        + $"changes a URN: the school goes on here under {here.School.Urn}, which its rosters need as the identifier in orgs.csv. If it is another school, repeat with --new {listed.Urn}.";

    private bool IsGone(KnownSchool here) => !_listed.ContainsKey(here.School.Urn);

    private static bool IsLike(ListedSchool listed, KnownSchool here) =>
        (listed.Laestab is not null && listed.Laestab == here.School.Laestab)
        || (listed.LocalAuthority == here.School.LocalAuthority && string.Equals(listed.Name, here.School.Name, StringComparison.OrdinalIgnoreCase));
}
