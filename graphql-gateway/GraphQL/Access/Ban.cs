using OnlineSafetyTrust.Contracts.Access;
using OnlineSafetyTrust.Gateway.GraphQL.Incidents;
using OnlineSafetyTrust.Gateway.GraphQL.People;
using OnlineSafetyTrust.Gateway.GraphQL.Pupils;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.GraphQL.Access;

/// <summary>A ban of technology; it lifts itself. Why, and from which incident, is for DSL, deputy and head and null for others.</summary>
[Node]
public sealed class Ban(BanView view)
{
    /// <summary>Its global id.</summary>
    [ID]
    public string Id => view.Id.ToString();

    /// <summary>What it covers.</summary>
    public BanScope Scope => view.Scope;

    /// <summary>For scope SERVICE.</summary>
    [Personal]
    public string? Service => view.Service;

    /// <summary>When it began or begins.</summary>
    public DateTimeOffset From => view.From;

    /// <summary>First moment that is free again.</summary>
    public DateTimeOffset Until => view.Until;

    /// <summary>What enforces it.</summary>
    public BanEnforcement EnforcedBy => view.EnforcedBy;

    /// <summary>When it was set.</summary>
    public DateTimeOffset SetAt => view.SetAt;

    /// <summary>How it ended; null: it has not.</summary>
    public BanEnd? End => view.End;

    /// <summary>When it really ended; null: it has not.</summary>
    public DateTimeOffset? EndedAt => view.EndedAt;

    /// <summary>Why.</summary>
    [Personal]
    public string? Reason => view.Reason;

    /// <summary>Why it was lifted early.</summary>
    [Personal]
    public string? LiftReason => view.LiftReason;

    /// <summary>The head's decision, where an essential device is covered.</summary>
    public EssentialDecision? EssentialOverride => view.EssentialOverride is { } decision ? new EssentialDecision(decision) : null;

    /// <summary>The pupil concerned.</summary>
    public Task<Pupil?> GetPupilAsync(PupilById pupils, CancellationToken ct) => pupils.PupilAsync(view.Pupil, ct);

    /// <summary>Who set it.</summary>
    public Task<Person?> GetSetByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.SetBy.Person, ct);

    /// <summary>Who lifted it.</summary>
    public Task<Person?> GetEndedByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.EndedBy?.Person, ct);

    /// <summary>The incident it belongs to; null for those who may not see it.</summary>
    public async Task<Incident?> GetIncidentAsync(IncidentById incidents, CancellationToken ct) =>
        view.Incident is { } id && await incidents.LoadAsync(id, ct) is { } found ? new Incident(found) : null;

    [NodeResolver]
    public static async Task<Ban?> GetAsync(string id, Session session, BanReader bans, CancellationToken ct) =>
        await bans.FindAsync(session.Asks(SessionAudit.Node).Reader, Ids.Of<BanId>(id), ct) is { } view ? new Ban(view) : null;
}

/// <summary>The head's decision that an essential device is covered too.</summary>
public sealed class EssentialDecision(EssentialDecisionView view)
{
    /// <summary>What the pupil has instead.</summary>
    [Personal]
    public string? Replacement => view.Replacement;

    /// <summary>The head who decided.</summary>
    public Task<Person?> GetDecidedByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.DecidedBy, ct);
}
