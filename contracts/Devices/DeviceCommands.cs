using OnlineSafetyTrust.Contracts.Access;
using OnlineSafetyTrust.Contracts.Pupils;

namespace OnlineSafetyTrust.Contracts.Devices;

/// <summary>Whose a device is.</summary>
public enum DeviceOwnership
{
    /// <summary>The school's.</summary>
    School,

    /// <summary>A person's own.</summary>
    Personal,
}

/// <summary>What kind of device.</summary>
public enum DeviceKind
{
    /// <summary>A phone.</summary>
    Phone,

    /// <summary>A tablet.</summary>
    Tablet,

    /// <summary>A laptop.</summary>
    Laptop,

    /// <summary>A desktop computer.</summary>
    Desktop,

    /// <summary>A games console.</summary>
    GamesConsole,

    /// <summary>A watch.</summary>
    Watch,

    /// <summary>A camera.</summary>
    Camera,

    /// <summary>A memory stick, card or disk.</summary>
    RemovableMedia,

    /// <summary>Anything else.</summary>
    Other,
}

/// <summary>Whether a device's storage is encrypted.</summary>
public enum DeviceEncryption
{
    /// <summary>Not known.</summary>
    NotKnown,

    /// <summary>Encrypted.</summary>
    Encrypted,

    /// <summary>Not encrypted.</summary>
    NotEncrypted,
}

/// <summary>Other than None: no ban, custody or denial covers it without the head's decision and a working replacement.</summary>
public enum EssentialPurpose
{
    /// <summary>Not essential.</summary>
    None,

    /// <summary>To communicate.</summary>
    Communication,

    /// <summary>For health.</summary>
    Medical,

    /// <summary>To take part.</summary>
    Access,
}

/// <summary>A pupil or a member of staff: one of the two.</summary>
[GenerateSerializer, Immutable, Alias("DeviceHolder")]
public sealed record DeviceHolder(PupilId? Pupil, PersonId? Staff)
{
    public static DeviceHolder Of(PupilId pupil) => new(pupil, null);

    public static DeviceHolder Of(PersonId staff) => new(null, staff);

    /// <summary><c>pupil/{uuid}</c> or <c>person/{uuid}</c>, as in the column <c>holder</c>.</summary>
    public override string ToString() => Pupil is { } pupil ? $"pupil/{pupil}" : $"person/{Staff}";
}

/// <summary>A device in the register. The id comes from the command id (<c>context.NewId("device")</c>) and is in the grain's key.</summary>
/// <param name="Shared">Used by several people; who used it when is recorded.</param>
/// <param name="Label">What people call it: "iPad 12, green case".</param>
/// <param name="Serial">Serial number or IMEI; found by exact look-up "serial".</param>
/// <param name="Holder">Whose it is or who has it; needed for a personal device.</param>
/// <param name="RemovableMedia">It is, or takes, removable media.</param>
[GenerateSerializer, Immutable, Alias("RegisterDevice")]
public sealed record RegisterDevice(
    DeviceOwnership Ownership, bool Shared, DeviceKind Kind, string? Label, string? Serial, DeviceHolder? Holder, bool RemovableMedia = false,
    DeviceEncryption Encryption = DeviceEncryption.NotKnown, EssentialPurpose Essential = EssentialPurpose.None);

/// <summary>
/// Puts right what the register says of a device; what is given as it is changes nothing. DSL, deputy, head, senior leader, online safety lead
/// or network manager; only the head takes the mark of an essential device away. What is evidence keeps its serial number and holder.
/// </summary>
/// <param name="Label">Absent: as it is; so with the others.</param>
/// <param name="Serial">Absent: as it is; <c>new(null)</c>: it has none.</param>
/// <param name="Holder">Absent: as it is; <c>new(null)</c>: nobody in particular, for a device of the school only.</param>
/// <param name="Essential">A device may become essential later, and stop being so.</param>
[GenerateSerializer, Immutable, Alias("CorrectDevice")]
public sealed record CorrectDevice(
    string Reason, Change<string>? Label = null, DeviceKind? Kind = null, Change<string>? Serial = null, Change<DeviceHolder>? Holder = null, DeviceOwnership? Ownership = null,
    EssentialPurpose? Essential = null);

/// <summary>Takes a device out of the register's lists: broken, sold, entered twice. Who may correct it; not while it is held, frozen, on loan, or with a parent until a strategy is agreed.</summary>
[GenerateSerializer, Immutable, Alias("RetireDevice")]
public sealed record RetireDevice(string Reason);

/// <summary>A retired device is back: refused while another record has its serial number.</summary>
[GenerateSerializer, Immutable, Alias("ReinstateDevice")]
public sealed record ReinstateDevice(string Reason);

/// <summary>Who used a shared device, from when to when.</summary>
/// <param name="To">Null: still using it.</param>
[GenerateSerializer, Immutable, Alias("RecordDeviceUse")]
public sealed record RecordDeviceUse(DeviceHolder User, DateTimeOffset From, DateTimeOffset? To);

