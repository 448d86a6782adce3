using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Incidents;
using static OnlineSafetyTrust.Domain.Tests.Incidents.IncidentWorld;

namespace OnlineSafetyTrust.Domain.Tests.Incidents;

/// <summary>What somebody has by a role, or because they look after a pupil, is theirs as long as that is so.</summary>
public sealed class HandOverTests
{
    [Fact]
    public void What_the_dsl_had_stayed_with_them_when_their_role_ended_on_a_day_arranged_beforehand()
    {
        var (world, untriaged) = (new IncidentWorld(), new IncidentWorld());
        foreach (var each in new[] { world, untriaged })
        {
            Holds(each, Dsl, new RoleHolding(Role.Dsl, new(2020, 9, 1), new(2026, 11, 12)));
            Holds(each, Deputy);
            Holds(each, Senior, new RoleHolding(Role.SeniorLeader, new(2020, 9, 1), null), new RoleHolding(Role.Dsl, new(2026, 11, 13), null));
            Ok(each.Report());
        }

        Ok(world.Triage());
        world.Until(At(11, 12, 23, 59));
        untriaged.Until(At(11, 12, 23, 59));
        Assert.Equal([Dsl, Dsl], new[] { world.State.Owner, untriaged.State.Owner });
        Assert.Contains(world.Due(), d => d.What == IncidentDue.HandOver && d.At == At(11, 13, 0, 0));
        world.Until(At(11, 13, 0, 0));
        untriaged.Until(At(11, 13, 0, 0));
        Assert.Equal([Senior, Senior], new[] { world.State.Owner, untriaged.State.Owner });
        Assert.DoesNotContain(world.State.OpenSteps(), s => s.Owner == Dsl);
        Assert.Contains(world.State.Notices, n => n.To == Senior && n.Kind == NoticeKind.StepAssigned);
        Assert.DoesNotContain(world.Due().Concat(untriaged.Due()), d => d.What == IncidentDue.HandOver);
    }

    [Fact]
    public void A_role_that_ended_yesterday_leaves_nothing_behind()
    {
        var world = Triaged();
        Holds(world, NetworkManager, new RoleHolding(Role.NetworkManager, new(2020, 9, 1), new(2026, 11, 9)));
        Holds(world, Senior, new RoleHolding(Role.NetworkManager, new(2026, 11, 10), null));
        Changed(world);
        Assert.Equal((Senior, Role.NetworkManager, null), OwnerOf(world, "remove-material"));
        Assert.Equal(Dsl, world.State.Owner);
    }

    [Fact]
    public void What_nobody_held_goes_to_whoever_begins_to_hold_it()
    {
        var world = Triaged(before: w =>
        {
            Holds(w, NetworkManager);
            Holds(w, Senior, new RoleHolding(Role.NetworkManager, new(2026, 11, 13), null));
        });
        Assert.Equal((Dsl, Role.Dsl, Role.NetworkManager), OwnerOf(world, "remove-material"));
        world.Until(At(11, 13, 0, 0));
        Assert.Equal((Senior, Role.NetworkManager, null), OwnerOf(world, "remove-material"));
        Assert.DoesNotContain(world.Due(), d => d.What == IncidentDue.HandOver);
    }

    [Fact]
    public void A_pupils_new_key_worker_has_what_the_one_before_had_and_what_waited_for_one()
    {
        var world = Triaged(
            new TriageIncident(null, [FourC.Content], null, null, false, [], [new ChosenStep(StepKind.SupportPupil, Role.KeyWorker, DeadlineRule.Immediately)], "Canary why"),
            before: w => w.WithoutPolicy().Facts = w.Facts with { OfPupils = [new PupilStaff(Teacher, KeyWorker)] });
        var step = world.State.Plan().Single(s => s.Rule.Kind == StepKind.SupportPupil).Rule.Id;
        Named(new PupilStaff(Teacher, Senior), (Senior, Role.KeyWorker, null));
        Named(new PupilStaff(Teacher, null), (Dsl, Role.Dsl, Role.KeyWorker));
        Named(new PupilStaff(Senior, null), (Dsl, Role.Dsl, Role.KeyWorker));
        Named(new PupilStaff(null, KeyWorker), (KeyWorker, Role.KeyWorker, null));

        void Named(PupilStaff staff, (PersonId?, Role?, Role?) expected)
        {
            world.Facts = world.Facts with { OfPupils = [staff] };
            Changed(world);
            Assert.Equal(expected, OwnerOf(world, step));
        }
    }

    [Fact]
    public void A_step_stayed_with_the_teacher_of_a_pupil_who_was_withdrawn()
    {
        var world = Triaged(
            new TriageIncident(null, [FourC.Content], null, null, false, [], [new ChosenStep(StepKind.ContactParents, Role.ClassTeacher, DeadlineRule.Immediately)], "Canary why"),
            before: w => w.WithoutPolicy().Facts = w.Facts with { OfPupils = [new PupilStaff(Teacher, null)] });
        var step = world.State.Plan().Single(s => s.Rule.Kind == StepKind.ContactParents).Rule.Id;
        Correct(new CorrectRecord(CorrectedField.PupilAdded, "Canary", Pupil: Ben, Part: PupilPart.Alleged, Dimensions: new PupilDimensions("9", Phase.Secondary, false)));
        Assert.Equal(Teacher, world.Step(step).Owner);
        var withdrawn = new CorrectRecord(CorrectedField.PupilWithdrawn, "Canary: it was Ben", Pupil: Amy);
        Assert.Equal([Ben], IncidentDecider.LookedAfter(IncidentDecider.PeopleAfter(world.State, withdrawn)));
        world.Facts = world.Facts with { OfPupils = [new PupilStaff(Senior, null)] };
        Correct(withdrawn);

        Assert.Equal((Senior, Role.ClassTeacher, null), OwnerOf(world, step));
        Assert.Contains(world.State.Notices, n => n.To == Senior && n.Kind == NoticeKind.StepAssigned);
        var task = Assert.Single(world.Rows().Select(r => r.Body).OfType<TaskRow>(), t => t.Kind == TaskKind.IncidentStep && t.Work!.Kind == StepKind.ContactParents);
        Assert.Equal((Senior, Ben), (task.Owner, Assert.Single(task.Work!.Pupils)));

        void Correct(CorrectRecord command) => Ok(world.Keep(Dsl, c => IncidentDecider.Correct(world.State, world.Facts, command, c)));
    }

    private static (PersonId? Owner, Role? Role, Role? Instead) OwnerOf(IncidentWorld world, string rule) => world.Step(rule) is var step ? (step.Owner, step.OwnerRole, step.Instead) : default;

    private static void Changed(IncidentWorld world)
    {
        Ok(world.Keep(world.AsSystem(), c => IncidentDecider.SchoolChanged(world.State, world.Facts, c)));
        Nothing(world.Keep(world.AsSystem(), c => IncidentDecider.SchoolChanged(world.State, world.Facts, c)));
    }

    private static void Holds(IncidentWorld world, PersonId person, params RoleHolding[] roles) =>
        world.Facts = world.Facts with { Staff = [.. world.Facts.Staff.Where(s => s.Person != person), new StaffFacts(person, roles, false)], Version = world.Facts.Version + 1 };
}
