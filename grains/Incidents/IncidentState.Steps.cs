using System.Collections.Immutable;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
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
            // Before steps named their pupils, one record was for all of that time.
            FulfilledFor = StepWork.IsRecordedPerPupil(s.Rule.Kind) ? With(s.FulfilledFor, IncidentDecider.Concerned(this, s.Rule.Kind)) : s.FulfilledFor,
        }),
        StepDoneForPupil e => Change(e.Step, s => s with { FulfilledFor = s.FulfilledFor.Add(e.Pupil), Records = s.Records.Add(e.Record) }),
        StepUndoneForPupil e => Remarked(Step(e.Step)!.End is { } was ? new IncidentRemark(RemarkKind.StepUndone, was.By, was.RecordedAt, e.Step, Reason: was.Reason, Outcome: was.Outcome) : null)
            .Change(e.Step, s => (s.Status == StepStatus.Done ? s with { Status = StepStatus.Open, End = null, Overdue = [] } : s) with { FulfilledFor = s.FulfilledFor.Remove(e.Pupil) }),
        StepSettledForPupil e => Change(e.Step, s => s with { Settled = (s.Settled ?? []).Add(new StepSettled(e.Pupil, e.Reason, meta.Actor.Person, meta.At)) }),
        StepWaived e => End(e.Step, StepStatus.Waived, e.Reason, meta),
        StepNotNeeded e => End(e.Step, StepStatus.NotNeeded, e.Reason, meta),
        StepRequired e => Change(e.Step, s => s with { Rule = s.Rule with { Mode = StepMode.Do, Text = e.Text } }),
        StepsAdded e => this with { Steps = Steps.AddRange(e.Steps.Select(s => IncidentStep.Of(s, meta.At))) },
        StepOverdue e => Change(e.Step, s => s with { Overdue = s.Overdue.Add(new OverdueView(e.Stage, e.Nominal, meta.At, e.To)) }),
        StepReassigned e => Change(e.Step, s => s with
        {
            Owner = e.Owner, OwnerRole = e.OwnerRole, Instead = e.Instead, From = e.From, Times = e.Times, Standing = e.Standing, AssignedAt = e.Owner == s.Owner ? s.AssignedAt : meta.At,
        }),
        StepPartRecorded e => Change(e.Step, s => s with
        {
            Parts = s.Parts.Add(new StepPart([.. e.Pupils], e.By.Person, meta.At, e.DoneAt, e.Answer, e.Outcome, e.Reason, [.. e.Evidence], e.Ends)),
            FulfilledFor = e.Ends ? With(s.FulfilledFor, e.Pupils) : s.FulfilledFor,
        }),
        ParentsContactRecorded e => Change(e.Step, s => Contacted(s, e, [.. e.Pupils ?? IncidentDecider.Concerned(this, s.Rule.Kind)], meta)),
        ParentsReviewDue e => Change(e.Step, s => s with { Contacts = s.Contacts.ConvertAll(c => c.ReviewFellDue is null && c.ReviewAt <= e.Nominal ? c with { ReviewFellDue = e.Nominal } : c) }),
        ReferralMade e => Said(e.ParentsMayBeTold, e.Agency, e.Number, meta) with
        {
            Referrals = Referrals.Add(new IncidentReferral(
                e.Number, e.Agency, e.AgencyName, ReferralDecision.Referred, e.Step, meta.Actor.Person, e.At, e.Reference, e.Handler, e.Response, e.ChaseOn, e.Outcome is null ? e.ChaseAt : null,
                e.ParentsMayBeTold, e.Outcome, null, null)),
        },
        ReferralUpdated e => Remarked(e.Response is null && e.Outcome is null ? null : new IncidentRemark(RemarkKind.ReferralNews, meta.Actor.Person, meta.At, e.Number, Response: e.Response, Outcome: e.Outcome))
            .Said(e.ParentsMayBeTold, Referrals.Find(r => r.Number == e.Number)!.Agency, e.Number, meta).ChangeReferral(e.Number, r => r with
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

    private static IncidentStep Contacted(IncidentStep step, ParentsContactRecorded e, ImmutableList<PupilId> pupils, EventMeta meta) => step with
    {
        Contacts = step.Contacts.Add(new IncidentContact(e.Ending, meta.Actor.Person, meta.At, e.Who, e.How, e.Said, e.Reason, e.AdvisedBy, e.ReviewOn, e.Contact, pupils, e.DoneAt, e.ReviewAt)),
        FulfilledFor = e.Ending == ContactEnding.NotReached ? step.FulfilledFor : With(step.FulfilledFor, pupils),
    };

    private static ImmutableList<PupilId> With(ImmutableList<PupilId> some, IEnumerable<PupilId> more) => some.AddRange(more.Except(some));

    private IncidentState WithPath(Func<IncidentPath, IncidentPath> change) => Path is { } path ? this with { Path = change(path) } : this;

    private IncidentState End(int step, StepStatus status, Personal<string>? reason, EventMeta meta) =>
        Change(step, s => s with { Status = status, End = new StepEnd(meta.Actor.Person, meta.At, null, null, null, reason, []) });
}
