using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.StaffConsole.Fields;
using OnlineSafetyTrust.StaffConsole.Words;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.Pupils;

/// <summary>What every form on one pupil needs.</summary>
internal sealed record PupilDesk(PupilReader Pupils, PupilReads Reads, Names Names, Offers Offers, IGrainFactory Grains)
{
    public IPupilGrain Pupil(TenantId school, PupilId pupil) => Grains.GetGrain<IPupilGrain>(PupilKey.Of(school, pupil).ToString());

    public IStrategyGrain Strategy(TenantId school, PupilId pupil) => Grains.GetGrain<IStrategyGrain>(StrategyKey.Of(school, pupil).ToString());
}

/// <summary>A form on one pupil, for those who decide on bans and strategies, or whom its own rule names.</summary>
internal abstract class PupilPage(PupilDesk desk) : RecordPage
{
    public PupilId Pupil => new(Id);

    public override string Home => $"/console/pupils/{Id}";

    protected PupilDesk Desk => desk;

    protected virtual ValueTask<bool> MayAsync() => ValueTask.FromResult(Leads);

    protected override async Task<bool> LoadAsync()
    {
        if (!await MayAsync() || await desk.Pupils.FindAsync(Who, Pupil, Ct) is null)
        {
            return false;
        }

        await desk.Names.LearnAsync([], [Pupil], Ct);
        return true;
    }
}
