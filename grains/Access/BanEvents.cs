using OnlineSafetyTrust.Contracts.Access;

namespace OnlineSafetyTrust.Grains.Access;

[EventName("pupil.ban-set.v1")]
internal sealed record BanSet(
    BanId Ban, PupilId Pupil, BanScope Scope, Personal<string>? Service, DateTimeOffset From, DateTimeOffset Until, Personal<string> Reason, IncidentId? Incident, BanEnforcement EnforcedBy,
    EssentialDecision? EssentialOverride);

/// <param name="Nominal">When it ended.</param>
/// <param name="Actual">When that was recorded: later after downtime.</param>
[EventName("pupil.ban-expired.v1")]
internal sealed record BanExpired(BanId Ban, DateTimeOffset Nominal, DateTimeOffset Actual);

/// <summary>The pupil left: it holds no more, and not again when they come back.</summary>
[EventName("pupil.ban-ended-by-leaving.v1")]
internal sealed record BanEndedByLeaving(BanId Ban);

[EventName("pupil.ban-lifted.v1")]
internal sealed record BanLifted(BanId Ban, Personal<string> LiftReason);
