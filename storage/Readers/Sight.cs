using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Pupils;

namespace OnlineSafetyTrust.Storage.Readers;

/// <summary>
/// Who may see what, by role. Everything here is about the reader's own school: a trust's roles give no sight of records (A5), but for
/// an incident that its safeguarding lead is invited into: <see cref="InvitationReader"/>.
/// </summary>
internal static class Sight
{
    /// <summary>Works with pupils or their records; governors do not (C9: they see figures).</summary>
    private static readonly Role[] Staff =
    [
        Role.Dsl, Role.DeputyDsl, Role.OnlineSafetyLead, Role.Headteacher, Role.SeniorLeader, Role.HeadOfYear, Role.NetworkManager, Role.ClassTeacher, Role.KeyWorker,
        Role.PastoralTeam, Role.SupportStaff, Role.DataProtectionOfficer,
    ];

    public static bool IsStaff(Reader who) => AtSchool(who, Staff);

    /// <summary>Incidents, whoever the policy sends reports to besides: <see cref="IncidentSight"/>.</summary>
    public static bool Incidents(Reader who) => AtSchool(who, Role.Dsl, Role.DeputyDsl, Role.Headteacher, Role.OnlineSafetyLead);

    /// <summary>Date of birth, numbers, special needs.</summary>
    public static bool PupilDetails(Reader who) => AtSchool(who, Role.Dsl, Role.DeputyDsl, Role.Headteacher, Role.SeniorLeader);

    public static bool Contacts(Reader who) => PupilDetails(who) || AtSchool(who, Role.PastoralTeam);

    /// <summary>Why: reasons of bans and access decisions.</summary>
    public static bool Reasons(Reader who) => AtSchool(who, Role.Dsl, Role.DeputyDsl, Role.Headteacher);

    public static bool Custody(Reader who) => AtSchool(who, Role.Dsl, Role.DeputyDsl, Role.Headteacher, Role.NetworkManager);

    /// <summary>Strategies and schedules of checks as a whole.</summary>
    public static bool Plans(Reader who) => AtSchool(who, Role.Dsl, Role.DeputyDsl, Role.Headteacher, Role.SeniorLeader);

    /// <summary>Counts as they are: one of them, in the week in which a pupil's checks begin, is that pupil's incident.</summary>
    public static bool ExactFigures(Reader who) => AtSchool(who, Role.Dsl, Role.DeputyDsl, Role.Headteacher, Role.OnlineSafetyLead, Role.SeniorLeader);

    /// <summary>Counts, small ones hidden.</summary>
    public static bool Figures(Reader who) =>
        who.Tenant.Kind == TenantKind.Trust || ExactFigures(who) || AtSchool(who, Role.Governor, Role.OnlineSafetyGovernor, Role.ChairOfGovernors);

    /// <summary>Hands out logs that leave the school (C9).</summary>
    public static bool LeavingLog(Reader who) => AtSchool(who, Role.Dsl, Role.DeputyDsl, Role.Headteacher);

    /// <summary>May be invited into a school's incident (C11), and is otherwise shown none.</summary>
    public static bool MayBeInvited(Reader who) => who.Tenant.Kind == TenantKind.Trust && who.Has(Role.TrustSafeguardingLead);

    public static bool AccessLog(Reader who) => AtSchool(who, Role.Dsl, Role.Headteacher, Role.DataProtectionOfficer);

    /// <summary>The pupil's class teacher or key worker, or who covers for them today.</summary>
    public static bool Teaches(Reader who, PupilView pupil, SchoolToday today) =>
        who.Actor.Person is { } me && (Is(me, pupil.KeyWorker, today) || Is(me, pupil.ClassTeacher, today));

    /// <summary>Oneself, and those absent today for whom one stands in.</summary>
    public static IReadOnlyList<PersonId> Selves(PersonId me, SchoolToday? today) =>
        [me, .. today?.Facts.ActsFor(me, today.Day) ?? []];

    private static bool Is(PersonId me, PersonId? wanted, SchoolToday today) => wanted is { } person && (person == me || today.Facts.StandIn(person, today.Day) == me);

    private static bool AtSchool(Reader who, params ReadOnlySpan<Role> roles) => who.Tenant.Kind == TenantKind.School && who.HasAny(roles);
}
