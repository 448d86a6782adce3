using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Incidents;

/// <summary>How long the product waits before it says that something is late, where no policy sets it.</summary>
internal static class IncidentClocks
{
    /// <summary>In immediate danger a notice must be seen within the hour, by day and night.</summary>
    private static readonly DeadlineRule SeenInDanger = new(DeadlineClock.Hours, 1);

    private static readonly DeadlineRule Seen = new(DeadlineClock.SchoolDays, 1);

    private static readonly DeadlineRule Triaged = new(DeadlineClock.SameSchoolDay);

    /// <summary>A new referral without a date is chased on the next working day.</summary>
    private static readonly DeadlineRule Chased = new(DeadlineClock.WorkingDays, 1);

    /// <summary>Contact with parents that is held without a date is looked at again after three school days.</summary>
    private static readonly DeadlineRule HeldReviewed = new(DeadlineClock.SchoolDays, 3);

    public static DateTimeOffset SeeBy(ImmediateDanger danger, DateTimeOffset from, SchoolCalendar calendar) =>
        danger == ImmediateDanger.Yes ? Deadline.Resolve(SeenInDanger, from, calendar)!.Value : Soonest(Seen, from, calendar);

    public static StepTimes Triage(ImmediateDanger danger, DateTimeOffset from, SchoolCalendar calendar)
    {
        if (danger == ImmediateDanger.Yes)
        {
            return Times(DeadlineRule.Immediately, from, calendar)!;
        }

        var due = Soonest(Triaged, from, calendar);
        var dsl = Soonest(Seen, due, calendar);
        return new StepTimes(due, due, dsl, Soonest(Seen, dsl, calendar));
    }

    public static DateOnly ChaseDay(DateTimeOffset from, SchoolCalendar calendar) => London.DateOf(Deadline.Resolve(Chased, from, calendar)!.Value);

    public static DateOnly HeldReviewDay(DateTimeOffset from, SchoolCalendar calendar) => London.DateOf(Deadline.Resolve(HeldReviewed, from, calendar)!.Value);

    /// <summary>
    /// Immediate: the owner is reminded after an hour, the DSL told after two, the head after four, nights included. Otherwise the
    /// owner when it is due, the DSL a school day later, the head two. Null: no deadline.
    /// </summary>
    public static StepTimes? Times(DeadlineRule rule, DateTimeOffset from, SchoolCalendar calendar)
    {
        if (Deadline.Resolve(rule, from, calendar) is not { } due)
        {
            return null;
        }

        return rule.Clock switch
        {
            DeadlineClock.Immediately => new StepTimes(due, due.AddHours(1), due.AddHours(2), due.AddHours(4)),
            DeadlineClock.Hours => new StepTimes(due, due, due.AddHours(1), due.AddHours(3)),
            _ => new StepTimes(due, due, Later(due, 1, calendar), Later(due, 2, calendar)),
        };
    }

    /// <summary>
    /// Of a step. What the floor asks for the sake of a child is due on working days too, and late on them: in the holidays it does not wait for the first day of term.
    /// </summary>
    /// <param name="free">See <see cref="StandardSteps.DeadlineOf"/>.</param>
    public static StepTimes? Times(StepRule step, DateTimeOffset from, SchoolCalendar calendar, bool free = false)
    {
        var rule = StandardSteps.DeadlineOf(step, free);
        var times = Times(rule, from, calendar);
        if (times is null || !StandardSteps.IsUrgent(step) || rule.Clock is not (DeadlineClock.SameSchoolDay or DeadlineClock.SchoolDays))
        {
            return times;
        }

        var due = Soonest(rule, from, calendar);
        var dsl = Soonest(Seen, due, calendar);
        return new StepTimes(due, due, dsl, Soonest(Seen, dsl, calendar));
    }

    /// <summary>By the school's days, or by as many working days, one at least, where that is sooner.</summary>
    private static DateTimeOffset Soonest(DeadlineRule school, DateTimeOffset from, SchoolCalendar calendar)
    {
        var working = new DeadlineRule(DeadlineClock.WorkingDays, Math.Max(1, school.Amount));
        var (inSchool, atWork) = (Deadline.Resolve(school, from, calendar)!.Value, Deadline.Resolve(working, from, calendar)!.Value);
        return inSchool < atWork ? inSchool : atWork;
    }

    private static DateTimeOffset Later(DateTimeOffset due, int schoolDays, SchoolCalendar calendar) =>
        Deadline.Resolve(new DeadlineRule(DeadlineClock.SchoolDays, schoolDays), due, calendar)!.Value;
}
