using OnlineSafetyTrust.Contracts.Access;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Grains.Access;

/// <summary>Rules for bans (D3). Whether the pupil is on roll: the pupil's own decider.</summary>
internal static class BanDecider
{
    private static readonly DomainError NotALifter = DomainError.NotAllowed("whoever the policy names, or the DSL, the deputy DSL and the headteacher where it names nobody,");

    /// <param name="ofOthers">The refusal of the incident that it names; null: it is the pupil's, or none is named.</param>
    public static Result<Events> Set(BanState bans, SchoolFacts facts, BanTechnology command, BanId id, PupilId pupil, CommandContext context, DomainError? ofOthers = null)
    {
        if (!facts.Holds(context, Authority.Leaders))
        {
            return Authority.LeadersOnly;
        }

        if (bans.Find(id) is not null)
        {
            return Events.None;
        }

        var from = Microseconds.Truncate(command.From ?? context.Now);
        var until = Microseconds.Truncate(command.Until);
        var service = string.IsNullOrWhiteSpace(command.Service) ? null : command.Service.Trim();
        var error = until <= from ? BanErrors.EndBeforeStart
            : until <= context.Now ? BanErrors.AlreadyOver
            : string.IsNullOrWhiteSpace(command.Reason) ? BanErrors.ReasonMissing
            : command.Scope == BanScope.Service && service is null ? BanErrors.ServiceMissing
            : command.Scope != BanScope.Service && service is not null ? BanErrors.ServiceNotAsked
            : ofOthers ?? EssentialDecision.Check(facts, context, command.EssentialOverride);
        var owner = KeyOwner.Of(pupil);
        return error is not null ? error
            : Events.Of(new BanSet(
                id, pupil, command.Scope, Personal.OfText(owner, service), from, until, Personal.Of(owner, command.Reason.Trim()), command.Incident, command.EnforcedBy,
                EssentialDecision.Of(owner, command.EssentialOverride)));
    }

    /// <param name="address">The refusal of what is written, by the incident that it was set for.</param>
    public static Result<Events> Lift(BanState bans, SchoolFacts facts, LiftBan command, CommandContext context, DomainError? address = null) =>
        !facts.Holds(context, BanRules.LiftersUnder(facts.Policy?.Policy)) ? NotALifter
        : bans.Find(command.Ban) is not { } ban ? BanErrors.Unknown
        // Its time may be over though nobody has recorded that yet.
        : ban.End is not null || ban.Until <= context.Now ? BanErrors.AlreadyEnded
        : string.IsNullOrWhiteSpace(command.LiftReason) ? BanErrors.LiftReasonMissing
        : address is not null ? address
        : Events.Of(new BanLifted(ban.Id, Personal.Of(KeyOwner.Of(ban.Pupil), command.LiftReason.Trim())));

    /// <summary>Nobody at this school enforces them any more.</summary>
    public static IEnumerable<BanEndedByLeaving> EndByLeaving(BanState bans) => bans.Open.Select(b => new BanEndedByLeaving(b.Id));

    /// <summary>Every ban whose time is over, in the order in which they ended.</summary>
    public static Result<Events> Expire(BanState bans, CommandContext context) =>
        Events.Of([.. bans.Open.Where(b => b.Until <= context.Now).OrderBy(b => b.Until).Select(b => new BanExpired(b.Id, b.Until, context.Now))]);
}
