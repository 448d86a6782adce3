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

    private StrategyOverride? HeadDecision => DecidedBy is { } head ? new StrategyOverride(new PersonId(head), Reason ?? "") : null;

    public Task<IActionResult> OnGetAsync() => ShowAsync(OfferAsync);

    public Task<IActionResult> OnPostAsync() => SendAsync(context => Grain.ReturnAsync(context, new ReturnDevice(To, Note, HeadDecision)), "returned", OfferAsync);
}
