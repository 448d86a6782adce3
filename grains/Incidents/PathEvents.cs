using OnlineSafetyTrust.Contracts.Incidents;

namespace OnlineSafetyTrust.Grains.Incidents;

[EventName("incident.path-moved.v1")]
internal sealed record PathMoved(PathState Before, PathState State);

[EventName("incident.nude-reviewed.v1")]
internal sealed record NudeReviewed(
    bool AdultInvolved, bool Coercion, bool DoubtfulCapacity, bool Violence, bool SexualActUnder13, bool ImmediateRisk, bool Refer, Personal<string>? Reason);

/// <param name="ParentsMayBeTold">Null: not said.</param>
[EventName("incident.police-responded.v1")]
internal sealed record PoliceResponded(PoliceOutcome Outcome, Personal<string>? Advice, bool? ParentsMayBeTold, bool DevicesReleased);

/// <summary>One of the two who decide together has spoken.</summary>
[EventName("incident.decision-without-reply-proposed.v1")]
internal sealed record DecisionWithoutReplyProposed(
    WithoutReply Decision, PersonId By, Agency AdvisedBy, Personal<string> Advice, Personal<string> Reason, bool ReleaseDevices, DateOnly? ChaseOn);

[EventName("incident.decided-without-reply.v1")]
internal sealed record DecidedWithoutReply(
    WithoutReply Decision, PersonId ProposedBy, Agency AdvisedBy, Personal<string> Advice, Personal<string> Reason, bool ReleaseDevices, DateOnly? ChaseOn);
