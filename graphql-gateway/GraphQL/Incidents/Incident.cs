using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Gateway.GraphQL.Devices;
using OnlineSafetyTrust.Gateway.GraphQL.People;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.GraphQL.Incidents;

/// <summary>An online-safety incident of one school, from report to closure. Texts are null once erased.</summary>
[Node]
public sealed class Incident(IncidentView view)
{
    /// <summary>Its global id.</summary>
    [ID]
    public string Id => view.Id.ToString();

    /// <summary>To say on the telephone: K7QF-2M9X.</summary>
    public string Reference => view.Reference;

    /// <summary>How far it is.</summary>
    public IncidentStatus Status => view.Status;

    /// <summary>Online safety or technical.</summary>
    public ReportKind Kind => view.Kind;

    /// <summary>For whom it was reported.</summary>
    public OnBehalfOf OnBehalfOf => view.OnBehalfOf;

    /// <summary>Whether the reporter saw immediate danger.</summary>
    public ImmediateDanger Danger => view.Danger;

    /// <summary>When it was reported.</summary>
    public DateTimeOffset ReportedAt => view.ReportedAt;

    /// <summary>When it happened.</summary>
    public DateTimeOffset HappenedAt => view.HappenedAt;

    /// <summary>What happened, in the reporter's words.</summary>
    [Personal]
    public string? What => view.What;

    /// <summary>In school or on a school trip's site; otherwise elsewhere or online.</summary>
    public bool OnSite => view.OnSite;

    /// <summary>Room, bus, home, service.</summary>
    [Personal]
    public string? Place => view.Place;

    /// <summary>Pupils, each with their own part.</summary>
    public IReadOnlyList<IncidentPupil> People => [.. view.People.Select(p => new IncidentPupil(p))];

    /// <summary>Addresses visited, with a description of what was there.</summary>
    public IReadOnlyList<VisitedAddress> Addresses => view.Addresses;

    /// <summary>By when it is to be triaged.</summary>
    public DateTimeOffset? TriageDueAt => view.TriageDueAt;

    /// <summary>Null: waits for triage.</summary>
    public DateTimeOffset? TriagedAt => view.TriagedAt;

    /// <summary>When a technical report was handed to the DSL because it concerns a child; null: it was not.</summary>
    public DateTimeOffset? HandedToDslAt => view.Handed?.At;

    /// <summary>Id of one of the policy's natures.</summary>
    public string? Nature => view.Nature;

    /// <summary>Content, contact, conduct, commerce: those that apply.</summary>
    public IReadOnlyList<FourC> FourCs => view.FourCs;

    /// <summary>How far the pupil was aware, as judged; null: not judged.</summary>
    public Awareness? Awareness => view.Awareness;

    /// <summary>Those who are told of serious incidents are told.</summary>
    public bool Serious => view.Serious;

    /// <summary>Version of the policy that the plan came from; null: no policy was in force.</summary>
    public string? PolicyVersion => view.PolicyVersion;

    /// <summary>The guarded path for illegal material or nudes; null: none.</summary>
    public IncidentPath? Path => view.Path is { } path ? new IncidentPath(path) : null;

    /// <summary>Guarded paths that a later triage left, oldest first, with all that was answered and decided on them.</summary>
    public IReadOnlyList<IncidentPath> PastPaths => [.. (view.PastPaths ?? []).Select(p => new IncidentPath(p))];

    /// <summary>What each agency last said of telling the parents.</summary>
    public IReadOnlyList<AgencyWord> AgencyWords => [.. (view.AgencyWords ?? []).Select(w => new AgencyWord(w))];

    /// <summary>The plan.</summary>
    public IReadOnlyList<IncidentStep> Steps => [.. view.Steps.Select(s => new IncidentStep(s))];

    /// <summary>Who was told, when it was sent, seen, escalated.</summary>
    public IReadOnlyList<IncidentNotification> Notifications => [.. view.Notifications.Select(n => new IncidentNotification(n))];

    /// <summary>Referrals to agencies and decisions against them.</summary>
    public IReadOnlyList<Referral> Referrals => [.. view.Referrals.Select(r => new Referral(r))];

    /// <summary>What was learnt; null: not yet held.</summary>
    public Debrief? Debrief => view.Debrief is { } debrief ? new Debrief(debrief) : null;

    /// <summary>How it was closed; null: it is open.</summary>
    public Closure? Closure => view.Closure is { } closure ? new Closure(closure) : null;

    /// <summary>Other incidents, by reference only.</summary>
    public IReadOnlyList<IncidentLink> Links => [.. view.Links.Select(l => new IncidentLink(l))];

    /// <summary>What is no longer as first written; the originals are kept.</summary>
    public IReadOnlyList<Correction> Corrections => [.. view.Corrections.Select(c => new Correction(c))];

    /// <summary>What staff wrote on occasions that no other part of the record holds, or holds no more, oldest first.</summary>
    public IReadOnlyList<IncidentRemark> Remarks => [.. (view.Remarks ?? []).OrderBy(r => r.At).Select(r => new IncidentRemark(r))];

    /// <summary>The last invitation of the trust's safeguarding lead, running or over; null: there was none.</summary>
    public TrustInvitation? Invitation => view.Invitation is { } invitation ? new TrustInvitation(invitation) : null;

    /// <summary>Who reported it.</summary>
    public Task<Person?> GetReporterAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.Reporter, ct);

    /// <summary>Who triages; null: the school has filled none of the roles.</summary>
    public Task<Person?> GetOwnerAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.Owner, ct);

    /// <summary>Who handed it to the DSL.</summary>
    public Task<Person?> GetHandedToDslByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.Handed?.By, ct);

    /// <summary>Devices concerned.</summary>
    public Task<IReadOnlyList<Device>> GetDevicesAsync(DeviceById devices, CancellationToken ct) => devices.DevicesAsync(view.Devices, ct);

    [NodeResolver]
    public static Task<Incident?> GetAsync(string id, Session session, IncidentById incidents, CancellationToken ct)
    {
        session.Asks(SessionAudit.Node);
        return FindAsync(id, incidents, ct);
    }

    internal static async Task<Incident?> FindAsync(string id, IncidentById incidents, CancellationToken ct) =>
        await incidents.LoadAsync(Ids.Of<IncidentId>(id), ct) is { } view ? new Incident(view) : null;
}

/// <summary>Incidents by id, in one read for a whole operation.</summary>
public sealed class IncidentById(IncidentReader incidents, Session session, IBatchScheduler scheduler, DataLoaderOptions options)
    : BatchDataLoader<IncidentId, IncidentView>(scheduler, options)
{
    protected override async Task<IReadOnlyDictionary<IncidentId, IncidentView>> LoadBatchAsync(IReadOnlyList<IncidentId> keys, CancellationToken cancellationToken) =>
        (await incidents.FindManyAsync(session.Reader, keys, cancellationToken)).ToDictionary(i => i.Id);
}
