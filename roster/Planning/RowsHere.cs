namespace OnlineSafetyTrust.Roster.Planning;

/// <summary>Rows that concern one school on a day: who holds a role there, and in a delta whose last one has ended.</summary>
internal sealed class RowsHere
{
    private readonly RosterBundle _roster;
    private readonly string _school;
    private readonly DateOnly _day;

    public RowsHere(RosterBundle roster, string school, RosterSituation current, DateOnly day)
    {
        (_roster, _school, _day) = (roster, school, day);
        Pupils.AddRange(roster.Pupils.Select(Here).OfType<RosterPupil>());
        Staff.AddRange(roster.Staff.Select(Here).OfType<RosterStaff>());
        Place(current);
    }

    public List<RosterPupil> Pupils { get; } = [];

    public List<RosterStaff> Staff { get; } = [];

    /// <summary>Rows of people who stay somewhere, without a role and not known here.</summary>
    public List<RosterStaff> Unknown { get; } = [];

    private void Place(RosterSituation current)
    {
        var pupils = current.Pupils.Select(p => p.SourceId).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var staff = current.People.Where(p => p.LeftAt is null && p.SourceId is not null).ToLookup(p => p.SourceId!, StringComparer.Ordinal);
        foreach (var user in _roster.Unassigned)
        {
            if (pupils.Contains(user.AsPupil.SourceId))
            {
                Pupils.Add(user.AsPupil);
            }
            else if (staff[user.AsStaff.SourceId].Any(p => IsOne(p, user.AsStaff)))
            {
                Staff.Add(user.AsStaff);
            }
            else if (!user.AsStaff.Removed)
            {
                Unknown.Add(user.AsStaff);
            }
        }
    }

    // Without a role a row does not say of which school it is: a number alone is another school's as well.
    private static bool IsOne(RosterPerson person, RosterStaff row) =>
        StaffMatch.Same(row.Name, person.Name) || (row.Email is { } email && person.Email is { } known && StaffMatch.EmailKey(email) == StaffMatch.EmailKey(known));

    private RosterPupil? Here(RosterPupil row) =>
        Of(row.Roles) is not { } held ? null : held.Count > 0 ? row : _roster.Changes ? row with { Removed = true } : null;

    private RosterStaff? Here(RosterStaff row) =>
        Of(row.Roles) is not { } held ? null
        : held.Count > 0 ? row with { Roles = held }
        : _roster.Changes ? row with { Roles = [], Removed = true, RolesOnly = !row.Removed }
        : null;

    /// <returns>The roles here that hold; null: none here at all.</returns>
    private List<RosterRole>? Of(IReadOnlyList<RosterRole> roles) =>
        roles.Where(r => r.SchoolSourceId == _school).ToList() is { Count: > 0 } here ? here.FindAll(r => r.HoldsOn(_day)) : null;
}
