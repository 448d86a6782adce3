using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.Gateway.GraphQL.Devices;
using OnlineSafetyTrust.Gateway.GraphQL.Incidents;
using OnlineSafetyTrust.Gateway.GraphQL.People;
using OnlineSafetyTrust.Gateway.GraphQL.Pupils;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.GraphQL.Strategies;

/// <summary>A pupil's technology access strategy. Those who teach the pupil see the terms in force; the agreement is for those who decide.</summary>
[Node]
public sealed class Strategy(StrategySeen seen)
{
    /// <summary>Its global id.</summary>
    [ID]
    public string Id => seen.InForce.Pupil.ToString();

    /// <summary>Draft, active or ended.</summary>
    public StrategyStatus Status => seen.InForce.Status;

    /// <summary>What staff go by: interim while a draft, the terms while active, null when ended.</summary>
    public Terms? InForce => Terms.Of(seen.InForce.InForce);

    /// <summary>How it was agreed and reviewed; null: not for the caller.</summary>
    public StrategyAgreement? Agreement => seen.Whole is { } whole ? new StrategyAgreement(whole) : null;

    /// <summary>The pupil concerned.</summary>
    public Task<Pupil?> GetPupilAsync(PupilById pupils, CancellationToken ct) => pupils.PupilAsync(seen.InForce.Pupil, ct);

    /// <summary>A strategy that ended before this one was drafted; null: none has this number, or it is not for the caller.</summary>
    /// <param name="number">1 is the pupil's first; the last before this one has its number less one.</param>
    public async Task<StrategyAgreement?> GetFormerAsync(int number, FormerStrategies strategies, CancellationToken ct) =>
        await strategies.LoadAsync((seen.InForce.Pupil, number), ct) is { } former ? new StrategyAgreement(former) : null;

    [NodeResolver]
    public static async Task<Strategy?> GetAsync(string id, Session session, StrategyByPupil strategies, CancellationToken ct)
    {
        session.Asks(SessionAudit.Node);
        return await strategies.LoadAsync(Ids.Of<PupilId>(id), ct) is { } found ? new Strategy(found) : null;
    }
}

/// <summary>What a pupil may use, how and when. An absent list sets no limit; an empty one allows none.</summary>
public sealed class Terms(StrategyTermsView view)
{
    /// <summary>How closely use is supervised.</summary>
    public Supervision Supervision => view.Supervision;

    /// <summary>Only these, by name.</summary>
    [Personal]
    public IReadOnlyList<string>? Services => view.Services;

    /// <summary>Only then.</summary>
    public IReadOnlyList<AccessWindow>? Times => view.Times;

    /// <summary>Daily checks that go with it.</summary>
    public StrategyChecks? Checks => view.Checks;

    /// <summary>Anything else that was agreed.</summary>
    [Personal]
    public string? Notes => view.Notes;

    /// <summary>Only these.</summary>
    public async Task<IReadOnlyList<Device>?> GetDevicesAsync(DeviceById devices, CancellationToken ct) =>
        view.Devices is { } ids ? await devices.DevicesAsync(ids, ct) : null;

    internal static Terms? Of(StrategyTermsView? view) => view is null ? null : new Terms(view);
}

/// <summary>Terms that others have taken the place of.</summary>
public sealed class EarlierTerms(EarlierTermsView view)
{
    /// <summary>What it said.</summary>
    public Terms Terms => new(view.Terms);

    /// <summary>DRAFT: interim terms of a draft; ACTIVE: those of the strategy in force.</summary>
    public StrategyStatus Status => view.Status;

    /// <summary>When others took their place.</summary>
    public DateTimeOffset Until => view.Until;
}

/// <summary>How a strategy was agreed, by whom, and how it was reviewed.</summary>
public sealed class StrategyAgreement(StrategyView view)
{
    /// <summary>The pupil's first strategy is 1.</summary>
    public int Number => view.Number;

    /// <summary>What is agreed.</summary>
    public Terms Terms => new(view.Terms);

