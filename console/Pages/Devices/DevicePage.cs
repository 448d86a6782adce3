using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.StaffConsole.Fields;
using OnlineSafetyTrust.StaffConsole.Words;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.Devices;

/// <summary>What every page of one device needs.</summary>
internal sealed record DeviceDesk(DeviceReader Devices, Names Names, Offers Offers, IGrainFactory Grains);

/// <summary>A page of one device.</summary>
internal abstract class DevicePage(DeviceDesk desk) : RecordPage
{
    public DeviceView Device { get; private set; } = null!;

    /// <summary>The reader sees the chain of custody and whether it is frozen.</summary>
    public bool SeesChain { get; private set; }

    public string Where { get; private set; } = "";

    public IReadOnlyList<Choice> Staff { get; protected set; } = [];

    /// <summary>For which incident it is done: whoever has a step of one comes with it.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Incident { get; set; }

    /// <summary>Of the pupil who has it, and the one that was come with.</summary>
    public IReadOnlyList<Choice> Incidents { get; private set; } = [];

    public override string Home => $"/console/devices/{Id}";

    public string Title => Device.Label ?? Wording.Of(Device.Kind);

    public bool IsHeld => Device.Custody.IsHeld();

    /// <summary>It stays with its user unless the head decides otherwise.</summary>
    public bool AsksHead => Device.Essential != EssentialPurpose.None && !IsHeld;

    protected DeviceDesk Desk => desk;

    protected IDeviceGrain Grain => desk.Grains.GetGrain<IDeviceGrain>(DeviceKey.Of(Who.Tenant, new DeviceId(Id)).ToString());

    protected override async Task<bool> LoadAsync()
    {
        if (await desk.Devices.FindAsync(Who, new DeviceId(Id), Ct) is not { } found)
        {
            return false;
        }

        (Device, SeesChain, Where) = (found.View, found.Chain, Wording.Of(found.Custody));
        await desk.Names.LearnAsync([Device.Holder?.Staff, Device.Loan?.Borrower.Staff, Device.Custodian], [Device.Holder?.Pupil, Device.Loan?.Borrower.Pupil], Ct);
        return true;
    }

    protected async Task OfferAsync()
    {
        Staff = await desk.Offers.StaffAsync(Ct);
        Incidents = await desk.Offers.IncidentsOfAsync((Device.Loan?.Borrower ?? Device.Holder)?.Pupil, Ct, Incident is { } named ? new IncidentId(named) : null);
    }
}
