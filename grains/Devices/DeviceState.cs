using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Contracts.Policies;

namespace OnlineSafetyTrust.Grains.Devices;

/// <summary>The device, as in its row.</summary>
internal sealed record DeviceRecord(
    DeviceId Id, DeviceOwnership Ownership, bool Shared, DeviceKind Kind, Personal<string>? Label, Personal<string>? Serial, DeviceHolder? Holder, bool RemovableMedia,
    DeviceEncryption Encryption, EssentialPurpose Essential, DeviceLoan? Loan, CustodyState Custody, PersonId? Custodian, bool UntilStrategy, bool Frozen,
    DateTimeOffset? AwaitsIncidentSince = null, Personal<string>? WhyNoIncident = null, DateTimeOffset? RetiredAt = null);

/// <summary>One line of the record's own history, as in its row.</summary>
internal sealed record DeviceHistoryEntry(DeviceId Device, int Number, DeviceChangeKind Change, DateTimeOffset At, Actor By, Personal<string> Reason, DeviceWords? Before = null, DeviceWords? After = null);

internal sealed record DeviceUseEntry(DeviceId Device, int Number, DeviceHolder User, DateTimeOffset From, DateTimeOffset? To, Actor RecordedBy);

/// <param name="Incident">For which; null: for none.</param>
/// <param name="Over">A parent got it when it waited for no strategy any more.</param>
internal sealed record Removal(IncidentId? Incident, DeviceHolder? From, bool Over = false);

