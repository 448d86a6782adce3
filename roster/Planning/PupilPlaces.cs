using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Roster.Planning;

/// <summary>Class and class teacher of a pupil on a day, from the registration class.</summary>
internal sealed class PupilPlaces(RosterBundle roster, string school, IReadOnlySet<string> staff, DateOnly today)
{
    private readonly bool _anyRegistration = roster.Classes.Values.Any(c => c.Homeroom && c.SchoolSourceId == school);

    /// <summary>Null: the bundle does not say, what is known stays.</summary>
    public (string? Class, string? Teacher)? Of(RosterPupil pupil)
    {
        if (!_anyRegistration || pupil.Registrations is null)
        {
            return null;
        }

        // Of several the one begun last; the id makes the choice the same each time.
        var group = pupil.Registrations.Where(r => r.Period.Holds(today))
            .OrderByDescending(r => r.Period.Begin ?? DateOnly.MinValue).ThenBy(r => r.ClassSourceId, StringComparer.Ordinal)
            .Select(r => roster.Classes[r.ClassSourceId]).FirstOrDefault(c => c.SchoolSourceId == school);
        var teacher = group?.Teachers.Where(t => t.Primary && t.Period.Holds(today) && staff.Contains(t.StaffSourceId)).OrderBy(t => t.StaffSourceId, StringComparer.Ordinal).FirstOrDefault();
        return (group?.Title, teacher?.StaffSourceId);
    }

    public static Phase PhaseOf(Phase school, string yearGroup) =>
        school != Phase.AllThrough ? school : YearGroups.Order(yearGroup) <= 6 ? Phase.Primary : Phase.Secondary;
}
