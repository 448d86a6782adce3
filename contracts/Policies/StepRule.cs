namespace OnlineSafetyTrust.Contracts.Policies;

/// <summary>What a step is about. The product knows what each kind needs to be done; <see cref="Custom"/> is only done or not.</summary>
public enum StepKind
{
    InformRole,
    ContactParents,
    ReferSocialCare,
    ReferPolice,

    /// <summary>Local authority designated officer; England only.</summary>
    ReferLado,

    /// <summary>The local authority's own officer where there is no LADO, and other duties towards the authority.</summary>
    ReferLocalAuthority,

    /// <summary>Any other agency: Early Help, Prevent/Channel, a national reporting service.</summary>
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
}

/// <summary><see cref="Do"/>: it is done or waived. <see cref="Consider"/>: it is answered yes or no, with a reason.</summary>
public enum StepMode
{
    Do,
    Consider,
}

public enum StepPhase
{
    Response,
    FollowUp,
}

/// <summary>Who asks for the step: the school's policy, or the statutory floor beneath it.</summary>
public enum StepOrigin
{
    School,
    Floor,
}

public enum RepeatEvery
{
    SchoolDay,
    Week,
}

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
/// <param name="Origin">Set when pack and floor are merged; never written in a file.</param>
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
