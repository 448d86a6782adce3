using OnlineSafetyTrust.Contracts.People;

namespace OnlineSafetyTrust.Grains.People;

/// <summary>Rules for the people of a school or trust (A3).</summary>
internal static class StaffDecider
{
    private static readonly Role[] Appointers = [Role.Headteacher, Role.SeniorLeader, Role.Dsl, Role.TrustAdministrator];

    // Who these are decides who is told everything: nobody below the head says.
    private static readonly Role[] Guarded = [Role.Headteacher, Role.Dsl, Role.DeputyDsl, Role.OnlineSafetyLead];
    private static readonly Role[] StandIns = [Role.Headteacher, Role.Dsl, Role.DeputyDsl];
    private static readonly Role[] OfTrust = [Role.TrustSafeguardingLead, Role.TrustAdministrator];
    private static readonly Role[] GivesGuarded = [Role.Headteacher, Role.TrustAdministrator];

    /// <param name="signIn">Digest of the command's sign-in; see <see cref="SignIns"/>.</param>
    /// <param name="open">Reads what was sealed.</param>
    public static Result<Events> Add(StaffState staff, AddPerson command, string? signIn, PersonId id, Func<Personal<string>?, string?> open, CommandContext context, DateOnly today)
    {
        if (!MayAppoint(staff, context, today))
        {
            return DomainError.NotAllowed("the headteacher, senior leaders and the DSL");
        }

        if (string.IsNullOrWhiteSpace(command.Name))
        {
            return PersonErrors.NameMissing;
        }

        var email = command.Email.Trim();
        if (!EmailAddress.IsOne(email))
        {
            return PersonErrors.EmailWrong;
        }

        // Two people with one address are one person entered twice, or a mailbox that more than the right one reads.
        if (IsTaken(staff, email, id, open))
        {
            return PersonErrors.EmailTaken;
        }

        if (command.SignIn is not null && Claim(staff, command.SignIn, signIn, id) is { } wrong)
        {
            return wrong;
        }

        var owner = KeyOwner.Of(id);
        return staff.Members.ContainsKey(id)
            ? Events.None
            : Events.Of(new PersonAdded(id, Personal.Of(owner, command.Name.Trim()), Personal.Of(owner, email), signIn, Personal.OfText(owner, command.SourceId)));
    }

    /// <param name="open">Reads what was sealed.</param>
    public static Result<Events> Update(StaffState staff, UpdatePerson command, Func<Personal<string>?, string?> open, CommandContext context, DateOnly today)
    {
        if ((Check(staff, command.Person, context, today) ?? MayLink(staff, command.Person, context, today)) is { } error)
        {
            return error;
        }

        var (name, email, source) = (command.Name?.Trim(), command.Email?.Trim(), command.SourceId?.Trim());
        if (name?.Length == 0)
        {
            return PersonErrors.NameMissing;
        }

        if (email is not null && !EmailAddress.IsOne(email))
        {
            return PersonErrors.EmailWrong;
        }

        if (email is not null && IsTaken(staff, email, command.Person, open))
        {
            return PersonErrors.EmailTaken;
        }

        var (member, owner) = (staff.Members[command.Person], KeyOwner.Of(command.Person));
        PersonChange before = new(), after = new();
        if (name is not null && name != open(member.Name))
        {
            (before, after) = (before with { Name = member.Name }, after with { Name = Personal.Of(owner, name) });
        }

        if (email is not null && email != open(member.Email))
        {
            (before, after) = (before with { Email = member.Email }, after with { Email = Personal.Of(owner, email) });
        }

        if (!string.IsNullOrEmpty(source) && source != open(member.SourceId))
        {
            (before, after) = (before with { SourceId = member.SourceId }, after with { SourceId = Personal.Of(owner, source) });
        }

        return after == new PersonChange() ? Events.None : Events.Of(new PersonUpdated(command.Person, before, after));
    }

    /// <param name="signIn">Digest of the command's sign-in.</param>
    public static Result<Events> Link(StaffState staff, LinkSignIn command, string signIn, CommandContext context, DateOnly today) =>
        (Check(staff, command.Person, context, today) ?? MayLink(staff, command.Person, context, today) ?? Claim(staff, command.SignIn, signIn, command.Person)) is { } error ? error
        : staff.Members[command.Person].SignIn is var before && before == signIn ? Events.None
        : Events.Of(new SignInLinked(command.Person, before, signIn));

