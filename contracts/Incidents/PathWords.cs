namespace OnlineSafetyTrust.Contracts.Incidents;

/// <summary>Where a guarded path stands (DOMAIN C4).</summary>
public enum PathState
{
    /// <summary>Illegal material: everything stops, police and local safeguarding are told now.</summary>
    Stopped,

    /// <summary>A nude of an under-18: nobody looks; the DSL answers six questions.</summary>
    AwaitsReview,

    /// <summary>A nude, and the review found that police and social care must be told.</summary>
    ReferralDue,

    /// <summary>The police have it; the school waits for their word.</summary>
    WithAgencies,

    /// <summary>The police have not answered: head and DSL decide together, with an agency's advice.</summary>
    NoReply,

    /// <summary>Head and DSL decided to go on within the school.</summary>
    DecidedWithoutReply,

    /// <summary>The police confirmed it: they finish, the school takes professional advice.</summary>
    Confirmed,

    /// <summary>Not illegal after all: the school's own procedure.</summary>
    NotConfirmed,
    NoFurtherAction,

    /// <summary>A nude, none of the six applies: the school decides, with reasons.</summary>
    InternalDecision,
}

/// <summary>What somebody may try while a guarded path runs: every kind of step of a plan by the same name, and what lies outside plans.</summary>
public enum PathAction
{
    InformRole,
    ContactParents,
    ReferSocialCare,
    ReferPolice,
    ReferLado,
    ReferLocalAuthority,
    ReferAgency,
    AwaitAgencyAdvice,
    StopInvestigation,
    IsolateAndSealDevice,
    PreserveEvidence,
    ConfiscateDevice,
    RemoveMaterial,
    RemoveAllDevices,
    ConsiderBan,
    AccessStrategy,
    DailyChecks,
    WeeklyUpdate,
    SupportPupil,
    InitialReview,
    HeadResponds,
    DslReview,
    Investigate,
    ConsiderSuspension,
    RecordInLog,
    Debrief,
    Monitor,
    ReviewPolicy,
    Custom,

    /// <summary>Look at the material.</summary>
    ViewMaterial,

    /// <summary>Copy, print, forward, screenshot; also to write its address down.</summary>
    CopyMaterial,

    /// <summary>Upload a file to the record.</summary>
    AttachEvidence,
    ExamineDevice,
    ReturnDevice,
    ReviewNude,
    RecordPoliceResponse,
    DecideWithoutReply,
    Close,
}

public enum PoliceOutcome
{
    Confirmed,
    NotConfirmed,
    NoFurtherAction,
    NoReply,
}

public enum WithoutReply
{
    /// <summary>Go on with the school's own procedure.</summary>
    InternalProcedure,

    /// <summary>Wait and chase again on a new date.</summary>
    KeepWaiting,
}
