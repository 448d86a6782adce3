using OnlineSafetyTrust.Contracts.Pupils;

namespace OnlineSafetyTrust.Grains.Checks;

/// <summary>A schedule's own copy of who looks after its pupil, asked for again at each use and sent again only when it changed.</summary>
internal sealed class PupilCheckers(IGrainFactory grains)
{
    private PupilFacts? _known;

    /// <summary>Null: the school has no such pupil.</summary>
    public async ValueTask<CheckerFacts?> GetAsync(TenantId school, PupilId pupil)
    {
        var newer = await grains.GetGrain<IPupilGrain>(PupilKey.Of(school, pupil).ToString()).GetFactsAsync(_known?.Version ?? 0);
        _known = newer ?? _known;
        return _known is null ? null : new CheckerFacts(_known.ClassTeacher, _known.KeyWorker, _known.LeftOn, _known.DevicesAway);
    }
}
