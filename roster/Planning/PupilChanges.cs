using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Roster.Planning;

/// <summary>What a row changes about a known pupil. What the bundle does not say stays: a UPN, a key worker, special needs.</summary>
internal sealed class PupilChanges(PupilPlaces places, Phase school, IReadOnlyDictionary<string, PersonId> staff)
{
    public ChangedPupil? Of(RosterPupil row, PupilView pupil)
    {
        var fields = new List<string>();
        T? New<T>(string field, T? from, T? to) where T : class
        {
            if (to is null || to.Equals(from))
            {
                return null;
            }

            fields.Add(field);
            return to;
        }

        T? NewValue<T>(string field, T? from, T? to) where T : struct
        {
            if (to is null || to.Equals(from))
            {
                return null;
            }

            fields.Add(field);
            return to;
        }

        var update = new UpdatePupil(
            Name: New("name", pupil.Name, row.Name),
            DateOfBirth: NewValue("date of birth", pupil.DateOfBirth, row.DateOfBirth),
            Upn: New("UPN", pupil.Upn is null ? null : Upn.Normal(pupil.Upn), row.Upn) is { } upn ? new Change<string>(upn) : null,
            YearGroup: New("year group", pupil.YearGroup, row.YearGroup),
            Phase: NewValue<Phase>("phase", pupil.Phase, PupilPlaces.PhaseOf(school, row.YearGroup ?? pupil.YearGroup)),
            Sen: NewValue("special needs", pupil.Sen, row.Sen),
            SourceId: New("source id", pupil.SourceId, row.SourceId) is { } source ? new Change<string>(source) : null);
        var place = places.Of(row);
        var teacherChanges = place is not null && TeacherDiffers(place.Value.Teacher, pupil.ClassTeacher);
        if (place is not null && place.Value.Class != pupil.ClassName)
        {
            fields.Add("class");
            update = update with { ClassName = new Change<string>(place.Value.Class) };
        }

        if (teacherChanges)
        {
            fields.Add("class teacher");
        }

        return fields.Count == 0 && pupil.LeftOn is null ? null : new ChangedPupil(row, pupil.Id, fields, update, teacherChanges, place?.Teacher, pupil.LeftOn is not null);
    }

    // A teacher who is not known yet is new, so the pupil's changes.
    private bool TeacherDiffers(string? sourceId, PersonId? current) =>
        sourceId is null ? current is not null : !staff.TryGetValue(sourceId, out var person) || person != current;
}
