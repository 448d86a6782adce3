using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.Storage.Readers;

/// <param name="Holder">A pupil or a member of staff.</param>
public sealed record DeviceFilter(DeviceHolder? Holder = null, IReadOnlyList<CustodyState>? Custody = null, DeviceKind? Kind = null);

/// <summary>In which order devices are listed.</summary>
public enum DevicesOrder
{
    /// <summary>By id: always the same, in no order that says anything.</summary>
    IdAsc,

    /// <summary>By kind.</summary>
    KindAsc,

    /// <summary>By who holds them.</summary>
    CustodyAsc,
}

/// <param name="Chain">The reader sees the chain of custody and whether the device is frozen; otherwise <paramref name="View"/> does not say.</param>
public sealed record DeviceSeen(DeviceView View, bool Chain);

/// <summary>Devices: the register for all staff, who take and hand over; custody beyond its state for DSL, deputy, head, network manager.</summary>
public sealed class DeviceReader(ViewReader views)
{
    private const int MostEntries = 100;
    private const int MostUses = 50;

    public async Task<DeviceSeen?> FindAsync(Reader who, DeviceId id, CancellationToken ct) =>
        await FindManyAsync(who, [id], ct) is [var found] ? found : null;

    public async Task<IReadOnlyList<DeviceSeen>> FindManyAsync(Reader who, IReadOnlyCollection<DeviceId> ids, CancellationToken ct)
    {
        if (!Sight.IsStaff(who) || ids.Count == 0)
        {
            return [];
        }

        var found = await views.FindManyAsync<DeviceView>(who, DeviceTables.Device, [.. ids.Select(i => i.ToString())], ct);
        return [.. found.Values.Select(r => Seen(who, r.Body))];
    }

    public async Task<Result<Page<DeviceSeen>>> PageAsync(Reader who, DeviceFilter filter, DevicesOrder order, PageRequest page, CancellationToken ct)
    {
        if (!Sight.IsStaff(who))
        {
            return Listing.Empty<DeviceSeen>();
        }

        var where = new Listing()
            .And("holder = @holder", "holder", filter.Holder?.ToString())
            .And(views.AnyOf("custody", "@custody"), "custody", filter.Custody?.Select(c => c.ToString()).ToArray())
            .And("kind = @kind", "kind", filter.Kind?.ToString());
        var found = await views.PageAsync<DeviceView>(who, DeviceTables.Device, where.Where, where.Args, Ordered(order), page, ct);
        return found.Ok
            ? new Page<DeviceSeen>([.. found.Value.Items.Select(i => new PageItem<DeviceSeen>(i.Cursor, Seen(who, i.Item.Body)))], found.Value.HasNext, found.Value.HasPrevious)
            : Result<Page<DeviceSeen>>.Failed(found.Errors);
    }

    /// <summary>Which of these are in the register; nothing of them is shown.</summary>
    public async Task<IReadOnlySet<DeviceId>> NameableAsync(Reader who, IReadOnlyCollection<DeviceId> ids, CancellationToken ct)
    {
        if (!Sight.IsStaff(who) || ids.Count == 0)
        {
            return new HashSet<DeviceId>();
        }

        var found = await views.FindManyAsync<DeviceView>(ProductReads.Of(who.Tenant), DeviceTables.Device, [.. ids.Select(i => i.ToString()).Distinct()], ct);
        return found.Values.Select(r => r.Body.Id).ToHashSet();
    }

    /// <summary>Oldest first. The incident behind an entry is named for those who see incidents.</summary>
    public async Task<IReadOnlyList<CustodyEntryView>> CustodyAsync(Reader who, DeviceId device, CancellationToken ct)
    {
        if (!Sight.Custody(who))
        {
            return [];
        }

        var args = new Dictionary<string, object?> { ["device"] = device.ToString() };
        var rows = await views.QueryAsync<CustodyEntryView>(who, DeviceTables.Custody, "device = @device", args, "number", MostEntries, ct);
        return [.. rows.Select(r => Sight.Incidents(who) ? r.Body : r.Body with { Incident = null })];
    }

    /// <summary>Who used a shared device, newest first; for those who see the chain of custody.</summary>
    public async Task<IReadOnlyList<DeviceUseView>> UsesAsync(Reader who, DeviceId device, CancellationToken ct)
    {
        if (!Sight.Custody(who))
        {
            return [];
        }

        var args = new Dictionary<string, object?> { ["device"] = device.ToString() };
        return [.. (await views.QueryAsync<DeviceUseView>(who, DeviceTables.Use, "device = @device", args, "number DESC", MostUses, ct)).Select(r => r.Body)];
    }

    /// <summary>A grain's reply as this reader may see it, noted for the read audit.</summary>
    public static DeviceSeen Show(Reader who, DeviceView reply)
    {
        who.Saw($"{DeviceTables.Device.Name}/{reply.Id}");
        if (reply.Holder is { } holder)
        {
            who.Saw(holder.ToString());
        }

        return Seen(who, reply);
    }

    private static KeysetOrder Ordered(DevicesOrder order) => order switch
    {
        DevicesOrder.KindAsc => new(("kind", false)),
        DevicesOrder.CustodyAsc => new(("custody", false)),
        _ => new(),
    };

    private static DeviceSeen Seen(Reader who, DeviceView device) =>
        Sight.Custody(who) ? new DeviceSeen(device, true)
            : device.Custodian is { } custodian && custodian == who.Actor.Person ? new DeviceSeen(device with { AwaitsIncidentSince = null, WhyNoIncident = null }, true)
            : new DeviceSeen(device with { Serial = null, Custodian = null, UntilStrategy = false, Frozen = false, AwaitsIncidentSince = null, WhyNoIncident = null }, false);
}
