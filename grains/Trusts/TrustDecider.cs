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
}
