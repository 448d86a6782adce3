namespace OnlineSafetyTrust.Contracts.Checks;

/// <summary>Who makes the daily check. Whoever covers for an absent person takes their place.</summary>
public enum CheckerKind
{
    /// <summary>The class teacher.</summary>
    ClassTeacher,

    /// <summary>The key worker.</summary>
    KeyWorker,

    /// <summary>The pupil is taught elsewhere: the key worker asks the named provider and records the answer.</summary>
    OffSiteProvider,
}

/// <summary>What the checker looks for. Says what to see, never why.</summary>
public enum CheckItem
{
    /// <summary>The pupil holds no device.</summary>
    NoDeviceHeld,

    /// <summary>Only devices that were agreed.</summary>
    OnlyAgreedDevices,

    /// <summary>The device was handed in.</summary>
    DeviceHandedIn,

    /// <summary>Only applications that were agreed.</summary>
    OnlyAgreedApps,

    /// <summary>Only accounts that were agreed.</summary>
    OnlyAgreedAccounts,

    /// <summary>The history was not cleared.</summary>
    HistoryNotCleared,

    /// <summary>No removable media.</summary>
    NoRemovableMedia,

    /// <summary>Used under supervision only.</summary>
    SupervisedUseOnly,
}

/// <summary>What the checker found.</summary>
public enum CheckResult
{
    /// <summary>As it should be; while devices are removed: none is held.</summary>
    Clear,

    /// <summary>Something is wrong: an incident can be opened from it, and the DSL is told.</summary>
    Concern,

    /// <summary>The pupil was not there.</summary>
    PupilAbsent,

    /// <summary>The device was not there.</summary>
    DeviceNotInSchool,
}

/// <summary>Where one day's check stands.</summary>
public enum CheckStatus
{
    /// <summary>To be made; its time is not over.</summary>
    Planned,

    /// <summary>Not recorded in time; somebody was reminded.</summary>
    Overdue,

    /// <summary>Nothing was found.</summary>
    Clear,

    /// <summary>Something was found.</summary>
    Concern,

    /// <summary>The pupil was not there.</summary>
    PupilAbsent,

    /// <summary>The device was not there.</summary>
    DeviceNotInSchool,

    /// <summary>Not recorded until the head was told. Recording it late is still possible, for ten school days.</summary>
    Missed,

    /// <summary>Not needed any more: the school closed, or the checks ended.</summary>
    Withdrawn,
}

/// <summary>Who is told of a check that was not recorded, in this order, each once.</summary>
public enum CheckStage
{
    /// <summary>Nobody.</summary>
    None,

    /// <summary>Whoever checks.</summary>
    Checker,

    /// <summary>The DSL.</summary>
    Dsl,

    /// <summary>The head.</summary>
    Head,
}

/// <summary>Whether checks are made.</summary>
public enum ScheduleStatus
{
    /// <summary>They are made.</summary>
    Active,

    /// <summary>They have ended.</summary>
    Ended,
}

public enum WithdrawalCause
{
    /// <summary>The day is no school day any more: a closure, or the calendar changed.</summary>
    NotASchoolDay,

    /// <summary>The checks ended.</summary>
    ChecksEnded,

    /// <summary>An earlier day became a school day; this one is planned again after it.</summary>
    EarlierDay,
}

/// <summary>Why checks ended.</summary>
public enum ChecksEndCause
{
    /// <summary>The DSL ended them at a review.</summary>
    Review,

    /// <summary>The technology access strategy they belonged to ended.</summary>
    StrategyEnded,

    /// <summary>The pupil left the school.</summary>
    PupilLeft,
}

/// <summary>Times that hold where neither schedule nor policy says otherwise. Local times are Europe/London.</summary>
public static class CheckTimes
{
    /// <summary>From the check's own time until the DSL is told.</summary>
    public static readonly TimeSpan UntilDsl = TimeSpan.FromMinutes(60);

    /// <summary>
    /// From when a concern was found until DSL and deputies are reminded that nobody has answered it. As long as for a check that nobody made: what
    /// was found weighs no less, and the mail that told of it at once proves nothing.
    /// </summary>
    public static readonly TimeSpan UntilConcernReminder = TimeSpan.FromMinutes(60);

    /// <summary>
    /// On the next school day, when the head is told of a check that nobody made, which counts as missed; on the next working day, of a concern that
    /// nobody answered.
    /// </summary>
    public static readonly TimeOnly HeadToldAt = new(9, 0);

    /// <summary>Of the day of a review, and of the next school day if it was not held.</summary>
    public static readonly TimeOnly ReviewAskedAt = new(9, 0);

    /// <summary>The earliest and latest time of day by which a check can be due.</summary>
    public static readonly TimeOnly EarliestBy = new(7, 0);

    public static readonly TimeOnly LatestBy = new(20, 0);

    /// <summary>On the week's last school day, when the weekly update is drafted.</summary>
    public static readonly TimeOnly WeekDraftedAt = new(15, 45);

    /// <summary>On the next school day after the week's last one, when its owner is reminded.</summary>
    public static readonly TimeOnly WeekOverdueAt = new(12, 0);

    /// <summary>On the school day after that, when the head is told.</summary>
    public static readonly TimeOnly WeekHeadToldAt = new(9, 0);
}
