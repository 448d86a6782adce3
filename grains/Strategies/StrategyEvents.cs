using System.Text.Json.Serialization;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Strategies;

namespace OnlineSafetyTrust.Grains.Strategies;

/// <summary>Terms as they are stored.</summary>
internal sealed record TermsRecord(
    Supervision Supervision, IReadOnlyList<DeviceId>? Devices, Personal<IReadOnlyList<string>>? Services, IReadOnlyList<AccessWindow>? Times, StrategyChecks? Checks, Personal<string>? Notes)
{
    public static TermsRecord Of(KeyOwner owner, StrategyTerms terms) =>
        new(terms.Supervision, terms.Devices, terms.Services is null ? null : Personal.Of(owner, terms.Services), terms.Times, terms.Checks, Personal.OfText(owner, terms.Notes));

    /// <summary>What the access decision needs; notes stay here.</summary>
    public TermsRecord WithoutNotes() => this with { Notes = null };
}

internal sealed record Signature(
    StrategyParty Party, StrategyAnswer Answer, SignatureForm Form, Personal<string> SignedBy, Personal<string>? RepresentedBy, Personal<string>? Witness, Personal<string>? View,
    DateTimeOffset At, Actor RecordedBy, Actor? LinkBy = null, Guid? LinkContact = null, SignatureVerification? Verification = null)
{
    [JsonIgnore]
    public bool IsUnverified => this is { Form: SignatureForm.ByLink, Verification: null };
}

internal sealed record SignatureVerification(DateTimeOffset At, Actor By, bool Theirs, Personal<string> Findings);

/// <param name="Number">The pupil's n-th strategy; a new draft in place of one that was not agreed keeps it.</param>
/// <param name="Facts">Version of the school's facts that the deadline was counted on.</param>
/// <param name="HandOverAt">When a cover that begins or ends makes the tasks another one's; null: none is arranged.</param>
/// <param name="Review">Of the interim terms, should it still not be agreed by then.</param>
/// <param name="Since">When the first of the drafts was made that this one takes the place of, none of them agreed: neither the days to answer nor the head's decision begin anew.</param>
/// <param name="MayLoosen">The head or the DSL drafted it: its interim terms may allow what a removal of all devices denies.</param>
[EventName("strategy.drafted.v1")]
internal sealed record StrategyDrafted(
    PupilId Pupil, int Number, IReadOnlyList<IncidentId> Incidents, TermsRecord Terms, TermsRecord Interim, IReadOnlyList<StrategyParty> Parties, DateOnly ReviewOn, PersonId Owner,
    PersonId Assigned, DateTimeOffset AgreementDueAt, long Facts, bool MayLoosen = false, DateTimeOffset? HandOverAt = null,
    ReviewTimes? Review = null, IReadOnlyList<LeftOutAgency>? AgenciesLeftOut = null, DateTimeOffset? Since = null);

/// <summary>As it is stored.</summary>
internal sealed record LeftOutAgency(Agency Agency, Personal<string> LeftOutReason);

/// <param name="Told">Of a late refusal, while it is in force: owner, DSL and head, without whoever recorded it.</param>
[EventName("strategy.answered.v1")]
internal sealed record StrategyAnswered(Signature Signature, IReadOnlyList<PersonId>? Told = null);

/// <summary>A link for a party that answers without an account.</summary>
[EventName("strategy.link-made.v1")]
internal sealed record SignatureLinkMade(StrategyParty Party, Guid? Contact, Personal<string> Secret, DateTimeOffset Until);

/// <param name="Contact">Whose link alone; null: all of the party.</param>
[EventName("strategy.link-withdrawn.v1")]
internal sealed record SignatureLinkWithdrawn(StrategyParty Party, Guid? Contact);

/// <summary>They were asked whether an answer by link was theirs.</summary>
/// <param name="Answered">When the answer came.</param>
/// <param name="Told">Where it was not: owner, DSL and head, without whoever found so.</param>
/// <param name="ReviewOn">Where it was not, and the strategy is in force: its terms are reviewed on the next school day.</param>
[EventName("strategy.signature-verified.v1")]
internal sealed record SignatureVerified(StrategyParty Party, DateTimeOffset Answered, bool Theirs, Personal<string> Findings, IReadOnlyList<PersonId> Told, DateOnly? ReviewOn = null, ReviewTimes? Review = null);

/// <summary>Whoever holds it entered a wrong date of birth.</summary>
[EventName("strategy.link-failed.v1")]
internal sealed record SignatureLinkFailed(StrategyParty Party, Guid? Contact);

[EventName("strategy.activated.v1")]
internal sealed record StrategyActivated(ReviewTimes Review, PersonId Assigned, long Facts, DateTimeOffset? HandOverAt = null);

/// <param name="Head">Who decides now; null: the school has filled none of the roles.</param>
/// <param name="Silent">Had not answered, or agreed by a link alone that nobody had verified.</param>
[EventName("strategy.referred-to-head.v1")]
internal sealed record StrategyReferredToHead(
    DateTimeOffset Nominal, DateTimeOffset Actual, PersonId? Head, IReadOnlyList<StrategyParty> Refused, IReadOnlyList<StrategyParty> Silent, DateTimeOffset? HandOverAt = null);

/// <param name="Overtaken">Recorded, but told to nobody: a later stage was due as well.</param>
[EventName("strategy.review-reminded.v1")]
internal sealed record ReviewReminded(DateTimeOffset Nominal, DateTimeOffset Actual, PersonId Assigned, bool Overtaken);

/// <param name="Told">The DSL; null: the school has none.</param>
[EventName("strategy.review-overdue.v1")]
internal sealed record ReviewWentOverdue(DateTimeOffset Nominal, DateTimeOffset Actual, PersonId? Told);

/// <param name="Before">The terms that a step up or down replaced.</param>
/// <param name="MayLoosen">As with a draft: whose interim terms these are now.</param>
/// <param name="Told">Where terms in force changed: owner, DSL and head, without whoever reviewed them.</param>
[EventName("strategy.reviewed.v1")]
internal sealed record StrategyReviewed(
    ReviewResult Result, TermsRecord? Before, TermsRecord? Terms, Personal<string> Findings, DateOnly ReviewOn, ReviewTimes Review, PersonId Assigned, long Facts,
    DateTimeOffset? HandOverAt = null, bool MayLoosen = false, IReadOnlyList<PersonId>? Told = null);

/// <param name="Without">Parties that had not agreed, or by a link alone that nobody had verified.</param>
[EventName("strategy.decided.v1")]
internal sealed record StrategyDecided(StrategyDecision Decision, IReadOnlyList<StrategyParty> Without, Personal<string> DecisionReason);

/// <summary>The school's calendar or people changed, or a cover began or ended, and with them when or to whom something falls.</summary>
[EventName("strategy.rearmed.v1")]
internal sealed record StrategyRearmed(
    DateTimeOffset? AgreementDueAt, ReviewTimes? Review, PersonId Assigned, PersonId? Head, long Facts, DateTimeOffset? HandOverAt = null);

/// <param name="EndReason">Null when the pupil left.</param>
/// <param name="Told">Where somebody ended one in force: owner, DSL and head, without whoever did.</param>
[EventName("strategy.ended.v1")]
internal sealed record StrategyEnded(Personal<string>? EndReason, StrategyEndCause Cause = StrategyEndCause.Decided, IReadOnlyList<PersonId>? Told = null);

/// <param name="RemindAt">The day's beginning at school.</param>
/// <param name="DueAt">Its end: then it is overdue.</param>
internal sealed record ReviewTimes(DateTimeOffset RemindAt, DateTimeOffset DueAt);
