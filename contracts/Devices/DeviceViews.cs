using OnlineSafetyTrust.Contracts.Access;
using OnlineSafetyTrust.Contracts.Journal;

namespace OnlineSafetyTrust.Contracts.Devices;

public static class DeviceTables
{
    /// <summary>One row per device; id = the device's. Columns: holder (<c>pupil/{uuid}</c> or <c>person/{uuid}</c>, the borrower while on loan), custody, kind, retired (0 or 1). Body <see cref="DeviceView"/>.</summary>
    public static readonly ViewTable Device = new(
        "device", 2, [new("holder", ColumnKind.Text), new("custody", ColumnKind.Text), new("kind", ColumnKind.Text), new("retired", ColumnKind.Number)], [["holder"], ["custody"], ["kind"]]) { About = [new("holder", null)] };

    /// <summary>The whole chain of custody; id <c>{device}#{number}</c>. Columns: device, number. Body <see cref="CustodyEntryView"/>.</summary>
    public static readonly ViewTable Custody = new("custody", 1, [new("device", ColumnKind.Text), new("number", ColumnKind.Number)], [["device", "number"]]) { About = [new("device", "device")] };

    /// <summary>All uses of a shared device; id <c>{device}#{number}</c>. Columns: device, number, user (as holder). Body <see cref="DeviceUseView"/>.</summary>
    public static readonly ViewTable Use = new(
        "device_use", 2, [new("device", ColumnKind.Text), new("number", ColumnKind.Number), new("used_by", ColumnKind.Text)], [["device", "number"], ["used_by", "number"]])
    {
        About = [new("device", "device"), new("used_by", null)],
    };

    /// <summary>What was corrected, retired and brought back, all of it; id <c>{device}#{number}</c>. Columns: device, number. Body <see cref="DeviceChangeView"/>.</summary>
    public static readonly ViewTable History = new(
        "device_history", 1, [new("device", ColumnKind.Text), new("number", ColumnKind.Number)], [["device", "number"]]) { About = [new("device", "device")] };

    /// <summary>Kind of the exact look-up of a serial number, in capitals without spaces: finds the id of the one device in the register that has it.</summary>
    public const string SerialLookup = "serial";

    /// <summary>As <see cref="SerialLookup"/>, of devices that were retired.</summary>
    public const string RetiredSerialLookup = "retired-serial";
}

/// <summary>Who holds a device.</summary>
public enum CustodyState
{
    /// <summary>In ordinary use; of a school's device too.</summary>
    WithPupil,

    /// <summary>The school, confiscated.</summary>
    Confiscated,

    /// <summary>The school, until a strategy is agreed.</summary>
    Removed,

    /// <summary>The school, sealed as evidence.</summary>
    SealedAsEvidence,

    /// <summary>The police.</summary>
    WithPolice,

    /// <summary>A parent.</summary>
    ReturnedToParent,

    /// <summary>Whoever had it before.</summary>
    Returned,
}

public static class CustodyStates
{
    public static readonly IReadOnlyList<CustodyState> Held = [CustodyState.Confiscated, CustodyState.Removed, CustodyState.SealedAsEvidence, CustodyState.WithPolice];

    /// <summary>By the school or the police, not with its holder or their family.</summary>
    public static bool IsHeld(this CustodyState state) => Held.Contains(state);
}

/// <summary>A step in the chain of custody.</summary>
public enum CustodyStep
{
    /// <summary>Confiscated.</summary>
    Confiscate,

    /// <summary>Removed until a strategy is agreed.</summary>
    Remove,

    /// <summary>Sealed.</summary>
    Seal,

    /// <summary>Handed to another member of staff.</summary>
    HandToStaff,

    /// <summary>Handed to the police.</summary>
    HandToPolice,

    /// <summary>Given back.</summary>
    ReturnToHolder,

    /// <summary>Given to a parent.</summary>
    ReturnToParent,

    /// <summary>Looked at; the state stays.</summary>
    Examine,

    /// <summary>Material deleted; the state stays.</summary>
    DeleteMaterial,
}

