using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Access;
using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.StaffConsole.Fields;

namespace OnlineSafetyTrust.StaffConsole.Pages.Devices;

/// <summary>A device leaves whoever has it: place, incident and, for an essential one, the head's decision.</summary>
internal abstract class TakingPage(DeviceDesk desk) : DevicePage(desk)
{
    [BindProperty]
    public string? Place { get; set; }

    [BindProperty]
    public Guid? DecidedBy { get; set; }

    [BindProperty]
    public string? Replacement { get; set; }

    public Task<IActionResult> OnGetAsync() => ShowAsync(OfferAsync);

    protected IncidentId? For => Incident is { } id ? new IncidentId(id) : null;

    protected EssentialOverride? HeadDecision => DecidedBy is { } head ? new EssentialOverride(new PersonId(head), Replacement ?? "") : null;

    protected Task<IActionResult> TakeAsync(Func<CommandContext, Task<Result<DeviceView>>> command, string done) =>
        SendAsync(context => Desk.Offers.IfKnownAsync(context, NamedRecords.Of(For), () => command(context), Ct), done, OfferAsync);
}

internal sealed class TakePage(DeviceDesk desk) : TakingPage(desk)
{
    [BindProperty]
    public Taking Taking { get; set; }

    [BindProperty]
    public string? LawfulGround { get; set; }

    [BindProperty]
    public bool NoneLeft { get; set; }

    public Task<IActionResult> OnPostAsync() =>
        TakeAsync(context => Grain.TakeAsync(context, new TakeDevice(Taking, Place ?? "", LawfulGround ?? "", For, NoneLeft, HeadDecision)), "taken");
}

/// <summary>C4: isolated and sealed as it is.</summary>
internal sealed class SealPage(DeviceDesk desk) : TakingPage(desk)
{
    [BindProperty]
    public string? SealNumber { get; set; }

    public Task<IActionResult> OnPostAsync() => TakeAsync(context => Grain.SealAsync(context, new SealAsEvidence(Place ?? "", SealNumber ?? "", For, HeadDecision)), "sealed");
}
