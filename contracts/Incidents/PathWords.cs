namespace OnlineSafetyTrust.Contracts.Incidents;

/// <summary>Where a guarded path stands.</summary>
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

    /// <summary>The police take no further action.</summary>
    NoFurtherAction,

    /// <summary>A nude, none of the six applies: the school decides, with reasons.</summary>
    InternalDecision,
}

/// <summary>What somebody may try while a guarded path runs: every kind of step of a plan by the same name, and what lies outside plans.</summary>
public enum PathAction
{
    /// <summary>Tell holders of a role.</summary>
    InformRole,

    /// <summary>Contact parents.</summary>
    ContactParents,

    /// <summary>Refer to children's social care.</summary>
    ReferSocialCare,

    /// <summary>Refer to the police.</summary>
    ReferPolice,

    /// <summary>Refer to the LADO.</summary>
    ReferLado,

    /// <summary>Refer to the local authority.</summary>
    ReferLocalAuthority,

    /// <summary>Refer to another agency.</summary>
    ReferAgency,

    /// <summary>Wait for an agency's advice.</summary>
    AwaitAgencyAdvice,

    /// <summary>Stop investigating.</summary>
    StopInvestigation,

    /// <summary>Isolate and seal the device, leaving its power as it is.</summary>
    IsolateAndSealDevice,

    /// <summary>Preserve logs and accounts.</summary>
    PreserveEvidence,

    /// <summary>Confiscate the device.</summary>
    ConfiscateDevice,

    /// <summary>Have the material removed.</summary>
    RemoveMaterial,

    /// <summary>Remove all devices until a strategy is agreed.</summary>
    RemoveAllDevices,

    /// <summary>Consider a ban.</summary>
    ConsiderBan,

    /// <summary>Agree a technology access strategy.</summary>
    AccessStrategy,

    /// <summary>Begin daily checks.</summary>
    DailyChecks,

    /// <summary>Send the weekly update.</summary>
    WeeklyUpdate,

    /// <summary>Support the pupil.</summary>
    SupportPupil,

    /// <summary>Hold the initial review meeting.</summary>
    InitialReview,

    /// <summary>The head responds.</summary>
    HeadResponds,

    /// <summary>The DSL reviews.</summary>
    DslReview,

    /// <summary>Investigate.</summary>
    Investigate,

    /// <summary>Consider suspension.</summary>
    ConsiderSuspension,

    /// <summary>Record it in the log.</summary>
    RecordInLog,

    /// <summary>Hold the debrief.</summary>
    Debrief,

    /// <summary>Monitor the situation.</summary>
    Monitor,

    /// <summary>Review the policy.</summary>
    ReviewPolicy,

    /// <summary>As its words say.</summary>
    Custom,

    /// <summary>Look at the material.</summary>
    ViewMaterial,

    /// <summary>Copy, print, forward, screenshot; also to write its address down.</summary>
    CopyMaterial,

    /// <summary>Upload a file to the record.</summary>
    AttachEvidence,

    /// <summary>Examine the device.</summary>
    ExamineDevice,

    /// <summary>Return the device.</summary>
    ReturnDevice,

    /// <summary>Review without looking.</summary>
    ReviewNude,

    /// <summary>Record what the police answered.</summary>
    RecordPoliceResponse,

    /// <summary>Decide without a reply.</summary>
    DecideWithoutReply,

    /// <summary>Close.</summary>
    Close,
}

/// <summary>What the police say.</summary>
public enum PoliceOutcome
{
    /// <summary>Illegal material is confirmed.</summary>
    Confirmed,

    /// <summary>It is not confirmed.</summary>
    NotConfirmed,

    /// <summary>They take no further action.</summary>
    NoFurtherAction,

    /// <summary>They do not reply.</summary>
    NoReply,
}

/// <summary>What is done when the police do not reply.</summary>
public enum WithoutReply
{
    /// <summary>Go on with the school's own procedure.</summary>
    InternalProcedure,

    /// <summary>Wait and chase again on a new date.</summary>
    KeepWaiting,
}
