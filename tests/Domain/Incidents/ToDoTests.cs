using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Incidents;
using static OnlineSafetyTrust.Domain.Tests.Incidents.IncidentWorld;

namespace OnlineSafetyTrust.Domain.Tests.Incidents;

/// <summary>Owners and those told learn what they can act on, and nothing else.</summary>
public sealed class ToDoTests
{
    private static readonly StepToDo Remove = new("remove-material", "Canary folder on the desktop");
    private static readonly StepToDo Tell = new("tell-pastoral-team", "Canary: see her at lunch");

    [Fact]
    public void The_owner_of_a_step_of_the_policy_reads_what_the_dsl_asks()
    {
        var world = Triaged(ATriage with { ToDo = [Remove] });
        Ok(world.Complete("confiscate-device"));
        Assert.Equal(Remove.Text, StepTask(world, "remove-material").ToDo!.Plain);
        Assert.Null(world.Step("consider-ban").ToDo);
    }

    [Fact]
    public void Whoever_is_told_reads_what_is_asked_of_each_telling_and_one_line_where_nothing_is()
    {
        Assert.Equal([null], Told(Triaged()));
        Assert.Equal([Tell.Text], Told(Triaged(ATriage with { ToDo = [Tell] })));
        var network = new StepToDo("tell-network-manager", "Canary: look at the filter");
        var twice = Triaged(
            ATriage with { ToDo = [Tell, network] },
            before: w => w.Facts = w.Facts with { Staff = [.. w.Facts.Staff.Where(s => s.Person != Pastoral && s.Person != NetworkManager), Holds(Pastoral, Role.PastoralTeam, Role.NetworkManager)] });
        Assert.Equal([network.Text, Tell.Text], Told(twice).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("no-such-step")]
    [InlineData("chosen-1")]
    public void Words_for_a_step_that_the_plan_does_not_have_are_refused_with_the_ids_that_it_has(string step)
    {
        var world = new IncidentWorld();
        Ok(world.Report());
        var refused = world.Triage(ATriage with { ToDo = [Remove with { Step = step }] });
        Refused("TO_DO_STEP_UNKNOWN", refused);
        Assert.Equal(["toDo"], refused.Errors[0].Fields);
        Assert.Contains("remove-material", refused.Errors[0].Message, StringComparison.Ordinal);
        Assert.DoesNotContain("no-such-step", refused.Errors[0].Message, StringComparison.Ordinal);
        Refused("TO_DO_STEP_UNKNOWN", world.Triage(ATriage with { ToDo = [Remove, Remove] }));
        Refused("TEXT_TOO_LONG", world.Triage(ATriage with { ToDo = [Remove with { Text = new string('x', IncidentErrors.LongestToDo + 1) }] }));
        Refused("LINK_IN_TEXT", world.Triage(Illegal with { ToDo = [new StepToDo("keep-logs", "See https://canary.example")] }));
    }

    [Fact]
    public void Triaged_again_a_step_keeps_its_words_until_it_gets_others_or_none()
    {
        var world = Triaged(ATriage with { ToDo = [Remove] });
        var again = ATriage with { Reason = "More is known" };
        Ok(world.Triage(again));
        Assert.Equal(Remove.Text, world.Step("remove-material").ToDo!.Plain);
        Ok(world.Triage(again with { ToDo = [Remove with { Text = "Canary album" }] }));
        Assert.Equal("Canary album", world.Step("remove-material").ToDo!.Plain);
        Ok(world.Triage(again with { ToDo = [Remove with { Text = "" }] }));
        Assert.Null(world.Step("remove-material").ToDo);
    }

    [Fact]
    public void A_step_about_devices_names_them_and_one_recorded_pupil_by_pupil_the_pupils_and_no_other_step_does()
    {
        var world = Triaged(ATriage with { Devices = [Tablet] }, AReport with
        {
            People = [.. AReport.People, new PupilInvolved(Ben, PupilPart.Witness, AReport.People[0].Dimensions)],
        });
        Assert.Equal([Phone, Tablet], StepTask(world, "confiscate-device").Work!.Devices);
        Assert.All(["parents", "support-pupil"], rule => Assert.Equal([Amy], StepTask(world, rule).Work!.Pupils));
        Assert.All(
            world.Rows().Select(r => r.Body).OfType<TaskRow>().Where(t => t.Kind == TaskKind.IncidentStep && t.Work!.Kind is not (StepKind.ConfiscateDevice or StepKind.ContactParents or StepKind.SupportPupil)),
            t => Assert.True(t.Work!.Devices.Count == 0 && t.Work.Pupils.Count == 0, t.Title));
    }

    [Fact]
    public void The_plan_that_is_shown_first_is_the_one_that_is_made_and_nothing_is_written()
    {
        var world = new IncidentWorld();
        Ok(world.Report());
        var shown = IncidentDecider.Plan(world.State, world.Facts, ATriage, world.As(Dsl));
        Assert.Equal("NOT_ALLOWED", Assert.Single(IncidentDecider.Plan(world.State, world.Facts, ATriage, world.As(Teacher)).Errors).Code);
        Ok(world.Triage());
        Assert.Equal(world.State.Plan().Select(s => s.Rule.Id), shown.Value!.Select(r => r.Id));
    }

    private static TaskRow StepTask(IncidentWorld world, string rule) =>
        world.Rows().Select(r => r.Body).OfType<TaskRow>().Single(t => t.Kind == TaskKind.IncidentStep && t.Step == world.Step(rule).Number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static IEnumerable<string?> Told(IncidentWorld world) =>
        world.Rows().Select(r => r.Body).OfType<TaskRow>().Where(t => t.Kind == TaskKind.IncidentTold && t.Owner == Pastoral).Select(t => t.ToDo?.Plain);
}
