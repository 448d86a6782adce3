namespace OnlineSafetyTrust.Contracts.Policies;

/// <summary>Who is told of a serious incident besides those in the response matrix.</summary>
/// <param name="Roles">People of the school or trust.</param>
/// <param name="Agencies">Bodies outside, by the name the policy uses for their office.</param>
[GenerateSerializer, Immutable, Alias("SeriousIncidentRule")]
public sealed record SeriousIncidentRule(IReadOnlyList<Role> Roles, IReadOnlyList<string> Agencies);

/// <summary>The meeting that looks at a report before anything is decided. Never held up for illegal material.</summary>
/// <param name="With">Who takes part.</param>
/// <param name="Deadline">Counted from triage.</param>
/// <param name="Source">Where in the policy it stands.</param>
[GenerateSerializer, Immutable, Alias("InitialReviewRule")]
public sealed record InitialReviewRule(IReadOnlyList<Role> With, DeadlineRule Deadline = default, string? Source = null);

public enum BarredInvestigator
{
    Reporter,
    Subject,
    Relative,
}

/// <summary>How an incident that is not illegal is investigated (DOMAIN C5).</summary>
/// <param name="SeniorStaff">At least so many senior staff take part.</param>
/// <param name="Investigators">Roles that count as senior here.</param>
/// <param name="MayNotTakePart">Who may not be one of them.</param>
/// <param name="DesignatedComputer">One computer, never used by pupils, the same throughout.</param>
/// <param name="SitesLogged">Sites visited while investigating are monitored and recorded.</param>
/// <param name="AddressesRecorded">The address of each site and what was found there is written down.</param>
/// <param name="SignedForm">A completed form is kept as evidence.</param>
/// <param name="Source">Where in the policy it stands.</param>
[GenerateSerializer, Immutable, Alias("InvestigationRules")]
public sealed record InvestigationRules(
    int SeniorStaff, IReadOnlyList<Role> Investigators, IReadOnlyList<BarredInvestigator> MayNotTakePart, bool DesignatedComputer = false, bool SitesLogged = false, bool AddressesRecorded = false, bool SignedForm = false, string? Source = null);

/// <param name="SecondApprover">Roles of which one, other than the closer, approves; none: no second approver.</param>
/// <param name="ReopenableBy">Roles that may reopen, with a reason.</param>
[GenerateSerializer, Immutable, Alias("ClosingRules")]
public sealed record ClosingRules(IReadOnlyList<Role> SecondApprover, IReadOnlyList<Role> ReopenableBy);

public enum DebriefFor
{
    EveryIncident,
    SeriousIncidents,
    WhenTheDslDecides,
}

/// <param name="When">Which incidents get a debrief.</param>
/// <param name="With">Who takes part.</param>
/// <param name="MonitorFor">How long the situation is watched afterwards; absent: the debrief sets a date.</param>
/// <param name="Source">Where in the policy it stands.</param>
[GenerateSerializer, Immutable, Alias("DebriefRules")]
public sealed record DebriefRules(DebriefFor When, IReadOnlyList<Role> With, PolicyPeriod? MonitorFor = null, string? Source = null);
