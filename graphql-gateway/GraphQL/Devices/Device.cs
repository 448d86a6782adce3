using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Gateway.GraphQL.Access;
using OnlineSafetyTrust.Gateway.GraphQL.Incidents;
using OnlineSafetyTrust.Gateway.GraphQL.People;
using OnlineSafetyTrust.Gateway.GraphQL.Pupils;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.GraphQL.Devices;

/// <summary>A device of the school or of a person. Staff see whether it is in custody; how, and the chain, is for DSL, deputy, head, network manager and whoever keeps it.</summary>
[Node]
public sealed class Device(DeviceSeen device)
{
    /// <summary>Its global id.</summary>
    [ID]
    public string Id => device.View.Id.ToString();

    /// <summary>Whose it is.</summary>
    public DeviceOwnership Ownership => device.View.Ownership;

    /// <summary>Used by several people.</summary>
    public bool Shared => device.View.Shared;

    /// <summary>What kind it is.</summary>
    public DeviceKind Kind => device.View.Kind;

    /// <summary>What people call it; null once erased.</summary>
    [Personal]
    public string? Label => device.View.Label;

    /// <summary>Serial number or IMEI.</summary>
    [Personal]
    public string? Serial => device.View.Serial;

    /// <summary>Whose it is or who has it, the borrower while on loan.</summary>
    public Holder? Holder => (device.View.Loan?.Borrower ?? device.View.Holder) is { } holder ? new Holder(holder) : null;

    /// <summary>It is, or takes, removable media.</summary>
    public bool RemovableMedia => device.View.RemovableMedia;

    /// <summary>Whether its storage is encrypted, as far as known.</summary>
    public DeviceEncryption Encryption => device.View.Encryption;

    /// <summary>Other than NONE: no ban, custody or denial covers it without the head's decision and a working replacement.</summary>
    public EssentialPurpose Essential => device.View.Essential;

    /// <summary>Last day of the loan; null: not on loan.</summary>
    public DateOnly? LoanDueBack => device.View.Loan?.DueBack;

    /// <summary>The school or the police hold it.</summary>
    public bool InCustody => device.View.Custody.IsHeld();

    /// <summary>Who holds it. Null: in custody, and how is not for the caller.</summary>
    public CustodyState? Custody => device.Custody;

    /// <summary>It may only be taken, sealed and, once sealed, handed to staff or to the police. Null: not for the caller.</summary>
    public bool? Frozen => device.Chain ? device.View.Frozen : null;

    /// <summary>Something was found on it then that is to be reported as an incident, and nobody has answered. For DSL, deputy, head and network manager.</summary>
    public DateTimeOffset? AwaitsIncidentSince => device.View.AwaitsIncidentSince;

    /// <summary>Why no incident was reported of what was found. For DSL, deputy, head and network manager.</summary>
    [Personal]
    public string? WhyNoIncident => device.View.WhyNoIncident;

    /// <summary>Removed until an access strategy is agreed. Null: not for the caller.</summary>
    public bool? UntilStrategy => device.Chain ? device.View.UntilStrategy : null;

    /// <summary>Out of the register's lists since; null: it is in them.</summary>
    public DateTimeOffset? RetiredAt => device.View.RetiredAt;

    /// <summary>Corrections of its record, with what it said before, and when it left the register; the last 50, newest first. Empty for those who do not see the chain of custody.</summary>
    public async Task<IReadOnlyList<DeviceChange>> GetHistoryAsync(HistoryByDevice histories, CancellationToken ct) => [.. (await histories.LoadAsync(device.View.Id, ct) ?? []).Select(c => new DeviceChange(c))];

    /// <summary>Member of staff who has it while in the school's custody.</summary>
    public Task<Person?> GetCustodianAsync(PersonById people, CancellationToken ct) => people.PersonAsync(device.View.Custodian, ct);

    /// <summary>The whole chain of custody; null where it is not for the caller.</summary>
    /// <param name="order">In which order.</param>
    [UsePaging(ConnectionName = "CustodyChain")]
    public async Task<Connection<CustodyEntry>?> GetCustodyChainAsync(
        [DefaultValue(CustodyChainOrder.NumberAsc)] CustodyChainOrder order, int? first, string? after, int? last, string? before, ChainByDevice chains, CancellationToken ct) =>
        await chains.LoadAsync(new ChainAsked(device.View.Id, order, Connections.Page(first, after, last, before)), ct) is { } page ? Connections.Of(page, e => new CustodyEntry(e)) : null;

    /// <summary>Who used a shared device, 50 at a time, newest first; empty where it is not for the caller.</summary>
    /// <param name="before">Those with a smaller number than this; the last of all when left out.</param>
    public async Task<IReadOnlyList<DeviceUse>> GetUsesAsync(int? before, UsesByDevice uses, CancellationToken ct) => [.. (await uses.LoadAsync(new UsesAsked(device.View.Id, before), ct) ?? []).Select(u => new DeviceUse(u))];

    [NodeResolver]
    public static Task<Device?> GetAsync(string id, Session session, DeviceById devices, CancellationToken ct)
    {
        session.Asks(SessionAudit.Node);
        return FindAsync(id, devices, ct);
    }

    internal static async Task<Device?> FindAsync(string id, DeviceById devices, CancellationToken ct) =>
        await devices.LoadAsync(Ids.Of<DeviceId>(id), ct) is { } seen ? new Device(seen) : null;
}

/// <summary>A pupil or a member of staff: one of the two.</summary>
public sealed class Holder(DeviceHolder holder)
{
    /// <summary>The pupil who has it.</summary>
    public Task<Pupil?> GetPupilAsync(PupilById pupils, CancellationToken ct) => pupils.PupilAsync(holder.Pupil, ct);

