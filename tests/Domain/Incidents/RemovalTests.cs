using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Access;
using OnlineSafetyTrust.Grains.Incidents;
using static OnlineSafetyTrust.Domain.Tests.Incidents.IncidentWorld;

namespace OnlineSafetyTrust.Domain.Tests.Incidents;

/// <summary>B3: all devices are taken, and a ban is a ban, for each pupil concerned.</summary>
public sealed class RemovalTests
{
    private const string Removal = "remove-all-devices";
    private static readonly PupilFact AmyHolds = new(Amy, Left: false, Strategy: false, Checks: false, Holds: true);
    private static readonly PupilFact BenHasNone = new(Ben, Left: false, Strategy: false, Checks: false);

    [Fact]
    public void All_devices_were_ticked_off_with_nothing_taken()
    {
        var world = Knowing(AmyHolds);
        Refused("USE_REMOVAL", world.Complete(Removal));
        Refused("USE_REMOVAL", world.Complete(world.Done(Removal) with { Pupil = Amy, Reason = "She says so" }));
        world.Known = new StepFacts([], [], [AmyHolds with { Taken = true }]);
        Refused("USE_REMOVAL", world.Complete(Removal));
        world.Known = new StepFacts([], [], [AmyHolds with { Holds = false }]);
        Refused("USE_REMOVAL", world.Complete(Removal));
        world.Known = new StepFacts([], [], [AmyHolds with { Taken = true, Holds = false }]);
        Ok(world.Complete(Removal));
        Assert.Equal([Amy], world.Step(Removal).FulfilledFor);
    }

    [Fact]
    public void Each_pupil_is_accounted_for_by_what_was_taken_or_by_who_says_that_they_hold_none()
    {
        var world = Knowing(AmyHolds with { Taken = true }, BenHasNone);
        var none = world.Done(Removal) with { Pupil = Ben };
        Refused("REASON_MISSING", world.Complete(none));
        Refused("NOT_FOUND", world.Complete(none with { Pupil = new PupilId(Guid.NewGuid()), Reason = "None" }));
        Refused("PUPIL_NOT_ASKED", world.Complete(world.Done("tell-pastoral-team") with { Pupil = Ben, Reason = "None" }));
        Ok(world.Complete(none with { Reason = "His mother showed that he has none" }));
        Assert.Equal((StepStatus.Open, Ben, Dsl), (world.Step(Removal).Status, world.Step(Removal).Settled![0].Pupil, world.Step(Removal).Settled![0].By!.Value));
        Refused("USE_REMOVAL", world.Complete(Removal));
        // The message of a device that was not the last says nothing yet.
        Nothing(Fulfilled(world, Amy));
        world.Known = new StepFacts([], [], [AmyHolds with { Taken = true, Holds = false }, BenHasNone]);
        Ok(Fulfilled(world, Amy));
        Assert.Equal(StepStatus.Done, world.Step(Removal).Status);
        // What was not taken from him is no line of his chronology.
        Assert.DoesNotContain(Line(world, Ben).Done, s => s.Kind == StepKind.RemoveAllDevices);
        Assert.Contains(Line(world, Amy).Done, s => s.Kind == StepKind.RemoveAllDevices);
    }

    [Fact]
    public void A_device_of_nobody_removes_nothing_from_anybody() => Nothing(Fulfilled(Knowing(AmyHolds), null));

    [Fact]
    public void A_yes_to_a_ban_was_recorded_without_one()
    {
        var world = Triaged(null, Two());
        world.Known = new StepFacts([], [], [AmyHolds, BenHasNone]);
        var yes = world.Done("consider-ban") with { Answer = true, Reason = "It protects them" };
        Refused("USE_BAN", world.Complete(yes));
        Refused("ANSWER_WRONG", world.Complete(yes with { Pupil = Ben }));
        Ok(Fulfilled(world, Amy, StepKind.ConsiderBan));
        Assert.Equal(StepStatus.Open, world.Step("consider-ban").Status);
        Refused("PUPIL_MISSING", world.Complete(yes with { Answer = false }));
        Ok(world.Complete(yes with { Answer = false, Pupil = Ben }));
        Assert.Equal((StepStatus.Done, true), (world.Step("consider-ban").Status, world.Step("consider-ban").End!.Answer));

        var banned = Triaged();
        banned.Known = new StepFacts([], [], [AmyHolds with { Banned = true }]);
        Ok(banned.Complete(yes));
    }

    [Fact]
    public void The_pupil_hears_as_long_as_all_devices_are_to_be_taken()
    {
        var world = Knowing(AmyHolds with { Holds = false, Taken = true });
        Assert.Equal([(Amy, true), (Ben, true)], Told(world));
        world.Messages.Clear();
        Ok(world.Complete(world.Done(Removal) with { Pupil = Ben, Reason = "None" }));
        Ok(world.Complete(Removal));
        Assert.Empty(Told(world));

        var waived = Knowing();
        Ok(waived.Waive(Removal, Head));
        Assert.Equal([(Amy, false), (Ben, false)], Told(waived).Skip(2));
        var given = Knowing();
        Ok(given.Waive("agree-strategy", Head));
        Assert.Equal([(Amy, false), (Ben, false)], Told(given).Skip(2));
        Assert.Empty(Told(Triaged()));
    }

    private static IEnumerable<(PupilId, bool)> Told(IncidentWorld world) =>
        world.Messages.Where(m => m.Kind == RemovalAsked.Message).Select(m => (m.Destination == Destinations.Stream(PupilKey.Of(School, Amy)) ? Amy : Ben, ((RemovalAsked)m.Body).Holds));

    private static IncidentPupilView Line(IncidentWorld world, PupilId pupil) => world.Rows().Select(r => r.Body).OfType<IncidentPupilView>().Single(l => l.Pupil == pupil);

    private static Result<Events> Fulfilled(IncidentWorld world, PupilId? pupil, StepKind kind = StepKind.RemoveAllDevices) => world.Keep(
        world.AsSystem(),
        c => IncidentDecider.Fulfilled(world.State, world.Facts, new StepFulfilled(kind, pupil, new StreamId("device", Phone.Value), Actor.Of(Dsl)), c, [], world.Known.Pupils));

    private static ReportIncident Two() => AReport with { People = [AReport.People[0], AReport.People[0] with { Pupil = Ben }] };

    private static IncidentWorld Knowing(params PupilFact[] pupils)
    {
        var world = Triaged(ATriage with { Awareness = Awareness.Knowing }, pupils.Length == 1 && pupils[0] is { Holds: true } ? AReport : Two());
        world.Known = new StepFacts([], [], pupils);
        return world;
    }
}
