using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Incidents;

namespace OnlineSafetyTrust.StaffConsole.Pages.Incidents;

/// <summary>C8: close, approve, send back, reopen: whichever the incident waits for.</summary>
internal sealed class ClosePage(IncidentDesk desk) : IncidentPage(desk)
{
    [BindProperty(Name = "reason")]
    public string? Text { get; set; }

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public Task<IActionResult> OnPostAsync(string? @do) => SendAsync(
        context => @do switch
        {
            "reopen" => Grain.ReopenAsync(context, new ReopenIncident(Text ?? "")),
            "approve" => Grain.ApproveClosureAsync(context, new ApproveClosure(true, Text)),
            "back" => Grain.ApproveClosureAsync(context, new ApproveClosure(false, Text)),
            _ => Grain.CloseAsync(context, new CloseIncident(Text ?? "")),
        },
        @do == "reopen" ? "reopened" : "closed");
}
