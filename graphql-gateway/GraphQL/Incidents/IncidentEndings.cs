using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Gateway.GraphQL.People;
using OnlineSafetyTrust.Gateway.GraphQL.Pupils;

namespace OnlineSafetyTrust.Gateway.GraphQL.Incidents;

/// <summary>Where a guarded path stands (illegal material, nudes among under-18s).</summary>
public sealed class IncidentPath(PathView view)
{
    /// <summary>Which path.</summary>
    public Contracts.Policies.GuardedPath Path => view.Path;

    /// <summary>Where on the path it stands.</summary>
    public PathState State => view.State;

    /// <summary>The policy has no flowchart: the statutory floor's applies.</summary>
    public bool FromFloor => view.FromFloor;

    /// <summary>Police or social care said on this path that parents may be told, and no agency says that they may not.</summary>
    public bool AgencyAllowsParents => view.AgencyAllowsParents;

    /// <summary>Devices may be returned.</summary>
    public bool DevicesReleased => view.DevicesReleased;

    /// <summary>When triage led onto a guarded path.</summary>
    public DateTimeOffset BeganAt => view.BeganAt;

    /// <summary>When triage left it; null: it runs.</summary>
    public DateTimeOffset? EndedAt => view.EndedAt;

    /// <summary>A decision without reply that waits for a second person.</summary>
    public WithoutReply? Proposed => view.Proposed;

    /// <summary>With the proposed decision the devices are released; null: nothing is proposed.</summary>
    public bool? ProposedRelease => view.ProposedRelease;

    /// <summary>The proposed day to ask the police again; null: nothing is proposed, or not to wait.</summary>
    public DateOnly? ProposedChaseOn => view.ProposedChaseOn;

    /// <summary>What may not be done now.</summary>
    public IReadOnlyList<PathAction> Refused => view.Refused;

    /// <summary>The DSL's review of nudes; null: none.</summary>
    public NudeReview? Review => view.Review is { } review ? new NudeReview(review) : null;

    /// <summary>What the police answered, oldest first.</summary>
    public IReadOnlyList<PoliceAnswerRecord> PoliceAnswers => [.. view.PoliceAnswers.Select(a => new PoliceAnswerRecord(a))];

    /// <summary>What was decided without a reply of the police.</summary>
    public JointDecisionRecord? Decision => view.Decision is { } decision ? new JointDecisionRecord(decision) : null;

    /// <summary>Who proposed to go on without a reply; the other of DSL and head confirms.</summary>
    public Task<Person?> GetProposedByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.ProposedBy, ct);
}

/// <summary>What an agency last said of telling the parents. Each speaks for itself; while one says no, parents are not contacted and no strategy is agreed.</summary>
public sealed class AgencyWord(AgencyWordView view)
{
    /// <summary>Which agency.</summary>
    public Agency Agency => view.Agency;

    /// <summary>Number of the referral that it belongs to.</summary>
    public int? Referral => view.Referral;

    /// <summary>Parents may be told.</summary>
    public bool ParentsMayBeTold => view.ParentsMayBeTold;

    /// <summary>When it was recorded.</summary>
    public DateTimeOffset At => view.At;

    /// <summary>When head and DSL decided beyond a no, the police not replying; null: the word stands.</summary>
    public DateTimeOffset? LiftedAt => view.LiftedAt;
}

/// <summary>The DSL's answers to the six questions about a nude.</summary>
public sealed class NudeReview(NudeReviewView view)
{
    /// <summary>An adult is or may be involved.</summary>
    public bool AdultInvolved => view.AdultInvolved;

    /// <summary>There was coercion, blackmail or grooming.</summary>
    public bool Coercion => view.Coercion;

    /// <summary>Capacity to consent is doubtful, for instance with special needs.</summary>
    public bool DoubtfulCapacity => view.DoubtfulCapacity;

    /// <summary>There was violence.</summary>
    public bool Violence => view.Violence;

    /// <summary>It shows a sexual act of a child under 13.</summary>
    public bool SexualActUnder13 => view.SexualActUnder13;

    /// <summary>There is immediate risk.</summary>
    public bool ImmediateRisk => view.ImmediateRisk;

    /// <summary>Police and social care are told.</summary>
    public bool Refer => view.Refer;

