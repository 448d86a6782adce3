using OnlineSafetyTrust.Contracts.Journal;

namespace OnlineSafetyTrust.Storage.Readers;

/// <summary>
/// Reads of the product itself in one tenant: signing in, finding an address, a school's name for its trust. Nobody is shown what is
/// read, so nothing is audited.
/// </summary>
internal static class ProductReads
{
    private static readonly HashSet<Role> NoRoles = [];

    public static Reader Of(TenantId tenant) => new(tenant, Actor.System, NoRoles, "product", Guid.Empty);
}
