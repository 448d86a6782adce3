using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Gateway.GraphQL.Access;
using OnlineSafetyTrust.Gateway.GraphQL.People;

namespace OnlineSafetyTrust.Gateway.GraphQL.Devices;

/// <summary>One pupil or one member of staff.</summary>
/// <param name="PupilId">The pupil who has it.</param>
/// <param name="PersonId">The member of staff who has it.</param>
[OneOf]
public sealed record HolderInput([property: ID(nameof(Pupils.Pupil))] string? PupilId, [property: ID(nameof(Person))] string? PersonId)
{
    internal DeviceHolder ToHolder() => new(Ids.Maybe<PupilId>(PupilId), Ids.Maybe<PersonId>(PersonId));
}

/// <summary>A device new to the register.</summary>
/// <param name="Shared">Used by several people; who used it when is recorded.</param>
/// <param name="Label">What people call it: "iPad 12, green case".</param>
/// <param name="Serial">Serial number or IMEI.</param>
/// <param name="Holder">Whose it is or who has it; needed for a personal device.</param>
/// <param name="RemovableMedia">It is, or takes, removable media.</param>
/// <param name="Ownership">Whose it is.</param>
/// <param name="Kind">What kind it is.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
/// <param name="Encryption">Whether its storage is encrypted, as far as known.</param>
/// <param name="Essential">What the pupil needs it for.</param>
public sealed record RegisterDeviceInput(
    DeviceOwnership Ownership, DeviceKind Kind, [property: Personal] string? Label, [property: Personal] string? Serial, HolderInput? Holder, Guid? CommandId, bool Shared = false, bool RemovableMedia = false,
    DeviceEncryption Encryption = DeviceEncryption.NotKnown, EssentialPurpose Essential = EssentialPurpose.None) : ICommandInput
{
    internal RegisterDevice ToCommand() => new(Ownership, Shared, Kind, Label, Serial, Holder?.ToHolder(), RemovableMedia, Encryption, Essential);
}

/// <summary>Whose it is or who has it from now on.</summary>
/// <param name="Holder">The pupil or member of staff; null: nobody in particular.</param>
public sealed record HolderChangeInput(HolderInput? Holder);

/// <summary>What is put right in a device's record. What is left out stays.</summary>
/// <param name="DeviceId">The device.</param>
/// <param name="Reason">Why the record was wrong, or what has changed.</param>
/// <param name="Label">What people call it.</param>
/// <param name="Kind">What kind it is.</param>
/// <param name="Serial">Serial number or IMEI; stays while the device is evidence.</param>
/// <param name="Holder">Whose it is or who has it; stays while the device is evidence.</param>
/// <param name="Ownership">Whose it is; stays while the device is evidence.</param>
/// <param name="Essential">What its user needs it for; only the head takes the mark away.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record CorrectDeviceInput(
    [property: ID(nameof(Device))] string DeviceId, [property: Personal] string Reason, Pupils.TextChangeInput? Label, DeviceKind? Kind, Pupils.TextChangeInput? Serial, HolderChangeInput? Holder,
    DeviceOwnership? Ownership, EssentialPurpose? Essential, Guid? CommandId) : ICommandInput
{
    internal CorrectDevice ToCommand() => new(
        Reason, Label is null ? null : new(Label.Text), Kind, Serial is null ? null : new(Serial.Text), Holder is null ? null : new(Holder.Holder?.ToHolder()), Ownership, Essential);
}

/// <summary>A device that leaves the register's lists.</summary>
/// <param name="DeviceId">The device.</param>
/// <param name="Reason">Why: broken, sold, entered twice.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record RetireDeviceInput([property: ID(nameof(Device))] string DeviceId, [property: Personal] string Reason, Guid? CommandId) : ICommandInput;

/// <summary>A retired device that is back.</summary>
/// <param name="DeviceId">The device.</param>
/// <param name="Reason">Why it is in the register again.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record ReinstateDeviceInput([property: ID(nameof(Device))] string DeviceId, [property: Personal] string Reason, Guid? CommandId) : ICommandInput;

/// <summary>A school's device that goes on loan.</summary>
/// <param name="DeviceId">The device.</param>
/// <param name="Borrower">Who borrows it.</param>
/// <param name="DueBack">By which day it is to be back.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record LendDeviceInput([property: ID(nameof(Device))] string DeviceId, HolderInput Borrower, DateOnly DueBack, Guid? CommandId) : ICommandInput;

/// <summary>A device that is back from a loan.</summary>
/// <param name="DeviceId">The device.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record EndLoanInput([property: ID(nameof(Device))] string DeviceId, Guid? CommandId) : ICommandInput;

/// <summary>Who used a shared device, and when.</summary>
/// <param name="DeviceId">The device.</param>
/// <param name="User">Who used it.</param>
/// <param name="From">Since when; not in the future.</param>
/// <param name="To">Until when; left out: still in use.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record RecordDeviceUseInput([property: ID(nameof(Device))] string DeviceId, HolderInput User, DateTimeOffset From, DateTimeOffset? To, Guid? CommandId) : ICommandInput;

