using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Incidents;

namespace OnlineSafetyTrust.StaffConsole.Pages.Incidents;

/// <summary>C8: the look at the situation on the date set.</summary>
internal sealed class MonitoringPage(IncidentDesk desk) : IncidentPage(desk)
{
    [BindProperty]
    public string? Findings { get; set; }

    [BindProperty]
    public DateOnly? ExtendTo { get; set; }

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public Task<IActionResult> OnPostAsync() => SendAsync(context => Grain.ReviewMonitoringAsync(context, new ReviewMonitoring(Findings ?? "", ExtendTo)), "monitoring");
}
