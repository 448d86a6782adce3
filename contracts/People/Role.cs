namespace OnlineSafetyTrust.Contracts;

/// <summary>The field's roles. A pack maps a school's own titles to these.</summary>
public enum Role
{
    Dsl,
    DeputyDsl,
    OnlineSafetyLead,
    Headteacher,
    SeniorLeader,
    HeadOfYear,
    NetworkManager,
    ClassTeacher,
    KeyWorker,
    PastoralTeam,
    SupportStaff,
    Volunteer,
    Governor,
    OnlineSafetyGovernor,
    ChairOfGovernors,
    Hr,
    DataProtectionOfficer,
    TrustSafeguardingLead,
    TrustAdministrator,
}
