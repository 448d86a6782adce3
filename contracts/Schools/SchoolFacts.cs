using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Policies;

namespace OnlineSafetyTrust.Contracts.Schools;

/// <summary>
/// What a decision needs of its school, immutable and versioned; events record the version. Names are not in it.
/// </summary>
/// <param name="Version">Version of the school's stream that this was read at.</param>
/// <param name="Policy">Compiled with the statutory floor of the nation; null until one is adopted.</param>
/// <param name="OfPupils">Who looks after the pupils that a decision concerns, in their order; null: it concerns none.</param>
[GenerateSerializer, Immutable, Alias("SchoolFacts")]
public sealed record SchoolFacts(
    TenantId School, TenantId Trust, long Version, Nation Nation, Phase Phase, SchoolCalendar Calendar, IReadOnlyList<StaffFacts> Staff,
    IReadOnlyList<CoverPeriod> Covers, CompiledPolicy? Policy, string? PolicyVersion,
    IReadOnlyList<PupilStaff>? OfPupils = null)
{
    /// <summary>Who receives the weekly update on daily checks: whom the policy names, normally the network manager.</summary>
    public IReadOnlyList<Role> WeeklyUpdateTo => Policy?.Policy.WeeklyUpdateTo is { Count: > 0 } named ? named : [Role.NetworkManager];

    /// <summary>Whoever holds a role on a day, first appointed first; an absent holder's cover stands in their place.</summary>
    public IEnumerable<PersonId> HoldersOf(Role role, DateOnly day) => HeldBy(role, day).Select(h => h.Acting).Distinct();

    /// <summary>The same, each with whose role it is.</summary>
    public IEnumerable<(PersonId Holder, PersonId Acting)> HeldBy(Role role, DateOnly day) =>
        AppointedTo(role, day).Select(p => (Holder: p, Acting: StandIn(p, day))).Where(h => h.Acting is not null).Select(h => (h.Holder, h.Acting!.Value));

    /// <summary>Those who hold the role themselves, away or not, first appointed first.</summary>
    public IEnumerable<PersonId> AppointedTo(Role role, DateOnly day) =>
        Staff.Where(s => !s.Left)
            .SelectMany(s => s.Roles.Where(r => r.Role == role && r.ActiveOn(day)).Select(r => (s.Person, r.From)))
            .OrderBy(h => h.From)
            .Select(h => h.Person);

    /// <summary>Who acts for the person on that day: they themselves, or the end of their line of covers. Null: nobody, because somebody in the line has left or it goes round in a circle.</summary>
    public PersonId? StandIn(PersonId person, DateOnly day)
    {
        var current = person;
        for (var hops = 0; hops <= Covers.Count && IsHere(current); hops++)
        {
            if (Covers.LastOrDefault(c => c.Absent == current && c.ActiveOn(day)) is not { } cover)
            {
                return current;
            }

            current = cover.Cover;
        }

        return null;
    }

    /// <summary>Those absent that day for whom this person acts.</summary>
    public IEnumerable<PersonId> ActsFor(PersonId person, DateOnly day) =>
        Covers.Where(c => c.ActiveOn(day)).Select(c => c.Absent).Distinct().Where(absent => absent != person && StandIn(absent, day) == person);

    /// <summary>The first later day on which a cover or a role that begins or ends gives another answer than this day; null: none is arranged.</summary>
    public DateOnly? NextChange<T>(DateOnly day, Func<DateOnly, T> answer)
    {
        var today = answer(day);
        return Covers.Select(c => (c.From, To: (DateOnly?)c.To)).Concat(Staff.Where(s => !s.Left).SelectMany(s => s.Roles).Select(r => (r.From, r.To)))
            .SelectMany(p => Turns(p.From, p.To))
            .Where(d => d > day).Distinct().Order()
            .Where(d => !EqualityComparer<T>.Default.Equals(answer(d), today))
            .Cast<DateOnly?>().FirstOrDefault();
    }

    /// <summary>The days on which a period begins and is over.</summary>
    /// <param name="to">The last day; null: open.</param>
    public static IEnumerable<DateOnly> Turns(DateOnly from, DateOnly? to) => to is { } last && last < DateOnly.MaxValue ? [from, last.AddDays(1)] : [from];

    public bool IsHere(PersonId person) => Staff.Any(s => s.Person == person && !s.Left);

    /// <summary>Roles of a person on a day, own and covered.</summary>
    public IReadOnlySet<Role> RolesOf(PersonId person, DateOnly day)
    {
        if (!IsHere(person))
        {
            return new HashSet<Role>();
        }

        PersonId[] whose = [person, .. ActsFor(person, day)];
        return Staff.Where(s => whose.Contains(s.Person)).SelectMany(s => s.Roles).Where(r => r.ActiveOn(day)).Select(r => r.Role).ToHashSet();
    }
}

/// <summary>A pupil's own people, as the roster names them.</summary>
[GenerateSerializer, Immutable, Alias("PupilStaff")]
public sealed record PupilStaff(PersonId? ClassTeacher, PersonId? KeyWorker);

[GenerateSerializer, Immutable, Alias("StaffFacts")]
public sealed record StaffFacts(PersonId Person, IReadOnlyList<RoleHolding> Roles, bool Left);
