namespace OnlineSafetyTrust.Contracts.Incidents;

/// <summary>What kind of report.</summary>
public enum ReportKind
{
    /// <summary>Goes to whoever the policy names, normally the DSL.</summary>
    OnlineSafety,

    /// <summary>A breach, a filter that failed: goes to the network manager.</summary>
    Technical,
}

/// <summary>The first question of a report.</summary>
public enum ImmediateDanger
{
    /// <summary>Not asked or not answered.</summary>
    NotAnswered,

    /// <summary>No.</summary>
    No,

    /// <summary>Yes.</summary>
    Yes,
}

/// <summary>For whom something is reported.</summary>
public enum OnBehalfOf
{
    /// <summary>Oneself.</summary>
    Self,

    /// <summary>A pupil.</summary>
    Pupil,

    /// <summary>A parent.</summary>
    Parent,

    /// <summary>A visitor.</summary>
    Visitor,
}

/// <summary>Allegations about adults have their own path, which this record must not hold.</summary>
public enum AboutStaff
{
    /// <summary>No.</summary>
    No,

    /// <summary>About a member of staff, volunteer or governor.</summary>
    MemberOfStaff,

    /// <summary>About the headteacher.</summary>
    Headteacher,
}

/// <summary>A pupil's own part in an incident. Never shown beside another pupil's chronology.</summary>
public enum PupilPart
{
    /// <summary>Alleged to have done it.</summary>
    Alleged,

    /// <summary>Affected by it.</summary>
    Affected,

    /// <summary>Saw it.</summary>
    Witness,
}

/// <summary>How far an incident is.</summary>
public enum IncidentStatus
{
    /// <summary>Waits for triage.</summary>
    Reported,

    /// <summary>A plan is running.</summary>
    Open,

    /// <summary>Debriefed; the situation is watched until a date.</summary>
    Monitored,

    /// <summary>A second person has to approve the closure.</summary>
    AwaitsApproval,

    /// <summary>Closed.</summary>
    Closed,
}

/// <summary>All that a reporter learns afterwards.</summary>
public enum ReceiptStatus
{
    /// <summary>Reported.</summary>
    Reported,

    /// <summary>Somebody has seen it.</summary>
    Seen,

    /// <summary>Something is being done.</summary>
    ActedOn,

    /// <summary>Closed.</summary>
    Closed,
}

/// <summary>How far a step is.</summary>
public enum StepStatus
{
    /// <summary>Still to be done.</summary>
    Open,

    /// <summary>Done.</summary>
    Done,

    /// <summary>Waived, with a reason.</summary>
    Waived,

    /// <summary>A reasoned decision made it unnecessary: an internal decision about a nude, a referral decided against.</summary>
    NotNeeded,

    /// <summary>Replaced when the incident was triaged again.</summary>
    Superseded,
}

/// <summary>What overdue leads to, each once.</summary>
public enum OverdueStage
{
    /// <summary>The owner.</summary>
    Owner,

    /// <summary>The DSL.</summary>
    Dsl,

    /// <summary>The headteacher.</summary>
    Headteacher,
}

/// <summary>An agency outside the school.</summary>
public enum Agency
{
    /// <summary>The police.</summary>
    Police,

    /// <summary>Children's social care.</summary>
    SocialCare,

    /// <summary>The multi-agency safeguarding hub.</summary>
    Mash,

    /// <summary>England only.</summary>
    Lado,

    /// <summary>The local authority.</summary>
    LocalAuthority,

    /// <summary>Early Help.</summary>
    EarlyHelp,

    /// <summary>Prevent or Channel.</summary>
    Prevent,

    /// <summary>Another, by name.</summary>
    Other,
}

/// <summary>Whether it was referred.</summary>
public enum ReferralDecision
{
    /// <summary>Referred.</summary>
    Referred,

    /// <summary>Decided against, with a reason and what would reopen the question.</summary>
    NotReferred,
}

/// <summary>How contact with parents ended.</summary>
public enum ContactEnding
{
    /// <summary>Tried, nobody reached: the step stays open.</summary>
    NotReached,

    /// <summary>It was made.</summary>
    Made,

    /// <summary>It waits, on an agency's advice.</summary>
    HeldOnAgencyAdvice,

    /// <summary>Contact could increase the risk to the child. DSL only, with a reason and a review date.</summary>
    NotMadeRisk,
}

/// <summary>By which means contact was made.</summary>
public enum ContactWay
{
    /// <summary>Face to face.</summary>
    InPerson,

    /// <summary>By telephone.</summary>
    Telephone,

    /// <summary>By video call.</summary>
    VideoCall,

    /// <summary>By letter.</summary>
    Letter,

    /// <summary>By mail.</summary>
    Email,
}

/// <summary>On which occasion somebody wrote what no other part of the record holds.</summary>
public enum RemarkKind
{
    /// <summary>Triaged, or triaged again.</summary>
    Triaged,

    /// <summary>News of a referral.</summary>
    ReferralNews,

    /// <summary>An earlier review of a nude.</summary>
    NudeReviewed,

    /// <summary>The first of head and DSL said how to go on without a reply.</summary>
    DecisionProposed,

    /// <summary>An earlier decision without a reply.</summary>
    DecidedWithoutReply,

    /// <summary>An earlier debrief.</summary>
    Debriefed,

    /// <summary>A step was done, and opened again: a device taken for it turned out to be another's.</summary>
    StepUndone,

    /// <summary>The monitoring was reviewed.</summary>
    MonitoringReviewed,

    /// <summary>Closing was asked for, and sent back.</summary>
    ClosureAsked,

    /// <summary>Closing was sent back.</summary>
    ClosureSentBack,

    /// <summary>Closed, and reopened since.</summary>
    Closed,

    /// <summary>Reopened.</summary>
    Reopened,

    /// <summary>An earlier invitation of the trust's safeguarding lead.</summary>
    TrustLeadInvited,
}

/// <summary>Which part of a record is corrected.</summary>
public enum CorrectedField
{
    /// <summary>What happened.</summary>
    What,

    /// <summary>When it happened.</summary>
    HappenedAt,

    /// <summary>Where.</summary>
    Place,

    /// <summary>A pupil's part.</summary>
    PupilPart,

    /// <summary>An address visited.</summary>
    Address,

    /// <summary>A step's outcome.</summary>
    StepOutcome,

    /// <summary>A pupil who was left out is concerned.</summary>
    PupilAdded,

    /// <summary>A pupil who was entered is not concerned.</summary>
    PupilWithdrawn,

    /// <summary>Contact with parents: with whom, how, when, what was said, or why they were not told.</summary>
    ParentsContact,

    /// <summary>What the debrief found, and where the policy fell short.</summary>
    Debrief,

    /// <summary>A change agreed in the debrief, and what came of it.</summary>
    Change,

    /// <summary>How it ended, in the words of the closure.</summary>
    Closure,
}
