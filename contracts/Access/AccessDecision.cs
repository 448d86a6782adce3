namespace OnlineSafetyTrust.Contracts.Access;

/// <summary>D5: may this pupil use this now?</summary>
/// <param name="Use">
/// <c>device</c> (a device that is on no network), <c>network</c>, <c>internet</c>, <c>service:{name}</c>, or the id of a user action of the
/// school's policy such as <c>online-gaming</c>, which is decided like the internet and by the policy's class for it.
/// </param>
/// <param name="Device">With which device; null: with any device of the school.</param>
[GenerateSerializer, Immutable, Alias("AskAccess")]
public sealed record AskAccess(string Use, DeviceId? Device = null);

/// <summary>In order of strictness: of several reasons the strictest decides.</summary>
public enum AccessOutcome
{
    /// <summary>Allowed.</summary>
    Allow,

    /// <summary>Allowed while supervised.</summary>
    AllowSupervised,

    /// <summary>Not allowed.</summary>
    Deny,
}

/// <summary>The answer. Staff, filters and device management get outcome and until-when.</summary>
/// <param name="Until">When the answer may be another one, as far as is known now; null: not before something is decided. Ask again then, and whenever told.</param>
/// <param name="Reasons">
/// Why, strictest first. For DSL, deputy and head only: for anybody else the gateway answers <c>reply with { Reasons = [], ReasonsWithheld = true }</c>.
/// </param>
[GenerateSerializer, Immutable, Alias("AccessReply")]
public sealed record AccessReply(AccessOutcome Outcome, DateTimeOffset? Until, IReadOnlyList<AccessReason> Reasons, bool ReasonsWithheld = false);

/// <summary>What a reason comes from.</summary>
public enum AccessReasonKind
{
    /// <summary>A ban.</summary>
    Ban,

    /// <summary>The device asked about is taken.</summary>
    DeviceTaken,

    /// <summary>All devices are removed, or to be removed, until an access strategy is agreed.</summary>
    DevicesRemoved,

    /// <summary>The agreed strategy.</summary>
    Strategy,

    /// <summary>The terms that apply until the strategy is agreed.</summary>
    InterimStrategy,

    /// <summary>The policy's class for this use.</summary>
    Policy,

    /// <summary>An essential device, which stays in use.</summary>
    EssentialDevice,

    /// <summary>The pupil has left the school.</summary>
    Left,
}

/// <summary>One reason behind the decision on a use.</summary>
/// <param name="Text">A sentence in the product's own words, never the narrative of a ban or an incident.</param>
/// <param name="Kind">What kind it is.</param>
/// <param name="Outcome">What this reason alone would allow.</param>
/// <param name="Record">What is behind it: the id of a ban or of a user action, the stream of a device, a strategy or an incident; null where there is none.</param>
[GenerateSerializer, Immutable, Alias("AccessReason")]
public sealed record AccessReason(AccessReasonKind Kind, AccessOutcome Outcome, string? Record, string Text);

public static class AccessErrors
{
    public static readonly DomainError UseUnknown = DomainError.Invalid(
        "USE_UNKNOWN", "This is no use that the school knows. Ask for device, network, internet, service:{name} or one of the user actions in the policy.", "use");
}
