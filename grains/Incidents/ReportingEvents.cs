using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Policies;

namespace OnlineSafetyTrust.Grains.Incidents;

/// <param name="Owner">Who is to triage it; null: the school has filled none of the roles.</param>
/// <param name="Instead">The role that should have had it, where its place is empty.</param>
/// <param name="Triage">By when, and when its being late is said to whom.</param>
/// <param name="FactsVersion">Version of the school's facts that the recipients follow from.</param>
/// <param name="Standing">Whose duty the owner does.</param>
/// <param name="Check">The daily check that found it.</param>
[EventName("incident.reported.v1")]
internal sealed record IncidentReported(
    IncidentId Id, PersonId Reporter, ReportKind Kind, ImmediateDanger Danger, OnBehalfOf OnBehalfOf, Personal<string> What, DateTimeOffset HappenedAt, bool OnSite, Personal<string>? Place,
    IReadOnlyList<PupilInvolved> People, IReadOnlyList<DeviceId> Devices, IReadOnlyList<IncidentAddress> Addresses, PersonId? Owner, Role? OwnerRole, Role? Instead, StepTimes Triage, long FactsVersion,
    Standing? Standing = null, CheckFound? Check = null);

internal sealed record IncidentAddress(int Number, Personal<string> Address, Personal<string>? Description);

/// <param name="SeeBy">Escalated if not seen by then; null: no proof is wanted.</param>
/// <param name="Known">The recipient gave the command that causes it: recorded as seen, no mail.</param>
[EventName("incident.notice-issued.v1")]
internal sealed record NoticeIssued(string Id, NoticeKind Kind, PersonId To, Role Role, Role? Instead, int? Step, DateTimeOffset? SeeBy, bool Known);

[EventName("incident.notice-accepted.v1")]
internal sealed record NoticeAccepted(string Id, DateTimeOffset SentAt);

[EventName("incident.notice-undeliverable.v1")]
internal sealed record NoticeUndeliverable(string Id, DateTimeOffset FailedAt);

[EventName("incident.notice-seen.v1")]
internal sealed record NoticeSeen(string Id);

/// <param name="To">Null: nobody else holds a role that could be told.</param>
[EventName("incident.notice-escalated.v1")]
internal sealed record NoticeEscalated(string Id, PersonId? To, DateTimeOffset Nominal);

/// <param name="Steps">New steps of the plan.</param>
/// <param name="Superseded">Open steps of the plan before that are given up.</param>
/// <param name="PathState">Where the path stands; null: no guarded path.</param>
/// <param name="Closing">What closing needs under this policy.</param>
/// <param name="MonitorFor">How long the policy watches afterwards.</param>
/// <param name="Standing">Whose duty the actor, who owns it from now on, does.</param>
/// <param name="Technical">It concerns no child. Null: of an earlier release, which gave only those that do a C.</param>
[EventName("incident.triaged.v1")]
internal sealed record IncidentTriaged(
    string? Nature, IReadOnlyList<FourC> FourCs, Awareness? Awareness, GuardedPath? Path, PathState? PathState, bool PathFromFloor, bool Serious, string? PolicyVersion, long FactsVersion,
    IReadOnlyList<DeviceId> Devices, IReadOnlyList<AssignedStep> Steps, IReadOnlyList<int> Superseded, ClosingRules? Closing, PolicyPeriod? MonitorFor, Personal<string>? Reason,
    Standing? Standing = null, bool? Technical = null);

/// <param name="Instead">Set when none of the rule's roles was filled: the role that should have had it.</param>
/// <param name="FulfilledFor">For a step per pupil that is asked again for one more: those for whom it was done.</param>
/// <param name="ToDo">What its owner reads of a step that the DSL chose; <paramref name="Note"/> stays in the record.</param>
internal sealed record AssignedStep(int Number, StepRule Rule, Personal<string>? Note, PersonId? Owner, Role? OwnerRole, Role? Instead, DateTimeOffset From, StepTimes? Times,
    Standing? Standing = null, IReadOnlyList<PupilId>? FulfilledFor = null, Personal<string>? ToDo = null);

/// <summary>When something is due, and when its being late is said: to the owner, to the DSL, to the head.</summary>
internal sealed record StepTimes(DateTimeOffset DueAt, DateTimeOffset OwnerAt, DateTimeOffset DslAt, DateTimeOffset HeadAt)
{
    public DateTimeOffset At(OverdueStage stage) => stage switch
    {
        OverdueStage.Owner => OwnerAt,
        OverdueStage.Dsl => DslAt,
        _ => HeadAt,
    };
}

