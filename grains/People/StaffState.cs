using System.Collections.Immutable;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Schools;

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
        PersonUpdated e => Change(e.Person, m => m with { Name = e.After.Name ?? m.Name, Email = e.After.Email ?? m.Email, SourceId = e.After.SourceId ?? m.SourceId }),
        SignInLinked e => Change(e.Person, m => m with { SignIn = e.SignIn }),
        RoleAssigned e => Change(e.Person, m => m with { Roles = m.Roles.RemoveAll(r => r.Role == e.Role && r.From >= e.From).Add(new RoleHolding(e.Role, e.From, e.To)) }),
        RoleEnded e => Change(e.Person, m => m with { Roles = [.. m.Roles.Where(r => r.Role != e.Role || r.From <= e.LastDay).Select(r => r.Role == e.Role && r.ActiveOn(e.LastDay) ? r with { To = e.LastDay } : r)] }),
        CoverArranged e => this with { Covers = Covers.RemoveAll(c => c.Absent == e.Absent && c.From == e.From).Add(new CoverPeriod(e.Absent, e.Cover, e.From, e.To)) },
        CoverCancelled { Before: var cover } e => this with
        {
            Covers = e.LastDay is { } last ? Covers.ConvertAll(c => c == cover ? c with { To = last } : c) : Covers.Remove(cover),
        },
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

    /// <summary>Somebody who is here is appointed to it on that day, away or not.</summary>
    public bool IsHeld(Role role, DateOnly day) => Members.Values.Any(m => m.LeftAt is null && m.Roles.Any(r => r.Role == role && r.ActiveOn(day)));

    /// <summary>The days on which somebody who is here begins or ceases to hold one of these roles.</summary>
    public IEnumerable<DateOnly> ChangesOf(IReadOnlyList<Role> roles) =>
        Members.Values.Where(m => m.LeftAt is null).SelectMany(m => m.Roles).Where(r => roles.Contains(r.Role))
            .SelectMany(r => SchoolFacts.Turns(r.From, r.To));

    /// <summary>The roles that a person holds for somebody absent, those that the absent person had taken over for another one too.</summary>
    public IEnumerable<CoveredRole> CoveredBy(PersonId person) => CoveredBy([person], DateOnly.MinValue, DateOnly.MaxValue);

    /// <summary>Of these, what the person did not hold on the same days before.</summary>
    public IEnumerable<CoveredRole> Gained(StaffState before, PersonId person)
    {
        var had = before.CoveredBy(person).ToList();
        return CoveredBy(person).Where(c => !had.Exists(h => h.Role == c.Role && h.For == c.For && h.From <= c.From && h.To >= c.To));
    }

    private IEnumerable<CoveredRole> CoveredBy(ImmutableList<PersonId> line, DateOnly from, DateOnly to)
    {
        foreach (var cover in DaysOf(line[^1]).Where(c => c.From <= to && c.To >= from && !line.Contains(c.Absent)))
        {
            var (first, last) = (cover.From > from ? cover.From : from, cover.To < to ? cover.To : to);
            if (!Members.TryGetValue(cover.Absent, out var absent) || absent.LeftAt is not null)
            {
                continue;
            }

            foreach (var role in absent.Roles.Where(r => r.From <= last && (r.To is null || r.To >= first)))
            {
                yield return new CoveredRole(role.Role, absent.Id, first, last);
            }

            foreach (var further in CoveredBy(line.Add(absent.Id), first, last))
            {
                yield return further;
            }
        }
    }

    /// <summary>Of several covers for one person the last arranged acts; to the earlier ones the other days are left.</summary>
    private IEnumerable<CoverPeriod> DaysOf(PersonId by) => Covers.SelectMany((cover, i) => cover.Cover != by ? [] :
        Covers.Skip(i + 1).Where(later => later.Absent == cover.Absent).Aggregate<CoverPeriod, IEnumerable<CoverPeriod>>([cover], (left, later) => left.SelectMany(c => Without(c, later))));

    private static IEnumerable<CoverPeriod> Without(CoverPeriod cover, CoverPeriod later)
    {
        if (later.To < cover.From || cover.To < later.From)
        {
            yield return cover;
            yield break;
        }

        if (cover.From < later.From)
        {
            yield return cover with { To = later.From.AddDays(-1) };
        }

        if (later.To < cover.To)
        {
            yield return cover with { From = later.To.AddDays(1) };
        }
    }

    private StaffState Change(PersonId person, Func<StaffMember, StaffMember> change) =>
        Members.TryGetValue(person, out var member) ? this with { Members = Members.SetItem(person, change(member)) } : this;
}
