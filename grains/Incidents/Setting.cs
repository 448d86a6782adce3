using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Incidents;

/// <summary>Somebody on whom a duty falls.</summary>
/// <param name="Instead">The role that should have had it, where nobody holds it.</param>
/// <param name="For">Whom the person stands in for.</param>
internal sealed record Holder(PersonId Person, Role Role, Role? Instead, PersonId? For = null);

/// <summary>Where a duty is done for somebody absent, or will be.</summary>
/// <param name="For">Whose duty it is; the owner themselves until their absence begins.</param>
/// <param name="Until">00:00 in Europe/London of the first day on which somebody else acts for them; null: no such day is arranged.</param>
internal sealed record Standing(PersonId For, DateTimeOffset? Until);

/// <summary>Who acts, at which school, on which day: what every rule of an incident looks at.</summary>
internal sealed record Setting(SchoolFacts Facts, CommandContext Context)
{
    /// <summary>Who leads; next in line, too, when nobody who is here holds the role that the policy names.</summary>
    public static readonly IReadOnlyList<Role> Leads = [Role.Dsl, Role.DeputyDsl, Role.Headteacher];

    public DateOnly Day { get; } = London.DateOf(Context.Now);

    public DateTimeOffset Now => Context.Now;

    public PersonId? Person => Context.Actor.Person;

    public PolicyPack? Policy => Facts.Policy?.Policy;

    public IReadOnlySet<Role> Roles { get; } = Context.Actor.Person is { } person ? Facts.RolesOf(person, London.DateOf(Context.Now)) : new HashSet<Role>();

    /// <summary>They themselves, or who stands in for them today.</summary>
    public bool ActsFor(PersonId? whose) => whose is { } person && IsStaff && (person == Person || Facts.StandIn(person, Day) == Person);

    public bool IsStaff => Person is { } person && Facts.IsHere(person);

    /// <summary>The DSL, a deputy or the head, or their cover.</summary>
    public bool IsLead => Roles.Overlaps(Leads);

    /// <summary>The same of somebody else.</summary>
    public bool MayLead(PersonId person) => Facts.RolesOf(person, Day).Overlaps(Leads);

    public bool IsDsl => Roles.Contains(Role.Dsl) || Roles.Contains(Role.DeputyDsl);

    public IReadOnlyList<Role> Recipients(bool technical) =>
        technical
            ? Policy?.TechnicalReportsGoTo is { Count: > 0 } pack ? pack : [Role.NetworkManager]
            : Policy?.ReportsGoTo is { Count: > 0 } roles ? roles : [Role.Dsl];

    /// <summary>The first of these roles that somebody holds today; otherwise the next in line. Null: the school has filled none.</summary>
    public Holder? Find(IReadOnlyList<Role> wanted, bool ofPupils = true)
    {
        foreach (var role in wanted)
        {
            if (HoldersOf(role, ofPupils).FirstOrDefault() is { } holder)
            {
                return holder;
            }
        }

        var next = Leads.SelectMany(Held).FirstOrDefault();
        return next is null ? null
            : AwayFrom(wanted, ofPupils) is { } away ? away with { Person = next.Person }
            : next with { Instead = wanted.Count > 0 ? wanted[0] : null };
    }

    /// <summary>All who hold the role today; where nobody does, the next in line.</summary>
    public IReadOnlyList<Holder> Everybody(Role role) => HoldersOf(role).ToList() is { Count: > 0 } holders ? holders : Find([role]) is { } next ? [next] : [];

    // A class teacher or key worker is one of a pupil, not of the school: the first in the staff list would be the wrong one.
    private IEnumerable<Holder> HoldersOf(Role role, bool ofPupils = true) => !BelongsToPupil(role) ? Held(role) : ofPupils ? OfPupils(role) : [];

    /// <summary>Whose step it is. Checks are set up by those who lead, though the pupil's own people make them.</summary>
    public Holder? Find(StepRule rule) => Find(rule.Owners, rule.Kind is not (StepKind.DailyChecks or StepKind.WeeklyUpdate));

    /// <summary>Who does today what belongs to this person: they, their cover, or, where nobody acts for them, somebody else until they are back. Null: they have left.</summary>
    /// <param name="next">Whoever it would fall to today.</param>
    public Holder? Acting(PersonId person, Role role, Role? instead, Holder? next) =>
        !Facts.IsHere(person) ? null
        : (Facts.StandIn(person, Day) ?? next?.Person) is { } acting ? new Holder(acting, role, instead, person)
        : null;

