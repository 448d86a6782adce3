using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Grains.Access;

namespace OnlineSafetyTrust.Grains.Devices;

[EventName("device.registered.v1")]
internal sealed record DeviceRegistered(
    DeviceId Device, DeviceOwnership Ownership, bool Shared, DeviceKind Kind, Personal<string>? Label, Personal<string>? Serial, DeviceHolder? Holder, bool RemovableMedia,
    DeviceEncryption Encryption, EssentialPurpose Essential);

/// <summary>Old and new of what was put right. Empty after and not before: it was cleared.</summary>
/// <param name="NewSerial">The serial number is another one, not the same sealed for another owner.</param>
/// <param name="UntilStrategy">Whether it waits for a strategy of whoever it really belongs to; null: as before.</param>
[EventName("device.corrected.v1")]
internal sealed record DeviceCorrected(DeviceWords Before, DeviceWords After, Personal<string> Reason, bool NewSerial, bool? UntilStrategy = null);

/// <param name="Label">On both sides too where it is only sealed for another owner.</param>
/// <param name="Serial">As the label.</param>
internal sealed record DeviceWords(
    Personal<string>? Label = null, Personal<string>? Serial = null, DeviceKind? Kind = null, DeviceHolder? Holder = null, DeviceOwnership? Ownership = null, EssentialPurpose? Essential = null);

[EventName("device.retired.v1")]
internal sealed record DeviceRetired(Personal<string> Reason);

[EventName("device.reinstated.v1")]
internal sealed record DeviceReinstated(Personal<string> Reason);

[EventName("device.used.v1")]
internal sealed record DeviceUsed(DeviceHolder User, DateTimeOffset From, DateTimeOffset? To);

[EventName("device.lent.v1")]
internal sealed record DeviceLent(DeviceHolder Borrower, DateOnly DueBack);

[EventName("device.loan-ended.v1")]
internal sealed record LoanEnded(DeviceHolder Borrower);

/// <summary>One link of the chain, as in its row.</summary>
internal sealed record CustodyEntry(
    DeviceId Device, int Number, CustodyStep Step, CustodyState State, DateTimeOffset At, Actor By, DeviceHolder? FromHolder = null, PersonId? FromStaff = null, PersonId? ToStaff = null,
    Personal<string>? Officer = null, Personal<string>? Reference = null, Personal<string>? Place = null, Personal<string>? SealNumber = null, Personal<string>? LawfulGround = null,
    Personal<string>? Note = null, IncidentId? Incident = null, EssentialDecision? EssentialOverride = null,
    StrategyOverrideDecision? StrategyOverride = null);

/// <summary>The head's decision that nothing waits for a strategy any more, as it is stored.</summary>
internal sealed record StrategyOverrideDecision(PersonId DecidedBy, Personal<string> Reason);

/// <summary>Adds a link to the chain of custody.</summary>
internal interface ICustodyEvent
{
    CustodyEntry Link { get; }
}

[EventName("device.taken.v1")]
internal sealed record DeviceTaken(CustodyEntry Link, bool NoneLeft) : ICustodyEvent;

[EventName("device.sealed.v1")]
internal sealed record DeviceSealed(CustodyEntry Link) : ICustodyEvent;

[EventName("device.handed-over.v1")]
internal sealed record DeviceHandedOver(CustodyEntry Link) : ICustodyEvent;

/// <param name="StillWaits">With a parent, before a strategy was agreed: the pupil goes on without.</param>
[EventName("device.returned.v1")]
internal sealed record DeviceReturned(CustodyEntry Link, bool StillWaits = false) : ICustodyEvent;

[EventName("device.examined.v1")]
internal sealed record DeviceExamined(CustodyEntry Link) : ICustodyEvent;

/// <summary>A nude or semi-nude picture of a child was found on it: frozen until an incident on a guarded path has taken it over and released it.</summary>
/// <param name="Told">DSL and deputies, without the finder; the head where there is nobody else.</param>
/// <param name="Waits">For an incident, though another one froze the device before. False: of an earlier release, where it was thought to be that one's.</param>
[EventName("device.nude-found.v1")]
internal sealed record DeviceNudeFound(CustodyEntry Link, IReadOnlyList<PersonId> Told, bool Waits = false) : ICustodyEvent;

/// <summary>To whom it falls to report what was found, or to say why not: the DSL, or who stands in for one.</summary>
/// <param name="Until">When a cover or a role that begins or ends makes it another one's; null: none is arranged.</param>
[EventName("device.nude-assigned.v1")]
internal sealed record NudeAssigned(PersonId? Lead, DateTimeOffset? Until);

/// <summary>No incident takes it over, and why. It stays frozen.</summary>
[EventName("device.nude-answered.v1")]
internal sealed record NudeAnswered(Personal<string> WhyNoIncident);

/// <param name="For">Kinds of the incident's open steps that wait for this device; none: it waits no more.</param>
[EventName("device.awaited.v1")]
internal sealed record DeviceAwaitedBy(IncidentId Incident, IReadOnlyList<StepKind> For);

[EventName("device.frozen.v1")]
internal sealed record DeviceFrozen(IncidentId Incident);

[EventName("device.released.v1")]
internal sealed record DeviceReleased(IncidentId Incident);
