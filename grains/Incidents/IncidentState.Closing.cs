using OnlineSafetyTrust.Contracts.Incidents;

namespace OnlineSafetyTrust.Grains.Incidents;

internal sealed partial record IncidentState
{
    private IncidentState? ApplyClosing(object @event, EventMeta meta) => @event switch
    {
        IncidentDebriefed e => Remarked(Debrief is { } was ? new IncidentRemark(RemarkKind.Debriefed, was.By, was.At, Findings: was.Findings, PolicyReason: was.PolicyReason) : null) with
        {
            Debrief = new IncidentDebrief(meta.At, meta.Actor.Person, e.Findings, [.. e.Present], [.. Debrief?.Changes ?? [], .. e.Changes], e.MonitorUntil, e.MonitorAt, false, null, e.PolicyFellShort, e.PolicyReason),
        },
        ChangeDone e => ChangeOf(e.Change, c => c with { DoneAt = meta.At, DoneBy = meta.Actor.Person, Outcome = e.Outcome }),
        ChangeReassigned e => ChangeOf(e.Change, c => c with { Owner = e.Owner, Standing = e.Standing }),
        ChangeOverdue e => ChangeOf(e.Change, c => c with { OverdueAt = meta.At }),
        MonitoringDue => WithDebrief(d => d with { MonitorTold = true }),
        MonitoringReviewed e => Remarked(new IncidentRemark(RemarkKind.MonitoringReviewed, meta.Actor.Person, meta.At, Until: e.MonitorUntil, Findings: e.Findings)).WithDebrief(d => e.MonitorUntil is null
            ? d with { MonitoringEndedAt = meta.At }
            : d with { MonitorUntil = e.MonitorUntil, MonitorAt = e.MonitorAt, MonitorTold = false }),
        ClosureAsked e => this with { PeopleThen = People, Closure = new IncidentClosure(meta.Actor.Person, meta.At, e.Summary, e.Approver, null, null, e.Standing) },
        ApproverChanged e => Closure is { } asked ? this with { Closure = asked with { Approver = e.Approver, Standing = e.Standing } } : this,
        ClosureSentBack e => Remarked(ClosureRemark(RemarkKind.ClosureAsked), new IncidentRemark(RemarkKind.ClosureSentBack, meta.Actor.Person, meta.At, Reason: e.Reason)) with { Closure = null },
        IncidentClosed e => this with
        {
            PeopleThen = Closure is null ? People : PeopleThen,
            Closure = (Closure ?? new IncidentClosure(meta.Actor.Person, meta.At, e.Summary, null, null, null)) with { ApprovedBy = e.ApprovedBy, ClosedAt = meta.At },
            Invitation = Invitation?.Ended(meta.At),
        },
        // A second handling ends with a second debrief; what the first one agreed still has its owners.
        IncidentReopened e => (Remarked(ClosureRemark(RemarkKind.Closed), new IncidentRemark(RemarkKind.Reopened, meta.Actor.Person, meta.At, Reason: e.Reason)) with { Closure = null }).WithDebrief(d => d with { BeforeReopening = true }),
        _ => null,
    };

    private IncidentRemark? ClosureRemark(RemarkKind kind) => Closure is { } was ? new IncidentRemark(kind, was.AskedBy, was.AskedAt, Summary: was.Summary) : null;

    private IncidentState ChangeOf(int number, Func<IncidentChange, IncidentChange> change) =>
        WithDebrief(d => d with { Changes = d.Changes.ConvertAll(c => c.Number == number ? change(c) : c) });

    private IncidentState WithDebrief(Func<IncidentDebrief, IncidentDebrief> change) => Debrief is { } debrief ? this with { Debrief = change(debrief) } : this;
}
