using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains.Access;
using OnlineSafetyTrust.Grains.Pupils;

namespace OnlineSafetyTrust.Grains.Devices;

internal sealed class DeviceModel : StreamModel<DeviceState>
{
    public override string Kind => DeviceKey.Kind;

    public override IReadOnlyList<ViewTable> Tables => [DeviceTables.Device, DeviceTables.Custody, DeviceTables.Use, DeviceTables.History, TaskTables.Task, SchoolTables.Follower];

    public override IStreamGrain Grain(IGrainFactory grains, string key) => grains.GetGrain<IDeviceGrain>(key);

    public override IEnumerable<Row> Rows(StreamKey key, DeviceState state)
    {
        if (state.Record is not { } device)
        {
            return [];
        }

        var id = device.Id.ToString();
        return state.Chain.Select(Link)
            .Concat(state.Uses.Select(Use))
            .Concat((state.History ?? []).Select(Change))
            .Concat(NudeTask.Rows(key, state))
            .Prepend(new Row(DeviceTables.Device, id, [device.HeldBy()?.ToString(), device.Custody.ToString(), device.Kind.ToString(), device.RetiredAt is null ? 0L : 1L], device));
    }

    public override IEnumerable<DueRow> Due(DeviceState state) => state is { NudeWaits: not null, NudeTask.Until: { } until } ? [new DueRow(NudeTask.Due, until)] : [];

    /// <summary>A chain of custody is whole or it proves nothing, and so are uses and what the record said before: what the state forgets of them stays readable.</summary>
    public override IEnumerable<Row> Settled(StreamKey key, DeviceState before, DeviceState after) =>
        before.Chain.Where(l => after.Chain.Count == 0 || l.Number < after.Chain[0].Number).Select(Link)
            .Concat(before.Uses.Where(u => after.Uses.Count == 0 || u.Number < after.Uses[0].Number).Select(Use))
            .Concat((before.History ?? []).Where(c => after.History is not [var first, ..] || c.Number < first.Number).Select(Change));

    public override IEnumerable<Message> Reactions(StreamKey key, DeviceState before, object @event, DeviceState after, EventMeta meta) =>
        ToPupils(key, before, after)
            .Concat(Fulfilled(before, @event).Select(f => new Message(
                Destinations.Stream(IncidentKey.Of(key.Tenant, f.Incident)), StepFulfilled.Message,
                new StepFulfilled(f.Kind, before.Record?.HeldBy()?.Pupil, key.Stream, meta.Actor))))
            .Concat(@event is ICustodyEvent { Link.Incident: { } named }
                ? [new Message(Destinations.Stream(IncidentKey.Of(key.Tenant, named)), DeviceInvolved.Message, new DeviceInvolved(new DeviceId(key.Stream.Id), meta.Actor))]
                : [])
            .Concat(@event is DeviceCorrected && before.Record is { } was && (was.Custody.IsHeld() || was.UntilStrategy) && was.HeldBy()?.Pupil is { } other && other != after.Record!.HeldBy()?.Pupil
                ? [new Message(Destinations.IncidentsOf(PupilKey.Of(key.Tenant, other)), TakenFromAnother.Message, new TakenFromAnother(other))]
                : [])
            .Concat(@event is DeviceNudeFound found ? found.Told.Select(p => new Message(Destinations.Mail(key.Tenant, p), Notice.Message, new Notice(NoticeKind.DeviceFrozen, $"/devices/{key.Stream.Id:D}", null, null))) : [])
            .Concat(@event is ICustodyEvent { Link.EssentialOverride: { } decision } && meta.Actor != Actor.Of(decision.DecidedBy)
                ? [EssentialNotice.To(key, decision.DecidedBy, before.Record?.HeldBy()?.Pupil)]
                : [])
            .Concat(@event is ICustodyEvent { Link.StrategyOverride: { } without } && meta.Actor != Actor.Of(without.DecidedBy)
                ? [new Message(Destinations.Mail(key.Tenant, without.DecidedBy), Notice.Message, new Notice(NoticeKind.StrategyOverrideDecision, $"/devices/{key.Stream.Id:D}", null, null))]
                : []);

