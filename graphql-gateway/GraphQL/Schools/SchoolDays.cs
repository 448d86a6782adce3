using System.Collections.Concurrent;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.GraphQL.Schools;

/// <summary>Asks the school itself; facts are kept as long as the school says that they are the newest.</summary>
internal sealed class SchoolDays(IGrainFactory grains, ProductDay today) : ISchoolDays
{
    private readonly ConcurrentDictionary<TenantId, SchoolFacts> _known = [];

    public DateTimeOffset Now => today.Instant;

    public async ValueTask<SchoolToday?> FindAsync(TenantId tenant, CancellationToken ct)
    {
        if (tenant.Kind != TenantKind.School)
        {
            return null;
        }

        _known.TryGetValue(tenant, out var known);
        var newer = await grains.GetGrain<ISchoolGrain>(SchoolKey.Of(tenant).ToString()).GetFactsAsync(known?.Version ?? 0);
        if (newer is not null)
        {
            _known[tenant] = known = newer;
        }

        return known is null ? null : new SchoolToday(known, today.Now);
    }
}
