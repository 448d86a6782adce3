using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Devices;

namespace OnlineSafetyTrust.StaffConsole.Pages.Devices;

/// <summary>C4: what was found on a device becomes an incident, or the DSL says why not.</summary>
internal sealed class FoundPage(DeviceDesk desk) : DevicePage(desk)
{
    [BindProperty]
    public string? Reason { get; set; }

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public Task<IActionResult> OnPostAsync() => SendAsync(context => Grain.AnswerNudeFoundAsync(context, new AnswerNudeFound(Reason ?? "")), "found-answered");
}
