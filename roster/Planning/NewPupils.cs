using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Roster.Planning;

/// <summary>Rows that become pupils: what registration needs must be in the bundle.</summary>
internal static class NewPupils
{
    public static (IReadOnlyList<NewPupil> Found, IReadOnlyList<DomainError> Problems) Of(IReadOnlyList<RosterPupil> rows, PupilPlaces places, Phase school, DateOnly today)
    {
        var found = new List<NewPupil>();
        var problems = new List<DomainError>();
        foreach (var row in rows.Where(r => !r.Removed))
        {
            var birth = row.DateOfBirth is not { } born ? RosterErrors.BirthMissing(row)
                : born > today.AddYears(-1) || born < today.AddYears(-25) ? RosterErrors.BirthOutOfRange(row)
                : null;
            var year = row.YearGroup is null ? RosterErrors.YearMissing(row) : null;
            problems.AddRange(new[] { birth, year }.OfType<DomainError>());
            if (birth is null && year is null)
            {
                var place = places.Of(row);
                found.Add(new NewPupil(row, new RosterPlace(row.YearGroup!, place?.Class, place?.Teacher), PupilPlaces.PhaseOf(school, row.YearGroup!)));
            }
        }

        return (found, problems);
    }
}
