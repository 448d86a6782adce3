using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.StaffConsole.Words;

namespace OnlineSafetyTrust.StaffConsole.Pages.Incidents;

/// <summary>C11: the trust's safeguarding lead in this one case, until a time.</summary>
internal sealed class InvitationPage(IncidentDesk desk, IConsoleClock clock, Wording say) : IncidentPage(desk)
{
    private static readonly TimeOnly EndOfDay = new(23, 59);

    [BindProperty]
    public DateOnly? Until { get; set; }

    [BindProperty]
    public TimeOnly? UntilTime { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>Two forms, two intentions.</summary>
    public Guid EndId { get; } = Guid.NewGuid();

    public InvitationView? Running => Incident.Invitation is { EndedAt: null } invitation && !say.IsOver(invitation.Until) ? invitation : null;

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public Task<IActionResult> OnPostAsync(string? @do)
    {
        if (@do == "end")
        {
            return SendAsync(context => Grain.EndInvitationAsync(context, new EndInvitation()), "invitation-ended");
        }

        if (Until is null)
        {
            Wrong("until", "Enter the last day of the invitation.");
        }

        return SendAsync(context => Grain.InviteAsync(context, new InviteTrustLead(clock.ToInstant(Until!.Value, UntilTime ?? EndOfDay), Reason ?? "")), "invited");
    }
}