/// <param name="Frozen">It may only be taken, sealed and, once sealed, handed to staff or to the police.</param>
/// <param name="Custodian">Member of staff who has it while in the school's custody.</param>
/// <param name="AwaitsIncidentSince">A nude was found on it then, and neither was an incident reported nor said why not.</param>
/// <param name="WhyNoIncident">Why none was.</param>
/// <param name="UntilStrategy">Removed with all the pupil's devices until an access strategy is agreed; stays when a parent gets it before that.</param>
/// <param name="RetiredAt">Out of the register's lists since; null: it is in them.</param>
[GenerateSerializer, Immutable, Alias("DeviceView")]
public sealed record DeviceView(
    DeviceId Id, DeviceOwnership Ownership, bool Shared, DeviceKind Kind,
    [property: Personal] string? Label,
    [property: Personal] string? Serial,
    DeviceHolder? Holder, bool RemovableMedia, DeviceEncryption Encryption, EssentialPurpose Essential,
    DeviceLoan? Loan, CustodyState Custody, PersonId? Custodian, bool UntilStrategy, bool Frozen,
    DateTimeOffset? AwaitsIncidentSince = null,
    [property: Personal] string? WhyNoIncident = null, DateTimeOffset? RetiredAt = null);

/// <summary>What was done to a device's record.</summary>
public enum DeviceChangeKind
{
    /// <summary>Put right.</summary>
    Corrected,

    /// <summary>Taken out of the register's lists.</summary>
    Retired,

    /// <summary>Brought back into them.</summary>
    Reinstated,
}

/// <summary>A correction of a device's record, or its leaving the register. For those who see the chain of custody.</summary>
/// <param name="Before">What the record said of what was changed; null: nothing was corrected.</param>
/// <param name="After">What it says since.</param>
[GenerateSerializer, Immutable, Alias("DeviceChangeView")]
public sealed record DeviceChangeView(
    DeviceId Device, int Number, DeviceChangeKind Change, DateTimeOffset At, Actor By, [property: Personal] string? Reason, DeviceWordsView? Before, DeviceWordsView? After);

/// <summary>Of a record's words those that a correction changed; where both sides have none it was not changed, where one side has it was cleared or is new.</summary>
[GenerateSerializer, Immutable, Alias("DeviceWordsView")]
public sealed record DeviceWordsView(
    [property: Personal] string? Label, [property: Personal] string? Serial, DeviceKind? Kind, DeviceHolder? Holder, DeviceOwnership? Ownership, EssentialPurpose? Essential);

[GenerateSerializer, Immutable, Alias("DeviceLoan")]
public sealed record DeviceLoan(DeviceHolder Borrower, DateTimeOffset LentAt, DateOnly DueBack);

/// <summary>One link of the chain. For DSL, deputy, head and network manager; others see the state only.</summary>
/// <param name="State">After the step.</param>
/// <param name="FromHolder">From whom it was taken.</param>
[GenerateSerializer, Immutable, Alias("CustodyEntryView")]
public sealed record CustodyEntryView(
    DeviceId Device, int Number, CustodyStep Step, CustodyState State, DateTimeOffset At, Actor By, DeviceHolder? FromHolder, PersonId? FromStaff, PersonId? ToStaff,
    [property: Personal] string? Officer,
    [property: Personal] string? Reference,
    [property: Personal] string? Place,
    [property: Personal] string? SealNumber,
    [property: Personal] string? LawfulGround,
    [property: Personal] string? Note,
    IncidentId? Incident, EssentialDecisionView? EssentialOverride, StrategyOverrideView? StrategyOverride = null);

[GenerateSerializer, Immutable, Alias("StrategyOverrideView")]
public sealed record StrategyOverrideView(PersonId DecidedBy, [property: Personal] string? Reason);

[GenerateSerializer, Immutable, Alias("DeviceUseView")]
public sealed record DeviceUseView(DeviceId Device, int Number, DeviceHolder User, DateTimeOffset From, DateTimeOffset? To, Actor RecordedBy);
