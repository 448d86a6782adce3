using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Trusts;

namespace OnlineSafetyTrust.Roster.Schools;

/// <param name="Group">Name of a trust or federation as the list writes it; with <paramref name="Urns"/> the name that their cluster is given.</param>
/// <param name="Urns">Schools that stand alone or form a cluster, which the list does not know.</param>
public sealed record SchoolChoice(string? Group, IReadOnlyList<string> Urns);

/// <summary>What a school list means for one trust: which of its schools are new. Schools that exist are left as they are.</summary>
/// <param name="AloneUrn">The school stands alone under its own name, which other schools may have too: the trust is known by this URN. Null: by its name.</param>
public sealed record SchoolListPlan(string Group, string? AloneUrn, TrustKind Kind, IReadOnlyList<ListedSchool> New, IReadOnlyList<ListedSchool> Known)
{
    /// <param name="urns">URNs of schools that exist already.</param>
    public static Result<SchoolListPlan> For(SchoolChoice choice, IReadOnlyList<ListedSchool> schools, IReadOnlySet<string> urns)
    {
        var group = choice.Group?.Trim() is { Length: > 0 } name ? name : null;
        if (choice.Urns.Count == 0)
        {
            return group is not null && schools.Where(s => s.BelongsTo(group)).ToList() is { Count: > 0 } members ? Listed(group, members, urns) : SchoolListErrors.UnknownGroup;
        }

        if (choice.Urns.FirstOrDefault(u => schools.All(s => s.Urn != u)) is { } unknown)
        {
            return SchoolListErrors.UnknownSchool(unknown);
        }

        var chosen = schools.Where(s => choice.Urns.Contains(s.Urn)).ToList();
        return chosen is [var alone] ? Of(group ?? alone.Name, TrustKind.SingleSchool, chosen, urns) with { AloneUrn = group is null ? alone.Urn : null }
            : group is null ? SchoolListErrors.ClusterWithoutName
            : Of(group, TrustKind.Cluster, chosen, urns);
    }

    /// <summary>Trusts and federations with their number of open schools, by name.</summary>
    public static IEnumerable<string> Groups(IReadOnlyList<ListedSchool> schools) => schools
        .SelectMany(s => new[] { (Kind: s.MultiAcademy ? "multi-academy trust" : "trust", Name: s.Trust), (Kind: "federation", Name: s.Federation) }).Where(g => g.Name is not null)
        .GroupBy(g => (g.Kind, g.Name)).OrderBy(g => g.Key.Name, StringComparer.OrdinalIgnoreCase)
        .Select(g => $"{g.Key.Name} ({g.Key.Kind}, {g.Count()} {(g.Count() == 1 ? "school" : "schools")})");

    public IReadOnlyList<EstablishSchool> Commands(TenantId trust) => [.. New.Select(s => s.Establish(trust))];

    public IEnumerable<string> Lines() => New
        .Select(s => $"new: {s.Urn} {s.Name}, {s.Phase}, {(s.YearGroups.Count == 0 ? "no year groups given" : $"years {s.YearGroups[0]} to {s.YearGroups[^1]}")}, {s.LocalAuthority}")
        .Concat(Known.Select(s => $"known: {s.Urn} {s.Name}"))
        .Prepend($"{Group} ({KindWords}): {New.Count} new, {Known.Count} known.");

    public override string ToString() => string.Join('\n', Lines());

    private string KindWords => Kind switch
    {
        TrustKind.SingleSchool => "single school",
        TrustKind.Federation => "federation",
        TrustKind.Cluster => "cluster",
        _ => "multi-academy trust",
    };

    // The list's spelling, so that the trust is the same however its name was typed.
    private static SchoolListPlan Listed(string group, List<ListedSchool> members, IReadOnlySet<string> urns) =>
        members.Find(s => s.IsOfTrust(group)) is { } member
            ? Of(member.Trust!, members.Exists(s => s.MultiAcademy) ? TrustKind.MultiAcademyTrust : members.Count == 1 ? TrustKind.SingleSchool : TrustKind.Cluster, members, urns)
            : Of(members[0].Federation!, TrustKind.Federation, members, urns);

    private static SchoolListPlan Of(string group, TrustKind kind, List<ListedSchool> members, IReadOnlySet<string> urns) =>
        new(group, null, kind, [.. members.Where(s => !urns.Contains(s.Urn))], [.. members.Where(s => urns.Contains(s.Urn))]);
}

public static class SchoolListErrors
{
    public static readonly DomainError UnknownGroup = DomainError.Invalid(
        "SCHOOLS_GROUP", "--trust: the list has no trust or federation of this name with open schools. Without --trust and --school the command lists them all.", "group");

    public static readonly DomainError ClusterWithoutName = DomainError.Invalid(
        "SCHOOLS_CLUSTER", "--school: several schools of your own choice form a cluster. Give it a name with --trust NAME, or found the schools one by one.", "group");

    public static DomainError UnknownSchool(string urn) => DomainError.Invalid(
        "SCHOOLS_SCHOOL", $"--school: the list has no open school with the URN '{urn}'. Check the number.", "urns");
}
