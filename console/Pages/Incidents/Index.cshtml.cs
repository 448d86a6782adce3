using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.StaffConsole.Words;
using OnlineSafetyTrust.Storage.Readers;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.StaffConsole.Pages.Incidents;

/// <summary>The incidents that the reader may see, newest first.</summary>
internal sealed class IncidentsPage(IncidentReader reader, ISchoolDays days) : SchoolPage
{
    private NatureTitles _natures = NatureTitles.None;

    [BindProperty(SupportsGet = true)]
    public IncidentStatus? Status { get; set; }

    public IReadOnlyList<IncidentView> Incidents { get; private set; } = [];

    public long Waiting { get; private set; }

    public string? Next { get; private set; }

    public string NatureOf(IncidentView incident) => incident.TriagedAt is null ? "Not triaged yet" : _natures.Of(incident.Nature);

    public async Task<IActionResult> OnGetAsync(string? after)
    {
        var page = await reader.PageAsync(Who, new IncidentFilter(Status is { } status ? [status] : null), IncidentsOrder.ReportedAtDesc, new PageRequest(First: 25, After: after), Ct);
        if (!page.Ok)
        {
            return NotFound();
        }

        Incidents = [.. page.Value.Items.Select(i => i.Item)];
        Next = page.Value.HasNext ? page.Value.Items[^1].Cursor : null;
        Waiting = await reader.CountUntriagedAsync(Who, Ct);
        _natures = new NatureTitles((await days.FindAsync(Who.Tenant, Ct))?.Facts.Policy?.Policy);
        return Page();
    }
}
