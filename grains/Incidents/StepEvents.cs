using OnlineSafetyTrust.Contracts.Incidents;

namespace OnlineSafetyTrust.Grains.Incidents;

/// <param name="By">Who did it; the system where every notice of an inform step was seen.</param>
/// <param name="Record">Where it is recorded, when that is another stream.</param>
[EventName("incident.step-done.v1")]
internal sealed record StepDone(
    int Step, Actor By, DateTimeOffset DoneAt, bool? Answer, Personal<string>? Outcome, Personal<string>? Reason, IReadOnlyList<EvidenceRef> Evidence, StreamId? Record);

/// <summary>A step per pupil was done for one of several.</summary>
[EventName("incident.step-done-for-pupil.v1")]
internal sealed record StepDoneForPupil(int Step, PupilId Pupil, Actor By, StreamId Record);

/// <summary>It was not done for this pupil after all: what was taken is another's. A step that was done is open again.</summary>
[EventName("incident.step-undone-for-pupil.v1")]
internal sealed record StepUndoneForPupil(int Step, PupilId Pupil);

/// <summary>A step that is recorded pupil by pupil, for some of several; or words to it that end nothing.</summary>
/// <param name="Ends">It is done, or decided against, for these pupils.</param>
[EventName("incident.step-part-recorded.v1")]
internal sealed record StepPartRecorded(
    int Step, IReadOnlyList<PupilId> Pupils, Actor By, DateTimeOffset DoneAt, bool? Answer, Personal<string>? Outcome, Personal<string>? Reason, IReadOnlyList<EvidenceRef> Evidence, bool Ends);

/// <summary>For one of several pupils nothing was to be done: they hold no device, or get no ban.</summary>
[EventName("incident.step-settled-for-pupil.v1")]
internal sealed record StepSettledForPupil(int Step, PupilId Pupil, Personal<string> Reason);

[EventName("incident.step-waived.v1")]
internal sealed record StepWaived(int Step, Personal<string> Reason);

/// <summary>A reasoned decision made it unnecessary.</summary>
[EventName("incident.step-not-needed.v1")]
internal sealed record StepNotNeeded(int Step, Personal<string>? Reason);

/// <summary>A step to be considered has become a step to be done.</summary>
[EventName("incident.step-required.v1")]
internal sealed record StepRequired(int Step, string Text);

[EventName("incident.steps-added.v1")]
internal sealed record StepsAdded(IReadOnlyList<AssignedStep> Steps);

[EventName("incident.step-overdue.v1")]
internal sealed record StepOverdue(int Step, OverdueStage Stage, DateTimeOffset Nominal, PersonId? To);

/// <summary>Calendar or people changed, a cover began or ended, the step it waited for is done, or the agencies spoke about parents: another owner, another deadline.</summary>
[EventName("incident.step-reassigned.v1")]
internal sealed record StepReassigned(int Step, PersonId? Before, PersonId? Owner, Role? OwnerRole, Role? Instead, DateTimeOffset From, StepTimes? Times, Standing? Standing = null);

/// <param name="ReviewAt">Instant of the review day's beginning.</param>
/// <param name="Contact">Id of a contact of one of the pupils; their name stays with the pupil.</param>
/// <param name="Pupils">Whose parents; null: of everybody concerned, before contacts named them.</param>
/// <param name="DoneAt">When it really was, where that was said.</param>
[EventName("incident.parents-contact.v1")]
internal sealed record ParentsContactRecorded(
    int Step, ContactEnding Ending, Personal<string>? Who, ContactWay? How, Personal<string>? Said, Personal<string>? Reason, Agency? AdvisedBy, DateOnly? ReviewOn, DateTimeOffset? ReviewAt,
    Guid? Contact = null, IReadOnlyList<PupilId>? Pupils = null, DateTimeOffset? DoneAt = null);

[EventName("incident.parents-review-due.v1")]
internal sealed record ParentsReviewDue(int Step, DateTimeOffset Nominal, PersonId? To);

[EventName("incident.referral-made.v1")]
internal sealed record ReferralMade(
    int Number, Agency Agency, Personal<string>? AgencyName, int? Step, DateTimeOffset At, Personal<string>? Reference, Personal<string>? Handler, Personal<string>? Response, DateOnly? ChaseOn, DateTimeOffset? ChaseAt,
    bool? ParentsMayBeTold, Personal<string>? Outcome);

/// <summary>Null: unchanged.</summary>
[EventName("incident.referral-updated.v1")]
internal sealed record ReferralUpdated(
    int Number, Personal<string>? Reference, Personal<string>? Handler, Personal<string>? Response, DateOnly? ChaseOn, DateTimeOffset? ChaseAt, bool? ParentsMayBeTold, Personal<string>? Outcome);

[EventName("incident.referral-decided-against.v1")]
internal sealed record ReferralDecidedAgainst(int Number, Agency Agency, Personal<string>? AgencyName, int? Step, Personal<string> Reason, Personal<string> WouldReopen);

[EventName("incident.referral-chase-due.v1")]
internal sealed record ReferralChaseDue(int Number, DateTimeOffset Nominal, PersonId? To);
