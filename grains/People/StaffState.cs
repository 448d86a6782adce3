using System.Collections.Immutable;
using OnlineSafetyTrust.Contracts.People;

namespace OnlineSafetyTrust.Grains.People;

internal sealed record StaffMember(
    PersonId Id, Personal<string> Name, Personal<string> Email, string? SignIn, Personal<string>? SourceId, ImmutableList<RoleHolding> Roles, DateTimeOffset? LeftAt);

/// <summary>The people of a school or trust: part of its state, because the two keep the same rules.</summary>
internal sealed record StaffState(ImmutableDictionary<PersonId, StaffMember> Members, ImmutableList<CoverPeriod> Covers)
{
    public static readonly StaffState Empty = new(ImmutableDictionary<PersonId, StaffMember>.Empty, []);

    public StaffState Apply(object @event, EventMeta meta) => @event switch
    {
        PersonAdded e => this with { Members = Members.Add(e.Person, new StaffMember(e.Person, e.Name, e.Email, e.SignIn, e.SourceId, [], null)) },
        RoleAssigned e => Change(e.Person, m => m with { Roles = m.Roles.RemoveAll(r => r.Role == e.Role && r.From >= e.From).Add(new RoleHolding(e.Role, e.From, e.To)) }),
        RoleEnded e => Change(e.Person, m => m with { Roles = [.. m.Roles.Where(r => r.Role != e.Role || r.From <= e.LastDay).Select(r => r.Role == e.Role && r.ActiveOn(e.LastDay) ? r with { To = e.LastDay } : r)] }),
        CoverArranged e => this with { Covers = Covers.RemoveAll(c => c.Absent == e.Absent && c.From == e.From).Add(new CoverPeriod(e.Absent, e.Cover, e.From, e.To)) },
        PersonLeft e => Change(e.Person, m => m with { LeftAt = meta.At }),
        _ => this,
    };

    public IReadOnlySet<Role> RolesOf(PersonId person, DateOnly day)
    {
        if (!Members.TryGetValue(person, out var member) || member.LeftAt is not null)
        {
            return ImmutableHashSet<Role>.Empty;
        }

        return member.Roles.Where(r => r.ActiveOn(day)).Select(r => r.Role)
            .Concat(CoveredBy(person).Where(c => c.From <= day && day <= c.To).Select(c => c.Role))
            .ToHashSet();
    }

    /// <summary>The roles that a person holds for somebody absent.</summary>
    public IEnumerable<CoveredRole> CoveredBy(PersonId person) =>
        from cover in Covers
        where cover.Cover == person && Members.ContainsKey(cover.Absent)
        from role in Members[cover.Absent].Roles
        where (role.To is null || role.To >= cover.From) && role.From <= cover.To
        select new CoveredRole(role.Role, cover.Absent, cover.From, cover.To);

    private StaffState Change(PersonId person, Func<StaffMember, StaffMember> change) =>
        Members.TryGetValue(person, out var member) ? this with { Members = Members.SetItem(person, change(member)) } : this;
}
