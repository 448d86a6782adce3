using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Incidents;

namespace OnlineSafetyTrust.StaffConsole.Pages.Incidents;

internal sealed class DecisionForm
{
    public WithoutReply? Decision { get; set; }

    public Agency AdvisedBy { get; set; }

    public string? Advice { get; set; }

    public string? Reason { get; set; }

    public bool ReleaseDevices { get; set; }

    public DateOnly? ChaseOn { get; set; }
}

/// <summary>C4: no reply; head and DSL decide together.</summary>
internal sealed class DecisionPage(IncidentDesk desk) : IncidentPage(desk)
{
    [BindProperty]
    public DecisionForm Form { get; set; } = new();

    public Task<IActionResult> OnGetAsync() => ShowAsync(MoreAsync);

    public Task<IActionResult> OnPostAsync()
    {
        if (Form.Decision is null)
        {
            Wrong("decision", "Choose how to go on.");
        }

        return SendAsync(
            context => Grain.DecideWithoutReplyAsync(context, new DecideWithoutReply(Form.Decision!.Value, Form.AdvisedBy, Form.Advice ?? "", Form.Reason ?? "", Form.ReleaseDevices, Form.ChaseOn)),
            "decision", MoreAsync);
    }

    private Task MoreAsync() => Desk.Names.LearnAsync([Incident.Path?.ProposedBy], [], Ct);
}
