namespace OnlineSafetyTrust.Contracts.Access;

[GenerateSerializer, Immutable, Alias("BanId")]
public readonly record struct BanId(Guid Value) : ITypedId<BanId>
{
    public static BanId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString("D");
}

/// <summary>What a ban covers.</summary>
public enum BanScope
{
    /// <summary>Use alone: the pupil may use technology with somebody beside them.</summary>
    IndependentUse,

    /// <summary>The school's network, and with it the internet and every service.</summary>
    Network,

    /// <summary>The internet, and with it every service.</summary>
    Internet,

    /// <summary>One named service.</summary>
    Service,

    /// <summary>Every device.</summary>
    AllDevices,
}

/// <summary>What makes a ban real.</summary>
public enum BanEnforcement
{
    /// <summary>The account is blocked.</summary>
    Account,

    /// <summary>The device is blocked or held.</summary>
    Device,

    /// <summary>Staff supervise.</summary>
    Supervision,
}

/// <summary>The head's decision that an essential device is covered too, which needs a replacement that works (D1).</summary>
/// <param name="DecidedBy">Must be the headteacher, or who covers for them, on the day. Entered by the head, or by the DSL or a deputy as the head's decision; the head is then told.</param>
/// <param name="Replacement">What the pupil has instead, working now.</param>
[GenerateSerializer, Immutable, Alias("EssentialOverride")]
public sealed record EssentialOverride(PersonId DecidedBy, string Replacement);

/// <summary>D3. Lifts itself at <paramref name="Until"/>. Covers no essential device unless <paramref name="EssentialOverride"/> says so.</summary>
/// <param name="Service">The service's name, for scope Service only; the one that <see cref="AskAccess"/> is asked with.</param>
/// <param name="From">Null: now. May lie in the past (a ban already spoken) or in the future.</param>
/// <param name="Until">First moment that is free again.</param>
/// <param name="Reason">For DSL and head only.</param>
/// <param name="Incident">Where it comes from; its step to consider a ban is then done.</param>
[GenerateSerializer, Immutable, Alias("BanTechnology")]
public sealed record BanTechnology(
    BanScope Scope, string? Service, DateTimeOffset? From, DateTimeOffset Until, string Reason, IncidentId? Incident, BanEnforcement EnforcedBy, EssentialOverride? EssentialOverride = null);

/// <summary>Ends a ban early. Whoever the policy names; where it names nobody DSL, deputy DSL or headteacher.</summary>
[GenerateSerializer, Immutable, Alias("LiftBan")]
public sealed record LiftBan(BanId Ban, string LiftReason);
