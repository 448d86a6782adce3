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

/// <summary>Where somebody is known: a school or a trust.</summary>
/// <param name="Tenant"><c>s/{uuid}</c> or <c>t/{uuid}</c>.</param>
public sealed record SignInPlace(string Tenant, string Name);

/// <summary>Sign-in through the organisation's provider. The host serves <c>/console/sign-in/start</c> and what comes after it.</summary>
public interface IProviderSignIn
{
    /// <summary>False: no provider is configured.</summary>
    bool IsSetUp { get; }

    /// <summary>Of whoever has just come back from the provider and is known in several places; otherwise empty.</summary>
    IReadOnlyList<SignInPlace> Places();

    /// <summary>One of <see cref="Places"/>, and where its person wanted to go. Null: not one of them.</summary>
    (ClaimsPrincipal Person, string ReturnUrl)? Choose(string tenant);
}
