using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.StaffConsole.Fields;
using OnlineSafetyTrust.StaffConsole.Words;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.Checks;

/// <summary>What every page on one pupil's checks needs.</summary>
internal sealed record ChecksDesk(CheckReader Checks, PupilReader Pupils, Names Names, Offers Offers, IGrainFactory Grains);

/// <summary>A page on one pupil's checks; its id is the pupil's.</summary>
internal abstract class PupilChecksPage(ChecksDesk desk) : RecordPage
{
    /// <summary>Of the pupil, to choose from.</summary>
    public IReadOnlyList<Choice> Incidents { get; private set; } = [];

    public PupilId Pupil => new(Id);

    public override string Home => $"/console/checks/{Id}";

    protected ChecksDesk Desk => desk;

    protected ICheckScheduleGrain Grain => desk.Grains.GetGrain<ICheckScheduleGrain>(ChecksKey.Of(Who.Tenant, Pupil).ToString());

    protected async Task OfferAsync() => Incidents = await desk.Offers.IncidentsOfAsync(Pupil, Ct);
}
