using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Roster.Schools;

/// <summary>What a school list means for one trust: which of its schools are new. Schools that exist are left as they are.</summary>
public sealed record SchoolListPlan(string Group, IReadOnlyList<ListedSchool> New, IReadOnlyList<ListedSchool> Known)
{
    /// <param name="group">Name of a trust or federation as the list writes it.</param>
    /// <param name="urns">URNs of schools that exist already.</param>
    public static Result<SchoolListPlan> For(string group, IReadOnlyList<ListedSchool> schools, IReadOnlySet<string> urns)
    {
        var members = schools.Where(s => s.BelongsTo(group)).ToList();
        return members.Count == 0
            ? DomainError.Invalid("SCHOOLS_GROUP", "The list has no trust or federation of this name with open schools. Without a name the command lists them all.", "group")
            : new SchoolListPlan(group, [.. members.Where(s => !urns.Contains(s.Urn))], [.. members.Where(s => urns.Contains(s.Urn))]);
    }

    /// <summary>Trusts and federations with their number of open schools, by name.</summary>
    public static IEnumerable<string> Groups(IReadOnlyList<ListedSchool> schools) => schools
        .SelectMany(s => new[] { (Kind: "trust", Name: s.Trust), (Kind: "federation", Name: s.Federation) }).Where(g => g.Name is not null)
        .GroupBy(g => (g.Kind, g.Name)).OrderBy(g => g.Key.Name, StringComparer.OrdinalIgnoreCase)
        .Select(g => $"{g.Key.Name} ({g.Key.Kind}, {g.Count()} {(g.Count() == 1 ? "school" : "schools")})");

    public IReadOnlyList<EstablishSchool> Commands(TenantId trust) => [.. New.Select(s => s.Establish(trust))];

    public IEnumerable<string> Lines() => New
        .Select(s => $"new: {s.Urn} {s.Name}, {s.Phase}, {(s.YearGroups.Count == 0 ? "no year groups given" : $"years {s.YearGroups[0]} to {s.YearGroups[^1]}")}, {s.LocalAuthority}")
        .Concat(Known.Select(s => $"known: {s.Urn} {s.Name}"))
        .Prepend($"{Group}: {New.Count} new, {Known.Count} known.");

    public override string ToString() => string.Join('\n', Lines());
}
