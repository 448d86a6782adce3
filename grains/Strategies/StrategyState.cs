using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Strategies;

namespace OnlineSafetyTrust.Grains.Strategies;

internal sealed record StrategyReview(DateTimeOffset At, Actor By, ReviewResult Result, int TermsVersion, Personal<string> Findings);

/// <summary>What staff went by until then.</summary>
/// <param name="Status">Interim terms of a draft, or those of the strategy in force.</param>
internal sealed record EarlierTerms(TermsRecord Terms, StrategyStatus Status, DateTimeOffset Until);

/// <summary>The strategy, as in its row.</summary>
internal sealed record StrategyRecord(
    PupilId Pupil, int Number, StrategyStatus Status, IReadOnlyList<IncidentId> Incidents, TermsRecord Terms, int TermsVersion, TermsRecord Interim, TermsRecord? InForce,
    IReadOnlyList<StrategyParty> Parties, ImmutableList<Signature> Signatures, PersonId Owner, DateTimeOffset DraftedAt, DateTimeOffset? AgreementDueAt, DateTimeOffset? ReferredToHeadAt,
    DateTimeOffset? ActiveSince, DateOnly ReviewOn, DateTimeOffset? ReviewDueAt, ImmutableList<StrategyReview> Reviews, DateTimeOffset? EndedAt, Personal<string>? EndReason,
    StrategyEndCause? EndCause = null, HeadDecision? Decision = null, IReadOnlyList<LeftOutAgency>? AgenciesLeftOut = null, ImmutableList<Signature>? FormerAnswers = null,
    ImmutableList<EarlierTerms>? EarlierTerms = null, ImmutableList<SignatureLink>? Links = null)
{
    public ImmutableList<SignatureLink>? LinksWithout(Predicate<SignatureLink> gone) => Links?.RemoveAll(gone) is { IsEmpty: false } left ? left : null;

    /// <summary>Who has not agreed, or by a link alone that nobody has verified.</summary>
    [JsonIgnore]
    public IEnumerable<StrategyParty> NotAgreed => Parties.Where(p => Signatures.Find(s => s.Party == p) is not { Answer: StrategyAnswer.Agreed, IsUnverified: false });

    /// <summary>The party's earlier answer, if there is one, counts no more, and stays on the record.</summary>
    public StrategyRecord Answered(Signature signature)
    {
        var before = Without(Signatures.Find(s => s.Party == signature.Party));
        return before with { Signatures = before.Signatures.Add(signature), Links = LinksWithout(l => l.Party == signature.Party) };
    }

    /// <summary>An answer by link: what was not theirs counts no more.</summary>
    public StrategyRecord Verified(Signature answer, SignatureVerification verification)
    {
        var verified = answer with { Verification = verification };
        var marked = this with { Signatures = Signatures.Replace(answer, verified) };
        return verification.Theirs ? marked with { Links = LinksWithout(l => l.Party == answer.Party) } : marked.Without(verified);
    }

    private StrategyRecord Without(Signature? answer) => answer is null ? this : this with
    {
        Signatures = Signatures.Remove(answer), FormerAnswers = [.. (FormerAnswers ?? []).Add(answer).TakeLast(StrategyState.AnswersKept)],
    };

    /// <summary>Neither party nor left out with a reason.</summary>
    public IReadOnlyList<Agency> Missing(IEnumerable<Agency> referredTo) =>
        [.. referredTo.Except(Parties.Select(p => p.Agency).OfType<Agency>()).Except((AgenciesLeftOut ?? []).Select(a => a.Agency))];

    /// <summary>The party's answer by link, if it is the one of that moment: as far as GraphQL tells it, to the millisecond.</summary>
    public Signature? ByLink(StrategyParty party, DateTimeOffset answered) =>
        Signatures.Find(s => s.Party == party && s.Form == SignatureForm.ByLink && s.At.ToUnixTimeMilliseconds() == answered.ToUnixTimeMilliseconds());

    public StrategyAnswer? AnswerOf(StrategyParty party) => Signatures.Find(s => s.Party == party)?.Answer;

    /// <summary>With what is in force now, which is about to be replaced.</summary>
    public ImmutableList<EarlierTerms>? TermsUntil(DateTimeOffset at)
    {
        const int kept = 20;
        IReadOnlyList<EarlierTerms> all = [.. EarlierTerms ?? [], .. InForce is { } now ? [new EarlierTerms(now, Status, at)] : Array.Empty<EarlierTerms>()];
        return all.Count == 0 ? null : [.. all.TakeLast(kept)];
    }
}

