using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Gateway.GraphQL;

/// <summary>Grains of the session's tenant: there is no way to name another one.</summary>
internal static class GrainLookups
{
    public static ISchoolGrain School(this IGrainFactory grains, Session session) => grains.GetGrain<ISchoolGrain>(SchoolKey.Of(session.Tenant).ToString());
}

/// <summary>The product's today in Europe/London, for inputs that leave the day out.</summary>
public sealed class ProductDay([FromKeyedServices(ProductClock.Key)] TimeProvider clock)
{
    public DateTimeOffset Instant => clock.GetUtcNow();

    public DateOnly Now => London.DateOf(Instant);
}
