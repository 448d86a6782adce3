namespace OnlineSafetyTrust.Roster;

public sealed record NewPupil(RosterPupil Row, RosterPlace Place, Contracts.Schools.Phase Phase)
{
    public override string ToString() => $"{Row}: new, {Place}";
}

/// <param name="ClassTeacher">Source id of the class teacher; null: nobody.</param>
public sealed record RosterPlace(string YearGroup, string? ClassName, string? ClassTeacher)
{
    public override string ToString() => $"year {YearGroup}, {(ClassName is null ? "no class" : $"class {ClassName}")}";
}

/// <param name="Fields">What differs, by name, never by value.</param>
/// <param name="ClassTeacher">Source id of the new class teacher, where <paramref name="TeacherChanges"/>.</param>
/// <param name="Returns">Had left and is back.</param>
public sealed record ChangedPupil(
    RosterPupil Row, PupilId Pupil, IReadOnlyList<string> Fields, Contracts.Pupils.UpdatePupil Update, bool TeacherChanges, string? ClassTeacher, bool Returns)
{
    public override string ToString() =>
        $"{Row}: pupil {Pupil} {(Returns ? "returns" : "changes")}{(Fields.Count == 0 ? "" : $" ({string.Join(", ", Fields)})")}";
}

public sealed record LeavingPupil(PupilId Pupil, string YearGroup, string? ClassName)
{
    public override string ToString() => $"pupil {Pupil}: leaves, year {YearGroup}, {(ClassName is null ? "no class" : $"class {ClassName}")}";
}

/// <summary>Of the leavers, how many have what ends with their leaving. Counts only: whoever imports need not learn who is checked or banned.</summary>
public sealed record EndingMeasures(int Checks, int Bans, int Strategies)
{
    public bool Any => Checks + Bans + Strategies > 0;

    internal static EndingMeasures Of(RosterHeld? held, IReadOnlyList<LeavingPupil> leaving) =>
        held is null ? new(0, 0, 0) : new(leaving.Count(l => held.Checks.Contains(l.Pupil)), leaving.Count(l => held.Bans.Contains(l.Pupil)), leaving.Count(l => held.Strategies.Contains(l.Pupil)));

    public override string ToString() =>
        $"Of those leaving: {Checks} under daily checks, {Bans} under a ban, {Strategies} with an access strategy. These end at once and do not come back by themselves; the DSL gets a task for each pupil.";
}

/// <summary>A person must say whether the row is one of these pupils. Until then neither is touched.</summary>
public sealed record AmbiguousPupil(RosterPupil Row, IReadOnlyList<Contracts.Pupils.PupilView> Candidates, string Why)
{
    public override string ToString() =>
        $"{Row}: decide (source id {Row.SourceId}): {Why}. Known: {string.Join(", ", Candidates.Select(c => $"pupil {c.Id}, year {c.YearGroup}{(c.LeftOn is null ? "" : ", left")}"))}. "
        + $"Repeat with --same {Row.SourceId}={Candidates[0].Id} or --new {Row.SourceId}.";
}

/// <param name="Role">What the roster may give: class teacher or support staff; null: the school assigns a role itself.</param>
/// <param name="Earlier">Records of this person who left: they come back as a new record.</param>
public sealed record NewStaff(RosterStaff Row, Role? Role, int Earlier)
{
    public override string ToString() =>
        $"{Row}: new staff, {Role switch { Contracts.Role.ClassTeacher => "class teacher", Contracts.Role.SupportStaff => "support staff", _ => "no role: assign one, the roster gives no powers" }}";
}

/// <param name="Fields">What differs, by name, never by value.</param>
public sealed record ChangedStaff(RosterStaff Row, IReadOnlyList<string> Fields, Contracts.People.UpdatePerson Update)
{
    public override string ToString() =>
        $"{Row}: person {Update.Person} changes ({string.Join(", ", Fields)}){(Update.Email is null ? "" : "; notices go to the new address, how they sign in stays as it is")}";
}

public sealed record LeavingStaff(PersonId Person)
{
    public override string ToString() => $"person {Person}: leaves and loses access";
}
