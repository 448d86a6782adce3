namespace OnlineSafetyTrust.Contracts.Incidents;

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
    NotAnswered,
    No,
    Yes,
}

public enum OnBehalfOf
{
    Self,
    Pupil,
    Parent,
    Visitor,
}

/// <summary>Allegations about adults have their own path (C7), which this record must not hold.</summary>
public enum AboutStaff
{
    No,
    MemberOfStaff,
    Headteacher,
}

/// <summary>A pupil's own part in an incident. Never shown beside another pupil's chronology.</summary>
public enum PupilPart
{
    Alleged,
    Affected,
    Witness,
}

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
    Closed,
}

/// <summary>All that a reporter learns afterwards.</summary>
public enum ReceiptStatus
{
    Reported,
    Seen,
    ActedOn,
    Closed,
}

public enum StepStatus
{
    Open,
    Done,
    Waived,

    /// <summary>A reasoned decision made it unnecessary: an internal decision about a nude, a referral decided against.</summary>
    NotNeeded,

    /// <summary>Replaced when the incident was triaged again.</summary>
    Superseded,
}

/// <summary>What overdue leads to, each once.</summary>
public enum OverdueStage
{
    Owner,
    Dsl,
    Headteacher,
}

public enum Agency
{
    Police,
    SocialCare,
    Mash,

    /// <summary>England only.</summary>
    Lado,
    LocalAuthority,
    EarlyHelp,
    Prevent,
    Other,
}

public enum ReferralDecision
{
    Referred,

    /// <summary>Decided against, with a reason and what would reopen the question.</summary>
    NotReferred,
}

public enum ContactEnding
{
    /// <summary>Tried, nobody reached: the step stays open.</summary>
    NotReached,
    Made,
    HeldOnAgencyAdvice,

    /// <summary>Contact could increase the risk to the child. DSL only, with a reason and a review date.</summary>
    NotMadeRisk,
}

public enum ContactWay
{
    InPerson,
    Telephone,
    VideoCall,
    Letter,
    Email,
}

public enum CorrectedField
{
    What,
    HappenedAt,
    Place,
    PupilPart,
    Address,
    StepOutcome,
}
