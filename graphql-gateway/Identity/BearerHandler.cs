using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace OnlineSafetyTrust.Gateway.Identity;

/// <summary>The sign-in of an HTTP request. A wrong token is refused whole (401), a missing one leaves the caller anonymous.</summary>
internal sealed class BearerHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, BearerSignIn signIn)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Bearer";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization;
        if (header.Count == 0)
        {
            return AuthenticateResult.NoResult();
        }

        var (person, refusal) = await signIn.FindAsync(header.Count == 1 ? header[0] : null, Context.RequestAborted);
        return person is null ? AuthenticateResult.Fail(refusal) : AuthenticateResult.Success(new AuthenticationTicket(person, Name));
    }
}

/// <summary>
/// Turns a token, from a header or from a WebSocket's first message, into a person of its one tenant. Roles come from the people view
/// each time, so a leaver is out at once.
/// </summary>
internal sealed class BearerSignIn(TokenVerifier verifier, PersonOfToken people)
{
    private const int LongestToken = 8 * 1024;

    /// <param name="authorization"><c>Bearer</c>, a space and the token.</param>
    /// <returns>The person, or a sentence that says why there is none.</returns>
    public async Task<(ClaimsPrincipal? Person, string Refusal)> FindAsync(string? authorization, CancellationToken ct)
    {
        if (authorization is null || !authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) || authorization.Length > LongestToken)
        {
            return (null, "Send one Authorization header: Bearer, a space and the token.");
        }

        var token = await verifier.VerifyAsync(authorization["Bearer ".Length..].Trim(), ct);
        return token is null ? (null, "The token is not valid here or no longer valid. Sign in again.")
            : await people.FindAsync(token, ct) is { } person ? (person, "")
            : (null, "This sign-in belongs to nobody at this school or trust.");
    }
}

/// <summary>The person behind a verified token, with the roles of the day.</summary>
internal sealed class PersonOfToken(IEnumerable<ISignInMap> maps)
{
    public async Task<ClaimsPrincipal?> FindAsync(JsonWebToken token, CancellationToken ct)
    {
        if (!token.TryGetPayloadValue<string>(TokenClaims.Tenant, out var text) || !TenantId.TryParse(text, out var tenant))
        {
            return null;
        }

        foreach (var map in maps)
        {
            if (await map.FindAsync(token.Issuer, token.Subject, tenant, ct) is { } found)
            {
                var person = Principal(tenant, found.Person, found.Roles, found.SignIn);
                ((ClaimsIdentity)person.Identity!).AddClaim(new Claim(TokenClaims.Expires, new DateTimeOffset(token.ValidTo).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
                return person;
            }
        }

        return null;
    }

    /// <param name="signIn">See <see cref="TokenClaims.SignIn"/>.</param>
    public static ClaimsPrincipal Principal(TenantId tenant, PersonId person, IEnumerable<Role> roles, string? signIn)
    {
        var identity = new ClaimsIdentity(BearerHandler.Name, TokenClaims.Person, ClaimTypes.Role);
        identity.AddClaim(new Claim(TokenClaims.Tenant, tenant.ToString()));
        identity.AddClaim(new Claim(TokenClaims.Person, person.ToString()));
        if (signIn is not null)
        {
            identity.AddClaim(new Claim(TokenClaims.SignIn, signIn));
        }

        foreach (var role in roles)
        {
            identity.AddClaim(new Claim(ClaimTypes.Role, role.ToString()));
        }

        return new ClaimsPrincipal(identity);
    }
}

/// <summary>Knows which person of a tenant an issuer's subject is.</summary>
public interface ISignInMap
{
    /// <summary>Null: not this map's issuer, or nobody here. With the digest of the sign-in where the person's record has one.</summary>
    Task<(PersonId Person, IReadOnlySet<Role> Roles, string? SignIn)?> FindAsync(string issuer, string subject, TenantId tenant, CancellationToken ct);
}
