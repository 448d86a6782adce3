using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Checks;

/// <summary>What the pupil's record says of who looks after the pupil, and of their devices.</summary>
/// <param name="LeftOn">Last day on roll; null: on roll.</param>
/// <param name="DevicesAway">None is to be with the pupil until a strategy is agreed, but what they need or were allowed.</param>
internal sealed record CheckerFacts(PersonId? ClassTeacher, PersonId? KeyWorker, DateOnly? LeftOn = null, bool DevicesAway = false)
{
    public bool PupilLeft => LeftOn is not null;
}

/// <summary>What decisions on checks need from elsewhere.</summary>
/// <param name="HasStrategy">The pupil has a strategy, agreed or in draft; known only when it is asked.</param>
/// <param name="OfOthers">The refusal of the incident that a command names, or of its words; null: it is the pupil's, or none is named.</param>
internal sealed record CheckFacts(SchoolFacts School, CheckerFacts Checkers, bool HasStrategy = false, DomainError? OfOthers = null)
{
    public SchoolCalendar Calendar => School.Calendar;

    /// <summary>The first school day after a date, or where the calendar ends the next working day: no stage waits for ever.</summary>
    public DateOnly NextDayFor(DateOnly after) => Calendar.NextSchoolDay(after) ?? SchoolTime.AddWorkingDays(after, 1);
}
