using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Gateway.GraphQL.People;
using OnlineSafetyTrust.Gateway.GraphQL.Pupils;

namespace OnlineSafetyTrust.Gateway.GraphQL.Incidents;

/// <summary>A pupil's part in an incident.</summary>
public sealed class IncidentPupil(PupilInvolved involved)
{
    /// <summary>The pupil's part.</summary>
    public PupilPart Role => involved.Part;

    /// <summary>Year group, phase and special needs when it was reported.</summary>
    public DimensionsThen Dimensions => new(involved.Dimensions);

    /// <summary>The pupil concerned.</summary>
    public Task<Pupil?> GetPupilAsync(PupilById pupils, CancellationToken ct) => pupils.PupilAsync(involved.Pupil, ct);
}

/// <summary>A promise of the plan: who does what, by when, and what came of it.</summary>
public sealed class IncidentStep(StepView view)
{
    /// <summary>Its number within the plan.</summary>
    public int Number => view.Number;

    /// <summary>The policy's own words for it.</summary>
    public StepRule Rule => view.Rule;

    /// <summary>What the DSL meant by a step of their own choice.</summary>
    [Personal]
    public string? Note => view.Note;

    /// <summary>What the DSL asks of its owner, who reads it.</summary>
    [Personal]
    public string? ToDo => view.ToDo;

    /// <summary>How far it is.</summary>
    public StepStatus Status => view.Status;

    /// <summary>An earlier step holds it up, or an agency's word that parents may not be told.</summary>
    public bool Blocked => view.Blocked;

    /// <summary>The role that owns it.</summary>
    public Role? OwnerRole => view.OwnerRole;

    /// <summary>Set when none of the step's roles was filled: the role whose holder got it.</summary>
    public Role? Instead => view.Instead;

    /// <summary>By when it is to be done.</summary>
    public DateTimeOffset? DueAt => view.DueAt;

    /// <summary>When it was recorded.</summary>
    public DateTimeOffset? RecordedAt => view.RecordedAt;

    /// <summary>When it was really done.</summary>
    public DateTimeOffset? DoneAt => view.DoneAt;

    /// <summary>For a step that was to be considered.</summary>
    public bool? Answer => view.Answer;

    /// <summary>What came of it.</summary>
    [Personal]
    public string? Outcome => view.Outcome;

    /// <summary>Why.</summary>
    [Personal]
    public string? Reason => view.Reason;

    /// <summary>What proves it.</summary>
    public IReadOnlyList<EvidenceRef> Evidence => view.Evidence;

    /// <summary>Of a step that is recorded pupil by pupil: what was recorded for some of several, oldest first.</summary>
    public IReadOnlyList<StepPart> Parts => [.. view.Parts.Select(p => new StepPart(p))];

    /// <summary>Contact with parents: attempts and the end.</summary>
    public IReadOnlyList<ParentContactRecord> Contacts => [.. view.Contacts.Select(c => new ParentContactRecord(c))];

    /// <summary>Who was told that it was late.</summary>
    public IReadOnlyList<OverdueNotice> Overdue => [.. view.Overdue.Select(o => new OverdueNotice(o))];

    /// <summary>Who is to do it.</summary>
    public Task<Person?> GetOwnerAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.Owner, ct);

    /// <summary>Who recorded it.</summary>
    public Task<Person?> GetByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.By, ct);

    /// <summary>For steps per pupil: done so far.</summary>
    public Task<IReadOnlyList<Pupil>> GetFulfilledForAsync(PupilById pupils, CancellationToken ct) => pupils.PupilsAsync(view.FulfilledFor, ct);

    /// <summary>For steps per pupil: for whom there was nothing to be done, and why.</summary>
    public IReadOnlyList<StepSettled> Settled => [.. (view.Settled ?? []).Select(s => new StepSettled(s))];
}

/// <summary>Of one pupil: they hold no device, or get no ban, as somebody found.</summary>
public sealed class StepSettled(SettledView view)
{
    /// <summary>When it was recorded.</summary>
    public DateTimeOffset At => view.At;

    /// <summary>How it is known, or why not.</summary>
    [Personal]
    public string? Reason => view.Reason;

    /// <summary>The pupil: one of the incident.</summary>
    [ID(nameof(Pupil))]
    public string PupilId => view.Pupil.ToString();

    /// <summary>Who recorded it.</summary>
    public Task<Person?> GetByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.By, ct);
}

/// <summary>A step recorded for some of the pupils concerned, or words added to it.</summary>
public sealed class StepPart(StepPartView view)
{
    /// <summary>When it was recorded.</summary>
    public DateTimeOffset RecordedAt => view.RecordedAt;

    /// <summary>When it was really done.</summary>
    public DateTimeOffset DoneAt => view.DoneAt;

    /// <summary>For a step that was to be considered.</summary>
    public bool? Answer => view.Answer;

    /// <summary>What came of it.</summary>
    [Personal]
    public string? Outcome => view.Outcome;

    /// <summary>Why.</summary>
    [Personal]
    public string? Reason => view.Reason;

    /// <summary>For whom: ids of pupils of the incident.</summary>
    [ID(nameof(Pupil))]
    public IReadOnlyList<string> PupilIds => [.. view.Pupils.Select(p => p.ToString())];

