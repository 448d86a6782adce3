namespace OnlineSafetyTrust.Contracts.Policies;

public enum AgreementParty
{
    Pupil,
    Parent,
    Staff,
    Volunteer,
    Governor,
    CommunityUser,
    Guest,
}

public enum Assent
{
    Signature,
    Agreement,
    Endorsement,
    NotSaid,
}

public enum AssentTiming
{
    BeforeAccess,
    OnJoining,
    EachYear,
    NotSaid,
}

/// <summary>An acceptable-use agreement (DOMAIN D6). Access is denied only where the timing says before access.</summary>
/// <param name="Id">Kebab-case.</param>
/// <param name="Title">What people read.</param>
/// <param name="Party">Who agrees.</param>
/// <param name="Assent">In which form.</param>
/// <param name="Timing">When; several may apply.</param>
/// <param name="CollectedBy">Who collects it; none: the policy does not say.</param>
/// <param name="Ends">It has an end date, as for a guest.</param>
/// <param name="Source">Where in the policy it stands.</param>
[GenerateSerializer, Immutable, Alias("AgreementRule")]
public sealed record AgreementRule(
    string Id, string Title, AgreementParty Party, Assent Assent, IReadOnlyList<AssentTiming> Timing, IReadOnlyList<Role> CollectedBy, bool Ends = false, string? Source = null);

public enum ConsentSubject
{
    Images,
    Publication,
    PupilsWork,
    NamedApplication,
}

public enum ConsentGiver
{
    Parent,
    PupilAndParents,
    PupilOrParent,
}

/// <summary>Who agrees to images, publication or a named application (DOMAIN D7).</summary>
/// <param name="Id">Kebab-case.</param>
/// <param name="Title">What people read.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Giver">Who agrees.</param>
/// <param name="Written">In writing.</param>
/// <param name="Source">Where in the policy it stands.</param>
[GenerateSerializer, Immutable, Alias("ConsentRule")]
public sealed record ConsentRule(string Id, string Title, ConsentSubject Subject, ConsentGiver Giver, bool Written = false, string? Source = null);

/// <param name="Id">Kebab-case.</param>
/// <param name="Title">What people read.</param>
/// <param name="Roles">Who needs it; none: all staff.</param>
/// <param name="AtInduction">Part of induction.</param>
/// <param name="Every">Renewed so often; absent: the policy does not say.</param>
/// <param name="Compulsory">Without it a gap is shown.</param>
/// <param name="Source">Where the duty comes from.</param>
[GenerateSerializer, Immutable, Alias("TrainingRequirement")]
public sealed record TrainingRequirement(
    string Id, string Title, IReadOnlyList<Role> Roles, bool AtInduction = false, PolicyPeriod? Every = null, bool Compulsory = true, string? Source = null);

/// <summary>Something that is looked at again and again, with evidence (DOMAIN F5, G3, H2).</summary>
/// <param name="Id">Kebab-case; a floor's check replaces a pack's of the same id when it is stricter.</param>
/// <param name="Title">What people read.</param>
/// <param name="Owners">Who does it; the first one that the school has filled.</param>
/// <param name="Every">So often; absent: the policy does not say and the school sets it.</param>
/// <param name="Source">Where the duty comes from.</param>
[GenerateSerializer, Immutable, Alias("RecurringCheck")]
public sealed record RecurringCheck(string Id, string Title, IReadOnlyList<Role> Owners, PolicyPeriod? Every = null, string? Source = null);

public enum RetainedRecord
{
    ChildProtectionFile,
    IncidentRecord,
    AllegationRecord,
    MaliciousAllegation,
    MonitoringLog,
    Agreement,
    TrainingRecord,
}

public enum RetentionStart
{
    DateOfBirth,
    RecordClosed,
    PersonLeft,
    AllegationMade,
}

/// <summary>How long a record is kept (DOMAIN J2).</summary>
/// <param name="Record">Which records.</param>
/// <param name="From">What the years are counted from.</param>
/// <param name="Years">So many years; absent: the rule only says where it is not kept.</param>
/// <param name="OrPensionAge">Or until normal pension age, whichever is longer.</param>
/// <param name="NotInPersonnelFile">Taken out of the personnel file.</param>
/// <param name="Source">Where the duty comes from.</param>
[GenerateSerializer, Immutable, Alias("RetentionRule")]
public sealed record RetentionRule(RetainedRecord Record, RetentionStart From, int? Years = null, bool OrPensionAge = false, bool NotInPersonnelFile = false, string? Source = null);
