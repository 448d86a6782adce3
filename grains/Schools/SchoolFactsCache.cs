using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Grains.Schools;

/// <summary>A grain's own copy of its school's facts, asked for again at each use and sent again only when they changed.</summary>
internal sealed class SchoolFactsCache(IGrainFactory grains)
{
    private SchoolFacts? _known;

    /// <summary>Null: the school does not exist.</summary>
    public async ValueTask<SchoolFacts?> GetAsync(TenantId school)
    {
        var newer = await grains.GetGrain<ISchoolGrain>(SchoolKey.Of(school).ToString()).GetFactsAsync(_known?.Version ?? 0);
        return _known = newer ?? _known;
    }
}