    public override IEnumerable<Lookup> Lookups(object @event, DeviceState after) => @event switch
    {
        DeviceRegistered { Serial: { } serial } e => [new Lookup(DeviceTables.SerialLookup, serial, e.Device.ToString(), serial.Owner, Only: true)],
        DeviceCorrected { After.Serial: { } serial } e => [new Lookup(DeviceTables.SerialLookup, serial, after.Record!.Id.ToString(), serial.Owner, e.NewSerial)],
        DeviceRetired => Number(DeviceTables.RetiredSerialLookup, after),
        DeviceReinstated => Number(DeviceTables.SerialLookup, after, only: true),
        _ => [],
    };

    public override IEnumerable<Lookup> GoneLookups(DeviceState before, object @event) => @event switch
    {
        DeviceCorrected { Before.Serial: not null } => Number(DeviceTables.SerialLookup, before),
        DeviceRetired => Number(DeviceTables.SerialLookup, before),
        DeviceReinstated => Number(DeviceTables.RetiredSerialLookup, before),
        _ => [],
    };

    private static IEnumerable<Lookup> Number(string kind, DeviceState state, bool only = false) =>
        state.Record is { Serial: { } serial } device ? [new Lookup(kind, serial, device.Id.ToString(), device.WordsOf(), only)] : [];

    private static Row Change(DeviceHistoryEntry entry) => new(DeviceTables.History, $"{entry.Device}#{entry.Number}", [entry.Device.ToString(), (long)entry.Number], entry);

    private static Row Use(DeviceUseEntry use) => new(DeviceTables.Use, $"{use.Device}#{use.Number}", [use.Device.ToString(), (long)use.Number, use.User.ToString()], use);

    private static Row Link(CustodyEntry link) => new(DeviceTables.Custody, $"{link.Device}#{link.Number}", [link.Device.ToString(), (long)link.Number], link);

    /// <summary>The steps of incidents that are done by this.</summary>
    private static IEnumerable<(IncidentId Incident, StepKind Kind)> Fulfilled(DeviceState before, object @event) => @event switch
    {
        DeviceTaken { Link: { Step: CustodyStep.Confiscate, Incident: { } incident } } => [(incident, StepKind.ConfiscateDevice)],
        // One device taken is not all devices removed.
        DeviceTaken { Link: { Step: CustodyStep.Remove, Incident: { } incident }, NoneLeft: true } => [(incident, StepKind.RemoveAllDevices)],
        DeviceSealed { Link.Incident: var incident } => before.Freezes.Concat(incident is { } given ? [given] : []).Distinct().Select(i => (i, StepKind.IsolateAndSealDevice)),
        DeviceExamined { Link: { Step: CustodyStep.DeleteMaterial, Incident: { } incident } } => [(incident, StepKind.RemoveMaterial)],
        _ => [],
    };

    /// <summary>What the access decision knows of this device is a function of its state: whoever's part of it changed is told.</summary>
    private static IEnumerable<Message> ToPupils(StreamKey key, DeviceState before, DeviceState after)
    {
        var (was, isNow) = (Known(before), Known(after));
        if (was == isNow)
        {
            yield break;
        }

        if (was is { } old && old.Pupil != isNow?.Pupil)
        {
            // Neither in custody nor essential to them any more: their stream forgets it.
            yield return Tell(key, old.Pupil, new CustodyChanged(old.Told.Device, CustodyState.Returned, false, EssentialPurpose.None));
        }

        if (isNow is { } now)
        {
            yield return Tell(key, now.Pupil, now.Told);
        }
    }

    private static (PupilId Pupil, CustodyChanged Told)? Known(DeviceState state) =>
        state.Record is { RetiredAt: null } device && device.HeldBy()?.Pupil is { } pupil && (device.Custody.IsHeld() || device.UntilStrategy || device.Essential != EssentialPurpose.None)
            ? (pupil, new CustodyChanged(device.Id, device.Custody, device.UntilStrategy, device.Essential, device.UntilStrategy ? state.Removal?.Incident : null))
            : null;

    private static Message Tell(StreamKey key, PupilId pupil, CustodyChanged told) =>
        new(Destinations.Stream(PupilKey.Of(key.Tenant, pupil)), CustodyChanged.Message, told);
}
