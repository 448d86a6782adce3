using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Grains.Pupils;

[EventName("pupil.registered.v1")]
internal sealed record PupilRegistered(
    PupilId Pupil, Personal<string> Name, Personal<DateOnly> DateOfBirth, Personal<string>? Upn, string YearGroup, Personal<string>? ClassName, Phase Phase, bool Sen,
    PersonId? KeyWorker, PersonId? ClassTeacher, Personal<string>? SourceId, Personal<string>? OffSiteProvider, Personal<IReadOnlyList<PupilIdentifier>>? Identifiers);

/// <summary>What changed, and only that. Empty after and not before: it was cleared.</summary>
[EventName("pupil.updated.v1")]
internal sealed record PupilUpdated(PupilId Pupil, PupilChange Before, PupilChange After);

internal sealed record PupilChange(
    Personal<string>? Name = null, Personal<DateOnly>? DateOfBirth = null, Personal<string>? Upn = null, string? YearGroup = null, Personal<string>? ClassName = null, Phase? Phase = null,
    bool? Sen = null, PersonId? KeyWorker = null, PersonId? ClassTeacher = null, Personal<string>? SourceId = null, Personal<string>? OffSiteProvider = null,
    Personal<IReadOnlyList<PupilIdentifier>>? Identifiers = null);

[EventName("pupil.contacts-set.v1")]
internal sealed record ContactsSet(ContactsBefore Before, Personal<IReadOnlyList<PupilContact>> Contacts);

internal sealed record ContactsBefore(Personal<IReadOnlyList<PupilContact>>? Contacts);

[EventName("pupil.left.v1")]
internal sealed record PupilLeft(DateOnly LastDay);

[EventName("pupil.returned.v1")]
internal sealed record PupilReturned(DateOnly FirstDay);
