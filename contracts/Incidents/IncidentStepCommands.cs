namespace OnlineSafetyTrust.Contracts.Incidents;

/// <summary>C3.</summary>
/// <param name="Step">Its number.</param>
/// <param name="DoneAt">When it was really done; null: now. Not in the future.</param>
/// <param name="Answer">For a step to be considered: yes or no, with a reason.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Parents">For contact with parents.</param>
/// <param name="Pupils">
/// For whom of those concerned, each once. Contact with parents and support of pupils: null or empty is the one pupil concerned. Remove all devices: they
/// hold none, with a reason; consider a ban: they get none, answer no with a reason. The step is done when everybody concerned is accounted for.
/// </param>
[GenerateSerializer, Immutable, Alias("CompleteStep")]
public sealed record CompleteStep(
    int Step, DateTimeOffset? DoneAt, bool? Answer, [property: Personal] string? Outcome, [property: Personal] string? Reason, ParentContact? Parents, IReadOnlyList<EvidenceRef> Evidence,
    IReadOnlyList<PupilId>? Pupils = null);

/// <param name="Who">With whom it was spoken, or tried, where it is none of the pupils' contacts.</param>
/// <param name="Contact">With whom it was spoken, or tried: the id of a contact of one of the pupils. Never one with a no-contact flag.</param>
/// <param name="Said">What was said.</param>
/// <param name="AdvisedBy">The agency on whose advice contact is held.</param>
/// <param name="ReviewOn">When the decision is looked at again: required when contact is not made; held without a date, three school days.</param>
[GenerateSerializer, Immutable, Alias("ParentContact")]
public sealed record ParentContact(
    ContactEnding Ending, [property: Personal] string? Who, ContactWay? How, [property: Personal] string? Said, [property: Personal] string? Reason, Agency? AdvisedBy, DateOnly? ReviewOn,
    Guid? Contact = null);

/// <summary>A file already stored under the record's key.</summary>
/// <param name="Hash">SHA-256, 64 lower-case hex digits.</param>
/// <param name="Size">Bytes.</param>
[GenerateSerializer, Immutable, Alias("EvidenceRef")]
public sealed record EvidenceRef(string Hash, long Size);

[GenerateSerializer, Immutable, Alias("WaiveStep")]
public sealed record WaiveStep(int Step, [property: Personal] string Reason);

/// <summary>A new referral, news of one (<paramref name="Referral"/> given), or the decision not to refer.</summary>
/// <param name="Referral">Number of the referral that this is news of.</param>
/// <param name="Step">The plan's step it fulfils; null: the first open one of the agency's kind.</param>
/// <param name="AgencyName">For another agency: which.</param>
/// <param name="Handler">Who deals with it there.</param>
/// <param name="ChaseOn">When to ask again; a new referral without a date gets the next working day.</param>
/// <param name="ParentsMayBeTold">What the agency advises, once it has: true, false, or null when it has not said.</param>
/// <param name="Outcome">Ends the chasing.</param>
/// <param name="Reason">Not referred: why.</param>
/// <param name="WouldReopen">Not referred: what would reopen the question.</param>
[GenerateSerializer, Immutable, Alias("RecordReferral")]
public sealed record RecordReferral(
    int? Referral, Agency Agency, ReferralDecision Decision, int? Step = null, [property: Personal] string? AgencyName = null, [property: Personal] string? Reference = null, [property: Personal] string? Handler = null,
    [property: Personal] string? Response = null, DateOnly? ChaseOn = null, bool? ParentsMayBeTold = null, [property: Personal] string? Outcome = null,
    [property: Personal] string? Reason = null, [property: Personal] string? WouldReopen = null);

/// <summary>The six questions about a nude among under-18s (UKCIS). One yes, and police and social care are told.</summary>
/// <param name="SexualActUnder13">Sexual acts, and a pupil in it is under 13.</param>
/// <param name="ReferAnyway">None applies, but the DSL refers all the same.</param>
[GenerateSerializer, Immutable, Alias("ReviewNude")]
public sealed record ReviewNude(
    bool AdultInvolved, bool Coercion, bool DoubtfulCapacity, bool Violence, bool SexualActUnder13, bool ImmediateRisk, bool ReferAnyway, [property: Personal] string? Reason)
{
    public bool MustRefer() => AdultInvolved || Coercion || DoubtfulCapacity || Violence || SexualActUnder13 || ImmediateRisk;
}

/// <param name="Advice">What the police, or the professionals they point to, advise. Required with Confirmed and NoFurtherAction.</param>
/// <param name="ParentsMayBeTold">Null: they have not said.</param>
/// <param name="DevicesReleased">The police let the school deal with the devices again; null: they have not said (not confirmed: released; the same outcome again: as it was).</param>
[GenerateSerializer, Immutable, Alias("RecordPoliceResponse")]
public sealed record RecordPoliceResponse(PoliceOutcome Outcome, [property: Personal] string? Advice, bool? ParentsMayBeTold, bool? DevicesReleased);

/// <param name="AdvisedBy">Which agency was asked.</param>
/// <param name="Advice">What it said.</param>
/// <param name="ReleaseDevices">The agency agreed that the devices may be dealt with again.</param>
/// <param name="ChaseOn">Keep waiting: until when.</param>
[GenerateSerializer, Immutable, Alias("DecideWithoutReply")]
public sealed record DecideWithoutReply(
    WithoutReply Decision, Agency AdvisedBy, [property: Personal] string Advice, [property: Personal] string Reason, bool ReleaseDevices, DateOnly? ChaseOn);
