using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.StaffConsole.Pages.Report;

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

/// <summary>
/// A referral, news of one, or the decision not to refer. Who owns a step to refer and does not see the incident records a new one; so does whoever
/// reported it and has referred it themselves, which anyone may.
/// </summary>
internal sealed class ReferralPage(IncidentDesk desk) : RecordPage
{
    public static readonly IReadOnlyList<StepKind> Kinds =
        [StepKind.ReferPolice, StepKind.ReferSocialCare, StepKind.ReferLado, StepKind.ReferLocalAuthority, StepKind.ReferAgency];

    private IncidentView? _incident;
    private StepKind? _kind;

    [BindProperty]
    public ReferralForm Form { get; set; } = new();

    public bool SeesIncident => _incident is not null;

    /// <summary>Who reported it has no more of it than this.</summary>
    public IncidentReceipt? Receipt { get; private set; }

    public override string Home => $"/console/incidents/{Id}";

    public async Task<IActionResult> OnGetAsync(int? referral, int? step)
    {
        Form.Step = step;
        return await ShowAsync(() => FillAsync(referral));
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var answer = await SendAsync(context => desk.Grain(Who.Tenant, Id).RecordReferralAsync(context, Form.Command()), "referral");
        var id = new IncidentId(Id);
        return answer is not RedirectResult || await desk.Incidents.FindAsync(Who, id, Ct) is not null ? answer
            : Form.Step is null && await desk.Incidents.ReceiptAsync(Who, id, Ct) is not null ? Redirect($"{MyReportsPage.Path}?done=referral")
            : Redirect("/console");
    }

    protected override async Task<bool> LoadAsync()
    {
        _incident = await desk.Incidents.FindAsync(Who, new IncidentId(Id), Ct);
        _kind = _incident is not null ? _incident.Steps.FirstOrDefault(s => s.Number == Form.Step)?.Rule.Kind
            : Form.Step is { } step ? (await desk.StepTaskAsync(Who, Id, step, Ct))?.Work?.Kind
            : null;
        Receipt = _incident is null && Form.Step is null ? await desk.Incidents.ReceiptAsync(Who, new IncidentId(Id), Ct) : null;
        return _incident is not null || Receipt is not null || (_kind is { } kind && Kinds.Contains(kind));
    }

    private Task FillAsync(int? referral)
    {
        var known = _incident?.Referrals.FirstOrDefault(r => r.Number == referral);
        (Form.Referral, Form.Step) = (known?.Number, _kind is null ? null : Form.Step);
        Form.Agency = known?.Agency ?? _kind switch
        {
            StepKind.ReferSocialCare => Agency.SocialCare,
            StepKind.ReferLado => Agency.Lado,
            StepKind.ReferLocalAuthority => Agency.LocalAuthority,
            StepKind.ReferAgency => Agency.EarlyHelp,
            _ => Agency.Police,
        };
        (Form.Reference, Form.Handler, Form.ChaseOn) = (Unreadable.ForForm(known?.Reference), Unreadable.ForForm(known?.Handler), known?.ChaseOn);
        return Task.CompletedTask;
    }
}