    /// <summary>Why.</summary>
    [Personal]
    public string? Reason => view.Reason;

    /// <summary>When it happened or was recorded.</summary>
    public DateTimeOffset At => view.At;

    /// <summary>Who did or recorded it.</summary>
    public Task<Person?> GetByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.By, ct);
}

/// <summary>What the police said.</summary>
public sealed class PoliceAnswerRecord(PoliceAnswerView view)
{
    /// <summary>What came of it.</summary>
    public PoliceOutcome Outcome => view.Outcome;

    /// <summary>What the agency advised.</summary>
    [Personal]
    public string? Advice => view.Advice;

    /// <summary>The police agree that parents are told.</summary>
    public bool? ParentsMayBeTold => view.ParentsMayBeTold;

    /// <summary>With this answer the school may deal with the devices again.</summary>
    public bool DevicesReleased => view.DevicesReleased;

    /// <summary>When it happened or was recorded.</summary>
    public DateTimeOffset At => view.At;

    /// <summary>Who did or recorded it.</summary>
    public Task<Person?> GetByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.By, ct);
}

/// <summary>What head and DSL decided together when the police did not reply.</summary>
public sealed class JointDecisionRecord(JointDecisionView view)
{
    /// <summary>What was decided.</summary>
    public WithoutReply Decision => view.Decision;

    /// <summary>The agency that advised.</summary>
    public Agency AdvisedBy => view.AdvisedBy;

    /// <summary>What the agency advised.</summary>
    [Personal]
    public string? Advice => view.Advice;

    /// <summary>Why.</summary>
    [Personal]
    public string? Reason => view.Reason;

    /// <summary>When it happened or was recorded.</summary>
    public DateTimeOffset At => view.At;

    /// <summary>Who proposed it.</summary>
    public Task<Person?> GetProposedByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.ProposedBy, ct);

    /// <summary>Who did or recorded it.</summary>
    public Task<Person?> GetByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.By, ct);
}

/// <summary>What was learnt, and what changes.</summary>
public sealed class Debrief(DebriefView view)
{
    /// <summary>When it happened or was recorded.</summary>
    public DateTimeOffset At => view.At;

    /// <summary>What was found.</summary>
    [Personal]
    public string? Findings => view.Findings;

    /// <summary>Changes agreed, each with an owner.</summary>
    public IReadOnlyList<AgreedChange> Changes => [.. view.Changes.Select(c => new AgreedChange(c))];

    /// <summary>The incident was reopened since: a further debrief ends the second handling.</summary>
    public bool BeforeReopening => view.BeforeReopening;

    /// <summary>The situation is watched until then.</summary>
    public DateOnly? MonitorUntil => view.MonitorUntil;

    /// <summary>When the situation was found safe.</summary>
    public DateTimeOffset? MonitoringEndedAt => view.MonitoringEndedAt;

    /// <summary>The policy did not cover what happened: a review is raised.</summary>
    public bool PolicyFellShort => view.PolicyFellShort;

    /// <summary>Where the policy fell short.</summary>
    [Personal]
    public string? PolicyReason => view.PolicyReason;

    /// <summary>Who did or recorded it.</summary>
    public Task<Person?> GetByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.By, ct);

    /// <summary>Who took part.</summary>
    public Task<IReadOnlyList<Person>> GetPresentAsync(PersonById people, CancellationToken ct) => people.PeopleAsync(view.Present, ct);
}

/// <summary>A change that somebody owns.</summary>
public sealed class AgreedChange(ChangeView view)
{
    /// <summary>Its number within the record.</summary>
    public int Number => view.Number;

    /// <summary>What changes.</summary>
    [Personal]
    public string? What => view.What;

    /// <summary>Day by which it is to be done.</summary>
    public DateOnly DueOn => view.DueOn;

    /// <summary>When it was done.</summary>
    public DateTimeOffset? DoneAt => view.DoneAt;

    /// <summary>What came of it.</summary>
    [Personal]
    public string? Outcome => view.Outcome;

    /// <summary>Who is to do it.</summary>
    public Task<Person?> GetOwnerAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.Owner, ct);

    /// <summary>Who recorded it as done: the owner, who stands in for them, or whoever leads.</summary>
    public Task<Person?> GetDoneByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.DoneBy, ct);
}

