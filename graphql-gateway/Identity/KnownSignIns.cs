using Microsoft.Extensions.Options;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.People;
using OnlineSafetyTrust.Grains.Schools;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.Identity;

/// <summary>Sign-ins of the provider: each person carries the digest of issuer and subject, so one sign-in may be several people in several schools.</summary>
internal sealed class KnownSignIns(DirectoryReader directory, IKeyring keyring, IOptions<TokenOptions> options, [FromKeyedServices(ProductClock.Key)] TimeProvider clock) : ISignInMap
{
    public async Task<(PersonId Person, IReadOnlySet<Role> Roles, string? SignIn)?> FindAsync(string issuer, string subject, TenantId tenant, CancellationToken ct)
    {
        if (options.Value.Authority.Length == 0 || string.IsNullOrEmpty(subject))
        {
            return null;
        }

        var signIn = SignIns.Digest(keyring, tenant, SignIns.Of(issuer, subject));
        return await directory.FindBySignInAsync(tenant, signIn, ct) is { LeftAt: null } person
            ? (person.Id, person.RolesOn(London.DateOf(clock.GetUtcNow())), signIn)
            : null;
    }
}