    /// <summary>Who recorded it.</summary>
    public Task<Person?> GetByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.By, ct);
}

/// <summary>One attempt or the end of contact with parents.</summary>
public sealed class ParentContactRecord(ContactView view)
{
    /// <summary>How the contact ended.</summary>
    public ContactEnding Ending => view.Ending;

    /// <summary>When it was recorded.</summary>
    public DateTimeOffset At => view.At;

    /// <summary>When it really was, where that was said.</summary>
    public DateTimeOffset? DoneAt => view.DoneAt;

    /// <summary>With whom it was spoken, or tried, where it was none of the pupils' contacts.</summary>
    [Personal]
    public string? Who => view.Who;

    /// <summary>With whom it was spoken, or tried: the id of a contact of one of the pupils.</summary>
    public Guid? ContactId => view.Contact;

    /// <summary>By which means.</summary>
    public ContactWay? How => view.How;

    /// <summary>What was said.</summary>
    [Personal]
    public string? Said => view.Said;

    /// <summary>Why.</summary>
    [Personal]
    public string? Reason => view.Reason;

    /// <summary>The agency on whose advice contact is held.</summary>
    public Agency? AdvisedBy => view.AdvisedBy;

    /// <summary>Day of the review.</summary>
    public DateOnly? ReviewOn => view.ReviewOn;

    /// <summary>Whose parents: ids of pupils of the incident; none: no pupil is named in it.</summary>
    [ID(nameof(Pupil))]
    public IReadOnlyList<string> PupilIds => [.. view.Pupils.Select(p => p.ToString())];

    /// <summary>Who spoke or tried.</summary>
    public Task<Person?> GetByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.By, ct);
}

/// <summary>One stage of telling that a step is late.</summary>
public sealed class OverdueNotice(OverdueView view)
{
    /// <summary>How far up.</summary>
    public OverdueStage Stage => view.Stage;

    /// <summary>When it should have been told.</summary>
    public DateTimeOffset Nominal => view.Nominal;

    /// <summary>When it was.</summary>
    public DateTimeOffset Actual => view.Actual;

    /// <summary>Null: overtaken by a higher stage, or nobody holds the role.</summary>
    public Task<Person?> GetToAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.To, ct);
}

/// <summary>Somebody was told: the proof.</summary>
public sealed class IncidentNotification(NotificationView view)
{
    /// <summary>What they were told.</summary>
    public NoticeKind Kind => view.Kind;

    /// <summary>The role.</summary>
    public Role Role => view.Role;

    /// <summary>Set when the role had no holder: the role that was to be told.</summary>
    public Role? Instead => view.Instead;

    /// <summary>The step it belongs to.</summary>
    public int? Step => view.Step;

    /// <summary>When it was decided.</summary>
    public DateTimeOffset IssuedAt => view.IssuedAt;

    /// <summary>When the mail server took it.</summary>
    public DateTimeOffset? SentAt => view.SentAt;

    /// <summary>When sending was given up.</summary>
    public DateTimeOffset? FailedAt => view.FailedAt;

    /// <summary>Escalated if not seen by then.</summary>
    public DateTimeOffset? SeeBy => view.SeeBy;

    /// <summary>When it was opened.</summary>
    public DateTimeOffset? SeenAt => view.SeenAt;

    /// <summary>When it was passed on because nobody had seen it.</summary>
    public DateTimeOffset? EscalatedAt => view.EscalatedAt;

    /// <summary>Who was told.</summary>
    public Task<Person?> GetToAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.To, ct);

    /// <summary>Who was told instead.</summary>
    public Task<Person?> GetEscalatedToAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.EscalatedTo, ct);
}

/// <summary>A referral to an agency, or the decision against one.</summary>
public sealed class Referral(ReferralView view)
{
    /// <summary>Its number within the record.</summary>
    public int Number => view.Number;

    /// <summary>Which agency.</summary>
    public Agency Agency => view.Agency;

    /// <summary>Its name, where the kind does not say it.</summary>
    [Personal]
    public string? AgencyName => view.AgencyName;

    /// <summary>What was decided.</summary>
    public ReferralDecision Decision => view.Decision;

    /// <summary>The plan's step it fulfils.</summary>
    public int? Step => view.Step;

    /// <summary>When it happened or was recorded.</summary>
    public DateTimeOffset At => view.At;

    /// <summary>The agency's.</summary>
    [Personal]
    public string? Reference => view.Reference;

    /// <summary>Who deals with it there.</summary>
    [Personal]
    public string? Handler => view.Handler;

    /// <summary>What was answered.</summary>
    [Personal]
    public string? Response => view.Response;

    /// <summary>When to ask again.</summary>
    public DateOnly? ChaseOn => view.ChaseOn;

    /// <summary>The agency's advice; null: it has not said.</summary>
    public bool? ParentsMayBeTold => view.ParentsMayBeTold;

    /// <summary>What came of it.</summary>
    [Personal]
    public string? Outcome => view.Outcome;

    /// <summary>Why it was not referred.</summary>
    [Personal]
    public string? Reason => view.Reason;

    /// <summary>What would reopen the question.</summary>
    [Personal]
    public string? WouldReopen => view.WouldReopen;

    /// <summary>Who made it or decided against it.</summary>
    public Task<Person?> GetByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.By, ct);
}
