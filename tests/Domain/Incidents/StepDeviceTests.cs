using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Incidents;
using static OnlineSafetyTrust.Domain.Tests.Incidents.IncidentWorld;

namespace OnlineSafetyTrust.Domain.Tests.Incidents;

/// <summary>D2: what is recorded at a device is not ticked off beside it.</summary>
public sealed class StepDeviceTests
{
    private static readonly DeviceFact Taken = new(Phone, Held: true, Examined: false, Sealed: false);

    [Fact]
    public void Removing_the_material_was_ticked_off_without_a_lawful_ground_and_with_evidence_on_the_device()
    {
        var world = Confiscated();
        world.Known = new StepFacts([Taken], [], []);
        Refused("USE_EXAMINATION", world.Complete("remove-material", NetworkManager));
        Refused("USE_EXAMINATION", world.Complete("remove-material", Dsl));
        world.Known = new StepFacts([Taken with { Examined = true }], [], []);
        Ok(world.Complete("remove-material", NetworkManager));
    }

    [Fact]
    public void Without_a_registered_device_the_step_is_completed_in_words()
    {
        Ok(Confiscated().Complete("remove-material", NetworkManager));
        var world = Confiscated();
        world.Known = new StepFacts([Taken with { Device = Tablet }], [], []);
        Ok(world.Complete("remove-material", NetworkManager));
    }

    [Fact]
    public void What_was_deleted_from_one_device_completed_the_step_for_two()
    {
        var world = Confiscated(ATriage with { Devices = [Tablet] });
        var (phone, tablet) = (Taken, Taken with { Device = Tablet });
        Nothing(Fulfil(world, StepKind.RemoveMaterial, Phone, phone with { Examined = true }, tablet));
        Refused("USE_EXAMINATION", Completed(world, phone with { Examined = true }, tablet));
        Ok(Fulfil(world, StepKind.RemoveMaterial, Tablet, phone with { Examined = true }, tablet with { Examined = true }));
        Assert.Equal(StepStatus.Done, world.Step("remove-material").Status);
    }

    [Fact]
    public void Sealing_was_ticked_off_without_a_seal()
    {
        var world = Triaged(Illegal);
        var seal = world.State.Plan().Single(s => s.Rule.Kind == StepKind.IsolateAndSealDevice).Rule.Id;
        world.Known = new StepFacts([Taken], [], []);
        Refused("USE_SEALING", world.Complete(seal));
        Refused("USE_SEALING", world.Complete(world.Done(seal) with { Reason = "No bag" }));
        world.Known = new StepFacts([Taken with { Held = false }], [], []);
        Refused("USE_SEALING", world.Complete(seal));
        Ok(world.Complete(world.Done(seal) with { Reason = "It is at home; the police fetch it" }));
    }

    [Fact]
    public void Devices_hear_which_open_steps_wait_for_them()
    {
        var world = Triaged();
        Assert.Equal([StepKind.RemoveMaterial], Last(world, Phone).For);
        world.Messages.Clear();
        Ok(world.Keep(world.AsSystem(), _ => IncidentDecider.DeviceInvolved(world.State, new DeviceInvolved(Tablet, Actor.Of(Dsl)))));
        Assert.Equal((Id, StepKind.RemoveMaterial), (Last(world, Tablet).Incident, Assert.Single(Last(world, Tablet).For)));
        Assert.Single(world.Messages, m => m.Kind == DeviceAwaited.Message);
        Ok(world.Complete("confiscate-device"));
        Ok(world.Complete("remove-material", NetworkManager));
        Assert.Empty(Last(world, Phone).For);
        Assert.Empty(Last(world, Tablet).For);
    }

    [Fact]
    public void A_seal_on_each_device_completes_the_step()
    {
        var world = Triaged(Illegal with { Devices = [Tablet] });
        var seal = world.State.Plan().Single(s => s.Rule.Kind == StepKind.IsolateAndSealDevice).Rule.Id;
        Ok(Fulfil(world, StepKind.IsolateAndSealDevice, Phone, Taken with { Sealed = true }, Taken with { Device = Tablet }));
        Assert.Equal(StepStatus.Open, world.Step(seal).Status);
        Ok(Fulfil(world, StepKind.IsolateAndSealDevice, Tablet, Taken with { Sealed = true }, Taken with { Device = Tablet, Sealed = true }));
        Assert.Equal(StepStatus.Done, world.Step(seal).Status);
    }

    private static DeviceAwaited Last(IncidentWorld world, DeviceId device) =>
        (DeviceAwaited)world.Messages.Last(m => m.Kind == DeviceAwaited.Message && m.Destination == Destinations.Stream(DeviceKey.Of(School, device))).Body;

    private static IncidentWorld Confiscated(TriageIncident? triage = null)
    {
        var world = Triaged(triage);
        Ok(world.Complete("confiscate-device"));
        return world;
    }

    private static Result<Events> Completed(IncidentWorld world, params DeviceFact[] devices)
    {
        world.Known = new StepFacts(devices, [], []);
        return world.Complete("remove-material", NetworkManager);
    }

    private static Result<Events> Fulfil(IncidentWorld world, StepKind kind, DeviceId device, params DeviceFact[] devices) => world.Keep(
        world.AsSystem(), c => IncidentDecider.Fulfilled(world.State, world.Facts, new StepFulfilled(kind, Amy, DeviceKey.Stream(device), Actor.Of(NetworkManager)), c, devices));
}