/// <summary>Not used yet.</summary>
/// <param name="Failures">Wrong dates of birth.</param>
internal sealed record SignatureLink(StrategyParty Party, Guid? Contact, Personal<string> Secret, DateTimeOffset MadeAt, Actor MadeBy, DateTimeOffset Until, int Failures = 0)
{
    public bool Opens(DateTimeOffset now) => new SignatureLinkView(Party, Contact, MadeAt, MadeBy, Until, Failures).Opens(now);
}

internal sealed record HeadDecision(DateTimeOffset At, Actor By, StrategyDecision Decision, IReadOnlyList<StrategyParty> Without, Personal<string> DecisionReason);

internal enum ReviewStage
{
    Ahead,
    Reminded,
    Overdue,
}

/// <param name="Assigned">Has the tasks: the owner, or who stands in.</param>
/// <param name="Head">Has the decision after refusal or silence.</param>
/// <param name="HandOverAt">When a cover that begins or ends makes the tasks another one's.</param>
/// <param name="AskedSince">When the first draft was made that was not agreed since: from then the days to answer count.</param>
/// <param name="Decided">The head or the DSL set the draft's interim terms.</param>
internal sealed record StrategyState(
    StrategyRecord? Record, ReviewTimes? Review, ReviewStage Stage, PersonId Assigned, PersonId? Head, DateTimeOffset? HandOverAt = null, DateTimeOffset? AskedSince = null, bool Decided = false) : IState<StrategyState>
{
    private const int ReviewsKept = 20;
    public const int AnswersKept = 50;

    public static StrategyState Empty { get; } = new(null, null, ReviewStage.Ahead, default, null);

    public StrategyState Apply(object @event, EventMeta meta) => @event switch
    {
        StrategyDrafted e => Drafted(e, e.Since is null ? null : Record, meta),
        StrategyAnswered e => Change(r => r.Answered(e.Signature)),
        SignatureVerified e => Verified(e, meta),
        SignatureLinkMade e => Change(r => r with { Links = (r.LinksWithout(l => (l.Party, l.Contact) == (e.Party, e.Contact)) ?? []).Add(new SignatureLink(e.Party, e.Contact, e.Secret, meta.At, meta.Actor, e.Until)) }),
        SignatureLinkWithdrawn e => Change(r => r with { Links = r.LinksWithout(l => l.Party == e.Party && (e.Contact is null || l.Contact == e.Contact)) }),
        SignatureLinkFailed e => Change(r => r with { Links = r.Links?.ConvertAll(l => (l.Party, l.Contact) == (e.Party, e.Contact) ? l with { Failures = l.Failures + 1 } : l) }),
        StrategyActivated e => Change(r => r with
        {
            Status = StrategyStatus.Active, Links = null, InForce = r.Terms, EarlierTerms = r.TermsUntil(meta.At), ActiveSince = meta.At, AgreementDueAt = null, ReviewDueAt = e.Review.DueAt,
        }) with { Review = e.Review, Stage = ReviewStage.Ahead, Assigned = e.Assigned, Head = null, HandOverAt = e.HandOverAt },
        StrategyDecided e => Change(r => r with { Decision = new HeadDecision(meta.At, meta.Actor, e.Decision, e.Without, e.DecisionReason) }),
        StrategyReferredToHead e => Change(r => r with { ReferredToHeadAt = meta.At }) with { Head = e.Head, HandOverAt = e.HandOverAt },
        ReviewReminded e => this with { Stage = ReviewStage.Reminded, Assigned = e.Assigned },
        ReviewWentOverdue => this with { Stage = ReviewStage.Overdue },
        StrategyReviewed e => Reviewed(e, meta),
        StrategyRearmed e => Change(r => r with { AgreementDueAt = e.AgreementDueAt, ReviewDueAt = e.Review?.DueAt }) with
        {
            Review = e.Review, Assigned = e.Assigned, Head = e.Head, HandOverAt = e.HandOverAt,
        },
        StrategyEnded e => Change(r => r with
        {
            Status = StrategyStatus.Ended, Links = null, InForce = null, EarlierTerms = r.Status == StrategyStatus.Draft ? r.TermsUntil(meta.At) : r.EarlierTerms, AgreementDueAt = null, ReviewDueAt = null, EndedAt = meta.At, EndReason = e.EndReason, EndCause = e.Cause,
        }) with { Review = null, Head = null, HandOverAt = null },
        _ => this,
    };

    private StrategyState Drafted(StrategyDrafted e, StrategyRecord? former, EventMeta meta)
    {
        IReadOnlyList<Signature> answers = [.. former?.FormerAnswers ?? [], .. former?.Signatures ?? []];
        return new StrategyState(
            new StrategyRecord(
                e.Pupil, e.Number, StrategyStatus.Draft, e.Incidents, e.Terms, 1, e.Interim, e.Interim, e.Parties, [], e.Owner, meta.At, e.AgreementDueAt, former?.ReferredToHeadAt, null, e.ReviewOn,
                e.Review?.DueAt, [], null, null, AgenciesLeftOut: e.AgenciesLeftOut, FormerAnswers: answers.Count == 0 ? null : [.. answers.TakeLast(AnswersKept)],
                EarlierTerms: former?.TermsUntil(meta.At)),
            e.Review, ReviewStage.Ahead, e.Assigned, former is null ? null : Head, e.HandOverAt, e.Since ?? meta.At, e.MayLoosen);
    }

    private StrategyState Verified(SignatureVerified e, EventMeta meta)
    {
        var verified = Change(r => r.ByLink(e.Party, e.Answered) is { } answer ? r.Verified(answer, new SignatureVerification(meta.At, meta.Actor, e.Theirs, e.Findings)) : r);
        return e is not { ReviewOn: { } on, Review: { } review } ? verified
            : verified.Change(r => r with { ReviewOn = on, ReviewDueAt = review.DueAt }) with { Review = review, Stage = ReviewStage.Ahead };
    }

    private StrategyState Reviewed(StrategyReviewed e, EventMeta meta) => Change(r =>
    {
        var draft = r.Status == StrategyStatus.Draft;
        var version = r.TermsVersion + (draft || e.Terms is null ? 0 : 1);
        var reviews = r.Reviews.Add(new StrategyReview(meta.At, meta.Actor, e.Result, version, e.Findings));
        return r with
        {
            // What they were to read of a draft has changed.
            Links = null, Terms = draft ? r.Terms : e.Terms ?? r.Terms, Interim = draft ? e.Terms ?? r.Interim : r.Interim, InForce = e.Terms ?? r.InForce, TermsVersion = version, ReviewOn = e.ReviewOn, ReviewDueAt = e.Review.DueAt,
            Reviews = reviews.Count > ReviewsKept ? reviews.RemoveAt(0) : reviews, EarlierTerms = e.Terms is null ? r.EarlierTerms : r.TermsUntil(meta.At),
        };
    }) with { Review = e.Review, Stage = ReviewStage.Ahead, Assigned = e.Assigned, HandOverAt = e.HandOverAt, Decided = e.Terms is null ? Decided : e.MayLoosen };

    private StrategyState Change(Func<StrategyRecord, StrategyRecord> change) => Record is null ? this : this with { Record = change(Record) };
}
