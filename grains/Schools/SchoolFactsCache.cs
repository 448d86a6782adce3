using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Serialization;

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

    /// <summary>Before what a school's message says is decided upon: another process may have changed the school.</summary>
    public async ValueTask ReachAsync(TenantId school, MessageNotice message)
    {
        if (await GetAsync(school) is { } known && known.Version < StoredJson.Read<SchoolChanged>(message.Body).Version)
        {
            await RenewAsync();
        }
    }

    public async ValueTask RenewAsync() => _known = await Grain(Known.School).RenewFactsAsync(Known.Version) ?? _known;

    private ISchoolGrain Grain(TenantId school) => grains.GetGrain<ISchoolGrain>(SchoolKey.Of(school).ToString());
}
