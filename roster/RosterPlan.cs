using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Roster.Planning;

namespace OnlineSafetyTrust.Roster;

/// <summary>The difference between a bundle and what a school holds. Computing it changes nothing: it is what a dry run prints.</summary>
/// <param name="SourceId">The school's id in its MIS.</param>
/// <param name="RollChanges">The roll or that id.</param>
public sealed record RosterPlan(
    string BundleHash, DateOnly Today, IReadOnlyList<NewPupil> New, IReadOnlyList<ChangedPupil> Changed, IReadOnlyList<LeavingPupil> Leaving, IReadOnlyList<AmbiguousPupil> Ambiguous,
    int Unchanged, IReadOnlyList<NewStaff> NewStaff, IReadOnlyList<ChangedStaff> ChangedStaff, IReadOnlyList<(RosterStaff Row, PersonId Person, Role Role)> NewRoles, IReadOnlyList<LeavingStaff> LeavingStaff,
    IReadOnlyDictionary<string, PersonId> KnownStaff, IReadOnlyList<YearRoll> Roll, string SourceId, bool RollChanges, IReadOnlyList<RosterStaff> Unknown, int OtherPeople, EndingMeasures Ending)
{
    public bool ChangesNothing =>
        New.Count + Changed.Count + Leaving.Count + NewStaff.Count + ChangedStaff.Count + NewRoles.Count + LeavingStaff.Count == 0 && !RollChanges;

    /// <summary>The plan, or why it must not be carried out: rows that a new pupil cannot be made of, or too many leavers.</summary>
    public static Result<RosterPlan> Compute(RosterBundle roster, RosterSituation current, RosterOptions options)
    {
        if (Find(roster, current.School) is not { } school)
        {
            return roster.Changes && roster.Schools.Count == 0 ? RosterErrors.SchoolNotKnown : RosterErrors.SchoolNotInBundle(current.School.Urn, roster.Schools.Count);
        }

        var rows = new RowsHere(roster, school, current, options.Today);
        if (roster.Changes && roster.Schools.Count == 0 && rows.Pupils.Count + rows.Staff.Count == 0 && roster.Pupils.Count + roster.Staff.Count > 0)
        {
            return RosterErrors.SchoolNotNamed(school);
        }

        var staff = new StaffMatch();
        staff.Run(rows.Staff, current.People, roster.Changes, options.Today);
        var match = new PupilMatch(current.Pupils);
        match.Run(rows.Pupils, options.Decisions ?? new Dictionary<string, PupilId?>());

        var places = new PupilPlaces(roster, school, rows.Staff.Where(s => !s.Removed).Select(s => s.SourceId).ToHashSet(StringComparer.Ordinal), options.Today);
        var fresh = NewPupils.Of(match.Fresh, places, current.School.Phase, options.Today);
        var changes = new PupilChanges(places, current.School.Phase, staff.Known);
        var stay = match.Matched.Where(m => !m.Key.Removed).ToList();
        var changed = stay.Select(m => changes.Of(m.Key, m.Value)).OfType<ChangedPupil>().ToList();
        var leaving = Leavers(roster, current, match);

        DomainError[] problems = [.. match.Problems, .. staff.Problems, .. fresh.Problems];
        problems = problems.Length > 0 ? problems : [.. TooMany(current, leaving.Count, staff, options)];
        if (problems.Length > 0)
        {
            return Result<RosterPlan>.Failed(problems);
        }

        var roll = RollOf(current, fresh.Found, changed, leaving);
        return new RosterPlan(
            roster.Hash, options.Today, fresh.Found, changed, leaving, match.Ambiguous, stay.Count - changed.Count, staff.Fresh, staff.Changed, staff.Roles, staff.Leaving, staff.Known, roll,
            school, !roll.SequenceEqual(current.School.Roll) || school != current.School.SourceId, rows.Unknown, roster.Others, EndingMeasures.Of(current.Held, leaving));
    }

    // A delta leaves the school out where nothing of it changed: it is then the one that an earlier bundle called so.
    private static string? Find(RosterBundle roster, SchoolView school) =>
        roster.Schools.FirstOrDefault(s => s.Identifier == school.Urn)?.SourceId
        ?? (roster.Changes && !roster.Schools.Any(s => s.SourceId == school.SourceId && s.Identifier is not null) ? school.SourceId : null)
        ?? (roster.Schools is [{ Identifier: null } only] ? only.SourceId : null);

    private static List<LeavingPupil> Leavers(RosterBundle roster, RosterSituation current, PupilMatch match)
    {
        var removed = match.Matched.Where(m => m.Key.Removed).Select(m => m.Value.Id).ToHashSet();
        var stay = match.Matched.Values.Select(p => p.Id).Concat(match.Ambiguous.SelectMany(a => a.Candidates.Select(c => c.Id))).ToHashSet();
        return [.. current.Pupils.Where(p => p.LeftOn is null && (roster.Changes ? removed.Contains(p.Id) : !stay.Contains(p.Id))).Select(p => new LeavingPupil(p.Id, p.YearGroup, p.ClassName))];
    }

    private static IEnumerable<DomainError> TooMany(RosterSituation current, int leaving, StaffMatch staff, RosterOptions options)
    {
        var onRoll = current.Pupils.Count(p => p.LeftOn is null);
        if (leaving * 100L > (long)onRoll * options.MostLeavingPercent && options.ConfirmedLeavers != leaving)
        {
            yield return RosterErrors.TooManyLeave(leaving, onRoll, options.MostLeavingPercent);
        }

        // A staff of ten changes by more than a tenth in an ordinary summer; half of them at once is a broken export.
        if (staff.Leaving.Count > 2 && staff.Leaving.Count * 2 > staff.Imported)
        {
            yield return RosterErrors.TooManyStaffLeave(staff.Leaving.Count, staff.Imported);
        }
    }

    private static List<YearRoll> RollOf(RosterSituation current, IReadOnlyList<NewPupil> fresh, List<ChangedPupil> changed, List<LeavingPupil> leaving)
    {
        var gone = leaving.Select(l => l.Pupil).ToHashSet();
        var after = changed.ToDictionary(c => c.Pupil);
        return
        [
            .. current.Pupils.Where(p => !gone.Contains(p.Id) && (p.LeftOn is null || after.ContainsKey(p.Id))).Select(p => after.GetValueOrDefault(p.Id)?.Update.YearGroup ?? p.YearGroup)
                .Concat(fresh.Select(f => f.Place.YearGroup))
                .GroupBy(y => y).OrderBy(g => YearGroups.Order(g.Key)).Select(g => new YearRoll(g.Key, g.Count())),
        ];
    }

    /// <summary>Counts, then lists. Rows and ids only: whoever imports has the file and the record beside them.</summary>
    public IEnumerable<string> Lines()
    {
        yield return $"Pupils: {New.Count} new, {Changed.Count(c => !c.Returns)} changed, {Changed.Count(c => c.Returns)} returning, {Leaving.Count} leaving, {Unchanged} unchanged, {Ambiguous.Count} to decide.";
        if (Ending.Any)
        {
            yield return Ending.ToString();
        }

        yield return $"Staff: {NewStaff.Count} new, {ChangedStaff.Count} changed, {NewRoles.Count} with a new role, {LeavingStaff.Count} leaving. {OtherPeople} parents and others are not imported.";
        yield return $"On roll afterwards: {Roll.Sum(r => r.Pupils)} ({string.Join(", ", Roll.Select(r => $"{r.YearGroup}: {r.Pupils}"))}).";
        foreach (var row in Unknown)
        {
            yield return $"{row}: the delta gives no role in roles.csv and nobody here has this source id, so nothing is done. If the row is a pupil or member of staff of this school, export a full (bulk) bundle.";
        }

        foreach (var line in Ambiguous.Cast<object>().Concat(Leaving).Concat(Changed).Concat(New).Concat(LeavingStaff).Concat(ChangedStaff).Concat(NewStaff))
        {
            yield return line.ToString()!;
        }
    }

    public override string ToString() => string.Join('\n', Lines());
}
