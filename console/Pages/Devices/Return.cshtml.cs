using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Devices;

namespace OnlineSafetyTrust.StaffConsole.Pages.Devices;

internal sealed class ReturnPage(DeviceDesk desk) : DevicePage(desk)
{
    [BindProperty]
    public ReturnedTo To { get; set; }

    [BindProperty]
    public string? Note { get; set; }

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public Task<IActionResult> OnPostAsync() => SendAsync(context => Grain.ReturnAsync(context, new ReturnDevice(To, Note)), "returned");
}