/// <param name="To">Null: overtaken by a higher stage, or nobody to tell.</param>
[EventName("incident.triage-overdue.v1")]
internal sealed record TriageOverdue(OverdueStage Stage, DateTimeOffset Nominal, PersonId? To);

/// <summary>Calendar or people changed, or a cover began or ended: another owner, another deadline. After triage: who sees to what lasts.</summary>
[EventName("incident.triage-reassigned.v1")]
internal sealed record TriageReassigned(PersonId? Before, PersonId? Owner, Role? OwnerRole, Role? Instead, StepTimes Triage, Standing? Standing = null);

/// <summary>Who chases, looks again and watches, where the owner may not.</summary>
/// <param name="Owner">Null: the owner of the incident, with the rest.</param>
[EventName("incident.lasting-reassigned.v1")]
internal sealed record LastingReassigned(PersonId? Before, PersonId? Owner, Standing? Standing);

/// <summary>Sent as technical, and about a child: the DSL triages, from the beginning.</summary>
/// <param name="Owner">The first whom the policy names for reports.</param>
[EventName("incident.handed-to-dsl.v1")]
internal sealed record IncidentHandedToDsl(PersonId? Before, PersonId? Owner, Role? OwnerRole, Role? Instead, StepTimes Triage, Standing? Standing);

/// <summary>A device was taken, sealed or examined for this incident.</summary>
[EventName("incident.device-added.v1")]
internal sealed record IncidentDeviceAdded(DeviceId Device, Actor By);

[EventName("incident.what-corrected.v1")]
internal sealed record WhatCorrected(Personal<string> What, Personal<string> Reason);

[EventName("incident.happened-at-corrected.v1")]
internal sealed record HappenedAtCorrected(DateTimeOffset Before, DateTimeOffset HappenedAt, Personal<string> Reason);

[EventName("incident.place-corrected.v1")]
internal sealed record PlaceCorrected(Personal<string> Place, Personal<string> Reason);

[EventName("incident.pupil-part-corrected.v1")]
internal sealed record PupilPartCorrected(PupilId Pupil, PupilPart Before, PupilPart Part, Personal<string> Reason);

/// <summary>Left out of the report, and concerned.</summary>
[EventName("incident.pupil-added.v1")]
internal sealed record PupilAdded(PupilInvolved Pupil, Personal<string> Reason);

/// <summary>Entered by mistake: from now on it is no incident of theirs.</summary>
[EventName("incident.pupil-withdrawn.v1")]
internal sealed record PupilWithdrawn(PupilInvolved Pupil, Personal<string> Reason);

[EventName("incident.address-corrected.v1")]
internal sealed record AddressCorrected(int Number, Personal<string> Address, Personal<string>? Description, Personal<string> Reason);

/// <param name="Pupil">What was last recorded for this pupil, of a step that is recorded pupil by pupil; null: the step's own.</param>
[EventName("incident.step-outcome-corrected.v1")]
internal sealed record StepOutcomeCorrected(int Step, Personal<string> Outcome, Personal<string> Reason, PupilId? Pupil = null);

/// <param name="Contact">Which of the step's, from 1.</param>
[EventName("incident.contact-corrected.v1")]
internal sealed record ContactCorrected(int Step, int Contact, ContactWords Right, Personal<string> Reason);

/// <summary>Null: as it was.</summary>
/// <param name="Who">In place of a contact of the pupils too.</param>
internal sealed record ContactWords(Personal<string>? Who, ContactWay? How, Personal<string>? Said, Personal<string>? Reason, DateTimeOffset? DoneAt);

/// <param name="PolicyReason">Null: as it was.</param>
[EventName("incident.debrief-corrected.v1")]
internal sealed record DebriefCorrected(Personal<string> Findings, Personal<string>? PolicyReason, Personal<string> Reason);

/// <param name="Outcome">Null: as it was.</param>
[EventName("incident.change-corrected.v1")]
internal sealed record ChangeCorrected(int Change, Personal<string> What, Personal<string>? Outcome, Personal<string> Reason);

[EventName("incident.closure-corrected.v1")]
internal sealed record ClosureCorrected(Personal<string> Summary, Personal<string> Reason);

/// <summary>By reference only: one of the two.</summary>
[EventName("incident.linked.v1")]
internal sealed record IncidentLinked(IncidentId? Other, string? OtherSchoolReference);
