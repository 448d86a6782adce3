using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace OnlineSafetyTrust.Gateway.Identity;

/// <summary>Somebody whose tokens are believed.</summary>
public interface ITokenIssuer
{
    /// <summary>Issuer and signing keys, or null when this issuer is not set up.</summary>
    ValueTask<(string Issuer, IEnumerable<SecurityKey> Keys)?> FindAsync(CancellationToken ct);

    /// <summary>A token named a key that is not among them: the provider may have changed its keys.</summary>
    void KeyUnknown()
    {
    }
}

/// <summary>The OpenID Connect provider of production.</summary>
internal sealed class OpenIdIssuer : ITokenIssuer
{
    private readonly ConfigurationManager<OpenIdConnectConfiguration>? _provider;

    public OpenIdIssuer(IOptions<TokenOptions> options)
    {
        var authority = options.Value.Authority.TrimEnd('/');
        if (authority.Length > 0)
        {
            _provider = new(
                authority + "/.well-known/openid-configuration",
                new OpenIdConnectConfigurationRetriever(),
                // Only on this machine may the provider speak plainly.
                new HttpDocumentRetriever { RequireHttps = !new Uri(authority).IsLoopback });
        }
    }

    /// <summary>Where the provider is asked what. Null: none is configured.</summary>
    /// <exception cref="HttpRequestException">The provider does not answer, or not with a discovery document.</exception>
    public async ValueTask<OpenIdConnectConfiguration?> ConfigurationAsync(CancellationToken ct)
    {
        try
        {
            return _provider is null ? null : await _provider.GetConfigurationAsync(ct);
        }
        catch (InvalidOperationException e)
        {
            throw new HttpRequestException("The discovery document of Identity:Authority cannot be read.", e);
        }
    }

    public async ValueTask<(string Issuer, IEnumerable<SecurityKey> Keys)?> FindAsync(CancellationToken ct) =>
        await ConfigurationAsync(ct) is { } found ? (found.Issuer, found.SigningKeys) : null;

    // Throttled by the manager itself, so that forged key ids cannot make us ask the provider at every request.
    public void KeyUnknown() => _provider?.RequestRefresh();
}

/// <summary>Verifies a bearer token: signature, algorithm, issuer, audience, times. Tokens live on system time.</summary>
internal sealed class TokenVerifier(IEnumerable<ITokenIssuer> issuers, IOptions<TokenOptions> options, TimeProvider system)
{
    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    /// <summary>Clocks may differ by this.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    /// <summary>The verified token, or null.</summary>
    public async Task<JsonWebToken?> VerifyAsync(string text, CancellationToken ct)
    {
        foreach (var issuer in issuers)
        {
            if (await VerifyAsync(issuer, text, options.Value.Audience, ct) is { } token)
            {
                return token;
            }
        }

        return null;
    }

    /// <summary>The same of one issuer, and for one audience.</summary>
    public async Task<JsonWebToken?> VerifyAsync(ITokenIssuer issuer, string text, string audience, CancellationToken ct)
    {
        if (await issuer.FindAsync(ct) is not { } known)
        {
            return null;
        }

        var result = await Handler.ValidateTokenAsync(text, Parameters(known.Issuer, audience, known.Keys));
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            issuer.KeyUnknown();
        }

        return result is { IsValid: true, SecurityToken: JsonWebToken token } ? token : null;
    }

    private TokenValidationParameters Parameters(string issuer, string audience, IEnumerable<SecurityKey> keys) => new()
    {
        ValidIssuer = issuer,
        ValidAudience = audience,
        IssuerSigningKeys = keys,
        ValidAlgorithms = options.Value.Algorithms,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        ValidateLifetime = true,
        LifetimeValidator = (notBefore, expires, _, _) => IsCurrent(notBefore, expires),
        ClockSkew = Skew,
    };

    private bool IsCurrent(DateTime? notBefore, DateTime? expires)
    {
        var now = system.GetUtcNow().UtcDateTime;
        return expires is { } end && now < end + Skew && (notBefore is not { } start || now >= start - Skew);
    }
}
