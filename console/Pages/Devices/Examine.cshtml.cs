using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.StaffConsole.Fields;

namespace OnlineSafetyTrust.StaffConsole.Pages.Devices;

/// <summary>D2: looked at or deleted, by whom the law and the policy allow it.</summary>
internal sealed class ExaminePage(DeviceDesk desk) : DevicePage(desk)
{
    [BindProperty]
    public string? LawfulGround { get; set; }

    [BindProperty]
    public bool NothingIsEvidence { get; set; }

    [BindProperty]
    public bool NudeFound { get; set; }

    [BindProperty]
    public bool Deleted { get; set; }

    [BindProperty]
    public string? Findings { get; set; }

    public Task<IActionResult> OnGetAsync() => ShowAsync(OfferAsync);

    public Task<IActionResult> OnPostAsync()
    {
        IncidentId? incident = Incident is { } id ? new IncidentId(id) : null;
        return SendAsync(
            context =>
            {
                var send = () => Grain.RecordExaminationAsync(context, new RecordExamination(LawfulGround ?? "", NothingIsEvidence, NudeFound, Deleted, Findings ?? "", incident));
                // Whoever found a nude must hear what to do, whatever else is wrong with what they sent.
                return NudeFound ? send() : Desk.Offers.IfKnownAsync(context, NamedRecords.Of(incident), send, Ct);
            },
            "examined",
            OfferAsync);
    }
}
