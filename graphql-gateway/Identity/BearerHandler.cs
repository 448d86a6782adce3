using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace OnlineSafetyTrust.Gateway.Identity;

/// <summary>
/// Turns a verified token into a person of its one tenant. Roles come from the people view at each request, so a leaver is out at once.
/// A wrong token is refused whole (401), a missing one leaves the caller anonymous.
/// </summary>
internal sealed class BearerHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, TokenVerifier verifier, PersonOfToken people)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Bearer";
    private const int LongestToken = 8 * 1024;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization;
        if (header.Count == 0)
        {
            return AuthenticateResult.NoResult();
        }

        if (header.Count != 1 || header[0] is not { } text || !text.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) || text.Length > LongestToken)
        {
            return AuthenticateResult.Fail("Send one Authorization header: Bearer, a space and the token.");
        }

        var token = await verifier.VerifyAsync(text["Bearer ".Length..].Trim(), Context.RequestAborted);
        if (token is null)
        {
            return AuthenticateResult.Fail("The token is not valid here or no longer valid. Sign in again.");
        }

        return await people.FindAsync(token, Context.RequestAborted) is { } person
            ? AuthenticateResult.Success(new AuthenticationTicket(person, Name))
            : AuthenticateResult.Fail("This sign-in belongs to nobody at this school or trust.");
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
                return Principal(tenant, found.Person, found.Roles);
            }
        }

        return null;
    }

    public static ClaimsPrincipal Principal(TenantId tenant, PersonId person, IEnumerable<Role> roles)
    {
        var identity = new ClaimsIdentity(BearerHandler.Name, TokenClaims.Person, ClaimTypes.Role);
        identity.AddClaim(new Claim(TokenClaims.Tenant, tenant.ToString()));
        identity.AddClaim(new Claim(TokenClaims.Person, person.ToString()));
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
    /// <summary>Null: not this map's issuer, or nobody here.</summary>
    Task<(PersonId Person, IReadOnlySet<Role> Roles)?> FindAsync(string issuer, string subject, TenantId tenant, CancellationToken ct);
}
