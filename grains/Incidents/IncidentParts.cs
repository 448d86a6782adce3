using System.Collections.Immutable;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;

namespace OnlineSafetyTrust.Grains.Incidents;

/// <summary>One step of the plan. Numbers are never used twice, so that old references keep their meaning.</summary>
/// <param name="From">What the deadline is counted from.</param>
/// <param name="FulfilledFor">For steps per pupil.</param>
/// <param name="Parts">What was recorded for some of several pupils.</param>
/// <param name="Standing">Whose duty the owner does.</param>
internal sealed record IncidentStep(
    int Number, StepRule Rule, Personal<string>? Note, StepStatus Status, PersonId? Owner, Role? OwnerRole, Role? Instead, DateTimeOffset From, StepTimes? Times, DateTimeOffset AssignedAt,
    StepEnd? End, ImmutableList<StreamId> Records, ImmutableList<PupilId> FulfilledFor, ImmutableList<IncidentContact> Contacts, ImmutableList<StepPart> Parts, ImmutableList<OverdueView> Overdue,
    Standing? Standing = null, Personal<string>? ToDo = null, ImmutableList<StepSettled>? Settled = null)
{
    /// <summary>For steps per pupil: for whom it was done, and for whom it was found that there is nothing to do.</summary>
    public IEnumerable<PupilId> AccountedFor() => FulfilledFor.Concat((Settled ?? []).Select(s => s.Pupil));

    public static IncidentStep Of(AssignedStep a, DateTimeOffset at) =>
        new(a.Number, a.Rule, a.Note, StepStatus.Open, a.Owner, a.OwnerRole, a.Instead, a.From, a.Times, at, null, [], [.. a.FulfilledFor ?? []], [], [], [], Standing: a.Standing, ToDo: a.ToDo);

    public bool InPlan() => Status != StepStatus.Superseded;
}

internal sealed record StepSettled(PupilId Pupil, Personal<string> Reason, PersonId? By, DateTimeOffset At);

internal sealed record StepEnd(PersonId? By, DateTimeOffset RecordedAt, DateTimeOffset? DoneAt, bool? Answer, Personal<string>? Outcome, Personal<string>? Reason, ImmutableList<EvidenceRef> Evidence);

/// <param name="Ends">The step is done for these pupils; otherwise an attempt, or a word added later.</param>
internal sealed record StepPart(
    ImmutableList<PupilId> Pupils, PersonId? By, DateTimeOffset RecordedAt, DateTimeOffset DoneAt, bool? Answer, Personal<string>? Outcome, Personal<string>? Reason, ImmutableList<EvidenceRef> Evidence, bool Ends);

/// <param name="At">When it was recorded.</param>
/// <param name="Pupils">Whose parents.</param>
/// <param name="ReviewFellDue">When its review fell due; it is said once and stays to be done.</param>
internal sealed record IncidentContact(
    ContactEnding Ending, PersonId? By, DateTimeOffset At, Personal<string>? Who, ContactWay? How, Personal<string>? Said, Personal<string>? Reason, Agency? AdvisedBy, DateOnly? ReviewOn,
    Guid? Contact, ImmutableList<PupilId> Pupils, DateTimeOffset? DoneAt, DateTimeOffset? ReviewAt, DateTimeOffset? ReviewFellDue = null)
{
    /// <summary>Attempts that reached nobody end nothing.</summary>
    public bool Ends() => Ending != ContactEnding.NotReached;

    /// <summary>Parents know nothing yet, for a reason that is looked at again.</summary>
    public bool IsWithheld() => Ending is ContactEnding.HeldOnAgencyAdvice or ContactEnding.NotMadeRisk;
}

internal sealed record IncidentReferral(
    int Number, Agency Agency, Personal<string>? AgencyName, ReferralDecision Decision, int? Step, PersonId? By, DateTimeOffset At, Personal<string>? Reference, Personal<string>? Handler,
    Personal<string>? Response, DateOnly? ChaseOn, DateTimeOffset? ChaseAt, bool? ParentsMayBeTold, Personal<string>? Outcome, Personal<string>? Reason, Personal<string>? WouldReopen,
    DateTimeOffset? ChaseFellDue = null)
{
    public bool AwaitsAnswer() => Decision == ReferralDecision.Referred && Outcome is null && ChaseOn is not null;
}