/// <param name="TakenFor">The incident that the present custody belongs to.</param>
/// <param name="Freezes">Incidents that froze it and have not released it.</param>
/// <param name="NudeFound">Freezes it by itself, until no incident freezes it any more.</param>
/// <param name="FoundFrozen">When it was found an incident had frozen the device: whoever answers that it was the same lets it go with that one.</param>
/// <param name="Chain">The last links; all are in the journal.</param>
/// <param name="Links">How many there were in all.</param>
/// <param name="Uses">The last uses; all are in the journal and keep their rows.</param>
/// <param name="NudeTask">Who has to see to a nude that was found.</param>
/// <param name="Awaited">Which steps of which incidents wait for what is recorded here.</param>
/// <param name="History">The last corrections; all are in the journal.</param>
/// <param name="Changes">How many there were in all.</param>
/// <param name="Removal">What it is held for, or was when a parent got it: a removal of all devices of whoever it was taken from.</param>
internal sealed record DeviceState(
    DeviceRecord? Record, IncidentId? TakenFor, ImmutableHashSet<IncidentId> Freezes, ImmutableList<CustodyEntry> Chain, int Links, ImmutableList<DeviceUseEntry> Uses, int UsesInAll, bool NudeFound = false,
    ImmutableDictionary<IncidentId, IReadOnlyList<StepKind>>? Awaited = null, NudeAssigned? NudeTask = null, ImmutableList<DeviceHistoryEntry>? History = null, int Changes = 0,
    Removal? Removal = null, bool FoundFrozen = false) : IState<DeviceState>
{
    private const int LinksKept = 100;
    private const int UsesKept = 50;
    private const int ChangesKept = 20;

    public static DeviceState Empty { get; } = new(null, null, [], [], 0, [], 0);

    /// <summary>A nude was found, and no incident has taken the device over.</summary>
    [JsonIgnore]
    public DateTimeOffset? NudeWaits => Record?.AwaitsIncidentSince;

    /// <summary>Before it is in the register, too.</summary>
    [JsonIgnore]
    public bool IsFrozen => NudeFound || !Freezes.IsEmpty;

    public DeviceState Apply(object @event, EventMeta meta) => @event switch
    {
        DeviceRegistered e => this with
        {
            Record = new DeviceRecord(
                e.Device, e.Ownership, e.Shared, e.Kind, e.Label, e.Serial, e.Holder, e.RemovableMedia, e.Encryption, e.Essential, null, CustodyState.WithPupil, null, false, !Freezes.IsEmpty),
        },
        DeviceCorrected e => Note(DeviceChangeKind.Corrected, e.Reason, meta, e.Before, e.After).Change(r => r.Put(e.Before, e.After) with { UntilStrategy = e.UntilStrategy ?? r.UntilStrategy }),
        DeviceRetired e => Note(DeviceChangeKind.Retired, e.Reason, meta).Change(r => r with { RetiredAt = meta.At }),
        DeviceReinstated e => Note(DeviceChangeKind.Reinstated, e.Reason, meta).Change(r => r with { RetiredAt = null }),
        DeviceUsed e when Record is not null => this with
        {
            Uses = Last(Uses.Add(new DeviceUseEntry(Record.Id, UsesInAll + 1, e.User, e.From, e.To, meta.Actor)), UsesKept), UsesInAll = UsesInAll + 1,
        },
        DeviceLent e => Change(r => r with { Loan = new DeviceLoan(e.Borrower, meta.At, e.DueBack) }),
        LoanEnded => Change(r => r with { Loan = null }),
        DeviceAwaitedBy e => this with { Awaited = e.For.Count > 0 ? Waiting.SetItem(e.Incident, e.For) : Waiting.Remove(e.Incident) },
        DeviceFrozen e => Seen(null).Freeze(Freezes.Add(e.Incident)),
        DeviceReleased e => (this with { NudeFound = NudeFound && (NudeWaits is not null || Freezes.Count > 1) }).Freeze(Freezes.Remove(e.Incident)),
        DeviceNudeFound e => (Move(e.Link) with { NudeFound = true, FoundFrozen = e.Waits && !Freezes.IsEmpty }).Change(r => r with { AwaitsIncidentSince = e.Waits || Freezes.IsEmpty ? meta.At : null, WhyNoIncident = null }).Freeze(Freezes),
        NudeAssigned e => this with { NudeTask = e },
        NudeAnswered e => (Seen(e.WhyNoIncident) with { NudeFound = NudeFound && !(FoundFrozen && Freezes.IsEmpty) }).Freeze(Freezes),
        DeviceReturned { StillWaits: true } e => Move(e.Link).Change(r => r with { UntilStrategy = true }),
        DeviceReturned { Link.Step: CustodyStep.ReturnToParent } e => Move(e.Link).RemovalOver(),
        ICustodyEvent e => Move(e.Link),
        _ => this,
    };

    private ImmutableDictionary<IncidentId, IReadOnlyList<StepKind>> Waiting => Awaited ?? ImmutableDictionary<IncidentId, IReadOnlyList<StepKind>>.Empty;

    /// <summary>The one incident that waits for this to be recorded here; null: none does, or several do and nobody can say which is meant.</summary>
    public IncidentId? MeantBy(StepKind kind) => Waiting.Where(w => w.Value.Contains(kind)).Select(w => (IncidentId?)w.Key).ToList() is [var only] ? only : null;

    private DeviceState Note(DeviceChangeKind change, Personal<string> reason, EventMeta meta, DeviceWords? before = null, DeviceWords? after = null) =>
        Record is null ? this
        : this with { History = Last((History ?? []).Add(new DeviceHistoryEntry(Record.Id, Changes + 1, change, meta.At, meta.Actor, reason, before, after)), ChangesKept), Changes = Changes + 1 };

    private DeviceState Seen(Personal<string>? why) =>
        NudeWaits is null ? this : (this with { NudeTask = null }).Change(r => r with { AwaitsIncidentSince = null, WhyNoIncident = why });

    private DeviceState Move(CustodyEntry link) => Change(r => r with
    {
        Custody = link.State,
        Custodian = link.State is CustodyState.WithPolice || !link.State.IsHeld() ? null : link.ToStaff ?? r.Custodian,
        UntilStrategy = link.State.IsHeld() && (r.UntilStrategy || link.Step == CustodyStep.Remove),
    }) with
    {
        Chain = Last(Chain.Add(link), LinksKept),
        Links = link.Number,
        TakenFor = link.State.IsHeld() ? link.Incident ?? TakenFor : null,
        Removal = link.Step switch
        {
            CustodyStep.Remove => new Removal(link.Incident ?? TakenFor, Record?.HeldBy()),
            CustodyStep.ReturnToHolder => null,
            // Taken anew from a parent, it waits for nothing any more.
            _ => Record is { } device && (device.Custody.IsHeld() || device.UntilStrategy) ? Removal : null,
        },
    };

    private DeviceState RemovalOver() => Removal is null ? this : this with { Removal = Removal with { Over = true } };

    private DeviceState Freeze(ImmutableHashSet<IncidentId> freezes)
    {
        var after = this with { Freezes = freezes };
        return after.Change(r => r with { Frozen = after.IsFrozen });
    }

    private DeviceState Change(Func<DeviceRecord, DeviceRecord> change) => Record is null ? this : this with { Record = change(Record) };

    private static ImmutableList<T> Last<T>(ImmutableList<T> list, int kept) => list.Count > kept ? list.RemoveRange(0, list.Count - kept) : list;
}

internal static class DeviceRecords
{
    public static DeviceRecord Put(this DeviceRecord device, DeviceWords before, DeviceWords after) => device with
    {
        Label = before.Label is null && after.Label is null ? device.Label : after.Label,
        Serial = before.Serial is null && after.Serial is null ? device.Serial : after.Serial,
        Kind = after.Kind ?? device.Kind,
        Holder = before.Holder is null && after.Holder is null ? device.Holder : after.Holder,
        Ownership = after.Ownership ?? device.Ownership,
        Essential = after.Essential ?? device.Essential,
    };

    /// <summary>Whose key seals what the register says of it: the holder's where it is their own, otherwise the record's.</summary>
    public static KeyOwner WordsOf(this DeviceRecord device) => DeviceDecider.WordsOf(device.Id, device.Ownership, device.Holder);

    /// <summary>Who has it when it is in use: the borrower while on loan.</summary>
    public static DeviceHolder? HeldBy(this DeviceRecord device) => device.Loan?.Borrower ?? device.Holder;
}