    public static Result<Events> Assign(StaffState staff, AssignRole command, CommandContext context, DateOnly today)
    {
        if ((Check(staff, command.Person, context, today) ?? (IsSelf(command.Person, context) ? PersonErrors.AppointsThemselves : MayGive(staff, command.Role, context, today))) is { } error)
        {
            return error;
        }

        if (command.To < command.From)
        {
            return PersonErrors.EndBeforeStart;
        }

        var holding = new RoleHolding(command.Role, command.From, command.To);
        var assigned = new RoleAssigned(command.Person, command.Role, command.From, command.To);
        return staff.Members[command.Person].Roles.Contains(holding) ? Events.None
            : LeavesGap(staff, assigned, command.Role, "to", context, today) is { } gap ? gap
            : Events.Of(assigned);
    }

    public static Result<Events> End(StaffState staff, EndRole command, CommandContext context, DateOnly today)
    {
        var ended = new RoleEnded(command.Person, command.Role, command.LastDay);
        return (Check(staff, command.Person, context, today) ?? MayGive(staff, command.Role, context, today)) is { } error ? error
            : !staff.Members[command.Person].Roles.Any(r => r.Role == command.Role && (r.To is null || r.To > command.LastDay)) ? PersonErrors.RoleNotHeld
            : LeavesGap(staff, ended, command.Role, "lastDay", context, today) is { } gap ? gap
            : Events.Of(ended);
    }

    public static Result<Events> Cover(StaffState staff, ArrangeCover command, CommandContext context, DateOnly today)
    {
        if ((Check(staff, command.Absent, context, today, "absentId") ?? Check(staff, command.Cover, context, today, "coverId")) is { } error)
        {
            return error;
        }

        var period = new CoverPeriod(command.Absent, command.Cover, command.From, command.To);
        var arranged = new CoverArranged(
            command.Absent, command.Cover, command.From, command.To, staff.Covers.Find(c => c.Absent == command.Absent && c.From == command.From));
        return command.To < command.From ? PersonErrors.EndBeforeStart
            : command.Absent == command.Cover ? PersonErrors.CoversThemselves
            : GainsGuarded(staff, arranged, context, today) ? PersonErrors.AppointsThemselves
            : command.Absent != context.Actor.Person && GivesGuardedRole(staff, arranged, context, today) ? PersonErrors.CoverGuarded
            : staff.Covers.Contains(period) ? Events.None
            : Events.Of(arranged);
    }

    public static Result<Events> Cancel(StaffState staff, CancelCover command, CommandContext context, DateOnly today) =>
        Check(staff, command.Absent, context, today, "absentId") is { } error ? error
        : staff.Covers.Find(c => c.Absent == command.Absent && c.From == command.From) is not { } cover ? PersonErrors.UnknownCover
        : cover.To < today ? PersonErrors.CoverOver
        : Events.Of(new CoverCancelled(cover, cover.From < today ? today.AddDays(-1) : null));

    public static Result<Events> Leave(StaffState staff, RecordLeaver command, CommandContext context, DateOnly today)
    {
        if (!MayAppoint(staff, context, today))
        {
            return DomainError.NotAllowed("the headteacher, senior leaders and the DSL");
        }

        if (!staff.Members.TryGetValue(command.Person, out var member))
        {
            return PersonErrors.UnknownPerson;
        }

        if (member.LeftAt is not null)
        {
            return Events.None;
        }

        // That access ends at once comes first, the last DSL's too: the vacancy is the head's task. Only without a head could nobody appoint one any more.
        var left = new PersonLeft(command.Person);
        return MayLink(staff, command.Person, context, today) is { } guarded ? guarded
            : context.Actor.IsSystem || LeavesGap(staff, left, Role.Headteacher, "personId", context, today) is not { } gap ? Events.Of(left)
            : gap;
    }

    // Every promise falls to the DSL or the head in the end. A time limit on who is appointed where nobody is takes nothing away.
    private static DomainError? LeavesGap(StaffState staff, object change, Role role, string field, CommandContext context, DateOnly today)
    {
        if (context.Tenant.Kind != TenantKind.School || !Vacancies.Kept.Contains(role))
        {
            return null;
        }

        var after = staff.Apply(change, new EventMeta(0, context.Now, context.Actor));
        return staff.ChangesOf([role]).Concat(after.ChangesOf([role])).Where(d => d > today).Append(today).Order()
            .Where(d => staff.IsHeld(role, d) && !after.IsHeld(role, d)).Select(d => PersonErrors.LastHolder(role, d, field)).FirstOrDefault();
    }

