using System.Collections.Immutable;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;

namespace OnlineSafetyTrust.Grains.Incidents;

/// <summary>An incident, folded from its events. By concern: <c>.Reporting</c>, <c>.Steps</c>, <c>.Closing</c>.</summary>
internal sealed partial record IncidentState : IState<IncidentState>
{
    public static IncidentState Empty { get; } = new();

    public bool Exists { get; init; }

    public IncidentId Id { get; init; }

    public ReportKind Kind { get; init; }

    public PersonId Reporter { get; init; }

    public OnBehalfOf OnBehalfOf { get; init; }

    public ImmediateDanger Danger { get; init; }

    public DateTimeOffset ReportedAt { get; init; }

    public DateTimeOffset HappenedAt { get; init; }

    public Personal<string>? What { get; init; }

    public bool OnSite { get; init; }

    public Personal<string>? Place { get; init; }

    public ImmutableList<PupilInvolved> People { get; init; } = [];

    public ImmutableList<DeviceId> Devices { get; init; } = [];

    public ImmutableList<IncidentAddress> Addresses { get; init; } = [];

    /// <summary>Who is to triage, then who did.</summary>
    public PersonId? Owner { get; init; }

    public Role? OwnerRole { get; init; }

    /// <summary>Whose duty the owner does.</summary>
    public Standing? Standing { get; init; }

    /// <summary>Who sees to what lasts, where it is not theirs with the rest; null: the owner.</summary>
    public LastingDuty? Lasting { get; init; }

    public StepTimes? Triage { get; init; }

    public ImmutableList<OverdueView> TriageOverdue { get; init; } = [];

    public DateTimeOffset? TriagedAt { get; init; }

    /// <summary>Sent as technical, and handed to the DSL.</summary>
    public HandedView? Handed { get; init; }

    /// <summary>Handed over, and not triaged by the DSL yet.</summary>
    public bool AwaitsDsl { get; init; }

    public string? Nature { get; init; }

    public ImmutableList<FourC> FourCs { get; init; } = [];

    public Awareness? Awareness { get; init; }

    public bool Serious { get; init; }

    public string? PolicyVersion { get; init; }

    public ClosingRules? Closing { get; init; }

    public PolicyPeriod? MonitorFor { get; init; }

    public IncidentPath? Path { get; init; }

    /// <summary>Guarded paths that a later triage left, with all that was answered and decided on them.</summary>
    public ImmutableList<IncidentPath> PastPaths { get; init; } = [];

    /// <summary>Each agency's last word on whether parents may be told, on a path or not.</summary>
    public ImmutableList<AgencyWord> Words { get; init; } = [];

    public ImmutableList<IncidentStep> Steps { get; init; } = [];

    public ImmutableList<NotificationView> Notices { get; init; } = [];

    public ImmutableList<IncidentReferral> Referrals { get; init; } = [];

    public IncidentDebrief? Debrief { get; init; }

    public IncidentClosure? Closure { get; init; }

    /// <summary>As they were when the closure was asked: what is corrected after has no plan to follow until it is open again.</summary>
    public ImmutableList<PupilInvolved> PeopleThen { get; init; } = [];

    public ImmutableList<LinkView> Links { get; init; } = [];

    public ImmutableList<IncidentCorrection> Corrections { get; init; } = [];

    /// <summary>What staff wrote and no other part of the state holds: oldest first, as it was replaced or said.</summary>
    public ImmutableList<IncidentRemark> Remarks { get; init; } = [];

    public IncidentInvitation? Invitation { get; init; }

    public IncidentState Apply(object @event, EventMeta meta) =>
        ApplyReporting(@event, meta) ?? ApplySteps(@event, meta) ?? ApplyPath(@event, meta) ?? ApplyClosing(@event, meta) ?? ApplyInvitation(@event, meta) ?? this;

    /// <summary>For those who see to technical incidents; one that concerns a child is not.</summary>
    public bool IsTechnical() => Kind == ReportKind.Technical && Handed is null;

    /// <summary>What was handed over is triaged by the DSL, though others did before.</summary>
    public bool AwaitsTriage() => TriagedAt is null || AwaitsDsl;

