namespace OnlineSafetyTrust.Contracts.Notifications;

/// <summary>What kind of work a task is.</summary>
public enum TaskKind
{
    /// <summary>Triage a report.</summary>
    Triage,

    /// <summary>Say that one has seen the incident that one was told of.</summary>
    IncidentTold,

    /// <summary>Do a step of an incident's plan.</summary>
    IncidentStep,

    /// <summary>Approve the closure of an incident, or send it back.</summary>
    ClosureApproval,

    /// <summary>Make a change that was agreed in a debrief.</summary>
    DebriefChange,

    /// <summary>Look again at a decision not to contact parents, or ask the agency again that said they may not be told.</summary>
    ParentsReview,

    /// <summary>Ask the agency how a referral stands.</summary>
    ReferralChase,

    /// <summary>End the monitoring of a situation, or go on.</summary>
    MonitoringReview,

    /// <summary>Head and DSL decide how to go on because the police or social care have not answered.</summary>
    DecisionWithoutReply,

    /// <summary>Record the day's device check.</summary>
    DailyCheck,

    /// <summary>See to a device check that was not recorded in time.</summary>
    CheckEscalated,

    /// <summary>Have a missed device check recorded, or say what follows.</summary>
    CheckMissed,

    /// <summary>Decide what follows from a concern that a device check found.</summary>
    CheckConcern,

    /// <summary>Continue daily checks or end them.</summary>
    ChecksReview,

    /// <summary>Enter the school's calendar: no further check can be planned.</summary>
    ChecksCalendarMissing,

    /// <summary>Schedule the daily checks that a strategy agreed.</summary>
    ChecksToSchedule,

    /// <summary>Complete and send the weekly update.</summary>
    WeeklyUpdate,

    /// <summary>Have a technology access strategy agreed, by the fifth school day.</summary>
    StrategyAgreement,

    /// <summary>The head decides what happens after refusal or silence.</summary>
    StrategyHeadDecision,

    /// <summary>Review a technology access strategy; open from its agreement, due on the day of review.</summary>
    StrategyReview,

    /// <summary>The school is without a DSL or a head: see to it that somebody holds the role.</summary>
    RoleVacant,

    /// <summary>Settle the devices of a pupil who left.</summary>
    LeaverDevices,

    /// <summary>A pupil left while checks, a ban or a strategy held for them, and these ended with it: see to what must follow.</summary>
    LeaverMeasures,

    /// <summary>A pupil is back for whom checks, a ban or a strategy ended when they left: look whether it must begin again.</summary>
    ReturnerMeasures,

    /// <summary>Something was found on a device: report it as an incident, or say why not.</summary>
    DeviceFrozen,
}