    /// <summary>1, and one more with each step up or down.</summary>
    public int TermsVersion => view.TermsVersion;

    /// <summary>Apply until all parties have agreed.</summary>
    public Terms Interim => new(view.Interim);

    /// <summary>What staff went by before a step up or down, another draft, the agreement or the end of a draft, oldest first; the last twenty.</summary>
    public IReadOnlyList<EarlierTerms> EarlierTerms => [.. (view.EarlierTerms ?? []).Select(t => new EarlierTerms(t))];

    /// <summary>Who has to agree.</summary>
    public IReadOnlyList<StrategyParty> Parties => view.Parties;

    /// <summary>Agencies that an incident was referred to and that take no part.</summary>
    public IReadOnlyList<LeftOutAgency> AgenciesLeftOut => [.. (view.AgenciesLeftOut ?? []).Select(a => new LeftOutAgency(a))];

    /// <summary>Who agreed and who refused.</summary>
    public IReadOnlyList<Signature> Signatures => [.. view.Signatures.Select(s => new Signature(s))];

    /// <summary>Links that parties of a draft have and have not used.</summary>
    public IReadOnlyList<SignatureLink> Links => [.. (view.Links ?? []).Select(l => new SignatureLink(l))];

    /// <summary>Answers that count no more: to drafts that this one took the place of, replaced by a later one, or by link and not theirs; the last fifty, in the order in which they ended.</summary>
    public IReadOnlyList<Signature> FormerAnswers => [.. (view.FormerAnswers ?? []).Select(s => new Signature(s))];

    /// <summary>Reviews held, oldest first.</summary>
    public IReadOnlyList<StrategyReview> Reviews => [.. view.Reviews.Select(r => new StrategyReview(r))];

    /// <summary>When it was drafted.</summary>
    public DateTimeOffset DraftedAt => view.DraftedAt;

    /// <summary>By when all are to have answered.</summary>
    public DateTimeOffset? AgreementDueAt => view.AgreementDueAt;

    /// <summary>Refusal or silence went to the head.</summary>
    public DateTimeOffset? ReferredToHeadAt => view.ReferredToHeadAt;

    /// <summary>What the head decided then.</summary>
    public HeadDecision? Decision => view.Decision is { } decision ? new HeadDecision(decision) : null;

    /// <summary>When it came into force.</summary>
    public DateTimeOffset? ActiveSince => view.ActiveSince;

    /// <summary>Day of the review.</summary>
    public DateOnly ReviewOn => view.ReviewOn;

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? EndedAt => view.EndedAt;

    /// <summary>Why it ended.</summary>
    [Personal]
    public string? EndReason => view.EndReason;

    /// <summary>What ended it.</summary>
    public StrategyEndCause? EndCause => view.EndCause;

    /// <summary>Who leads it.</summary>
    public Task<Person?> GetOwnerAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.Owner, ct);

    /// <summary>Where it comes from, as far as the caller sees incidents.</summary>
    public async Task<IReadOnlyList<Incident>> GetIncidentsAsync(IncidentById incidents, CancellationToken ct) =>
        [.. (await incidents.LoadAsync(view.Incidents, ct)).OfType<Contracts.Incidents.IncidentView>().Select(i => new Incident(i))];
}

/// <summary>An agency that an incident was referred to and that takes no part in the strategy.</summary>
public sealed class LeftOutAgency(AgencyLeftOutView view)
{
    /// <summary>Which agency.</summary>
    public Agency Agency => view.Agency;

    /// <summary>Why.</summary>
    [Personal]
    public string? Reason => view.LeftOutReason;
}

/// <summary>One party's answer.</summary>
public sealed class Signature(SignatureView view)
{
    /// <summary>Who agrees or refuses.</summary>
    public StrategyParty Party => view.Party;

    /// <summary>What was answered.</summary>
    public StrategyAnswer Answer => view.Answer;

    /// <summary>How it was given.</summary>
    public SignatureForm Form => view.Form;

