using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Devices;

namespace OnlineSafetyTrust.StaffConsole.Pages.Devices;

internal sealed class ReturnPage(DeviceDesk desk) : DevicePage(desk)
{
    [BindProperty]
    public ReturnedTo To { get; set; }

    [BindProperty]
    public string? Note { get; set; }

    [BindProperty]
    public Guid? DecidedBy { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>It waits for a strategy; or its pupil is to have no device before one is agreed, which the refusal says.</summary>
    public bool AsksHeadsDecision => Device.UntilStrategy || DecidedBy is not null || ErrorOf("strategyOverride") is not null;

    private StrategyOverride? HeadDecision => DecidedBy is { } head ? new StrategyOverride(new PersonId(head), Reason ?? "") : null;

    public Task<IActionResult> OnGetAsync() => ShowAsync(OfferAsync);

    public Task<IActionResult> OnPostAsync() => SendAsync(context => Grain.ReturnAsync(context, new ReturnDevice(To, Note, HeadDecision)), "returned", OfferAsync);
}
