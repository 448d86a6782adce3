using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Strategies;

/// <summary>When something falls due, and to whom, in the school's own calendar.</summary>
internal static class StrategyDates
{
    private static readonly DeadlineRule ToAgree = new(DeadlineClock.SchoolDays, 5);

    public static DateTimeOffset AgreementDue(SchoolFacts facts, DateTimeOffset draftedAt) => Deadline.Resolve(ToAgree, draftedAt, facts.Calendar)!.Value;

    /// <summary>The day itself, or the next school day; without one in the calendar the day itself, so that a review is never lost.</summary>
    public static ReviewTimes Review(SchoolFacts facts, DateOnly reviewOn)
    {
        var day = facts.Calendar.AddSchoolDays(reviewOn, 0) ?? reviewOn;
        return new ReviewTimes(London.ToInstant(day, facts.Calendar.DayStarts), London.ToInstant(day, facts.Calendar.DayEnds));
    }

    /// <summary>The owner or who stands in; a DSL when the owner has left, or is away and nobody stands in.</summary>
    public static PersonId Assigned(SchoolFacts facts, PersonId owner, DateTimeOffset now) => Assigned(facts, owner, London.DateOf(now));

    public static PersonId? Head(SchoolFacts facts, DateTimeOffset now) => Head(facts, London.DateOf(now));

    public static PersonId? Dsl(SchoolFacts facts, DateTimeOffset now) => FirstOf(facts, London.DateOf(now), Role.Dsl, Role.DeputyDsl, Role.Headteacher);

    /// <summary>Owner, DSL and head, or who stands in for them, without whoever acts.</summary>
    public static IReadOnlyList<PersonId> Concerned(StrategyState state, SchoolFacts facts, CommandContext context) =>
        [.. new[] { state.Assigned, Dsl(facts, context.Now), Head(facts, context.Now) }.OfType<PersonId>().Distinct().Where(p => context.Actor != Actor.Of(p))];

    /// <summary>When a cover makes the tasks another one's.</summary>
    /// <param name="referred">The head has a task too.</param>
    public static DateTimeOffset? HandOver(SchoolFacts facts, PersonId owner, bool referred, DateTimeOffset now) =>
        facts.NextHandOver(London.DateOf(now), day => (Assigned(facts, owner, day), referred ? Head(facts, day) : null));

    private static PersonId Assigned(SchoolFacts facts, PersonId owner, DateOnly day) =>
        facts.StandIn(owner, day) ?? FirstOf(facts, day, Role.Dsl, Role.DeputyDsl, Role.Headteacher) ?? owner;

    private static PersonId? Head(SchoolFacts facts, DateOnly day) => FirstOf(facts, day, Role.Headteacher, Role.SeniorLeader, Role.Dsl);

    private static PersonId? FirstOf(SchoolFacts facts, DateOnly day, params Role[] roles) =>
        roles.SelectMany(r => facts.HoldersOf(r, day)).Select(p => (PersonId?)p).FirstOrDefault();
}
