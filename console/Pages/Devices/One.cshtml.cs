using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.StaffConsole.Words;

namespace OnlineSafetyTrust.StaffConsole.Pages.Devices;

/// <summary>D1 and D2: a device, where it is, and how it got there.</summary>
internal sealed class OneDevicePage(DeviceDesk desk) : DevicePage(desk)
{
    public IReadOnlyList<CustodyEntryView> Chain { get; private set; } = [];

    /// <summary>Newest first.</summary>
    public IReadOnlyList<DeviceUseView> Uses { get; private set; } = [];

    /// <summary>Uses with a smaller number; null: the last of all.</summary>
    [BindProperty(SupportsGet = true)]
    public int? UsedBefore { get; set; }

    /// <summary>Newest first; none for whoever does not see the chain.</summary>
    public IReadOnlyList<DeviceChangeView> History { get; private set; } = [];

    /// <summary>May put the record right. Saves clicks: the grain says who may.</summary>
    public bool Keeps => Who.HasAny(Role.Dsl, Role.DeputyDsl, Role.Headteacher, Role.SeniorLeader, Role.OnlineSafetyLead, Role.NetworkManager);

    public bool InUse => !IsHeld && !Device.Frozen;

    /// <summary>The loan of a confiscated device of the school may end too, where nothing waits for it.</summary>
    public bool IsBackFromLoan => Device.Loan is not null && (InUse || (SeesChain && Device is { Ownership: DeviceOwnership.School, Custody: CustodyState.Confiscated, Frozen: false, UntilStrategy: false }));

    public bool MaySeeLog => Who.HasAny(Role.Dsl, Role.Headteacher, Role.DataProtectionOfficer);

    public bool MayExamine => Device is { Frozen: false, Custody: CustodyState.Confiscated or CustodyState.Removed } && Who.HasAny(Role.Dsl, Role.DeputyDsl, Role.Headteacher, Role.NetworkManager);

    public Task<IActionResult> OnGetAsync() => ShowAsync(async () =>
    {
        Chain = await Desk.Devices.CustodyAsync(Who, Device.Id, Ct);
        History = [.. (await Desk.Devices.HistoriesAsync(Who, [Device.Id], Ct))[Device.Id]];
        await Desk.Names.LearnAsync(
            History.SelectMany(c => new[] { c.By.Person, c.Before?.Holder?.Staff, c.After?.Holder?.Staff }), History.SelectMany(c => new[] { c.Before?.Holder?.Pupil, c.After?.Holder?.Pupil }), Ct);
        Uses = Device.Shared ? [.. (await Desk.Devices.UsesAsync(Who, [Device.Id], UsedBefore, Ct))[Device.Id]] : [];
        await Desk.Names.LearnAsync(Uses.SelectMany(u => new[] { u.User.Staff, u.RecordedBy.Person }), Uses.Select(u => u.User.Pupil), Ct);
        await Desk.Names.LearnAsync(
            Chain.SelectMany(e => new[] { e.By.Person, e.FromHolder?.Staff, e.FromStaff, e.ToStaff, e.EssentialOverride?.DecidedBy, e.StrategyOverride?.DecidedBy }), Chain.Select(e => e.FromHolder?.Pupil), Ct);
    });

    /// <summary>One side of a correction in words: what differs from the other side.</summary>
    public string Said(DeviceWordsView? words, DeviceWordsView? other) => words is null || other is null ? "" : string.Join(", ", new[]
    {
        words.Label != other.Label ? words.Label ?? "no name" : null,
        words.Serial != other.Serial ? words.Serial is { } serial ? $"serial number {serial}" : "no serial number" : null,
        words.Kind is { } kind ? Wording.Of(kind) : null,
        words.Holder != other.Holder ? words.Holder is null ? "held by nobody in particular" : $"held by {Desk.Names.Of(words.Holder)}" : null,
        words.Ownership is { } ownership ? ownership == DeviceOwnership.School ? "the school’s" : "somebody’s own" : null,
        words.Essential is { } essential ? essential == EssentialPurpose.None ? "not essential" : $"essential for {Wording.Of(essential).ToLowerInvariant()}" : null,
    }.OfType<string>());
}
