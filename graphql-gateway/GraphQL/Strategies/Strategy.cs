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
    [ID]
    public string Id => seen.InForce.Pupil.ToString();

    public StrategyStatus Status => seen.InForce.Status;

    /// <summary>What staff go by: interim while a draft, the terms while active, null when ended.</summary>
    public Terms? InForce => Terms.Of(seen.InForce.InForce);

    /// <summary>How it was agreed and reviewed; null: not for the caller.</summary>
    public StrategyAgreement? Agreement => seen.Whole is { } whole ? new StrategyAgreement(whole) : null;

    public Task<Pupil?> GetPupilAsync(PupilById pupils, CancellationToken ct) => pupils.PupilAsync(seen.InForce.Pupil, ct);

    [NodeResolver]
    public static async Task<Strategy?> GetAsync(string id, Session session, StrategyReader strategies, CancellationToken ct) =>
        await strategies.FindAsync(session.Reader, Ids.Of<PupilId>(id), ct) is { } found ? new Strategy(found) : null;
}

/// <summary>What a pupil may use, how and when. An absent list sets no limit; an empty one allows none.</summary>
public sealed class Terms(StrategyTermsView view)
{
    public Supervision Supervision => view.Supervision;

    /// <summary>Only these, by name.</summary>
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

/// <summary>How a strategy was agreed, by whom, and how it was reviewed.</summary>
public sealed class StrategyAgreement(StrategyView view)
{
    /// <summary>The pupil's first strategy is 1.</summary>
    public int Number => view.Number;

    public Terms Terms => new(view.Terms);

    /// <summary>1, and one more with each step up or down.</summary>
    public int TermsVersion => view.TermsVersion;

    /// <summary>Apply until all parties have agreed.</summary>
    public Terms Interim => new(view.Interim);

    /// <summary>Who has to agree.</summary>
    public IReadOnlyList<StrategyParty> Parties => view.Parties;

    public IReadOnlyList<Signature> Signatures => [.. view.Signatures.Select(s => new Signature(s))];

    public IReadOnlyList<StrategyReview> Reviews => [.. view.Reviews.Select(r => new StrategyReview(r))];

    public DateTimeOffset DraftedAt => view.DraftedAt;

    public DateTimeOffset? AgreementDueAt => view.AgreementDueAt;

    /// <summary>Refusal or silence went to the head.</summary>
    public DateTimeOffset? ReferredToHeadAt => view.ReferredToHeadAt;

    public DateTimeOffset? ActiveSince => view.ActiveSince;

    public DateOnly ReviewOn => view.ReviewOn;

    public DateTimeOffset? EndedAt => view.EndedAt;

    [Personal]
    public string? EndReason => view.EndReason;

    public Task<Person?> GetOwnerAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.Owner, ct);

    /// <summary>Where it comes from, as far as the caller sees incidents.</summary>
    public async Task<IReadOnlyList<Incident>> GetIncidentsAsync(IncidentById incidents, CancellationToken ct) =>
        [.. (await incidents.LoadAsync(view.Incidents, ct)).OfType<Contracts.Incidents.IncidentView>().Select(i => new Incident(i))];
}

/// <summary>One party's answer.</summary>
public sealed class Signature(SignatureView view)
{
    public StrategyParty Party => view.Party;

    public StrategyAnswer Answer => view.Answer;

    public SignatureForm Form => view.Form;

    [Personal]
    public string? SignedBy => view.SignedBy;

    [Personal]
    public string? RepresentedBy => view.RepresentedBy;

    [Personal]
    public string? Witness => view.Witness;

    /// <summary>What they said.</summary>
    [Personal]
    public string? View => view.View;

    public DateTimeOffset At => view.At;

    public Task<Person?> GetRecordedByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.RecordedBy.Person, ct);
}

/// <summary>A review of the strategy.</summary>
public sealed class StrategyReview(StrategyReviewView view)
{
    public DateTimeOffset At => view.At;

    public ReviewResult Result => view.Result;

    /// <summary>The version of the terms after it.</summary>
    public int TermsVersion => view.TermsVersion;

    [Personal]
    public string? Findings => view.Findings;

    public Task<Person?> GetByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.By.Person, ct);
}
