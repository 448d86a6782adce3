using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Incidents;

namespace OnlineSafetyTrust.StaffConsole.Pages.Incidents;

internal sealed class PoliceForm
{
    public PoliceOutcome? Outcome { get; set; }

    public string? Advice { get; set; }

    public bool? ParentsMayBeTold { get; set; }

    public bool? DevicesReleased { get; set; }
}

/// <summary>C4: what the police answered, or that they have not.</summary>
internal sealed class PolicePage(IncidentDesk desk) : IncidentPage(desk)
{
    [BindProperty]
    public PoliceForm Form { get; set; } = new();

    public Task<IActionResult> OnGetAsync() => ShowAsync(() =>
    {
        Form.Outcome = Incident.Path?.PoliceAnswers is [.., var last] ? last.Outcome : null;
        return Task.CompletedTask;
    });

    public Task<IActionResult> OnPostAsync()
    {
        if (Form.Outcome is null)
        {
            Wrong("outcome", "Choose what the police said, or that there is no reply.");
        }

        return SendAsync(
            context => Grain.RecordPoliceResponseAsync(context, new RecordPoliceResponse(Form.Outcome!.Value, Form.Advice, Form.ParentsMayBeTold, Form.DevicesReleased)), "police");
    }
}
