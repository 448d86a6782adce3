using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;

namespace OnlineSafetyTrust.Grains.Incidents;

internal sealed partial record IncidentState
{
    private IncidentState? ApplySteps(object @event, EventMeta meta) => @event switch
    {
        StepDone e => Change(e.Step, s => s with
        {
            Status = StepStatus.Done,
            End = new StepEnd(e.By.Person, meta.At, e.DoneAt, e.Answer, e.Outcome, e.Reason, [.. e.Evidence]),
            Records = e.Record is { } record ? s.Records.Add(record) : s.Records,
        }),
        StepDoneForPupil e => Change(e.Step, s => s with { FulfilledFor = s.FulfilledFor.Add(e.Pupil), Records = s.Records.Add(e.Record) }),
        StepWaived e => End(e.Step, StepStatus.Waived, e.Reason, meta),
        StepNotNeeded e => End(e.Step, StepStatus.NotNeeded, e.Reason, meta),
        StepRequired e => Change(e.Step, s => s with { Rule = s.Rule with { Mode = StepMode.Do, Text = e.Text } }),
        StepsAdded e => this with { Steps = Steps.AddRange(e.Steps.Select(s => IncidentStep.Of(s, meta.At))) },
        StepOverdue e => Change(e.Step, s => s with { Overdue = s.Overdue.Add(new OverdueView(e.Stage, e.Nominal, meta.At, e.To)) }),
        StepReassigned e => Change(e.Step, s => s with
        {
            Owner = e.Owner, OwnerRole = e.OwnerRole, Instead = e.Instead, From = e.From, Times = e.Times, Standing = e.Standing, AssignedAt = e.Owner == s.Owner ? s.AssignedAt : meta.At,
        }),
        ParentsContactRecorded e => Change(e.Step, s => s with
        {
            Contacts = s.Contacts.Add(new IncidentContact(e.Ending, meta.Actor.Person, meta.At, e.Who, e.How, e.Said, e.Reason, e.AdvisedBy, e.ReviewOn, e.Contact)),
            ReviewAt = e.Ending == ContactEnding.NotReached ? s.ReviewAt : e.ReviewAt,
            ReviewFellDue = e.Ending == ContactEnding.NotReached ? s.ReviewFellDue : null,
        }),
        ParentsReviewDue e => Change(e.Step, s => s with { ReviewAt = null, ReviewFellDue = e.Nominal }),
        ReferralMade e => Said(e.ParentsMayBeTold, e.Agency, e.Number, meta) with
        {
            Referrals = Referrals.Add(new IncidentReferral(
                e.Number, e.Agency, e.AgencyName, ReferralDecision.Referred, e.Step, meta.Actor.Person, e.At, e.Reference, e.Handler, e.Response, e.ChaseOn, e.Outcome is null ? e.ChaseAt : null,
                e.ParentsMayBeTold, e.Outcome, null, null)),
        },
        ReferralUpdated e => Said(e.ParentsMayBeTold, Referrals.Find(r => r.Number == e.Number)!.Agency, e.Number, meta).ChangeReferral(e.Number, r => r with
        {
            Reference = e.Reference ?? r.Reference, Handler = e.Handler ?? r.Handler, Response = e.Response ?? r.Response, ChaseOn = e.ChaseOn ?? r.ChaseOn,
            ChaseAt = e.Outcome is not null ? null : e.ChaseAt ?? r.ChaseAt, ParentsMayBeTold = e.ParentsMayBeTold ?? r.ParentsMayBeTold, Outcome = e.Outcome ?? r.Outcome,
        }),
        ReferralDecidedAgainst e => this with
        {
            Referrals = Referrals.Add(new IncidentReferral(
                e.Number, e.Agency, e.AgencyName, ReferralDecision.NotReferred, e.Step, meta.Actor.Person, meta.At, null, null, null, null, null, null, null, e.Reason, e.WouldReopen)),
        },
        ReferralChaseDue e => ChangeReferral(e.Number, r => r with { ChaseAt = null, ChaseFellDue = e.Nominal }),
        _ => null,
    };

    private IncidentState WithPath(Func<IncidentPath, IncidentPath> change) => Path is { } path ? this with { Path = change(path) } : this;

    private IncidentState End(int step, StepStatus status, Personal<string>? reason, EventMeta meta) =>
        Change(step, s => s with { Status = status, End = new StepEnd(meta.Actor.Person, meta.At, null, null, null, reason, []) });
}