/// <summary>A device to be taken.</summary>
/// <param name="Place">Where it is kept now.</param>
/// <param name="LawfulGround">By what right.</param>
/// <param name="IncidentId">Its step to confiscate is then done.</param>
/// <param name="NoneLeft">With REMOVE: the pupil now holds no other device.</param>
/// <param name="DeviceId">The device.</param>
/// <param name="Taking">Confiscated or removed.</param>
/// <param name="EssentialOverride">The head's decision, where an essential device is covered.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record TakeDeviceInput(
    [property: ID(nameof(Device))] string DeviceId, Taking Taking, [property: Personal] string Place, [property: Personal] string LawfulGround, [property: ID(nameof(Incidents.Incident))] string? IncidentId,
    EssentialOverrideInput? EssentialOverride, Guid? CommandId, bool NoneLeft = false) : ICommandInput
{
    internal TakeDevice ToCommand() => new(Taking, Place, LawfulGround, Ids.Maybe<IncidentId>(IncidentId), NoneLeft, EssentialOverride?.ToDecision());
}

/// <summary>A device to be sealed as evidence.</summary>
/// <param name="SealNumber">Of the seal or bag.</param>
/// <param name="IncidentId">Its step to isolate and seal is then done.</param>
/// <param name="DeviceId">The device.</param>
/// <param name="Place">Where.</param>
/// <param name="EssentialOverride">The head's decision, where an essential device is covered.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record SealDeviceInput(
    [property: ID(nameof(Device))] string DeviceId, [property: Personal] string Place, [property: Personal] string SealNumber, [property: ID(nameof(Incidents.Incident))] string? IncidentId,
    EssentialOverrideInput? EssentialOverride, Guid? CommandId) : ICommandInput
{
    internal SealAsEvidence ToCommand() => new(Place, SealNumber, Ids.Maybe<IncidentId>(IncidentId), EssentialOverride?.ToDecision());
}

/// <summary>A device that is handed on.</summary>
/// <param name="ToStaff">The member of staff; left out: the police.</param>
/// <param name="Officer">For the police: name or collar number.</param>
/// <param name="Reference">For the police: their reference.</param>
/// <param name="SealNumber">Of the bag; needed when it was sealed.</param>
/// <param name="DeviceId">The device.</param>
/// <param name="Place">Where.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record HandOverDeviceInput(
    [property: ID(nameof(Device))] string DeviceId, [property: ID(nameof(Person))] string? ToStaff, [property: Personal] string? Officer, [property: Personal] string? Reference,
    [property: Personal] string Place, [property: Personal] string? SealNumber, Guid? CommandId) : ICommandInput
{
    internal HandOverDevice ToCommand() => new(Ids.Maybe<PersonId>(ToStaff), Officer, Reference, Place, SealNumber);
}

/// <summary>A device that is given back.</summary>
/// <param name="Note">What was agreed on its return; needed when it was evidence.</param>
/// <param name="DeviceId">The device.</param>
/// <param name="To">To whom.</param>
/// <param name="StrategyOverride">The head's decision, where the device was removed until a strategy is agreed and none is.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record ReturnDeviceInput(
    [property: ID(nameof(Device))] string DeviceId, ReturnedTo To, [property: Personal] string? Note, StrategyOverrideInput? StrategyOverride, Guid? CommandId) : ICommandInput
{
    internal ReturnDevice ToCommand() => new(To, Note, StrategyOverride?.ToDecision());
}

/// <summary>The head's decision that a device goes back before the strategy that it waits for is agreed.</summary>
/// <param name="DecidedBy">The headteacher, or who covers for them today.</param>
/// <param name="Reason">Why the pupil is safe without a strategy.</param>
public sealed record StrategyOverrideInput([property: ID(nameof(Person))] string DecidedBy, [property: Personal] string Reason)
{
    internal StrategyOverride ToDecision() => new(Ids.Of<PersonId>(DecidedBy), Reason);
}

/// <summary>What an examination of a device found.</summary>
/// <param name="LawfulGround">Good reason in the sense of the law and the school's policy.</param>
/// <param name="NothingIsEvidence">Confirmed: nothing on it could be evidence of an offence.</param>
/// <param name="NudeFound">A nude of a child was found: the device is frozen, the DSL told, and the answer is the error NUDE_FOUND with what to do now.</param>
/// <param name="Deleted">Material was deleted, not only looked at.</param>
/// <param name="IncidentId">With deleted: its step to remove material is then done.</param>
/// <param name="DeviceId">The device.</param>
/// <param name="Findings">What was found.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record RecordExaminationInput(
    [property: ID(nameof(Device))] string DeviceId, [property: Personal] string LawfulGround, bool NothingIsEvidence, bool NudeFound, bool Deleted, [property: Personal] string Findings,
    [property: ID(nameof(Incidents.Incident))] string? IncidentId, Guid? CommandId) : ICommandInput
{
    internal RecordExamination ToCommand() => new(LawfulGround, NothingIsEvidence, NudeFound, Deleted, Findings, Ids.Maybe<IncidentId>(IncidentId));
}

/// <summary>Why nothing is reported of what was found on a device.</summary>
/// <param name="DeviceId">The device.</param>
/// <param name="Reason">Why no incident takes it over. The device stays frozen.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record AnswerNudeFoundInput([property: ID(nameof(Device))] string DeviceId, [property: Personal] string Reason, Guid? CommandId) : ICommandInput;
