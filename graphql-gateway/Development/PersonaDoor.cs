using System.Security.Claims;
using OnlineSafetyTrust.Gateway.Identity;
using OnlineSafetyTrust.StaffConsole;

namespace OnlineSafetyTrust.Gateway.Development;

/// <summary>The persona picker of the console, under the same guard as <c>/dev</c>.</summary>
internal sealed class PersonaDoor(Personas personas, IHttpContextAccessor request) : ISignInDoor
{
    public bool IsOpen => request.HttpContext is { } context && DevelopmentGuard.IsLocal(context);

    public async Task<IReadOnlyList<DoorPersona>> ListAsync(CancellationToken ct) => [.. (await personas.ListAsync(ct)).Select(p => new DoorPersona(p.Name, p.Role, p.School))];

    public async Task<ClaimsPrincipal?> EnterAsync(string persona, CancellationToken ct) =>
        await personas.FindAsync(persona, ct) is { } found ? PersonOfCookie.Ticket(found.Tenant, found.Person, null) : null;
}
