using OnlineSafetyTrust.Contracts.Incidents;

namespace OnlineSafetyTrust.Grains.Incidents;

internal sealed partial record IncidentState
{
    private IncidentState? ApplyPath(object @event, EventMeta meta) => @event switch
    {
        PathMoved e => WithPath(p => p with { State = e.State, DevicesReleased = e.State == PathState.InternalDecision || (p.DevicesReleased && e.Before != PathState.InternalDecision) }),
        NudeReviewed e => Remarked(Path?.Review is { } was ? new IncidentRemark(RemarkKind.NudeReviewed, was.By, was.At, Reason: was.Reason) : null).WithPath(p => p with
        {
            Review = new NudeAnswers(e.AdultInvolved, e.Coercion, e.DoubtfulCapacity, e.Violence, e.SexualActUnder13, e.ImmediateRisk, e.Refer, e.Reason, meta.Actor.Person, meta.At),
        }),
        PoliceResponded e => Answered(e.Outcome).WithPath(p => p with
        {
            AgencyAllowsParents = e.ParentsMayBeTold ?? p.AgencyAllowsParents, DevicesReleased = e.DevicesReleased, Proposal = null,
            PoliceAnswers = p.PoliceAnswers.Add(new PoliceAnswer(e.Outcome, e.Advice, e.ParentsMayBeTold, meta.Actor.Person, meta.At)),
        }),
        DecisionWithoutReplyProposed e => Remarked(new IncidentRemark(RemarkKind.DecisionProposed, e.By, meta.At, Advice: e.Advice, Reason: e.Reason)).WithPath(p => p with { Proposal = new DecisionProposal(e.Decision, e.By, e.ReleaseDevices, e.ChaseOn) }),
        DecidedWithoutReply e => Remarked(Path?.Decision is { } was ? new IncidentRemark(RemarkKind.DecidedWithoutReply, was.By, was.At, Advice: was.Advice, Reason: was.Reason) : null).WithPath(p => p with
        {
            Proposal = null, DevicesReleased = e.ReleaseDevices,
            Decision = new JointDecision(e.Decision, e.ProposedBy, meta.Actor.Person, e.AdvisedBy, e.Advice, e.Reason, meta.At),
        }),
        _ => null,
    };

    // Their answer is what the chasing was for; the outcome is written down by the school.
    private IncidentState Answered(PoliceOutcome outcome) =>
        outcome == PoliceOutcome.NoReply ? this : this with { Referrals = Referrals.ConvertAll(r => r.Agency == Agency.Police ? r with { ChaseOn = null, ChaseAt = null } : r) };
}
