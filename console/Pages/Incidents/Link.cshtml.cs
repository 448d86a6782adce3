using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.StaffConsole.Fields;
using OnlineSafetyTrust.StaffConsole.Words;
using OnlineSafetyTrust.Storage.Readers;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.StaffConsole.Pages.Incidents;

/// <summary>C11.</summary>
internal sealed class LinkPage(IncidentDesk desk, Wording say, Offers offers) : IncidentPage(desk)
{
    private const int Offered = 100;

    [BindProperty]
    public Guid? Other { get; set; }

    [BindProperty]
    public string? OtherSchoolReference { get; set; }

    public IReadOnlyList<Choice> Others { get; private set; } = [];

    public Task<IActionResult> OnGetAsync() => ShowAsync(OfferAsync);

    public Task<IActionResult> OnPostAsync()
    {
        IncidentId? other = Other is { } id ? new IncidentId(id) : null;
        var reference = string.IsNullOrWhiteSpace(OtherSchoolReference) ? null : OtherSchoolReference.Trim().ToUpperInvariant();
        var named = new NamedRecords(other is { } known ? [known] : [], [], "other");
        return SendAsync(context => offers.IfKnownAsync(context, named, () => Grain.LinkAsync(context, new LinkIncidents(other, reference)), Ct), "linked", OfferAsync);
    }

    private async Task OfferAsync()
    {
        var page = await Desk.Incidents.PageAsync(Who, new IncidentFilter(), IncidentsOrder.ReportedAtDesc, new PageRequest(First: Offered), Ct);
        Others = page.Ok ? [.. page.Value.Items.Select(i => i.Item).Where(i => i.Id != Incident.Id).Select(i => new Choice(i.Id.ToString(), $"{i.Reference}, reported {say.Time(i.ReportedAt)}"))] : [];
    }
}
