namespace OnlineSafetyTrust.Contracts.Notifications;

/// <summary>What somebody is told; the mail's subject follows from it.</summary>
public enum NoticeKind
{
    /// <summary>A report needs triage.</summary>
    IncidentReported,

    /// <summary>A report of immediate danger.</summary>
    IncidentReportedImmediate,

    /// <summary>A technical incident was reported.</summary>
    TechnicalIncidentReported,

    /// <summary>To the DSL: a technical incident was reported that names a pupil.</summary>
    TechnicalIncidentWithPupil,

    /// <summary>Nobody has looked at a report; it is passed on.</summary>
    IncidentEscalated,

    /// <summary>The policy has somebody told of an incident.</summary>
    IncidentInform,

    /// <summary>A step became this person's.</summary>
    StepAssigned,

    /// <summary>A step is overdue.</summary>
    StepOverdue,

    /// <summary>A report is not triaged in time.</summary>
    TriageOverdue,

    /// <summary>A decision not to contact parents is to be looked at again.</summary>
    ParentsReview,

    /// <summary>A referral is to be chased.</summary>
    ReferralChase,

    /// <summary>An agency has not answered: head and DSL decide.</summary>
    IncidentDecisionNeeded,

    /// <summary>A change that was agreed in a debrief is overdue.</summary>
    DebriefChangeOverdue,

    /// <summary>A debrief asked for a review of the policy.</summary>
    PolicyReviewRaised,

    /// <summary>A newer statutory floor lies under the policy.</summary>
    PolicyFloorRaised,

    /// <summary>Closing an incident needs approval.</summary>
    IncidentApproval,

    /// <summary>To whoever asked to close an incident: it was sent back.</summary>
    ClosureSentBack,

    /// <summary>An incident was reopened.</summary>
    IncidentReopened,

    /// <summary>To the head: the trust's safeguarding lead was invited into an incident.</summary>
    TrustLeadInvited,

    /// <summary>To the trust's safeguarding lead: an invitation.</summary>
    InvitedToIncident,

    /// <summary>The date to which a situation is monitored has come.</summary>
    MonitoringReview,

    /// <summary>A daily check is overdue.</summary>
    CheckOverdue,

    /// <summary>A daily check is still overdue.</summary>
    CheckEscalated,

    /// <summary>A daily check was missed.</summary>
    CheckMissed,

    /// <summary>A daily check found a concern.</summary>
    CheckConcern,

    /// <summary>To DSL and deputies: nobody has answered a concern that a daily check found.</summary>
    CheckConcernOverdue,

    /// <summary>To the head: still nobody has answered it.</summary>
    CheckConcernEscalated,

    /// <summary>Daily checks are to be reviewed.</summary>
    ChecksReview,

    /// <summary>The review of daily checks is overdue.</summary>
    ChecksReviewOverdue,

    /// <summary>Daily checks wait for the school's calendar.</summary>
    ChecksCalendarMissing,

    /// <summary>Daily checks that a strategy agreed are to be scheduled.</summary>
    ChecksToSchedule,

    /// <summary>They are not scheduled in time.</summary>
    ChecksToScheduleOverdue,

    /// <summary>To the head: they are still not scheduled.</summary>
    ChecksToScheduleEscalated,

    /// <summary>The weekly update is ready to be completed.</summary>
    WeeklyUpdate,

    /// <summary>The weekly update.</summary>
    WeeklyUpdateSent,

    /// <summary>The weekly update is overdue.</summary>
    WeeklyUpdateOverdue,

    /// <summary>The weekly update is still overdue.</summary>
    WeeklyUpdateEscalated,

    /// <summary>A strategy is to be agreed.</summary>
    StrategyAgreement,

    /// <summary>Somebody answered a strategy by their link, or refused one that is in force.</summary>
    StrategyAnswered,

    /// <summary>An answer by link to a strategy was not theirs.</summary>
    StrategyAnswerNotTheirs,

    /// <summary>Somebody tried a link to a strategy with wrong dates of birth until it ended.</summary>
    StrategyLinkEnded,

    /// <summary>A strategy needs the head's decision.</summary>
    StrategyHeadDecision,

    /// <summary>A strategy is due for review.</summary>
    StrategyReview,

    /// <summary>Somebody ended a strategy in force.</summary>
    StrategyEnded,

    /// <summary>A review changed the terms of a strategy in force.</summary>
    StrategyTermsChanged,

    /// <summary>The review of a strategy is overdue.</summary>
    StrategyReviewOverdue,

    /// <summary>A decision beyond a strategy's terms was recorded as this person's.</summary>
    StrategyOverrideDecision,

    /// <summary>The school is without a DSL or a head.</summary>
    RoleVacant,

    /// <summary>A device needs the DSL. Mails have been shown on classroom boards: the kind does not say what was found.</summary>
    DeviceFrozen,

    /// <summary>A decision about an essential device was recorded as this person's.</summary>
    EssentialDeviceDecision,

    /// <summary>A pupil left, and what held for them ended with it.</summary>
    LeaverMeasures,

    /// <summary>A pupil is back for whom something ended when they left.</summary>
    ReturnerMeasures,
}