/// <param name="DueBack">Last day of the loan.</param>
[GenerateSerializer, Immutable, Alias("LendDevice")]
public sealed record LendDevice(DeviceHolder Borrower, DateOnly DueBack);

[GenerateSerializer, Immutable, Alias("EndLoan")]
public sealed record EndLoan;

/// <summary>How a device is taken.</summary>
public enum Taking
{
    /// <summary>This device, for example so that material can be removed.</summary>
    Confiscate,

    /// <summary>As one of all the pupil's devices, until an access strategy is agreed: meanwhile <see cref="AskAccess"/> is answered with Deny, as long as the incident that it is for asks for one, where one is named.</summary>
    Remove,
}

/// <summary>Takes a device from its holder. Any member of staff. From Confiscated it may be taken again as Remove.</summary>
/// <param name="Place">Where it is kept now.</param>
/// <param name="LawfulGround">By what right, such as the school's behaviour policy under section 91 of the Education and Inspections Act 2006.</param>
/// <param name="Incident">Told that its step to confiscate is done.</param>
/// <param name="NoneLeft">With Remove: confirmed that the pupil now holds no other device; only then is the incident's step to remove all devices done.</param>
[GenerateSerializer, Immutable, Alias("TakeDevice")]
public sealed record TakeDevice(Taking Taking, string Place, string LawfulGround, IncidentId? Incident = null, bool NoneLeft = false, EssentialOverride? EssentialOverride = null);

/// <summary>Isolates and seals a device as it is, without looking, without switching it on or off (C4). Any member of staff.</summary>
/// <param name="Incident">Told that its step to isolate and seal is done.</param>
[GenerateSerializer, Immutable, Alias("SealAsEvidence")]
public sealed record SealAsEvidence(string Place, string SealNumber, IncidentId? Incident = null, EssentialOverride? EssentialOverride = null);

/// <summary>Passes a device that is in custody on: to another member of staff, or to the police. From the police back to staff too.</summary>
/// <param name="ToStaff">The member of staff, or null: the police.</param>
/// <param name="Officer">For the police: name or collar number.</param>
/// <param name="Reference">For the police: their reference.</param>
/// <param name="SealNumber">Of the bag it is handed over in; needed when it was sealed.</param>
[GenerateSerializer, Immutable, Alias("HandOverDevice")]
public sealed record HandOverDevice(PersonId? ToStaff, string? Officer, string? Reference, string Place, string? SealNumber);

/// <summary>Who gets a device back.</summary>
public enum ReturnedTo
{
    /// <summary>The pupil, or the member of staff whose it is.</summary>
    Holder,

    /// <summary>A parent.</summary>
    Parent,
}

/// <summary>
/// Gives a device back. One that was removed until a strategy is agreed goes to its holder only once a strategy has been in force since, or
/// by the head's decision. A parent may have it before: the pupil does not have it back by that, and stays denied until the strategy.
/// </summary>
/// <param name="Note">What was agreed on its return; needed when it was evidence.</param>
/// <param name="StrategyOverride">While a strategy is waited for: nothing waits for this device any more.</param>
[GenerateSerializer, Immutable, Alias("ReturnDevice")]
public sealed record ReturnDevice(ReturnedTo To, string? Note = null, StrategyOverride? StrategyOverride = null);

/// <summary>The head's decision that a device removed until a strategy is agreed goes back without one. Other devices wait on.</summary>
/// <param name="DecidedBy">Must be the headteacher, or who covers for them, on the day. Entered by the head, or by the DSL or a deputy as the head's decision; the head is then told.</param>
/// <param name="Reason">Why the pupil is safe without a strategy.</param>
[GenerateSerializer, Immutable, Alias("StrategyOverride")]
public sealed record StrategyOverride(PersonId DecidedBy, string Reason);

/// <summary>Material on a device was looked at or deleted (section 91). DSL, deputy, headteacher or network manager; never on a frozen device.</summary>
/// <param name="LawfulGround">Good reason in the sense of the law and the school's policy.</param>
/// <param name="NothingIsEvidence">Confirmed: nothing on it could be evidence of an offence.</param>
/// <param name="NudeFound">A nude or semi-nude picture of a child was found: the device is frozen, the DSL told, and the answer is what to do now, as a refusal.</param>
/// <param name="Deleted">Material was deleted, not only looked at.</param>
/// <param name="Incident">With Deleted: told that its step to remove material is done.</param>
[GenerateSerializer, Immutable, Alias("RecordExamination")]
public sealed record RecordExamination(string LawfulGround, bool NothingIsEvidence, bool NudeFound, bool Deleted, string Findings, IncidentId? Incident = null);

/// <summary>Why no incident takes over a device on which a nude was found. DSL, deputy or headteacher. The device stays frozen.</summary>
[GenerateSerializer, Immutable, Alias("AnswerNudeFound")]
public sealed record AnswerNudeFound(string Reason);
