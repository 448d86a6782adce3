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
        PoliceResponded e => Answered(e.Outcome).Said(e.ParentsMayBeTold, Agency.Police, null, meta).WithPath(p => p with
        {
            DevicesReleased = e.DevicesReleased, Proposal = null,
            PoliceAnswers = p.PoliceAnswers.Add(new PoliceAnswer(e.Outcome, e.Advice, e.ParentsMayBeTold, meta.Actor.Person, meta.At, e.DevicesReleased)),
        }),
        DecisionWithoutReplyProposed e => Remarked(new IncidentRemark(RemarkKind.DecisionProposed, e.By, meta.At, Advice: e.Advice, Reason: e.Reason)).WithPath(p => p with { Proposal = new DecisionProposal(e.Decision, e.By, e.ReleaseDevices, e.ChaseOn) }),
        DecidedWithoutReply e => Lifted(e, meta).Remarked(Path?.Decision is { } was ? new IncidentRemark(RemarkKind.DecidedWithoutReply, was.By, was.At, Advice: was.Advice, Reason: was.Reason) : null).WithPath(p => p with
        {
            Proposal = null, DevicesReleased = e.ReleaseDevices,
            Decision = new JointDecision(e.Decision, e.ProposedBy, meta.Actor.Person, e.AdvisedBy, e.Advice, e.Reason, meta.At),
        }),
        _ => null,
    };

    public IEnumerable<AgencyWord> StandingNoes() => Words.Where(w => w.StandsAgainst());

    public bool ParentsHeld() => StandingNoes().Any();

    /// <summary>Police or social care said so on this path, and no agency says that they may not.</summary>
    public bool AgencyAllowsParents() => !ParentsHeld() && Words.Exists(w => w.ParentsMayBeTold && SpeaksOfParents(w.Agency) && w.At >= Path?.BeganAt);

    /// <summary>Police and social care decide that parents may be told. That they may not, any agency may say.</summary>
    public static bool SpeaksOfParents(Agency agency) => agency is Agency.Police or Agency.SocialCare or Agency.Mash;

    // Each agency's last word counts, for itself: another's does not overrule it.
    private IncidentState Said(bool? parentsMayBeTold, Agency agency, int? referral, EventMeta meta) => parentsMayBeTold is not { } told ? this : this with
    {
        Words = Words.RemoveAll(w => w.IsOf(agency, referral)).Add(new AgencyWord(agency, referral ?? Referrals.FindLast(r => r.Agency == agency && r.Decision == ReferralDecision.Referred)?.Number, told, meta.At)),
    };

    // The police do not reply, the other one was asked; who else said no is there to be asked.
    private IncidentState Lifted(DecidedWithoutReply e, EventMeta meta) => e.Decision != WithoutReply.InternalProcedure ? this : this with
    {
        Words = Words.ConvertAll(w => w.StandsAgainst() && w.Agency != Agency.Other && (w.Agency == Agency.Police || w.Agency == e.AdvisedBy) ? w with { LiftedAt = meta.At } : w),
    };

    // Their answer is what the chasing was for; the outcome is written down by the school.
    private IncidentState Answered(PoliceOutcome outcome) =>
        outcome == PoliceOutcome.NoReply ? this : this with { Referrals = Referrals.ConvertAll(r => r.Agency == Agency.Police ? r with { ChaseOn = null, ChaseAt = null } : r) };
}
