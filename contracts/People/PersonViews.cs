using OnlineSafetyTrust.Contracts.Journal;

namespace OnlineSafetyTrust.Contracts.People;

public static class PersonTables
{
    /// <summary>Columns: sign_in (null until known), gone (0 or 1).</summary>
    public static readonly ViewTable Person = new(
        "person", 3, [new("sign_in", ColumnKind.Text), new("gone", ColumnKind.Number)], [["sign_in"]]);
}

/// <summary>A person of a school or trust with everything that decides what they may do on a day.</summary>
/// <param name="SourceId">The person's id in the roster they came from.</param>
/// <param name="HasSignIn">A sign-in is linked; without one they cannot come in.</param>
[GenerateSerializer, Immutable, Alias("PersonView")]
public sealed record PersonView(
    PersonId Id,
    [property: Personal] string? Name,
    [property: Personal] string? Email,
    [property: Personal] string? SourceId,
    IReadOnlyList<RoleHolding> Roles,
    IReadOnlyList<CoveredRole> Covers,
    DateTimeOffset? LeftAt,
    bool HasSignIn)
{
    /// <summary>The roles of a day: own ones and those covered. None once the person has left.</summary>
    public IReadOnlySet<Role> RolesOn(DateOnly day) =>
        LeftAt is not null
            ? new HashSet<Role>()
            : Roles.Where(r => r.ActiveOn(day)).Select(r => r.Role).Concat(Covers.Where(c => c.From <= day && day <= c.To).Select(c => c.Role)).ToHashSet();
}

/// <summary>A role held for somebody absent.</summary>
[GenerateSerializer, Immutable, Alias("CoveredRole")]
public sealed record CoveredRole(Role Role, PersonId For, DateOnly From, DateOnly To);
