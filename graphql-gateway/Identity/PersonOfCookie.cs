using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Schools;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.Identity;

/// <summary>The person behind a console cookie, with the roles of the day, as for bearer tokens: a leaver is out at once.</summary>
internal sealed class PersonOfCookie(DirectoryReader directory, [FromKeyedServices(ProductClock.Key)] TimeProvider clock)
{
    /// <summary>All that the cookie carries.</summary>
    public static ClaimsPrincipal Ticket(TenantId tenant, PersonId person) => PersonOfToken.Principal(tenant, person, []);

    public async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        if (await FindAsync(context.Principal, context.HttpContext.RequestAborted) is { } person)
        {
            context.ReplacePrincipal(person);
        }
        else
        {
            context.RejectPrincipal();
        }
    }

    private async Task<ClaimsPrincipal?> FindAsync(ClaimsPrincipal? ticket, CancellationToken ct)
    {
        if (!TenantId.TryParse(ticket?.FindFirstValue(TokenClaims.Tenant), out var tenant) || !Guid.TryParse(ticket?.FindFirstValue(TokenClaims.Person), out var id)
            || await directory.FindPersonAsync(tenant, new PersonId(id), ct) is not { LeftAt: null } person)
        {
            return null;
        }

        var principal = PersonOfToken.Principal(tenant, person.Id, person.RolesOn(London.DateOf(clock.GetUtcNow())));
        // Forms are bound to the person, not to their roles: a cover that begins meanwhile must not void a form half filled in.
        ((ClaimsIdentity)principal.Identity!).AddClaim(new Claim(ClaimTypes.NameIdentifier, $"{tenant}/{person.Id}"));
        return principal;
    }
}
