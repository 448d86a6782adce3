namespace OnlineSafetyTrust.Gateway.Identity;

/// <summary>Which bearer tokens are believed. Configuration section <c>Identity</c>.</summary>
public sealed class TokenOptions
{
    /// <summary>Address of the OpenID Connect provider; its discovery document names issuer and keys. Empty: no provider.</summary>
    public string Authority { get; set; } = "";

    /// <summary>What the token must be meant for.</summary>
    public string Audience { get; set; } = "onlinesafetytrust";

    /// <summary>Asymmetric algorithms only, so that nobody can pass a public key off as a shared secret.</summary>
    public IReadOnlyList<string> Algorithms { get; set; } = ["ES256", "RS256", "PS256"];
}

internal static class TokenClaims
{
    /// <summary>The token's one active tenant, <c>s/{uuid}</c> or <c>t/{uuid}</c>.</summary>
    public const string Tenant = "tenant";

    /// <summary>The person within the tenant; set by the gateway after the look-up, never read from a token.</summary>
    public const string Person = "ost:person";

    /// <summary>When the token ends, seconds since 1970; what is open by then is ended.</summary>
    public const string Expires = "exp";

    public const string Issuer = "iss";

    public const string Subject = "sub";
}