/// <param name="BeganAt">When triage led onto a path; one that follows another without a gap begins with the first.</param>
/// <param name="EndedAt">When triage left it.</param>
internal sealed record IncidentPath(
    GuardedPath Path, PathState State, bool FromFloor, bool DevicesReleased, DecisionProposal? Proposal,
    NudeAnswers? Review, ImmutableList<PoliceAnswer> PoliceAnswers, JointDecision? Decision, DateTimeOffset BeganAt, DateTimeOffset? EndedAt = null);

/// <summary>What an agency last said of telling the parents.</summary>
/// <param name="Referral">The last one to it; of an agency without a name of its own there may be several, and each is known by its referral.</param>
/// <param name="LiftedAt">A no that head and DSL decided beyond, the police not replying.</param>
internal sealed record AgencyWord(Agency Agency, int? Referral, bool ParentsMayBeTold, DateTimeOffset At, DateTimeOffset? LiftedAt = null)
{
    public bool StandsAgainst() => !ParentsMayBeTold && LiftedAt is null;

    public bool IsOf(Agency agency, int? referral) => Agency == agency && (agency != Agency.Other || Referral == referral);
}

/// <summary>What one of head and DSL has decided; the other one decides the same, or something else, which is then a new proposal.</summary>
internal sealed record DecisionProposal(WithoutReply Decision, PersonId By, bool ReleaseDevices, DateOnly? ChaseOn);

internal sealed record NudeAnswers(
    bool AdultInvolved, bool Coercion, bool DoubtfulCapacity, bool Violence, bool SexualActUnder13, bool ImmediateRisk, bool Refer, Personal<string>? Reason, PersonId? By, DateTimeOffset At);

internal sealed record PoliceAnswer(PoliceOutcome Outcome, Personal<string>? Advice, bool? ParentsMayBeTold, PersonId? By, DateTimeOffset At, bool DevicesReleased);

internal sealed record JointDecision(WithoutReply Decision, PersonId ProposedBy, PersonId? By, Agency AdvisedBy, Personal<string> Advice, Personal<string> Reason, DateTimeOffset At);

internal sealed record IncidentDebrief(
    DateTimeOffset At, PersonId? By, Personal<string> Findings, ImmutableList<PersonId> Present, ImmutableList<IncidentChange> Changes, DateOnly? MonitorUntil, DateTimeOffset? MonitorAt,
    bool MonitorTold, DateTimeOffset? MonitoringEndedAt, bool PolicyFellShort, Personal<string>? PolicyReason, bool BeforeReopening = false)
{
    public bool Watching() => MonitorUntil is not null && MonitoringEndedAt is null;
}

/// <param name="Standing">Whose duty the owner does.</param>
internal sealed record LastingDuty(PersonId Owner, Standing? Standing);

internal sealed record IncidentClosure(PersonId? AskedBy, DateTimeOffset AskedAt, Personal<string>? Summary, PersonId? Approver, PersonId? ApprovedBy, DateTimeOffset? ClosedAt, Standing? Standing = null);

/// <summary>The original beside it, under its own name: a sealed text opens under no other.</summary>
internal sealed record IncidentCorrection(
    CorrectedField Field, int? Number, PupilId? Pupil, PersonId? By, DateTimeOffset At, Personal<string> Reason, Personal<string>? What = null, Personal<string>? Place = null,
    Personal<string>? Address = null, Personal<string>? Description = null, Personal<string>? Outcome = null, DateTimeOffset? HappenedAt = null, PupilPart? Part = null,
    Personal<string>? Findings = null, Personal<string>? PolicyReason = null, Personal<string>? Summary = null, IncidentContact? Contact = null);

/// <summary>Words that nothing else of the record holds any more, or ever did.</summary>
/// <param name="Number">Of the referral.</param>
/// <param name="Until">The situation is watched on until then.</param>
internal sealed record IncidentRemark(
    RemarkKind Kind, PersonId? By, DateTimeOffset At, int? Number = null, DateOnly? Until = null, Personal<string>? Reason = null, Personal<string>? Findings = null, Personal<string>? Summary = null,
    Personal<string>? Advice = null, Personal<string>? Response = null, Personal<string>? Outcome = null, Personal<string>? PolicyReason = null);

/// <param name="Trust">The school's on that day: another trust, joined later, is not invited.</param>
internal sealed record IncidentInvitation(TenantId Trust, DateTimeOffset Until, Personal<string> Reason, PersonId? By, DateTimeOffset At, DateTimeOffset? EndedAt = null)
{
    public bool RunsAt(DateTimeOffset now) => EndedAt is null && now < Until;

    public IncidentInvitation Ended(DateTimeOffset at) => EndedAt is null ? this with { EndedAt = at < Until ? at : Until } : this;
}
