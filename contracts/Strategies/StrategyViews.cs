using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Journal;

namespace OnlineSafetyTrust.Contracts.Strategies;

public static class StrategyTables
{
    /// <summary>
    /// A pupil's strategy, the latest one; id = the pupil's. Columns: pupil, status, review_at (microseconds; null once ended).
    /// Body <see cref="StrategyView"/> for those who decide, <see cref="StrategyInForce"/> for all other staff who teach the pupil.
    /// </summary>
    public static readonly ViewTable Strategy = new(
        "strategy", 5, [new("pupil", ColumnKind.Text), new("status", ColumnKind.Text), new("review_at", ColumnKind.Number)], [["status", "review_at"]]) { AboutPupil = "pupil" };

    /// <summary>Ended strategies that another one followed, as they were; id <see cref="FormerId"/>. Columns: pupil, number. Body <see cref="StrategyView"/>.</summary>
    public static readonly ViewTable Former = new("strategy_former", 2, [new("pupil", ColumnKind.Text), new("number", ColumnKind.Number)], [["pupil", "number"]]) { AboutPupil = "pupil" };

    /// <summary><c>{pupil}#{number}</c>.</summary>
    public static string FormerId(PupilId pupil, int number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{pupil}#{number}");
}

/// <summary>How far a strategy is.</summary>
public enum StrategyStatus
{
    /// <summary>Not agreed by all; the interim terms apply.</summary>
    Draft,

    /// <summary>In force.</summary>
    Active,

    /// <summary>Ended.</summary>
    Ended,
}

/// <summary>Why a strategy ended.</summary>
public enum StrategyEndCause
{
    /// <summary>Somebody decided so.</summary>
    Decided,

    /// <summary>The pupil left the school.</summary>
    PupilLeft,

    /// <summary>The head gave the draft up after refusal or silence.</summary>
    HeadDecided,
}

/// <summary>A strategy, for DSL, deputy, head, senior leaders.</summary>
/// <param name="Number">The pupil's first strategy is 1.</param>
/// <param name="TermsVersion">1, and one more with each step up or down.</param>
/// <param name="InForce">What staff go by: interim while a draft, the terms while active, null when ended.</param>
/// <param name="ReferredToHeadAt">Refusal or silence went to the head.</param>
/// <param name="Decision">What the head decided then.</param>
/// <param name="AgenciesLeftOut">Agencies that an incident was referred to and that take no part.</param>
/// <param name="FormerAnswers">That count no more: to drafts that this one took the place of, replaced by a later one, or by link and not theirs; the last fifty, in the order in which they ended.</param>
/// <param name="Links">Sent to parties of a draft, and not used.</param>
/// <param name="EarlierTerms">What staff went by before a step up or down, another draft, the agreement or the end of a draft, oldest first, the last twenty.</param>
[GenerateSerializer, Immutable, Alias("StrategyView")]
public sealed record StrategyView(
    PupilId Pupil, int Number, StrategyStatus Status, IReadOnlyList<IncidentId> Incidents, StrategyTermsView Terms, int TermsVersion, StrategyTermsView Interim, StrategyTermsView? InForce,
    IReadOnlyList<StrategyParty> Parties, IReadOnlyList<SignatureView> Signatures, PersonId Owner, DateTimeOffset DraftedAt, DateTimeOffset? AgreementDueAt, DateTimeOffset? ReferredToHeadAt,
    DateTimeOffset? ActiveSince, DateOnly ReviewOn, DateTimeOffset? ReviewDueAt, IReadOnlyList<StrategyReviewView> Reviews, DateTimeOffset? EndedAt,
    [property: Personal] string? EndReason, StrategyEndCause? EndCause = null, HeadDecisionView? Decision = null,
    IReadOnlyList<AgencyLeftOutView>? AgenciesLeftOut = null, IReadOnlyList<SignatureView>? FormerAnswers = null, IReadOnlyList<EarlierTermsView>? EarlierTerms = null,
    IReadOnlyList<SignatureLinkView>? Links = null);

/// <param name="Status">DRAFT: interim terms of a draft; ACTIVE: those of the strategy in force.</param>
[GenerateSerializer, Immutable, Alias("EarlierTermsView")]
public sealed record EarlierTermsView(StrategyTermsView Terms, StrategyStatus Status, DateTimeOffset Until);

/// <param name="LeftOutReason">Why it takes no part.</param>
[GenerateSerializer, Immutable, Alias("AgencyLeftOutView")]
public sealed record AgencyLeftOutView(Agency Agency, [property: Personal] string? LeftOutReason);

/// <summary>What a class teacher or key worker needs: the terms in force, nothing of incidents, parties or reasons.</summary>
public sealed record StrategyInForce(PupilId Pupil, StrategyStatus Status, StrategyTermsView? InForce);

/// <param name="Without">Parties that had not agreed, or by a link alone that nobody had verified.</param>
[GenerateSerializer, Immutable, Alias("HeadDecisionView")]
public sealed record HeadDecisionView(DateTimeOffset At, Actor By, StrategyDecision Decision, IReadOnlyList<StrategyParty> Without, [property: Personal] string? DecisionReason);

/// <param name="RecordedBy">Who recorded it; the party itself where it came by link.</param>
/// <param name="LinkBy">Who had made the link; null: it came by none.</param>
/// <param name="LinkContact">Which of the pupil's contacts it was made for.</param>
/// <param name="Verification">Whether it was theirs, of an answer by link; null: nobody has asked them yet.</param>
[GenerateSerializer, Immutable, Alias("SignatureView")]
public sealed record SignatureView(
    StrategyParty Party, StrategyAnswer Answer, SignatureForm Form,
    [property: Personal] string? SignedBy,
    [property: Personal] string? RepresentedBy,
    [property: Personal] string? Witness,
    [property: Personal] string? View,
    DateTimeOffset At, Actor RecordedBy, Actor? LinkBy = null, Guid? LinkContact = null, SignatureVerificationView? Verification = null)
{
    /// <summary>Counts for nothing yet: it came by link, and nobody has asked them.</summary>
    public bool IsUnverified => this is { Form: SignatureForm.ByLink, Verification: null };
}

/// <param name="Findings">Who was asked, how, and what they said.</param>
[GenerateSerializer, Immutable, Alias("SignatureVerificationView")]
public sealed record SignatureVerificationView(DateTimeOffset At, Actor By, bool Theirs, [property: Personal] string? Findings);

/// <param name="TermsVersion">The version of the terms after it.</param>
[GenerateSerializer, Immutable, Alias("StrategyReviewView")]
public sealed record StrategyReviewView(DateTimeOffset At, Actor By, ReviewResult Result, int TermsVersion, [property: Personal] string? Findings);
