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
        ParentsContactRecorded e => Change(e.Step, s => s with
        {
            Contacts = s.Contacts.Add(new IncidentContact(e.Ending, meta.Actor.Person, meta.At, e.Who, e.How, e.Said, e.Reason, e.AdvisedBy, e.ReviewOn, e.Contact)),
            ReviewAt = e.Ending == ContactEnding.NotReached ? s.ReviewAt : e.ReviewAt,
            ReviewFellDue = e.Ending == ContactEnding.NotReached ? s.ReviewFellDue : null,
        }),
        ParentsReviewDue e => Change(e.Step, s => s with { ReviewAt = null, ReviewFellDue = e.Nominal }),
        ReferralMade e => Allowed(e.ParentsMayBeTold, e.Agency) with
        {
            Referrals = Referrals.Add(new IncidentReferral(
                e.Number, e.Agency, e.AgencyName, ReferralDecision.Referred, e.Step, meta.Actor.Person, e.At, e.Reference, e.Handler, e.Response, e.ChaseOn, e.Outcome is null ? e.ChaseAt : null,
                e.ParentsMayBeTold, e.Outcome, null, null)),
        },
        ReferralUpdated e => Allowed(e.ParentsMayBeTold, Referrals.Find(r => r.Number == e.Number)?.Agency).ChangeReferral(e.Number, r => r with
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

    /// <summary>Police and social care decide whether parents may be told; other agencies do not.</summary>
    public static bool SpeaksOfParents(Agency? agency) => agency is Agency.Police or Agency.SocialCare or Agency.Mash;

    // The most recent word counts.
    private IncidentState Allowed(bool? parentsMayBeTold, Agency? agency) =>
        parentsMayBeTold is { } allowed && SpeaksOfParents(agency)
            ? WithPath(p => p with { AgencyAllowsParents = allowed })
            : this;

    private IncidentState WithPath(Func<IncidentPath, IncidentPath> change) => Path is { } path ? this with { Path = change(path) } : this;

    private IncidentState End(int step, StepStatus status, Personal<string>? reason, EventMeta meta) =>
        Change(step, s => s with { Status = status, End = new StepEnd(meta.Actor.Person, meta.At, null, null, null, reason, []) });
}
