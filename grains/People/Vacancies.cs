using System.Collections.Immutable;

namespace OnlineSafetyTrust.Grains.People;

/// <summary>A role that was held and is not any more.</summary>
/// <param name="Since">The day on which that was found.</param>
/// <param name="Owner">Next in line, who has to see to it; null: the school has nobody left to ask.</param>
/// <param name="At">When it became the owner's.</param>
internal sealed record Vacancy(Role Role, DateOnly Since, PersonId? Owner, DateTimeOffset At);

/// <param name="LookOn">The next day on which another answer is to be expected; null: none is arranged.</param>
[EventName("person.vacancies-found.v1")]
internal sealed record VacanciesFound(IReadOnlyList<Vacancy> Vacancies, DateOnly? LookOn);

/// <summary>
/// The school's vacancies as they were last found. No command but a leaver's can leave the school without DSL or head; a time limit that
/// was given to somebody who alone was appointed can, on its day.
/// </summary>
internal sealed record Vacancies(ImmutableList<Vacancy> Open, DateOnly? LookOn)
{
    /// <summary>The roles that a school is never to be without.</summary>
    public static readonly Role[] Kept = [Role.Dsl, Role.Headteacher];

    public static readonly Vacancies None = new([], null);

    // The head appoints a DSL; whoever else is left has to ask whoever runs the system for the trust.
    private static readonly Role[] Line = [Role.Headteacher, Role.SeniorLeader, Role.Dsl, Role.DeputyDsl, Role.ChairOfGovernors, Role.OnlineSafetyGovernor, Role.Governor];

    /// <summary>What was decided on people, and what follows from it for vacancies.</summary>
    public Result<Events> After(StaffState staff, Result<Events> decided, CommandContext context, DateOnly today) =>
        !decided.Ok || decided.Value.Count == 0 ? decided
        : Events.Of([.. decided.Value, .. Look(decided.Value.Aggregate(staff, (s, e) => s.Apply(e, new EventMeta(0, context.Now, context.Actor))), context, today)]);

    /// <summary>None: everything is as it was found last.</summary>
    public Events Look(StaffState staff, CommandContext context, DateOnly today)
    {
        var now = Find(staff, today);
        var found = now.ConvertAll(f => Open.Find(v => (v.Role, v.Owner) == f) ?? new Vacancy(f.Role, Open.Find(v => v.Role == f.Role)?.Since ?? today, f.Owner, context.Now));
        var next = staff.ChangesOf(Line).Where(d => d > today).Distinct().Order().Where(d => !Find(staff, d).SequenceEqual(now)).Cast<DateOnly?>().FirstOrDefault();
        return found.SequenceEqual(Open) && next == LookOn ? Events.None : Events.Of(new VacanciesFound(found, next));
    }

    // A school that is being set up misses nobody yet.
    private static List<(Role Role, PersonId? Owner)> Find(StaffState staff, DateOnly day) =>
        [.. Kept.Where(role => !staff.IsHeld(role, day) && staff.Members.Values.Any(m => m.Roles.Any(r => r.Role == role && r.From <= day))).Select(role => (role, Next(staff, day)))];

    private static PersonId? Next(StaffState staff, DateOnly day) => Line
        .SelectMany(role => staff.Members.Values.Where(m => m.LeftAt is null).SelectMany(m => m.Roles.Where(r => r.Role == role && r.ActiveOn(day)).Select(r => (m.Id, r.From)))
            .OrderBy(h => h.From).ThenBy(h => h.Id.Value).Select(h => (PersonId?)h.Id))
        .FirstOrDefault();
}
