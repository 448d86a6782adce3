using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Gateway.GraphQL.People;
using OnlineSafetyTrust.Gateway.GraphQL.Pupils;

namespace OnlineSafetyTrust.Gateway.GraphQL.Incidents;

/// <summary>Where a guarded path stands (illegal material, nudes among under-18s).</summary>
public sealed class IncidentPath(PathView view)
{
    public Contracts.Policies.GuardedPath Path => view.Path;

    public PathState State => view.State;

    /// <summary>The policy has no flowchart: the statutory floor's applies.</summary>
    public bool FromFloor => view.FromFloor;

    /// <summary>Police or social care said that parents may be told.</summary>
    public bool AgencyAllowsParents => view.AgencyAllowsParents;

    public bool DevicesReleased => view.DevicesReleased;

    /// <summary>A decision without reply that waits for a second person.</summary>
    public WithoutReply? Proposed => view.Proposed;

    /// <summary>What may not be done now.</summary>
    public IReadOnlyList<PathAction> Refused => view.Refused;

    public NudeReview? Review => view.Review is { } review ? new NudeReview(review) : null;

    public IReadOnlyList<PoliceAnswerRecord> PoliceAnswers => [.. view.PoliceAnswers.Select(a => new PoliceAnswerRecord(a))];

    public JointDecisionRecord? Decision => view.Decision is { } decision ? new JointDecisionRecord(decision) : null;

    public Task<Person?> GetProposedByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.ProposedBy, ct);
}

/// <summary>The DSL's answers to the six questions about a nude.</summary>
public sealed class NudeReview(NudeReviewView view)
{
    public bool AdultInvolved => view.AdultInvolved;

    public bool Coercion => view.Coercion;

    public bool DoubtfulCapacity => view.DoubtfulCapacity;

    public bool Violence => view.Violence;

    public bool SexualActUnder13 => view.SexualActUnder13;

    public bool ImmediateRisk => view.ImmediateRisk;

    /// <summary>Police and social care are told.</summary>
    public bool Refer => view.Refer;

    [Personal]
    public string? Reason => view.Reason;

    public DateTimeOffset At => view.At;

    public Task<Person?> GetByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.By, ct);
}

/// <summary>What the police said.</summary>
public sealed class PoliceAnswerRecord(PoliceAnswerView view)
{
    public PoliceOutcome Outcome => view.Outcome;

    [Personal]
    public string? Advice => view.Advice;

    public bool? ParentsMayBeTold => view.ParentsMayBeTold;

    public DateTimeOffset At => view.At;

    public Task<Person?> GetByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.By, ct);
}

/// <summary>What head and DSL decided together when the police did not reply.</summary>
public sealed class JointDecisionRecord(JointDecisionView view)
{
    public WithoutReply Decision => view.Decision;

    public Agency AdvisedBy => view.AdvisedBy;

    [Personal]
    public string? Advice => view.Advice;

    [Personal]
    public string? Reason => view.Reason;

    public DateTimeOffset At => view.At;

    public Task<Person?> GetProposedByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.ProposedBy, ct);

    public Task<Person?> GetByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.By, ct);
}

/// <summary>What was learnt, and what changes.</summary>
public sealed class Debrief(DebriefView view)
{
    public DateTimeOffset At => view.At;

    [Personal]
    public string? Findings => view.Findings;

    public IReadOnlyList<AgreedChange> Changes => [.. view.Changes.Select(c => new AgreedChange(c))];

    /// <summary>The situation is watched until then.</summary>
    public DateOnly? MonitorUntil => view.MonitorUntil;

    public DateTimeOffset? MonitoringEndedAt => view.MonitoringEndedAt;

    public bool PolicyFellShort => view.PolicyFellShort;

    [Personal]
    public string? PolicyReason => view.PolicyReason;

    public Task<Person?> GetByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.By, ct);

    public Task<IReadOnlyList<Person>> GetPresentAsync(PersonById people, CancellationToken ct) => people.PeopleAsync(view.Present, ct);
}

/// <summary>A change that somebody owns.</summary>
public sealed class AgreedChange(ChangeView view)
{
    public int Number => view.Number;

    [Personal]
    public string? What => view.What;

    public DateOnly DueOn => view.DueOn;

    public DateTimeOffset? DoneAt => view.DoneAt;

    [Personal]
    public string? Outcome => view.Outcome;

    public Task<Person?> GetOwnerAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.Owner, ct);
}

/// <summary>How the incident was closed, or who asked for it.</summary>
public sealed class Closure(ClosureView view)
{
    public DateTimeOffset AskedAt => view.AskedAt;

    [Personal]
    public string? Summary => view.Summary;

    /// <summary>Null: waits for approval.</summary>
    public DateTimeOffset? ClosedAt => view.ClosedAt;

    public Task<Person?> GetAskedByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.AskedBy, ct);

    public Task<Person?> GetApprovedByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.ApprovedBy, ct);
}

/// <summary>Another incident, by reference only: of the same school, or another school's as that school gave it.</summary>
public sealed class IncidentLink(LinkView view)
{
    public string? OtherSchoolReference => view.OtherSchoolReference;

    public DateTimeOffset At => view.At;

    public async Task<Incident?> GetIncidentAsync(IncidentById incidents, CancellationToken ct) =>
        view.Incident is { } id && await incidents.LoadAsync(id, ct) is { } found ? new Incident(found) : null;
}

/// <summary>What was corrected, by whom and why.</summary>
public sealed class Correction(CorrectionView view)
{
    public CorrectedField Field => view.Field;

    /// <summary>Of the address or step.</summary>
    public int? Number => view.Number;

    public DateTimeOffset At => view.At;

    [Personal]
    public string? Reason => view.Reason;

    public Task<Pupil?> GetPupilAsync(PupilById pupils, CancellationToken ct) => pupils.PupilAsync(view.Pupil, ct);

    public Task<Person?> GetByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.By, ct);
}
