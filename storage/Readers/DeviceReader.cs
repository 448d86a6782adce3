using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.Storage.Readers;

/// <param name="Holder">A pupil or a member of staff.</param>
/// <param name="Custody">How it is held: for those who see the chain of custody.</param>
/// <param name="Retired">Those that were retired, instead of those in the register.</param>
/// <param name="InCustody">Held by the school or the police, or not; null: all.</param>
public sealed record DeviceFilter(DeviceHolder? Holder = null, IReadOnlyList<CustodyState>? Custody = null, DeviceKind? Kind = null, bool Retired = false, bool? InCustody = null);

/// <summary>In which order devices are listed.</summary>
public enum DevicesOrder
{
    /// <summary>By id: always the same, in no order that says anything.</summary>
    IdAsc,

    /// <summary>By kind.</summary>
    KindAsc,

    /// <summary>By how they are held. For those who see the chain of custody.</summary>
    CustodyAsc,
}

/// <summary>In which order a chain of custody is listed.</summary>
public enum CustodyChainOrder
{
    /// <summary>Oldest first.</summary>
    NumberAsc,

    /// <summary>Newest first.</summary>
    NumberDesc,
}

/// <param name="Chain">The reader sees the chain of custody and whether the device is frozen; otherwise <paramref name="View"/> says of one in custody that it is confiscated, however it is held.</param>
public sealed record DeviceSeen(DeviceView View, bool Chain)
{
    /// <summary>Null: in custody, and how is not for the reader.</summary>
    public CustodyState? Custody => Chain || !View.Custody.IsHeld() ? View.Custody : null;
}

/// <summary>
/// Devices: the register for all staff, who take and hand over. How one is held (that the police have it, or that it waits for a strategy, tells
/// of an incident) is for DSL, deputy, head, network manager and whoever keeps it; others see that it is in custody.
/// </summary>
public sealed class DeviceReader(ViewReader views)
{
    private const int MostUses = 50;
    private const int MostChanges = 50;

    public static bool SeesCustody(Reader who) => Sight.Custody(who);

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

        if (!Sight.Custody(who) && (filter.Custody is not null || order == DevicesOrder.CustodyAsc))
        {
            return DeviceErrors.CustodyNotShown(filter.Custody is not null ? "custody" : "order");
        }

        var custody = Enum.GetValues<CustodyState>().Where(c => filter.Custody?.Contains(c) != false && (filter.InCustody is not { } held || c.IsHeld() == held)).Select(c => c.ToString()).ToArray();
        var where = new Listing()
            .And("holder = @holder", "holder", filter.Holder?.ToString())
            .And(views.AnyOf("custody", "@custody"), "custody", filter is { Custody: null, InCustody: null } ? null : custody)
            .And("kind = @kind", "kind", filter.Kind?.ToString())
            .And("retired = @retired", "retired", filter.Retired ? 1L : 0L);
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

    /// <summary>The whole chain of custody, oldest first; empty for those who may not see it.</summary>
    public async Task<IReadOnlyList<CustodyEntryView>> CustodyAsync(Reader who, DeviceId device, CancellationToken ct)
    {
        var chain = new List<CustodyEntryView>();
        for (string? after = null; ;)
        {
            var found = (await ChainsAsync(who, [device], CustodyChainOrder.NumberAsc, new PageRequest(Keyset.LargestPage, after), ct)).Value!.GetValueOrDefault(device);
            chain.AddRange(found?.Items.Select(i => i.Item) ?? []);
            if (found is not { HasNext: true })
            {
                return chain;
            }

            after = found.Items[^1].Cursor;
        }
    }

    /// <summary>
    /// The same page of the chains of custody of several devices; none for those who may not see them. The incident behind an entry is
    /// named for those who see incidents.
    /// </summary>
    public async Task<Result<Dictionary<DeviceId, Page<CustodyEntryView>>>> ChainsAsync(
        Reader who, IReadOnlyCollection<DeviceId> devices, CustodyChainOrder order, PageRequest page, CancellationToken ct)
    {
        if (!Sight.Custody(who))
        {
            return new Dictionary<DeviceId, Page<CustodyEntryView>>();
        }

        var ids = devices.Distinct().ToDictionary(d => d.ToString());
        var found = await views.PagesAsync<CustodyEntryView>(who, DeviceTables.Custody, "device", ids.Keys, "", null, new KeysetOrder(("number", order == CustodyChainOrder.NumberDesc)), page, ct);
        return found.Ok
            ? found.Value.ToDictionary(c => ids[c.Key], c => Masked(who, Listing.Bodies(c.Value)))
            : Result<Dictionary<DeviceId, Page<CustodyEntryView>>>.Failed(found.Errors);
    }

    /// <summary>The last 50 uses of each of these shared devices, newest first; none for those who do not see the chain of custody.</summary>
    /// <param name="before">Those with a smaller number; null: the last of all.</param>
    public async Task<ILookup<DeviceId, DeviceUseView>> UsesAsync(Reader who, IReadOnlyCollection<DeviceId> devices, int? before, CancellationToken ct)
    {
        if (!Sight.Custody(who))
        {
            return Array.Empty<DeviceUseView>().ToLookup(u => u.Device);
        }

        // Each has its own fifty: a tablet that a whole class shares would leave no room for the others.
        var (where, args) = before is { } number ? ("number < @earlier", new Dictionary<string, object?> { ["earlier"] = (long)number }) : ("", null);
        var ids = devices.Select(d => d.ToString()).Distinct().ToList();
        var found = await views.PagesAsync<DeviceUseView>(who, DeviceTables.Use, "device", ids, where, args, new KeysetOrder(("number", true)), new PageRequest(First: MostUses), ct);
        return found.Value!.Values.SelectMany(p => p.Items).Select(i => i.Item.Body).ToLookup(u => u.Device);
    }

    /// <summary>The last 50 changes of each of these devices' records, newest first; none for those who do not see the chain of custody.</summary>
    public async Task<ILookup<DeviceId, DeviceChangeView>> HistoriesAsync(Reader who, IReadOnlyCollection<DeviceId> devices, CancellationToken ct)
    {
        var args = new Dictionary<string, object?> { ["devices"] = devices.Select(d => d.ToString()).ToList() };
        var rows = Sight.Custody(who)
            ? await views.QueryAsync<DeviceChangeView>(who, DeviceTables.History, views.AnyOf("device", "@devices"), args, "number DESC, id", MostChanges * devices.Count, ct)
            : [];
        return rows.ToLookup(r => r.Body.Device, r => r.Body);
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

    private static Page<CustodyEntryView> Masked(Reader who, Page<CustodyEntryView> chain) =>
        Sight.Incidents(who) ? chain : chain with { Items = [.. chain.Items.Select(i => i with { Item = i.Item with { Incident = null } })] };

    private static KeysetOrder Ordered(DevicesOrder order) => order switch
    {
        DevicesOrder.KindAsc => new(("kind", false)),
        DevicesOrder.CustodyAsc => new(("custody", false)),
        _ => new(),
    };

    private static DeviceSeen Seen(Reader who, DeviceView device) =>
        Sight.Custody(who) ? new DeviceSeen(device, true)
            : device.Custodian is { } custodian && custodian == who.Actor.Person ? new DeviceSeen(device with { AwaitsIncidentSince = null, WhyNoIncident = null }, true)
            : new DeviceSeen(device with { Custody = device.Custody.IsHeld() ? CustodyState.Confiscated : device.Custody, Serial = null, Custodian = null, UntilStrategy = false, Frozen = false, AwaitsIncidentSince = null, WhyNoIncident = null }, false);
}
