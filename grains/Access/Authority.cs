using OnlineSafetyTrust.Contracts.Access;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Access;

/// <summary>Who may do what with pupils, devices and strategies. Roles are those of the day, own and covered.</summary>
internal static class Authority
{
    /// <summary>Everybody who works with pupils or their devices.</summary>
    public static readonly Role[] Staff =
    [
        Role.Dsl, Role.DeputyDsl, Role.OnlineSafetyLead, Role.Headteacher, Role.SeniorLeader, Role.HeadOfYear, Role.NetworkManager, Role.ClassTeacher, Role.KeyWorker,
        Role.PastoralTeam, Role.SupportStaff,
    ];

    public static readonly Role[] Leaders = [Role.Dsl, Role.DeputyDsl, Role.Headteacher, Role.SeniorLeader];

    public static readonly DomainError LeadersOnly = DomainError.NotAllowed("the DSL, the deputy DSL, the headteacher and senior leaders");

    public static readonly DomainError StaffOnly = DomainError.NotAllowed("staff who work with pupils");

    public static bool Holds(this SchoolFacts facts, CommandContext context, IEnumerable<Role> roles) =>
        context.Actor.Person is { } person && facts.RolesOf(person, London.DateOf(context.Now)).Overlaps(roles);
}

/// <summary>The head's decision that an essential device is covered (D1), as it is stored.</summary>
internal sealed record EssentialDecision(PersonId DecidedBy, Personal<string> Replacement)
{
    public static EssentialDecision? Of(KeyOwner owner, EssentialOverride? given) =>
        given is null ? null : new EssentialDecision(given.DecidedBy, Personal.Of(owner, given.Replacement.Trim()));

    /// <summary>The head in person, or whom the head would tell: nobody else makes a decision the head's by naming them.</summary>
    public static bool HeadsWord(SchoolFacts facts, CommandContext context) => facts.Holds(context, [Role.Headteacher, Role.Dsl, Role.DeputyDsl]);

    public static DomainError? Check(SchoolFacts facts, CommandContext context, EssentialOverride? given)
    {
        var today = London.DateOf(context.Now);
        return given is null ? null
            : !HeadsWord(facts, context) ? EssentialErrors.HeadInPerson("essentialOverride")
            : !facts.RolesOf(given.DecidedBy, today).Contains(Role.Headteacher) ? EssentialErrors.NotTheHead
            : string.IsNullOrWhiteSpace(given.Replacement) ? EssentialErrors.ReplacementMissing
            : null;
    }
}