    private static DomainError? Claim(StaffState staff, string signIn, string? digest, PersonId person) =>
        !SignIns.IsOne(signIn) ? PersonErrors.SignInWrong
        : staff.Members.Values.Any(m => m.Id != person && m.SignIn == digest && m.LeftAt is null) ? PersonErrors.SignInTaken
        : null;

    // Whoever says how somebody signs in could come in as them: it is as guarded as giving their roles.
    private static DomainError? MayLink(StaffState staff, PersonId person, CommandContext context, DateOnly today) =>
        staff.Members[person].Roles.Where(r => r.To is null || r.To >= today).Select(r => r.Role)
            .Concat(staff.CoveredBy(person).Where(c => c.To >= today).Select(c => c.Role))
            .Select(role => MayGive(staff, role, context, today)).FirstOrDefault(e => e is not null);

    private static bool IsSelf(PersonId person, CommandContext context) => context.Actor.Person == person;

    /// <summary>To stand in for the head or a DSL, or for who stands in for them, is to hold the role.</summary>
    private static bool GainsGuarded(StaffState staff, CoverArranged arranged, CommandContext context, DateOnly today) =>
        context.Actor.Person is { } me
        && staff.Apply(arranged, new EventMeta(0, context.Now, context.Actor)).Gained(staff, me).Select(c => c.Role)
            .Intersect(Guarded).Except(staff.RolesOf(me, today)).Any();

    /// <summary>
    /// To let somebody stand in for the head or a DSL gives them the role: who is one of them all that time may, and whoever is away themselves chooses. Where the school has
    /// nobody else who is one, somebody must be able to while its only DSL is ill.
    /// </summary>
    private static bool GivesGuardedRole(StaffState staff, CoverArranged arranged, CommandContext context, DateOnly today)
    {
        var after = staff.Apply(arranged, new EventMeta(0, context.Now, context.Actor));
        // Days that are over give nobody anything.
        var (from, to) = (arranged.From > today ? arranged.From : today, arranged.To);
        bool IsOne(StaffMember m) => m.LeftAt is null && m.Roles.Any(r => StandIns.Contains(r.Role) && r.From <= from && (r.To is null || r.To >= to));
        bool IsOneSomeDay(StaffMember m) => m.LeftAt is null && m.Roles.Any(r => StandIns.Contains(r.Role) && r.From <= to && (r.To is null || r.To >= from));
        return staff.Members.Values.Any(m => m.Id != arranged.Absent && IsOneSomeDay(m)) && staff.Members.Values.Any(m => !IsOne(m)
            && after.Gained(staff, m.Id).Any(c => Guarded.Contains(c.Role) && MayGive(staff, c.Role, context, today) is not null));
    }

    private static DomainError? MayGive(StaffState staff, Role role, CommandContext context, DateOnly today)
    {
        var trust = context.Tenant.Kind == TenantKind.Trust;
        if (OfTrust.Contains(role) && !trust)
        {
            return PersonErrors.TrustRole;
        }

        if (context.Actor.Person is not { } person)
        {
            return null;
        }

        var own = staff.RolesOf(person, today);
        return (trust || OfTrust.Contains(role)) && !own.Contains(Role.TrustAdministrator) ? DomainError.NotAllowed("a trust administrator")
            : Guarded.Contains(role) && !own.Overlaps(GivesGuarded) ? DomainError.NotAllowed("the headteacher, or whoever runs this system for the trust (./dev appoint),")
            : null;
    }

    private static bool IsTaken(StaffState staff, string email, PersonId person, Func<Personal<string>?, string?> open) =>
        staff.Members.Values.Any(m => m.Id != person && m.LeftAt is null && string.Equals(open(m.Email), email, StringComparison.OrdinalIgnoreCase));

    public static bool MayAppoint(StaffState staff, CommandContext context, DateOnly today) =>
        context.Actor.IsSystem || (context.Actor.Person is { } person && staff.RolesOf(person, today).Overlaps(Appointers));

    private static DomainError? Check(StaffState staff, PersonId person, CommandContext context, DateOnly today, string field = "personId") =>
        !MayAppoint(staff, context, today) ? DomainError.NotAllowed("the headteacher, senior leaders and the DSL")
        : !staff.Members.TryGetValue(person, out var member) ? PersonErrors.UnknownPerson with { Fields = [field] }
        : member.LeftAt is not null ? PersonErrors.Left with { Fields = [field] }
        : null;
}
