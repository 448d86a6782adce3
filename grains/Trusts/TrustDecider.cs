using OnlineSafetyTrust.Contracts.Trusts;

namespace OnlineSafetyTrust.Grains.Trusts;

/// <summary>Rules for a trust itself (A1). Its people: <see cref="People.StaffDecider"/>.</summary>
internal static class TrustDecider
{
    public static Result<Events> Found(TrustState state, FoundTrust command, CommandContext context) =>
        !context.Actor.IsSystem ? DomainError.NotAllowed("the operator of the platform")
        : state.Exists ? TrustErrors.AlreadyFounded
        : string.IsNullOrWhiteSpace(command.Name) ? TrustErrors.NameMissing
        : Events.Of(new TrustFounded(command.Name.Trim(), command.Kind));

    public static Result<Events> Join(TrustState state, SchoolJoined joined) =>
        state.Schools.Any(s => s.School == joined.School) ? Events.None : Events.Of(new TrustSchoolJoined(joined.School, joined.Urn));

    /// <summary>A school that is none of the trust's invites nobody.</summary>
    public static Result<Events> Invited(TrustState state, LeadInvited invited, DateOnly day) =>
        state.Schools.Any(s => s.School == invited.School) && Leads(state, day).ToList() is { Count: > 0 } leads ? Events.Of(new TrustLeadsTold(invited.School, invited.Incident, leads)) : Events.None;

    /// <summary>Who is safeguarding lead on that day, cover included.</summary>
    public static IEnumerable<PersonId> Leads(TrustState state, DateOnly day) =>
        state.Staff.Members.Keys.Where(p => state.Staff.RolesOf(p, day).Contains(Role.TrustSafeguardingLead)).OrderBy(p => p.Value);
}
