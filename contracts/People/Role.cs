namespace OnlineSafetyTrust.Contracts;

/// <summary>The field's roles. A pack maps a school's own titles to these.</summary>
public enum Role
{
    /// <summary>Designated safeguarding lead.</summary>
    Dsl,

    /// <summary>Deputy designated safeguarding lead.</summary>
    DeputyDsl,

    /// <summary>Online safety lead.</summary>
    OnlineSafetyLead,

    /// <summary>Headteacher.</summary>
    Headteacher,

    /// <summary>Senior leader.</summary>
    SeniorLeader,

    /// <summary>Head of year.</summary>
    HeadOfYear,

    /// <summary>Network manager.</summary>
    NetworkManager,

    /// <summary>Class teacher.</summary>
    ClassTeacher,

    /// <summary>Key worker.</summary>
    KeyWorker,

    /// <summary>Pastoral team.</summary>
    PastoralTeam,

    /// <summary>Support staff.</summary>
    SupportStaff,

    /// <summary>Volunteer.</summary>
    Volunteer,

    /// <summary>Governor.</summary>
    Governor,

    /// <summary>Online safety governor.</summary>
    OnlineSafetyGovernor,

    /// <summary>Chair of governors.</summary>
    ChairOfGovernors,

    /// <summary>Human resources.</summary>
    Hr,

    /// <summary>Data protection officer.</summary>
    DataProtectionOfficer,

    /// <summary>Trust safeguarding lead.</summary>
    TrustSafeguardingLead,

    /// <summary>Trust administrator.</summary>
    TrustAdministrator,
}