    /// <summary>The member of staff who has it.</summary>
    public Task<Person?> GetStaffAsync(PersonById people, CancellationToken ct) => people.PersonAsync(holder.Staff, ct);
}

/// <summary>One link of the chain of custody.</summary>
public sealed class CustodyEntry(CustodyEntryView view)
{
    /// <summary>Its number within the record.</summary>
    public int Number => view.Number;

    /// <summary>What was done.</summary>
    public CustodyStep Step => view.Step;

    /// <summary>After the step.</summary>
    public CustodyState State => view.State;

    /// <summary>When it happened or was recorded.</summary>
    public DateTimeOffset At => view.At;

    /// <summary>From whom it was taken.</summary>
    public Holder? FromHolder => view.FromHolder is { } holder ? new Holder(holder) : null;

    /// <summary>Name or number of the officer who took it.</summary>
    [Personal]
    public string? Officer => view.Officer;

    /// <summary>The reference given.</summary>
    [Personal]
    public string? Reference => view.Reference;

    /// <summary>Where.</summary>
    [Personal]
    public string? Place => view.Place;

    /// <summary>Number on the seal.</summary>
    [Personal]
    public string? SealNumber => view.SealNumber;

    /// <summary>On which ground it was examined.</summary>
    [Personal]
    public string? LawfulGround => view.LawfulGround;

    /// <summary>What is to be added.</summary>
    [Personal]
    public string? Note => view.Note;

    /// <summary>The head's decision, where an essential device is covered.</summary>
    public EssentialDecision? EssentialOverride => view.EssentialOverride is { } decision ? new EssentialDecision(decision) : null;

    /// <summary>The head's decision, where it went back before the strategy that it waited for was agreed.</summary>
    public StrategyOverrideDecision? StrategyOverride => view.StrategyOverride is { } decision ? new StrategyOverrideDecision(decision) : null;

    /// <summary>Who did or recorded it.</summary>
    public Task<Person?> GetByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.By.Person, ct);

    /// <summary>Who gave it.</summary>
    public Task<Person?> GetFromStaffAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.FromStaff, ct);

    /// <summary>Who took it.</summary>
    public Task<Person?> GetToStaffAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.ToStaff, ct);

    /// <summary>The incident it belongs to; null for those who may not see it.</summary>
    public async Task<Incident?> GetIncidentAsync(IncidentById incidents, CancellationToken ct) =>
        view.Incident is { } id && await incidents.LoadAsync(id, ct) is { } found ? new Incident(found) : null;
}

/// <summary>A change of a device's record.</summary>
public sealed class DeviceChange(DeviceChangeView view)
{
    /// <summary>Its number within the record.</summary>
    public int Number => view.Number;

    /// <summary>Corrected, retired or brought back.</summary>
    public DeviceChangeKind Change => view.Change;

    /// <summary>When it was recorded.</summary>
    public DateTimeOffset At => view.At;

    /// <summary>Why.</summary>
    [Personal]
    public string? Reason => view.Reason;

    /// <summary>What the record said of what was corrected; null: nothing was.</summary>
    public DeviceWords? Before => view.Before is { } words ? new DeviceWords(words) : null;

    /// <summary>What it says since.</summary>
    public DeviceWords? After => view.After is { } words ? new DeviceWords(words) : null;

    /// <summary>Who recorded it.</summary>
    public Task<Person?> GetByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.By.Person, ct);
}

/// <summary>What a device's record said before a correction, or says after it; null what was not corrected, or not there.</summary>
public sealed class DeviceWords(DeviceWordsView view)
{
    /// <summary>What people call it.</summary>
    [Personal]
    public string? Label => view.Label;

    /// <summary>Serial number or IMEI.</summary>
    [Personal]
    public string? Serial => view.Serial;

    /// <summary>What kind it is.</summary>
    public DeviceKind? Kind => view.Kind;

    /// <summary>Whose it is or who has it.</summary>
    public Holder? Holder => view.Holder is { } holder ? new Holder(holder) : null;

    /// <summary>Whose it is.</summary>
    public DeviceOwnership? Ownership => view.Ownership;

    /// <summary>What its user needs it for.</summary>
    public EssentialPurpose? Essential => view.Essential;
}

/// <summary>A time that somebody used a shared device.</summary>
public sealed class DeviceUse(DeviceUseView view)
{
    /// <summary>Its number within the record.</summary>
    public int Number => view.Number;

    /// <summary>Who used it.</summary>
    public Holder User => new(view.User);

    /// <summary>Since when.</summary>
    public DateTimeOffset From => view.From;

    /// <summary>Until when; null: it was still in use when that was recorded.</summary>
    public DateTimeOffset? To => view.To;

    /// <summary>Who recorded it.</summary>
    public Task<Person?> GetRecordedByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.RecordedBy.Person, ct);
}

internal static class DeviceFields
{
    public static async Task<IReadOnlyList<Device>> DevicesAsync(this DeviceById devices, IReadOnlyCollection<DeviceId> ids, CancellationToken ct) =>
        [.. (await devices.LoadAsync(ids, ct)).OfType<DeviceSeen>().Select(d => new Device(d))];
}

/// <summary>The head's decision that a device goes back before the strategy that it waits for is agreed.</summary>
public sealed class StrategyOverrideDecision(StrategyOverrideView view)
{
    /// <summary>Why the pupil is safe without a strategy.</summary>
    [Personal]
    public string? Reason => view.Reason;

    /// <summary>The head who decided.</summary>
    public Task<Person?> GetDecidedByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.DecidedBy, ct);
}