    /// <summary>Who chases, looks again and watches.</summary>
    public PersonId? LastingOwner() => Lasting?.Owner ?? Owner;

    public bool IsClosed() => Closure?.ClosedAt is not null;

    public IncidentStatus Status() =>
        IsClosed() ? IncidentStatus.Closed
        : Closure is not null ? IncidentStatus.AwaitsApproval
        : AwaitsTriage() ? IncidentStatus.Reported
        : Debrief?.Watching() == true ? IncidentStatus.Monitored
        : IncidentStatus.Open;

    public ReceiptStatus ReceiptStatus() =>
        IsClosed() ? Contracts.Incidents.ReceiptStatus.Closed
        : TriagedAt is not null ? Contracts.Incidents.ReceiptStatus.ActedOn
        : Notices.Any(n => n.SeenAt is not null && n.To != Reporter) ? Contracts.Incidents.ReceiptStatus.Seen
        : Contracts.Incidents.ReceiptStatus.Reported;

    public IncidentStep? Step(int number) => Steps.Find(s => s.Number == number);

    /// <summary>The plan, without what a later triage gave up.</summary>
    public IEnumerable<IncidentStep> Plan() => Steps.Where(s => s.InPlan());

    /// <summary>Steps of the plan that must end before this one may begin.</summary>
    public IEnumerable<IncidentStep> Before(IncidentStep step) =>
        Plan().Where(s => s.Status == StepStatus.Open && step.Rule.After.Contains(s.Rule.Id));

    public bool IsReady(IncidentStep step) => step.Status == StepStatus.Open && !Before(step).Any() && !IsHeld(step);

    /// <summary>It would tell the parents, and an agency said that they may not be told yet.</summary>
    public bool IsHeld(IncidentStep step) => StandardSteps.TellsParents(step.Rule.Kind) && ParentsHeld();

    /// <summary>What is still to be done of the plan.</summary>
    public IEnumerable<IncidentStep> OpenSteps() => IsClosed() ? [] : Plan().Where(s => s.Status == StepStatus.Open);

    /// <summary>What was agreed in a debrief and is not done.</summary>
    public IEnumerable<IncidentChange> OpenChanges() => Debrief?.Changes.Where(c => c.DoneAt is null) ?? [];

    /// <summary>Until the closure, and beyond it as long as something lasts.</summary>
    public bool OwnerHasDuties() => Exists && (!IsClosed() || IncidentTasks.HasLasting(this));

    /// <summary>Somebody has something to do here.</summary>
    public bool HasDuties() => OwnerHasDuties() || OpenChanges().Any();

    /// <summary>Devices that nobody may examine, delete from or give back.</summary>
    public IEnumerable<DeviceId> FrozenDevices() => Path is { DevicesReleased: false } ? Devices : [];

    private IncidentState Change(int step, Func<IncidentStep, IncidentStep> change) =>
        Steps.FindIndex(s => s.Number == step) is var i and >= 0 ? this with { Steps = Steps.SetItem(i, change(Steps[i])) } : this;

    private IncidentState ChangeNotice(string id, Func<NotificationView, NotificationView> change) =>
        Notices.FindIndex(n => n.Id == id) is var i and >= 0 ? this with { Notices = Notices.SetItem(i, change(Notices[i])) } : this;

    private IncidentState ChangeReferral(int number, Func<IncidentReferral, IncidentReferral> change) =>
        Referrals.FindIndex(r => r.Number == number) is var i and >= 0 ? this with { Referrals = Referrals.SetItem(i, change(Referrals[i])) } : this;

    private IncidentState Corrected(CorrectedField field, int? number, PupilId? pupil, Personal<string> reason, EventMeta meta, Func<IncidentCorrection, IncidentCorrection>? original = null)
    {
        var correction = new IncidentCorrection(field, number, pupil, meta.Actor.Person, meta.At, reason);
        return this with { Corrections = Corrections.Add(original?.Invoke(correction) ?? correction) };
    }

    private IncidentState Remarked(params ReadOnlySpan<IncidentRemark?> remarks)
    {
        var all = Remarks;
        foreach (var remark in remarks)
        {
            all = remark is null ? all : all.Add(remark);
        }

        return this with { Remarks = all };
    }
}
