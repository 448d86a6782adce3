using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;

namespace OnlineSafetyTrust.StaffConsole.Pages.Incidents;

internal sealed class ReferralForm
{
    public int? Referral { get; set; }

    public int? Step { get; set; }

    public Agency Agency { get; set; }

    public string? AgencyName { get; set; }

    public ReferralDecision Decision { get; set; }

    public string? Reference { get; set; }

    public string? Handler { get; set; }

    public string? Response { get; set; }

    public DateOnly? ChaseOn { get; set; }

    public bool? ParentsMayBeTold { get; set; }

    public string? Outcome { get; set; }

    public string? Reason { get; set; }

    public string? WouldReopen { get; set; }

    public RecordReferral Command() => new(
        Referral, Agency, Decision, Step, AgencyName, Reference, Handler, Response, ChaseOn, ParentsMayBeTold, Outcome, Reason, WouldReopen);
}

/// <summary>A referral, news of one, or the decision not to refer.</summary>
internal sealed class ReferralPage(IncidentDesk desk) : IncidentPage(desk)
{
    [BindProperty]
    public ReferralForm Form { get; set; } = new();

    public Task<IActionResult> OnGetAsync(int? referral, int? step) => ShowAsync(() =>
    {
        var known = Incident.Referrals.FirstOrDefault(r => r.Number == referral);
        var planned = Incident.Steps.FirstOrDefault(s => s.Number == step);
        (Form.Referral, Form.Step) = (known?.Number, planned?.Number);
        Form.Agency = known?.Agency ?? (planned?.Rule.Kind) switch
        {
            StepKind.ReferSocialCare => Agency.SocialCare,
            StepKind.ReferLado => Agency.Lado,
            StepKind.ReferLocalAuthority => Agency.LocalAuthority,
            StepKind.ReferAgency => Agency.EarlyHelp,
            _ => Agency.Police,
        };
        (Form.Reference, Form.Handler, Form.ChaseOn) = (known?.Reference, known?.Handler, known?.ChaseOn);
        return Task.CompletedTask;
    });

    public Task<IActionResult> OnPostAsync() => SendAsync(context => Grain.RecordReferralAsync(context, Form.Command()), "referral");
}
