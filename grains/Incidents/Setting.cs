using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Incidents;

/// <summary>Somebody on whom a duty falls.</summary>
/// <param name="Instead">The role that should have had it, where nobody holds it.</param>
internal sealed record Holder(PersonId Person, Role Role, Role? Instead);

/// <summary>Who acts, at which school, on which day: what every rule of an incident looks at.</summary>
internal sealed record Setting(SchoolFacts Facts, CommandContext Context)
{
    /// <summary>When nobody holds the role that the policy names.</summary>
    private static readonly Role[] NextInLine = [Role.Dsl, Role.DeputyDsl, Role.Headteacher];

    private static readonly Role[] Leads = [Role.Dsl, Role.DeputyDsl, Role.Headteacher];

    public DateOnly Day { get; } = London.DateOf(Context.Now);

    public DateTimeOffset Now => Context.Now;

    public PersonId? Person => Context.Actor.Person;

    public PolicyPack? Policy => Facts.Policy?.Policy;

    public IReadOnlySet<Role> Roles { get; } = Context.Actor.Person is { } person ? Facts.RolesOf(person, London.DateOf(Context.Now)) : new HashSet<Role>();

    public bool IsStaff => Person is { } person && Facts.IsHere(person);

    /// <summary>The DSL, a deputy or the head, or their cover.</summary>
    public bool IsLead => Roles.Overlaps(Leads);

    public bool IsDsl => Roles.Contains(Role.Dsl) || Roles.Contains(Role.DeputyDsl);

    public IReadOnlyList<Role> Recipients(bool technical) =>
        technical
            ? Policy?.TechnicalReportsGoTo is { Count: > 0 } pack ? pack : [Role.NetworkManager]
            : Policy?.ReportsGoTo is { Count: > 0 } roles ? roles : [Role.Dsl];

    /// <summary>The first of these roles that somebody holds today; otherwise the next in line. Null: the school has filled none.</summary>
    public Holder? Find(IReadOnlyList<Role> wanted)
    {
        // A class teacher or key worker is one of a pupil, not of the school: the first in the staff list would be the wrong one.
        foreach (var role in wanted.Where(r => !BelongsToPupil(r)))
        {
            foreach (var person in Facts.HoldersOf(role, Day))
            {
                return new Holder(person, role, null);
            }
        }

        return NextInLine.SelectMany(role => Facts.HoldersOf(role, Day).Select(person => new Holder(person, role, wanted.Count > 0 ? wanted[0] : null))).FirstOrDefault();
    }

    /// <summary>The first holder of these roles who is not one of <paramref name="except"/>.</summary>
    public Holder? Other(IReadOnlyList<Role> roles, params IReadOnlyCollection<PersonId> except) =>
        roles.SelectMany(role => Facts.HoldersOf(role, Day).Select(person => new Holder(person, role, null))).FirstOrDefault(h => !except.Contains(h.Person));

    public IEnumerable<Holder> All(params IReadOnlyList<Role> roles) =>
        roles.SelectMany(role => Facts.HoldersOf(role, Day).Select(person => new Holder(person, role, null))).DistinctBy(h => h.Person);

    public bool Holds(IEnumerable<Role> roles) => roles.Any(r => !BelongsToPupil(r) && Roles.Contains(r));

    /// <summary>The beginning of a day for those who work: when what was put off to that day is looked at.</summary>
    public DateTimeOffset Begins(DateOnly day) => London.ToInstant(day, Facts.Calendar.DayStarts);

    public DateTimeOffset Ends(DateOnly day) => London.ToInstant(day, Facts.Calendar.DayEnds);

    public static bool BelongsToPupil(Role role) => role is Role.ClassTeacher or Role.KeyWorker;
}