    /// <summary>Null: it is the holder's own, and no absence is arranged.</summary>
    /// <param name="away">Whose it is where nobody holds it today.</param>
    /// <param name="by">The roles by one of which it is theirs; none: it is theirs by name.</param>
    /// <param name="missing">The role that should have it and that nobody holds.</param>
    public Standing? StandingOf(Holder? holder, PersonId? away = null, IReadOnlyList<Role>? by = null, Role? missing = null)
    {
        if ((holder is null ? away : holder.For ?? holder.Person) is not { } whose || !Facts.IsHere(whose))
        {
            return null;
        }

        var until = UntilOf(whose, holder?.Person, by ?? [], missing);
        return whose == holder?.Person && until is null ? null : new Standing(whose, until);
    }

    /// <summary>When somebody else may act for this person than does now. Who is next in line depends on every cover.</summary>
    private DateTimeOffset? UntilOf(PersonId whose, PersonId? acting, IReadOnlyList<Role> by, Role? missing) =>
        acting is null || Facts.StandIn(whose, Day) != acting ? Facts.NextHandOver(Day, d => d)
        : Facts.NextHandOver(Day, d => (Facts.StandIn(whose, d), HoldsOn(whose, by, d), missing is { } role && !BelongsToPupil(role) && Facts.AppointedTo(role, d).Any()));

    private bool HoldsOn(PersonId person, IReadOnlyList<Role> roles, DateOnly day) => roles.Any(r => !BelongsToPupil(r) && Facts.AppointedTo(r, day).Contains(person));

    /// <summary>By none of the roles it is theirs any more: they ended, or others look after the pupils now.</summary>
    public bool Lost(PersonId person, IReadOnlyList<Role> by) => !HoldsOn(person, by, Day) && !by.Any(r => BelongsToPupil(r) && Named(r).Contains(person));

    /// <summary>By which it is the owner's to see to an incident: until it is triaged the one by which it came to them.</summary>
    public IReadOnlyList<Role> OwnersBy(bool technical, bool triaged, Role? role) => !triaged && role is { } by ? [by] : [.. Recipients(technical), .. Leads];

    /// <summary>The role that the report should have gone to.</summary>
    public static Role? MissingIn(IReadOnlyList<Role> wanted, Role? role) => role is { } found && wanted.Count > 0 && !wanted.Contains(found) ? wanted[0] : null;

    /// <summary>As whom the actor does what one of these roles may do: by a role of their own, or for somebody absent.</summary>
    public Standing? ActorAs(IReadOnlyList<Role> roles)
    {
        var held = roles.SelectMany(Held).Where(h => h.Person == Person).ToList();
        return StandingOf(held.Find(h => h.For == Person) ?? held.FirstOrDefault() ?? (Person is { } person ? new Holder(person, Role.Dsl, null) : null), by: roles);
    }

    /// <summary>The first holder of these roles who is not one of <paramref name="except"/>.</summary>
    public Holder? Other(IReadOnlyList<Role> roles, params IReadOnlyCollection<PersonId> except) =>
        All(roles).FirstOrDefault(h => !except.Contains(h.Person));

    public IEnumerable<Holder> All(params IReadOnlyList<Role> roles) =>
        roles.SelectMany(Held).DistinctBy(h => h.Person);

    public bool Holds(IEnumerable<Role> roles) => roles.Any(r => !BelongsToPupil(r) && Roles.Contains(r));

    public IEnumerable<Holder> Held(Role role) => Facts.HeldBy(role, Day).Select(h => new Holder(h.Acting, role, null, h.Holder));

    private IEnumerable<PersonId> Named(Role role) => (Facts.OfPupils ?? []).Select(p => role == Role.ClassTeacher ? p.ClassTeacher : p.KeyWorker).OfType<PersonId>();

    private IEnumerable<Holder> OfPupils(Role role) => Named(role).Select(p => Acting(p, role, null, null)).OfType<Holder>();

    /// <summary>Whoever should have a duty and is away without anybody who acts for them.</summary>
    public Holder? AwayFrom(IReadOnlyList<Role> wanted, bool ofPupils = true) =>
        wanted.SelectMany(role => (!BelongsToPupil(role) ? Facts.AppointedTo(role, Day) : ofPupils ? Named(role) : []).Select(p => new Holder(p, role, null, p)))
            .FirstOrDefault(h => Facts.IsHere(h.Person) && Facts.StandIn(h.Person, Day) is null);

    /// <summary>The beginning of a day for those who work: when what was put off to that day is looked at.</summary>
    public DateTimeOffset Begins(DateOnly day) => London.ToInstant(day, Facts.Calendar.DayStarts);

    public DateTimeOffset Ends(DateOnly day) => London.ToInstant(day, Facts.Calendar.DayEnds);

    public static bool BelongsToPupil(Role role) => role is Role.ClassTeacher or Role.KeyWorker;
}
