using System.Security.Claims;

namespace OnlineSafetyTrust.StaffConsole;

/// <param name="Name">What one enters with: <c>dsl@100001</c>.</param>
/// <param name="School">URN; null: the trust.</param>
public sealed record DoorPersona(string Name, Role Role, string? School);

/// <summary>How one gets in without a provider. Registered in Development only; without it the sign-in page says what to do.</summary>
public interface ISignInDoor
{
    /// <summary>False: not from this machine, so there is no door.</summary>
    bool IsOpen { get; }

    Task<IReadOnlyList<DoorPersona>> ListAsync(CancellationToken ct);

    /// <summary>Tenant and person, nothing else. Null: there is no such persona.</summary>
    Task<ClaimsPrincipal?> EnterAsync(string persona, CancellationToken ct);
}
