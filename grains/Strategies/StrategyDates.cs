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

    /// <summary>The owner or who stands in; a DSL when the owner has left.</summary>
    public static PersonId Assigned(SchoolFacts facts, PersonId owner, DateTimeOffset now)
    {
        var today = London.DateOf(now);
        var person = facts.StandIn(owner, today);
        return facts.IsHere(person) ? person : FirstOf(facts, now, Role.Dsl, Role.DeputyDsl, Role.Headteacher) ?? owner;
    }

    public static PersonId? Head(SchoolFacts facts, DateTimeOffset now) => FirstOf(facts, now, Role.Headteacher, Role.SeniorLeader, Role.Dsl);

    public static PersonId? Dsl(SchoolFacts facts, DateTimeOffset now) => FirstOf(facts, now, Role.Dsl, Role.DeputyDsl, Role.Headteacher);

    private static PersonId? FirstOf(SchoolFacts facts, DateTimeOffset now, params Role[] roles) =>
        roles.SelectMany(r => facts.HoldersOf(r, London.DateOf(now))).Select(p => (PersonId?)p).FirstOrDefault();
}
