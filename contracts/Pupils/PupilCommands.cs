using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Contracts.Pupils;

/// <summary>A new pupil on the school's roll. The id comes from the command id (<c>context.NewId("pupil")</c>) and is in the grain's key.</summary>
/// <param name="Upn">A letter and 12 digits, or a temporary one (a letter, 11 digits, a letter). Not every pupil has one. Whether another pupil has it is for the caller to look up ("upn").</param>
/// <param name="YearGroup">N1 N2 R 1..14.</param>
/// <param name="Sen">Special educational needs or disability: counts when awareness and capacity are judged.</param>
/// <param name="SourceId">The pupil's id in the roster they come from.</param>
/// <param name="OffSiteProvider">Who teaches a pupil that is educated off site; they make the daily checks (E1).</param>
/// <param name="Identifiers">Further numbers by which the pupil is known; the UPN is not among them.</param>
[GenerateSerializer, Immutable, Alias("RegisterPupil")]
public sealed record RegisterPupil(
    string Name, DateOnly DateOfBirth, string? Upn, string YearGroup, string? ClassName, Phase Phase, bool Sen, PersonId? KeyWorker, PersonId? ClassTeacher,
    string? SourceId, string? OffSiteProvider, IReadOnlyList<PupilIdentifier>? Identifiers = null);

/// <param name="Kind">Kebab-case: <c>uln</c>, <c>mis</c>, <c>former-upn</c>…</param>
[GenerateSerializer, Immutable, Alias("PupilIdentifier")]
public sealed record PupilIdentifier(string Kind, string Value);

/// <summary>A new value for something that may also be empty: absent leaves it, <c>new Change(null)</c> clears it.</summary>
[GenerateSerializer, Immutable, Alias("Change`1")]
public sealed record Change<T>(T? To);

/// <summary>Changes what is given and leaves what is not. What is the same as before is no change.</summary>
[GenerateSerializer, Immutable, Alias("UpdatePupil")]
public sealed record UpdatePupil(
    string? Name = null, DateOnly? DateOfBirth = null, Change<string>? Upn = null, string? YearGroup = null, Change<string>? ClassName = null, Phase? Phase = null, bool? Sen = null,
    Change<PersonId?>? KeyWorker = null, Change<PersonId?>? ClassTeacher = null, Change<string>? SourceId = null, Change<string>? OffSiteProvider = null,
    IReadOnlyList<PupilIdentifier>? Identifiers = null);

/// <param name="LastDay">Last day on roll, Europe/London; today or earlier, because a leaver's checks stop.</param>
[GenerateSerializer, Immutable, Alias("RecordPupilLeft")]
public sealed record RecordPupilLeft(DateOnly LastDay);

/// <param name="FirstDay">First day back on roll; the last day on roll itself, where the leaving was a mistake.</param>
[GenerateSerializer, Immutable, Alias("RecordPupilReturn")]
public sealed record RecordPupilReturn(DateOnly FirstDay);

/// <summary>Somebody has seen to what ended when the pupil left: the next school knows what it must, or what must begin again here has begun.</summary>
[GenerateSerializer, Immutable, Alias("SettleEndedMeasures")]
public sealed record SettleEndedMeasures;

/// <summary>The pupil's contacts as a whole; the ones before stay in the history.</summary>
/// <param name="ExpectedVersion">Of the contacts that these were made from; null: whatever is there is replaced.</param>
[GenerateSerializer, Immutable, Alias("SetContacts")]
public sealed record SetContacts(IReadOnlyList<PupilContact> Contacts, int? ExpectedVersion = null);

/// <summary>A person outside the school who matters to the pupil. All of it is personal.</summary>
/// <param name="Id">Chosen by the caller, stable over changes: signatures and records of contact refer to it.</param>
/// <param name="CourtOrder">What an order says of this person, in short; null: none.</param>
/// <param name="NoContact">The school must not contact this person or tell them anything.</param>
/// <param name="Name">Who to contact.</param>
/// <param name="Relationship">What they are to the pupil.</param>
/// <param name="ParentalResponsibility">Has parental responsibility.</param>
/// <param name="Phone">Telephone number.</param>
/// <param name="Email">Mail address.</param>
[GenerateSerializer, Immutable, Alias("PupilContact")]
public sealed record PupilContact(Guid Id, string Name, string Relationship, bool ParentalResponsibility, string? CourtOrder, bool NoContact, string? Phone, string? Email);

/// <summary>What decisions elsewhere need of a pupil. Bare dimensions, no name.</summary>
/// <param name="Version">Version of the pupil's stream.</param>
/// <param name="OffSite">Educated by another provider.</param>
/// <param name="Settled">Devices removed until a strategy, since when one has been agreed.</param>
/// <param name="Removing">All devices are to be taken until a strategy is agreed, and none is in force.</param>
/// <param name="Asking">Incidents that ask for such a strategy, and have had none since.</param>
/// <param name="DevicesAway">No device is to be with the pupil until a strategy is agreed, but what they need or were allowed.</param>
/// <param name="LeftOn">Last day on roll; null: on roll.</param>
[GenerateSerializer, Immutable, Alias("PupilFacts")]
public sealed record PupilFacts(
    PupilId Pupil, long Version, string YearGroup, Phase Phase, bool Sen, PersonId? KeyWorker, PersonId? ClassTeacher, bool OffSite,
    IReadOnlyList<DeviceId>? Settled = null, bool Removing = false, IReadOnlyList<IncidentId>? Asking = null, bool DevicesAway = false, DateOnly? LeftOn = null)
{
    public bool Left => LeftOn is not null;
}

/// <summary>A contact bare of everything but what decides: no name.</summary>
[GenerateSerializer, Immutable, Alias("ContactFacts")]
public sealed record ContactFacts(Guid Id, bool ParentalResponsibility, bool NoContact, bool CourtOrder, PupilId? Pupil = null);
