using System.Collections.Immutable;
using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.Grains.Strategies;

namespace OnlineSafetyTrust.Grains.Access;

/// <summary>From a device to its pupil: what the access decision has to know of it.</summary>
/// <param name="UntilStrategy">Removed with all others until a strategy is agreed, and neither given back nor decided otherwise.</param>
/// <param name="Incident">For which it was removed so; null: for none.</param>
internal sealed record CustodyChanged(DeviceId Device, CustodyState Custody, bool UntilStrategy, EssentialPurpose Essential, IncidentId? Incident = null)
{
    public const string Message = "pupil.custody-changed";
}

/// <summary>From an incident to a pupil of its plan: all devices are to be taken.</summary>
/// <param name="Holds">Until a strategy is agreed; otherwise it asks for none, or no more.</param>
internal sealed record RemovalAsked(IncidentId Incident, bool Holds)
{
    public const string Message = "pupil.removal-asked";
}

/// <summary>From a strategy to its pupil: the terms in force, without notes.</summary>
/// <param name="Terms">Null when it ended.</param>
/// <param name="Incidents">That it was agreed for.</param>
internal sealed record StrategyInForceChanged(StrategyStatus Status, TermsRecord? Terms, bool MayLoosen = false, IReadOnlyList<IncidentId>? Incidents = null)
{
    public const string Message = "pupil.strategy-changed";
}

/// <param name="Settled">The strategy that the removal waited for was agreed: since then only this device itself is denied.</param>
/// <param name="Incident">For which it was removed; null: for none.</param>
[EventName("pupil.custody-noted.v1")]
internal sealed record CustodyNoted(DeviceId Device, CustodyState Custody, bool UntilStrategy, EssentialPurpose Essential, bool Settled = false, IncidentId? Incident = null);

/// <param name="Settled">A strategy was agreed since: nothing waits for one any more.</param>
[EventName("pupil.removal-noted.v1")]
internal sealed record RemovalNoted(IncidentId Incident, bool Holds, bool Settled = false);

/// <param name="Incidents">That it was agreed or drafted for; null: of an earlier release, which did not say.</param>
[EventName("pupil.strategy-noted.v1")]
internal sealed record StrategyNoted(StrategyStatus Status, TermsRecord? Terms, bool MayLoosen = false, IReadOnlyList<IncidentId>? Incidents = null)
{
    /// <summary>What waited for a strategy of an incident, or of none, waits no more.</summary>
    public bool Settles(IncidentId? incident) => Incidents is null || incident is not { } asked || Incidents.Contains(asked);
}

/// <summary>What a pupil's stream knows of devices and strategy, told by theirs: so an answer needs one state.</summary>
/// <param name="Devices">Those in custody, those removed until a strategy wherever they are since, and the essential ones.</param>
/// <param name="Removals">Incidents that ask for all devices, or did, and whether until a strategy is agreed.</param>
internal sealed record AccessState(ImmutableDictionary<DeviceId, CustodyNoted> Devices, StrategyNoted? Strategy, ImmutableDictionary<IncidentId, RemovalNoted>? Removals = null)
{
    public static readonly AccessState Empty = new(ImmutableDictionary<DeviceId, CustodyNoted>.Empty, null);

    /// <summary>Removed, and waiting for a strategy no more.</summary>
    public IEnumerable<DeviceId> Settled => Devices.Values.Where(d => d.UntilStrategy && !Awaits(d)).Select(d => d.Device);

    /// <summary>Removed until a strategy is agreed, and none has been. What was taken for an incident waits as long as its plan asks for one, or has not spoken yet.</summary>
    public bool Awaits(CustodyNoted device) =>
        device is { UntilStrategy: true, Settled: false }
        && (device.Incident is not { } incident || (!InForce && Removals?.GetValueOrDefault(incident) is null or { Holds: true, Settled: false }));

    /// <summary>Incidents that ask for all devices until a strategy is agreed, and none is in force or has been agreed since.</summary>
    public IEnumerable<RemovalNoted> Asking => InForce ? [] : Removals?.Values.Where(r => r is { Holds: true, Settled: false }) ?? [];

    /// <summary>All are to be away until a strategy is agreed, or one that was removed so still waits for it. Interim terms say what may be used meanwhile; none is given back for them.</summary>
    public bool DevicesAway => Asking.Any() || Devices.Values.Any(Awaits);

    private bool InForce => Strategy?.Status == StrategyStatus.Active;

    public AccessState Apply(object @event) => @event switch
    {
        CustodyNoted e when e.Custody.IsHeld() || e.UntilStrategy || e.Essential != EssentialPurpose.None => this with { Devices = Devices.SetItem(e.Device, e) },
        CustodyNoted e => this with { Devices = Devices.Remove(e.Device) },
        StrategyNoted { Terms: null } => this with { Strategy = null },
        // A review of the one in force is no new agreement.
        StrategyNoted { Status: StrategyStatus.Active } e when !InForce => this with
        {
            Strategy = e,
            Devices = Devices.SetItems(Devices.Where(d => d.Value is { UntilStrategy: true, Settled: false } && e.Settles(d.Value.Incident)).Select(d => KeyValuePair.Create(d.Key, d.Value with { Settled = true }))),
            Removals = Removals?.ToImmutableDictionary(r => r.Key, r => e.Settles(r.Key) ? r.Value with { Settled = true } : r.Value),
        },
        StrategyNoted e => this with { Strategy = e },
        RemovalNoted e => this with { Removals = (Removals ?? ImmutableDictionary<IncidentId, RemovalNoted>.Empty).SetItem(e.Incident, e) },
        _ => this,
    };

    public Result<Events> Note(CustodyChanged told)
    {
        // One that was in force before an incident asked may end before another is agreed.
        var settled = told.UntilStrategy && ((told.Incident is null && InForce) || (Devices.GetValueOrDefault(told.Device) is { Settled: true } before && before.Incident == told.Incident));
        var noted = new CustodyNoted(told.Device, told.Custody, told.UntilStrategy, told.Essential, settled, told.Incident);
        return Apply(noted) == this || Devices.GetValueOrDefault(told.Device) == noted ? Events.None : Events.Of(noted);
    }

    public Result<Events> Note(RemovalAsked told) =>
        Removals?.GetValueOrDefault(told.Incident)?.Holds == told.Holds ? Events.None : Events.Of(new RemovalNoted(told.Incident, told.Holds));

    public static Result<Events> Note(StrategyInForceChanged told) => Events.Of(new StrategyNoted(told.Status, told.Terms, told.MayLoosen, told.Incidents));
}