    /// <summary>Who signed.</summary>
    [Personal]
    public string? SignedBy => view.SignedBy;

    /// <summary>Who signed for them.</summary>
    [Personal]
    public string? RepresentedBy => view.RepresentedBy;

    /// <summary>Who saw it.</summary>
    [Personal]
    public string? Witness => view.Witness;

    /// <summary>What they said.</summary>
    [Personal]
    public string? View => view.View;

    /// <summary>When it happened or was recorded.</summary>
    public DateTimeOffset At => view.At;

    /// <summary>Who had made the link by which it came; null: it came by none.</summary>
    public Task<Person?> GetLinkMadeByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.LinkBy?.Person, ct);

    /// <summary>Whether an answer by link was theirs; null: it came by none, or nobody has asked them yet, and it puts nothing in force.</summary>
    public SignatureVerification? Verification => view.Verification is { } verification ? new SignatureVerification(verification) : null;

    /// <summary>Which of the pupil's contacts the link was made for.</summary>
    public Guid? LinkContact => view.LinkContact;

    /// <summary>Who recorded it; null: the party itself, by link.</summary>
    public Task<Person?> GetRecordedByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.RecordedBy.Person, ct);
}

/// <summary>Whether an answer by link was theirs.</summary>
public sealed class SignatureVerification(SignatureVerificationView view)
{
    /// <summary>When they were asked, or it was recorded.</summary>
    public DateTimeOffset At => view.At;

    /// <summary>False: it was not, and counts no more.</summary>
    public bool Theirs => view.Theirs;

    /// <summary>Who was asked, how, and what they said.</summary>
    [Personal]
    public string? Findings => view.Findings;

    /// <summary>Who recorded it.</summary>
    public Task<Person?> GetByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.By.Person, ct);
}

/// <summary>A link by which a party answers without an account. What it opens with is told once, to whoever made it.</summary>
public sealed class SignatureLink(SignatureLinkView view)
{
    /// <summary>Whose it is.</summary>
    public StrategyParty Party => view.Party;

    /// <summary>Which of the pupil's contacts has it; null: an agency has.</summary>
    public Guid? Contact => view.Contact;

    /// <summary>When it was made.</summary>
    public DateTimeOffset MadeAt => view.MadeAt;

    /// <summary>It opens nothing from then on.</summary>
    public DateTimeOffset Until => view.Until;

    /// <summary>Wrong dates of birth; after five it opens no more.</summary>
    public int Failures => view.Failures;

    /// <summary>Who made it.</summary>
    public Task<Person?> GetMadeByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.MadeBy.Person, ct);
}

/// <summary>A review of the strategy.</summary>
public sealed class StrategyReview(StrategyReviewView view)
{
    /// <summary>When it happened or was recorded.</summary>
    public DateTimeOffset At => view.At;

    /// <summary>What came of it.</summary>
    public ReviewResult Result => view.Result;

    /// <summary>The version of the terms after it.</summary>
    public int TermsVersion => view.TermsVersion;

    /// <summary>What was found.</summary>
    [Personal]
    public string? Findings => view.Findings;

    /// <summary>Who did or recorded it.</summary>
    public Task<Person?> GetByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.By.Person, ct);
}

/// <summary>What the head decided after refusal or silence.</summary>
public sealed class HeadDecision(HeadDecisionView view)
{
    /// <summary>When it was decided.</summary>
    public DateTimeOffset At => view.At;

    /// <summary>In force without those who did not agree, or given up.</summary>
    public StrategyDecision Decision => view.Decision;

    /// <summary>Parties that had not agreed, or by a link alone that nobody had verified.</summary>
    public IReadOnlyList<StrategyParty> Without => view.Without;

    /// <summary>Why.</summary>
    [Personal]
    public string? Reason => view.DecisionReason;

    /// <summary>Who decided.</summary>
    public Task<Person?> GetByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.By.Person, ct);
}
