using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Schools;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.Identity;

/// <summary>The person behind a console cookie, with the roles of the day, as for bearer tokens: a leaver is out at once, and so is a sign-in that was linked anew.</summary>
internal sealed class PersonOfCookie(DirectoryReader directory, IHostEnvironment host, [FromKeyedServices(ProductClock.Key)] TimeProvider clock)
{
    /// <summary>All that the cookie carries.</summary>
    /// <param name="signIn">See <see cref="TokenClaims.SignIn"/>.</param>
    public static ClaimsPrincipal Ticket(TenantId tenant, PersonId person, string? signIn) => PersonOfToken.Principal(tenant, person, [], signIn);

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
        var signIn = ticket?.FindFirstValue(TokenClaims.SignIn);
        if (!TenantId.TryParse(ticket?.FindFirstValue(TokenClaims.Tenant), out var tenant) || !Guid.TryParse(ticket?.FindFirstValue(TokenClaims.Person), out var id)
            // Of a persona: the same store was tried out in Development before.
            || (signIn is null && !host.IsDevelopment())
            || await directory.FindSignedInAsync(tenant, new PersonId(id), signIn, ct) is not { } person)
        {
            return null;
        }

        var principal = PersonOfToken.Principal(tenant, person.Id, person.RolesOn(London.DateOf(clock.GetUtcNow())), signIn);
        // Forms are bound to the person, not to their roles: a cover that begins meanwhile must not void a form half filled in.
        ((ClaimsIdentity)principal.Identity!).AddClaim(new Claim(ClaimTypes.NameIdentifier, $"{tenant}/{person.Id}"));
        return principal;
    }
}
