using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Roster.Tests;

/// <summary>What a school holds, as a plan sees it.</summary>
internal static class Situations
{
    public static readonly DateOnly Today = new(2026, 11, 20);
    public static readonly RosterOptions Options = new(Today);
    public static readonly TenantId School = TenantId.School(new Guid("00000000-0000-7000-8000-000000000002"));

    public static RosterSituation Empty(Phase phase = Phase.Primary) => new(
        new SchoolView(
            School, TenantId.Trust(Guid.Empty), "100002", "A School", phase, Nation.England, ["R", "3"], "885", [],
            new SchoolCalendar([], [], [], new TimeOnly(8, 45), new TimeOnly(15, 20)), null, null, null),
        [], []);

    /// <summary>The school after a plan was carried out, without grains.</summary>
    public static RosterSituation After(this RosterPlan plan, RosterSituation before)
    {
        var staff = plan.KnownStaff.ToDictionary(s => s.Key, s => s.Value);
        var people = before.People.Where(p => !plan.LeavingStaff.Any(l => l.Person == p.Id)).ToList();
        foreach (var update in plan.ChangedStaff.Select(c => c.Update))
        {
            var at = people.FindIndex(p => p.Id == update.Person);
            people[at] = people[at] with { Name = update.Name ?? people[at].Name, Email = update.Email ?? people[at].Email, SourceId = update.SourceId ?? people[at].SourceId };
        }

        foreach (var added in plan.NewStaff)
        {
            var id = new PersonId(Guid.NewGuid());
            staff[added.Row.SourceId] = id;
            people.Add(new RosterPerson(id, added.Row.Name, added.Row.Email, added.Row.SourceId, added.Role is { } role ? [new RoleHolding(role, Today, null)] : [], null));
        }

        PersonId? Teacher(string? source) => source is null ? null : staff[source];
        var pupils = before.Pupils.Select(p => plan.Leaving.Any(l => l.Pupil == p.Id) ? p with { LeftOn = Today } : p).ToList();
        foreach (var change in plan.Changed)
        {
            var at = pupils.FindIndex(p => p.Id == change.Pupil);
            var (was, update) = (pupils[at], change.Update);
            pupils[at] = was with
            {
                Name = update.Name ?? was.Name,
                DateOfBirth = update.DateOfBirth ?? was.DateOfBirth,
                Upn = update.Upn is null ? was.Upn : update.Upn.To,
                YearGroup = update.YearGroup ?? was.YearGroup,
                ClassName = update.ClassName is null ? was.ClassName : update.ClassName.To,
                Phase = update.Phase ?? was.Phase,
                Sen = update.Sen ?? was.Sen,
                SourceId = update.SourceId is null ? was.SourceId : update.SourceId.To,
                ClassTeacher = change.TeacherChanges ? Teacher(change.ClassTeacher) : was.ClassTeacher,
                LeftOn = null,
            };
        }

        pupils.AddRange(plan.New.Select(n => new PupilView(
            new PupilId(Guid.NewGuid()), n.Row.Name, n.Row.DateOfBirth, n.Row.Upn, n.Place.YearGroup, n.Place.ClassName, n.Phase, n.Row.Sen ?? false, null, Teacher(n.Place.ClassTeacher), n.Row.SourceId,
            null, null, null)));
        return new RosterSituation(before.School with { Roll = plan.Roll, SourceId = plan.SourceId }, pupils, people);
    }

    public static RosterPlan Plan(this Bundles bundle, RosterSituation current, RosterOptions? options = null)
    {
        var plan = RosterPlan.Compute(bundle.Sound(), current, options ?? Options);
        Assert.True(plan.Ok, string.Join('\n', plan.Errors.Select(e => e.Message)));
        return plan.Value;
    }

    public static RosterSituation Imported(this Bundles bundle) => bundle.Plan(Empty()).After(Empty());
}