/// <summary>How the incident was closed, or who asked for it.</summary>
public sealed class Closure(ClosureView view)
{
    /// <summary>When closing was asked for.</summary>
    public DateTimeOffset AskedAt => view.AskedAt;

    /// <summary>How it ended.</summary>
    [Personal]
    public string? Summary => view.Summary;

    /// <summary>Null: waits for approval.</summary>
    public DateTimeOffset? ClosedAt => view.ClosedAt;

    /// <summary>Who asked to close.</summary>
    public Task<Person?> GetAskedByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.AskedBy, ct);

    /// <summary>The second person, where the policy wants one.</summary>
    public Task<Person?> GetApprovedByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.ApprovedBy, ct);
}

/// <summary>Another incident, by reference only: of the same school, or another school's as that school gave it.</summary>
public sealed class IncidentLink(LinkView view)
{
    /// <summary>Reference of the other school's own record.</summary>
    public string? OtherSchoolReference => view.OtherSchoolReference;

    /// <summary>When it happened or was recorded.</summary>
    public DateTimeOffset At => view.At;

    /// <summary>The other incident of this school.</summary>
    public async Task<Incident?> GetIncidentAsync(IncidentById incidents, CancellationToken ct) =>
        view.Incident is { } id && await incidents.LoadAsync(id, ct) is { } found ? new Incident(found) : null;
}

/// <summary>What somebody wrote on an occasion that no other part of the record holds, or holds no more.</summary>
public sealed class IncidentRemark(RemarkView view)
{
    /// <summary>On which occasion.</summary>
    public RemarkKind Kind => view.Kind;

    /// <summary>When.</summary>
    public DateTimeOffset At => view.At;

    /// <summary>Of the referral.</summary>
    public int? Number => view.Number;

    /// <summary>The situation is watched on until then.</summary>
    public DateOnly? Until => view.Until;

    /// <summary>Why.</summary>
    [Personal]
    public string? Reason => view.Reason;

    /// <summary>What was found.</summary>
    [Personal]
    public string? Findings => view.Findings;

    /// <summary>How it had ended.</summary>
    [Personal]
    public string? Summary => view.Summary;

    /// <summary>What the agency advised.</summary>
    [Personal]
    public string? Advice => view.Advice;

    /// <summary>What was answered.</summary>
    [Personal]
    public string? Response => view.Response;

    /// <summary>What came of it.</summary>
    [Personal]
    public string? Outcome => view.Outcome;

    /// <summary>Where the policy fell short.</summary>
    [Personal]
    public string? PolicyReason => view.PolicyReason;

    /// <summary>Who wrote it.</summary>
    public Task<Person?> GetByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.By, ct);
}

/// <summary>What was corrected, by whom and why.</summary>
public sealed class Correction(CorrectionView view)
{
    /// <summary>Which part of the record.</summary>
    public CorrectedField Field => view.Field;

    /// <summary>Of the address, step or change; of contact with parents, its step.</summary>
    public int? Number => view.Number;

    /// <summary>When it happened or was recorded.</summary>
    public DateTimeOffset At => view.At;

    /// <summary>Why.</summary>
    [Personal]
    public string? Reason => view.Reason;

    /// <summary>The text as it was.</summary>
    [Personal]
    public string? Before => view.Before;

    /// <summary>What stood beside it, as it was: of an address what was there, of a debrief where the policy fell short, of a change what came of it.</summary>
    [Personal]
    public string? DescriptionBefore => view.Beside;

    /// <summary>Contact with parents, as it was recorded.</summary>
    public ParentContactRecord? ContactBefore => view.Contact is { } contact ? new ParentContactRecord(contact) : null;

    /// <summary>When it happened, as it was.</summary>
    public DateTimeOffset? HappenedAtBefore => view.HappenedAt;

    /// <summary>The pupil's part, as it was.</summary>
    public PupilPart? RoleBefore => view.Part;

    /// <summary>The pupil concerned.</summary>
    public Task<Pupil?> GetPupilAsync(PupilById pupils, CancellationToken ct) => pupils.PupilAsync(view.Pupil, ct);

    /// <summary>Who did or recorded it.</summary>
    public Task<Person?> GetByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.By, ct);
}
