using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Trusts;

namespace OnlineSafetyTrust.Roster.Schools;

/// <param name="Group">Name of a trust or federation as the list writes it, or of a trust that is here; with <paramref name="Urns"/> the name that their cluster is given.</param>
/// <param name="Urns">Schools that stand alone or form a cluster, which the list does not know.</param>
/// <param name="Others">URNs of schools that look like one that is here and are another.</param>
public sealed record SchoolChoice(string? Group, IReadOnlyList<string> Urns, IReadOnlyList<string> Others);

/// <summary>A school that is here.</summary>
public sealed record KnownSchool(SchoolView School, TrustView Trust);

/// <summary>What a school list means for one trust: which of its schools are new, and what it says otherwise of those that are here.</summary>
/// <param name="AloneUrn">The school stands alone under its own name, which other schools may have too: the trust is known by this URN. Null: by its name.</param>
/// <param name="Unchanged">Those that are here as the list has them.</param>
/// <param name="Notes">What no list changes, in plain words.</param>
public sealed record SchoolListPlan(
    string Group, string? AloneUrn, TrustKind Kind, IReadOnlyList<ListedSchool> New, IReadOnlyList<ChangedSchool> Changed, IReadOnlyList<ListedSchool> Unchanged, IReadOnlyList<string> Notes)
{
    /// <param name="known">All schools that are here.</param>
    public static Result<SchoolListPlan> For(SchoolChoice choice, IReadOnlyList<ListedSchool> schools, IReadOnlyList<KnownSchool> known)
    {
        var group = choice.Group?.Trim() is { Length: > 0 } name ? name : null;
        var comparison = new SchoolComparison(schools, known, choice.Others);
        if (choice.Urns.Count == 0)
        {
            return group is not null && schools.Where(s => s.BelongsTo(group)).ToList() is { Count: > 0 } members ? Listed(group, members, comparison)
                : known.FirstOrDefault(k => string.Equals(k.Trust.Name, group, StringComparison.OrdinalIgnoreCase))?.Trust is { } trust ? Of(trust.Name, trust.Kind, [], comparison.InTrust(trust.Name), comparison)
                : SchoolListErrors.UnknownGroup;
        }

        if (choice.Urns.FirstOrDefault(u => schools.All(s => s.Urn != u) && known.All(k => k.School.Urn != u)) is { } unknown)
        {
            return SchoolListErrors.UnknownSchool(unknown);
        }

        var chosen = schools.Where(s => choice.Urns.Contains(s.Urn)).ToList();
        var here = known.Where(k => choice.Urns.Contains(k.School.Urn)).ToList();
        return chosen is [var alone] ? Of(group ?? alone.Name, TrustKind.SingleSchool, chosen, here, comparison) with { AloneUrn = group is null ? alone.Urn : null }
            : (group ?? (here is [var gone] ? gone.Trust.Name : null)) is { } cluster ? Of(cluster, TrustKind.Cluster, chosen, here, comparison)
            : SchoolListErrors.ClusterWithoutName;
    }

    /// <summary>Trusts and federations with their number of open schools, by name.</summary>
    public static IEnumerable<string> Groups(IReadOnlyList<ListedSchool> schools) => schools
        .SelectMany(s => new[] { (Kind: s.MultiAcademy ? "multi-academy trust" : "trust", Name: s.Trust), (Kind: "federation", Name: s.Federation) }).Where(g => g.Name is not null)
        .GroupBy(g => (g.Kind, g.Name)).OrderBy(g => g.Key.Name, StringComparer.OrdinalIgnoreCase)
        .Select(g => $"{g.Key.Name} ({g.Key.Kind}, {g.Count()} {(g.Count() == 1 ? "school" : "schools")})");

    public IReadOnlyList<EstablishSchool> Commands(TenantId trust) => [.. New.Select(s => s.Establish(trust))];

    public bool ChangesNothing => New.Count + Changed.Count == 0;

    public IEnumerable<string> Lines() => New
        .Select(s => $"new: {s.Urn} {s.Name}, {s.Phase}, {(s.YearGroups.Count == 0 ? "no year groups given" : $"years {s.YearGroups[0]} to {s.YearGroups[^1]}")}, {s.LocalAuthority}")
        .Concat(Changed.Select(c => c.ToString()))
        .Concat(Unchanged.Select(s => $"unchanged: {s.Urn} {s.Name}"))
        .Concat(Notes)
        .Prepend($"{Group} ({KindWords}): {New.Count} new, {Changed.Count} changed, {Unchanged.Count} unchanged.");

    public override string ToString() => string.Join('\n', Lines());

    private string KindWords => Kind switch
    {
        TrustKind.SingleSchool => "single school",
        TrustKind.Federation => "federation",
        TrustKind.Cluster => "cluster",
        _ => "multi-academy trust",
    };

    // The list's spelling, so that the trust is the same however its name was typed.
    private static SchoolListPlan Listed(string group, List<ListedSchool> members, SchoolComparison comparison)
    {
        var member = members.Find(s => s.IsOfTrust(group));
        var (name, kind) = member is null ? (members[0].Federation!, TrustKind.Federation)
            : (member.Trust!, members.Exists(s => s.MultiAcademy) ? TrustKind.MultiAcademyTrust : members.Count == 1 ? TrustKind.SingleSchool : TrustKind.Cluster);
        return Of(name, kind, members, comparison.InTrust(name, members), comparison);
    }

    private static SchoolListPlan Of(string group, TrustKind kind, List<ListedSchool> members, List<KnownSchool> here, SchoolComparison comparison)
    {
        var fresh = comparison.New(members);
        var changed = comparison.Changed(here);
        var still = comparison.Listed(here).Where(s => changed.All(c => c.Urn != s.Urn));
        return new(group, null, kind, fresh.Found, changed, [.. still], [.. fresh.HeldBack, .. here.SelectMany(comparison.Notes)]);
    }
}

public static class SchoolListErrors
{
    public static readonly DomainError UnknownGroup = DomainError.Invalid(
        "SCHOOLS_GROUP", "--trust: the list has no trust or federation of this name with open schools, and there is none here. Without --trust and --school the command lists them all.", "group");

    public static readonly DomainError ClusterWithoutName = DomainError.Invalid(
        "SCHOOLS_CLUSTER", "--school: several schools of your own choice form a cluster. Give it a name with --trust NAME, or found the schools one by one.", "group");

    public static DomainError UnknownSchool(string urn) => DomainError.Invalid(
        "SCHOOLS_SCHOOL", $"--school: the list has no open school with the URN '{urn}'. Check the number.", "urns");
}
