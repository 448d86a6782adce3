using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Devices;

namespace OnlineSafetyTrust.StaffConsole.Pages.Devices;

/// <summary>D1 and D2: a device, where it is, and how it got there.</summary>
internal sealed class OneDevicePage(DeviceDesk desk) : DevicePage(desk)
{
    public IReadOnlyList<CustodyEntryView> Chain { get; private set; } = [];

    /// <summary>Newest first.</summary>
    public IReadOnlyList<DeviceUseView> Uses { get; private set; } = [];

    public bool InUse => !IsHeld && !Device.Frozen && !Device.UntilStrategy;

    public bool MaySeeLog => Who.HasAny(Role.Dsl, Role.Headteacher, Role.DataProtectionOfficer);

    public bool MayExamine => Device is { Frozen: false, Custody: CustodyState.Confiscated or CustodyState.Removed } && Who.HasAny(Role.Dsl, Role.DeputyDsl, Role.Headteacher, Role.NetworkManager);

    public Task<IActionResult> OnGetAsync() => ShowAsync(async () =>
    {
        Chain = await Desk.Devices.CustodyAsync(Who, Device.Id, Ct);
        Uses = Device.Shared ? await Desk.Devices.UsesAsync(Who, Device.Id, Ct) : [];
        await Desk.Names.LearnAsync(Uses.SelectMany(u => new[] { u.User.Staff, u.RecordedBy.Person }), Uses.Select(u => u.User.Pupil), Ct);
        await Desk.Names.LearnAsync(
            Chain.SelectMany(e => new[] { e.By.Person, e.FromHolder?.Staff, e.FromStaff, e.ToStaff, e.EssentialOverride?.DecidedBy, e.StrategyOverride?.DecidedBy }), Chain.Select(e => e.FromHolder?.Pupil), Ct);
    });
}
