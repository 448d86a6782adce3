namespace OnlineSafetyTrust.Grains.Incidents;

[EventName("incident.debriefed.v1")]
internal sealed record IncidentDebriefed(
    Personal<string> Findings, IReadOnlyList<PersonId> Present, IReadOnlyList<IncidentChange> Changes, DateOnly? MonitorUntil, DateTimeOffset? MonitorAt, bool PolicyFellShort,
    Personal<string>? PolicyReason);

/// <param name="DueAt">End of the day on which it is due.</param>
/// <param name="DoneBy">Whoever leads may tick off what another owns.</param>
/// <param name="Standing">Whose duty the owner does.</param>
/// <param name="OwnerReads">It was written for its owner's eyes; false: before owners read it, when it was written for the record.</param>
internal sealed record IncidentChange(
    int Number, Personal<string> What, PersonId Owner, DateOnly DueOn, DateTimeOffset DueAt, DateTimeOffset? OverdueAt = null, DateTimeOffset? DoneAt = null, Personal<string>? Outcome = null,
    Standing? Standing = null, PersonId? DoneBy = null, bool OwnerReads = false);

/// <summary>People changed, or a cover began or ended: another owner.</summary>
[EventName("incident.change-reassigned.v1")]
internal sealed record ChangeReassigned(int Change, PersonId Before, PersonId Owner, Standing? Standing);

[EventName("incident.change-done.v1")]
internal sealed record ChangeDone(int Change, Personal<string>? Outcome);

[EventName("incident.change-overdue.v1")]
internal sealed record ChangeOverdue(int Change, DateTimeOffset Nominal, PersonId? To);

[EventName("incident.monitoring-due.v1")]
internal sealed record MonitoringDue(DateTimeOffset Nominal, PersonId? To);

/// <param name="MonitorUntil">Watched on until then; null: the monitoring ends.</param>
[EventName("incident.monitoring-reviewed.v1")]
internal sealed record MonitoringReviewed(Personal<string> Findings, DateOnly? MonitorUntil, DateTimeOffset? MonitorAt);

/// <param name="Approver">Who is asked; any other holder of the policy's roles may approve too.</param>
/// <param name="Standing">Whose duty the approver does.</param>
[EventName("incident.closure-asked.v1")]
internal sealed record ClosureAsked(Personal<string> Summary, PersonId? Approver, Standing? Standing = null);

/// <summary>People changed, or a cover began or ended: another is asked. Null: nobody holds one of the policy's roles but who asked.</summary>
[EventName("incident.approver-changed.v1")]
internal sealed record ApproverChanged(PersonId? Before, PersonId? Approver, Standing? Standing);

[EventName("incident.closure-sent-back.v1")]
internal sealed record ClosureSentBack(Personal<string> Reason);

/// <param name="Summary">Of a closure that needed no second person; otherwise it stands in the question.</param>
[EventName("incident.closed.v1")]
internal sealed record IncidentClosed(Personal<string>? Summary, PersonId? ApprovedBy);

[EventName("incident.reopened.v1")]
internal sealed record IncidentReopened(Personal<string> Reason);
