using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.StaffConsole.Words;
using OnlineSafetyTrust.Storage.Readers;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.StaffConsole.Pages.Devices;

/// <summary>D1: the register.</summary>
internal sealed class DevicesPage(DeviceReader devices, Names names) : SchoolPage
{
    private const int PageSize = 50;

    [BindProperty(SupportsGet = true)]
    public CustodyState? Custody { get; set; }

    /// <summary>For whoever does not see how.</summary>
    [BindProperty(SupportsGet = true)]
    public bool? InCustody { get; set; }

    public bool SeesCustody => DeviceReader.SeesCustody(Who);

    [BindProperty(SupportsGet = true)]
    public DeviceKind? Kind { get; set; }

    /// <summary>Those that were retired, instead of those in the register.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Retired { get; set; }

    public IReadOnlyList<DeviceSeen> Devices { get; private set; } = [];

    public string? Next { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? after)
    {
        var page = await devices.PageAsync(Who, new DeviceFilter(null, Custody is { } custody ? [custody] : null, Kind, Retired, InCustody), DevicesOrder.IdAsc, new PageRequest(First: PageSize, After: after), Ct);
        if (!page.Ok)
        {
            return NotFound();
        }

        Devices = [.. page.Value.Items.Select(i => i.Item)];
        Next = page.Value.HasNext ? page.Value.Items[^1].Cursor : null;
        var holders = Devices.Select(d => d.View.Loan?.Borrower ?? d.View.Holder).ToList();
        await names.LearnAsync(holders.Select(h => h?.Staff), holders.Select(h => h?.Pupil), Ct);
        return Page();
    }
}
