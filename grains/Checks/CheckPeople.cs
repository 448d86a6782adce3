using System.Collections.Immutable;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Checks;

/// <summary>Who makes, hears of and decides on checks. Where the school lacks somebody the next in line is asked: a check is never nobody's.</summary>
internal static class CheckPeople
{
    private static readonly Role[] LeadLine = [Role.Dsl, Role.DeputyDsl, Role.Headteacher, Role.SeniorLeader];
    private static readonly Role[] HeadLine = [Role.Headteacher, Role.SeniorLeader, Role.Dsl, Role.DeputyDsl];
    private static readonly Role[] Schedulers = [Role.Dsl, Role.DeputyDsl, Role.Headteacher, Role.SeniorLeader];
    private static readonly Role[] Safeguarding = [Role.Dsl, Role.DeputyDsl];

    /// <summary>The one who makes a day's check, or whoever covers for them.</summary>
    public static PersonId? Checker(CheckFacts facts, CheckerKind kind, DateOnly day)
    {
        var (teacher, worker) = (facts.Checkers.ClassTeacher, facts.Checkers.KeyWorker);
        PersonId?[] line = kind == CheckerKind.ClassTeacher ? [teacher, worker] : [worker, teacher];
        return line.OfType<PersonId>().Select(p => facts.School.StandIn(p, day)).FirstOrDefault(p => p is not null) ?? Lead(facts.School, day);
    }

    public static PersonId? Lead(SchoolFacts facts, DateOnly day) => DslOn(facts, day) is [var first, ..] ? first : null;

    public static PersonId? Head(SchoolFacts facts, DateOnly day) => HeadOn(facts, day) is [var first, ..] ? first : null;

    /// <summary>When a cover makes another one the lead or the head.</summary>
    public static DateTimeOffset? NextLeadAt(SchoolFacts facts, DateOnly today) => facts.NextHandOver(today, day => (Lead(facts, day), Head(facts, day)));

    public static ImmutableList<PersonId> DslOn(SchoolFacts facts, DateOnly day) => Holders(facts, LeadLine, day);

    /// <summary>Every DSL and deputy; where the school has neither, whoever the duty falls to.</summary>
    public static ImmutableList<PersonId> DslAndDeputiesOn(SchoolFacts facts, DateOnly day)
    {
        ImmutableList<PersonId> both = [.. Safeguarding.SelectMany(r => facts.HoldersOf(r, day)).Distinct()];
        return both.Count > 0 ? both : DslOn(facts, day);
    }

    public static ImmutableList<PersonId> HeadOn(SchoolFacts facts, DateOnly day) => Holders(facts, HeadLine, day);

    public static bool MaySchedule(SchoolFacts facts, CommandContext context, DateOnly today) => Has(facts, context, today, Schedulers);

    public static bool IsSafeguarding(SchoolFacts facts, CommandContext context, DateOnly today) => Has(facts, context, today, Safeguarding);

    /// <summary>DSL and deputy, and whoever the duty falls to where the school has neither.</summary>
    public static bool Leads(SchoolFacts facts, CommandContext context, DateOnly today) =>
        IsSafeguarding(facts, context, today) || (context.Actor.Person is { } person && DslOn(facts, today).Contains(person));

    /// <summary>The head, and whoever the duty falls to where the school has none.</summary>
    public static bool IsHead(SchoolFacts facts, CommandContext context, DateOnly today) => context.Actor.Person is { } person && HeadOn(facts, today).Contains(person);

    /// <summary>The day's checker, the pupil's class teacher or key worker or their cover, on that day or today; DSL and deputy.</summary>
    public static bool MayRecord(CheckFacts facts, DayCheck? check, DateOnly date, CommandContext context, DateOnly today) =>
        IsSafeguarding(facts.School, context, today)
        || (context.Actor.Person is { } person && facts.School.IsHere(person)
            && (check?.Plan.Checker == person
                || new[] { facts.Checkers.ClassTeacher, facts.Checkers.KeyWorker }.OfType<PersonId>()
                    .Any(p => p == person || facts.School.StandIn(p, date) == person || facts.School.StandIn(p, today) == person)));

    /// <summary>Whom the policy names, normally the network manager; the head where nobody holds that role.</summary>
    public static ImmutableList<PersonId> RecipientsOn(SchoolFacts facts, DateOnly day)
    {
        ImmutableList<PersonId> people = [.. facts.WeeklyUpdateTo.SelectMany(r => facts.HoldersOf(r, day)).Distinct()];
        return people.Count > 0 ? people : HeadOn(facts, day);
    }

    private static bool Has(SchoolFacts facts, CommandContext context, DateOnly today, Role[] roles) =>
        context.Actor.IsSystem || (context.Actor.Person is { } person && facts.RolesOf(person, today).Overlaps(roles));

    /// <summary>All holders of the first role that is filled.</summary>
    private static ImmutableList<PersonId> Holders(SchoolFacts facts, Role[] line, DateOnly day) =>
        line.Select(role => facts.HoldersOf(role, day).ToImmutableList()).FirstOrDefault(holders => holders.Count > 0) ?? [];
}
