using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Trusts;
using OnlineSafetyTrust.Grains.Access;
using OnlineSafetyTrust.Grains.Schools;
using OnlineSafetyTrust.Grains.Trusts;

namespace OnlineSafetyTrust.Grains.Incidents;

/// <summary>To the other incident of a link: nothing but the reference.</summary>
internal sealed record IncidentLinkMade(IncidentId From)
{
    public const string Kind = "incident.linked";
}

internal sealed class IncidentModel : StreamModel<IncidentState>
{
    public override string Kind => IncidentKey.Kind;

    public override IStreamGrain Grain(IGrainFactory grains, string key) => grains.GetGrain<IIncidentGrain>(key);

    public override IReadOnlyList<ViewTable> Tables => [IncidentTables.Incident, IncidentTables.IncidentPupil, IncidentTables.IncidentReceipt, IncidentTables.Invitation, TaskTables.Task, SchoolTables.Follower];

    public override IEnumerable<Row> Rows(StreamKey key, IncidentState state) => IncidentRows.Of(key, state).Concat(SchoolFollowers.Of(key, state.HasDuties()));

    public override IEnumerable<DueRow> Due(IncidentState state) => IncidentDue.Of(state);

    public override IEnumerable<Count> Counts(IncidentState before, object @event, IncidentState after, EventMeta meta) => IncidentCounts.Of(before, @event, after, meta);

    public override IEnumerable<Message> Reactions(StreamKey key, IncidentState before, object @event, IncidentState after, EventMeta meta) =>
        Told(key, @event, after).Concat(Devices(key, before, after)).Concat(Awaited(key, before, after)).Concat(Removals(key, before, @event, after));

    private static IEnumerable<Message> Told(StreamKey key, object @event, IncidentState after) => @event switch
    {
        NoticeIssued { Known: false } e => [new Message(Destinations.Mail(key.Tenant, e.To), Notice.Message, new Notice(e.Kind, $"/incidents/{after.Id}", key, e.Id))],
        TrustLeadInvited e => [new Message(Destinations.Stream(TrustKey.Of(e.Trust)), LeadInvited.Kind, new LeadInvited(key.Tenant, after.Id))],
        IncidentReported { Check: { } check } => [new Message(Destinations.Stream(ChecksKey.Of(key.Tenant, check.Pupil)), ConcernReported.Message, new ConcernReported(check.Date, after.Id))],
        // Receiving the other side's link makes the same event, which answers nothing new there: the link is known by then.
        IncidentLinked { Other: { } other } => [new Message(Destinations.Stream(IncidentKey.Of(key.Tenant, other)), IncidentLinkMade.Kind, new IncidentLinkMade(after.Id))],
        _ => [],
    };

    private static IEnumerable<Message> Devices(StreamKey key, IncidentState before, IncidentState after)
    {
        if (before.Path == after.Path && before.Devices.Count == after.Devices.Count)
        {
            return [];
        }

        var (was, now) = (before.FrozenDevices().ToHashSet(), after.FrozenDevices().ToHashSet());
        return now.Except(was).Select(d => Hold(key, d, FreezeDevice.Freeze, after.Id)).Concat(was.Except(now).Select(d => Hold(key, d, FreezeDevice.Unfreeze, after.Id)));
    }

    private static IEnumerable<Message> Awaited(StreamKey key, IncidentState before, IncidentState after)
    {
        if (before.Steps == after.Steps && before.Devices == after.Devices && before.Closure == after.Closure)
        {
            return [];
        }

        var (was, now) = (IncidentDecider.AwaitedAt(before), IncidentDecider.AwaitedAt(after));
        return before.Devices.Union(after.Devices)
            .Where(d => !Of(before, was, d).SequenceEqual(Of(after, now, d)))
            .Select(d => new Message(Destinations.Stream(DeviceKey.Of(key.Tenant, d)), DeviceAwaited.Message, new DeviceAwaited(after.Id, Of(after, now, d))));

        static IReadOnlyList<StepKind> Of(IncidentState state, IReadOnlyList<StepKind> kinds, DeviceId device) => state.Devices.Contains(device) ? kinds : [];
    }

    private static IEnumerable<Message> Removals(StreamKey key, IncidentState before, object @event, IncidentState after)
    {
        if (before.Steps == after.Steps && before.People == after.People && before.Closure == after.Closure)
        {
            return [];
        }

        var (was, now) = (IncidentDecider.Removed(before), IncidentDecider.Removed(after));
        // Whoever the plan is not about hears that too: their own phone may have been removed before there was one, and an earlier release
        // may have told them otherwise. Pupils pass over what they know.
        var says = after.TriagedAt is not null && (after.IsClosed() || @event is IncidentTriaged or StepWaived || before.People != after.People);
        return (says ? before.People.Union(after.People).Select(p => p.Pupil).Union(Withdrawn(after)) : [])
            .Union(was.Keys.Union(now.Keys).Where(p => after.IsClosed() || !was.TryGetValue(p, out var held) || held != now.GetValueOrDefault(p)))
            .Select(p => new Message(Destinations.Stream(PupilKey.Of(key.Tenant, p)), RemovalAsked.Message, new RemovalAsked(after.Id, now.GetValueOrDefault(p))));
    }

    private static IEnumerable<PupilId> Withdrawn(IncidentState state) => state.Corrections.Where(c => c.Field == CorrectedField.PupilWithdrawn).Select(c => c.Pupil).OfType<PupilId>();

    private static Message Hold(StreamKey key, DeviceId device, string kind, IncidentId incident) =>
        new(Destinations.Stream(DeviceKey.Of(key.Tenant, device)), kind, new FreezeDevice(incident));
}
