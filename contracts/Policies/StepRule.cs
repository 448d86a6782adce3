namespace OnlineSafetyTrust.Contracts.Policies;

/// <summary>What a step is about. The product knows what each kind needs to be done; <see cref="Custom"/> is only done or not.</summary>
public enum StepKind
{
    /// <summary>Tell holders of a role.</summary>
    InformRole,

    /// <summary>Contact parents.</summary>
    ContactParents,

    /// <summary>Refer to children's social care.</summary>
    ReferSocialCare,

    /// <summary>Refer to the police.</summary>
    ReferPolice,

    /// <summary>Local authority designated officer; England only.</summary>
    ReferLado,

    /// <summary>The local authority's own officer where there is no LADO, and other duties towards the authority.</summary>
    ReferLocalAuthority,

    /// <summary>Any other agency: Early Help, Prevent/Channel, a national reporting service.</summary>
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
}

/// <summary><see cref="Do"/>: it is done or waived. <see cref="Consider"/>: it is answered yes or no, with a reason.</summary>
public enum StepMode
{
    /// <summary>It is to be done.</summary>
    Do,

    /// <summary>It is to be considered: yes, or no with a reason.</summary>
    Consider,
}

/// <summary>When in the plan.</summary>
public enum StepPhase
{
    /// <summary>The response.</summary>
    Response,

    /// <summary>The follow-up.</summary>
    FollowUp,
}

/// <summary>Who asks for the step: the school's policy, or the statutory floor beneath it.</summary>
public enum StepOrigin
{
    /// <summary>The school's policy.</summary>
    School,

    /// <summary>The statutory floor.</summary>
    Floor,
}

/// <summary>How often a step is done again.</summary>
public enum RepeatEvery
{
    /// <summary>Each school day.</summary>
    SchoolDay,

    /// <summary>Each week.</summary>
    Week,
}

/// <summary>How often a step is done again.</summary>
/// <param name="Every">Each school day, or once a week of term.</param>
/// <param name="By">Local time by which it is due; the school's own time where the policy does not say.</param>
[GenerateSerializer, Immutable, Alias("RepeatRule")]
public sealed record RepeatRule(RepeatEvery Every, TimeOnly? By = null);

/// <summary>One promise of a response: who does what, by when.</summary>
/// <param name="Id">Kebab-case, unique within its row.</param>
/// <param name="Kind">What the step is about.</param>
/// <param name="Owners">Roles that may do it; the first one that the school has filled gets it.</param>
/// <param name="Text">What the owner reads. Says nothing of the incident.</param>
/// <param name="Tells">Whom an inform-role step tells; each telling is proved sent, seen or escalated.</param>
/// <param name="WaivableBy">Roles that may waive it, with a reason; none: it cannot be waived.</param>
/// <param name="After">Ids of steps of the same plan that come first.</param>
/// <param name="Mode">To be done, or to be considered.</param>
/// <param name="Phase">At once, or in the time after.</param>
/// <param name="Deadline">Counted from triage. Steps to police and children's social care are always immediate.</param>
/// <param name="RequiresReason">Its outcome needs a reason; always so for a step to be considered.</param>
/// <param name="Repeat">For checks and updates: how often.</param>
/// <param name="Source">Where the duty comes from: a place in the policy, or the guidance behind the floor.</param>
/// <param name="Origin">Whether it comes from the school's pack or from the statutory floor beneath it.</param>
[GenerateSerializer, Immutable, Alias("StepRule")]
public sealed record StepRule(
    string Id,
    StepKind Kind,
    IReadOnlyList<Role> Owners,
    string Text,
    IReadOnlyList<Role> Tells,
    IReadOnlyList<Role> WaivableBy,
    IReadOnlyList<string> After,
    StepMode Mode = StepMode.Do,
    StepPhase Phase = StepPhase.Response,
    DeadlineRule Deadline = default,
    bool RequiresReason = false,
    RepeatRule? Repeat = null,
    string? Source = null,
    [property: NotInPackFile] StepOrigin Origin = StepOrigin.School);
