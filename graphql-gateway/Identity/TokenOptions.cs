namespace OnlineSafetyTrust.Gateway.Identity;

/// <summary>Which bearer tokens are believed, and as whom the console asks the provider. Configuration section <c>Identity</c>.</summary>
public sealed class TokenOptions
{
    /// <summary>Address of the OpenID Connect provider; its discovery document names issuer and keys. Empty: no provider.</summary>
    public string Authority { get; set; } = "";

    /// <summary>What the token must be meant for.</summary>
    public string Audience { get; set; } = "onlinesafetytrust";

    /// <summary>The console's client at the provider. Empty: nobody signs in to the console through it.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>Empty: a public client, held by PKCE alone. Belongs in the environment (<c>Identity__ClientSecret</c>), not in a file beside the program.</summary>
    public string ClientSecret { get; set; } = "";

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

    /// <summary>Digest of the sign-in that somebody came in with; set by the gateway. What they have open ends when it is no longer theirs.</summary>
    public const string SignIn = "ost:sign-in";

    public const string Issuer = "iss";

    public const string Subject = "sub";
}
