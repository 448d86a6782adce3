using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Devices;

namespace OnlineSafetyTrust.StaffConsole.Pages.Devices;

/// <summary>D1 and D2: a device, where it is, and how it got there.</summary>
internal sealed class OneDevicePage(DeviceDesk desk) : DevicePage(desk)
{
    public IReadOnlyList<CustodyEntryView> Chain { get; private set; } = [];

    public bool MaySeeLog => Who.HasAny(Role.Dsl, Role.Headteacher, Role.DataProtectionOfficer);

    public bool MayExamine => Device is { Frozen: false, Custody: CustodyState.Confiscated or CustodyState.Removed } && Who.HasAny(Role.Dsl, Role.DeputyDsl, Role.Headteacher, Role.NetworkManager);

    public Task<IActionResult> OnGetAsync() => ShowAsync(async () =>
    {
        Chain = await Desk.Devices.CustodyAsync(Who, Device.Id, Ct);
        await Desk.Names.LearnAsync(
            Chain.SelectMany(e => new[] { e.By.Person, e.FromHolder?.Staff, e.FromStaff, e.ToStaff, e.EssentialOverride?.DecidedBy }), Chain.Select(e => e.FromHolder?.Pupil), Ct);
    });
}
