using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Grains.Schools;

/// <summary>A grain's own copy of its school's facts, asked for again at each use and sent again only when they changed.</summary>
internal sealed class SchoolFactsCache(IGrainFactory grains) : IPremise
{
    private SchoolFacts? _known;

    /// <summary>As they were when they were last asked for.</summary>
    public SchoolFacts Known => _known ?? throw new InvalidOperationException("The school's facts were never asked for.");

    public Premise Current => new(SchoolKey.Of(Known.School).Stream, Known.Version);

    /// <summary>Null: the school does not exist.</summary>
    public async ValueTask<SchoolFacts?> GetAsync(TenantId school) => _known = await Grain(school).GetFactsAsync(_known?.Version ?? 0) ?? _known;

    public async ValueTask RenewAsync() => _known = await Grain(Known.School).RenewFactsAsync(Known.Version) ?? _known;

    private ISchoolGrain Grain(TenantId school) => grains.GetGrain<ISchoolGrain>(SchoolKey.Of(school).ToString());
}
