using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Storage.Readers;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.StaffConsole.Pages.Report;

/// <summary>C1: receipts. Status only, nothing of the record.</summary>
internal sealed class MyReportsPage(IncidentReader incidents) : SchoolPage
{
    public const string Path = "/console/my-reports";

    public IReadOnlyList<IncidentReceipt> Receipts { get; private set; } = [];

    /// <summary>The one just sent.</summary>
    public IncidentReceipt? Sent { get; private set; }

    public string? Next { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid? sent, string? after)
    {
        var page = await incidents.ReceiptsAsync(Who, ReceiptsOrder.ReportedAtDesc, new PageRequest(First: 25, After: after), Ct);
        if (!page.Ok)
        {
            return NotFound();
        }

        Receipts = [.. page.Value.Items.Select(i => i.Item)];
        Sent = Receipts.FirstOrDefault(r => r.Id.Value == sent);
        Next = page.Value.HasNext ? page.Value.Items[^1].Cursor : null;
        return Page();
    }
}
