using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.StaffConsole.Drawing;
using OnlineSafetyTrust.StaffConsole.Words;
using OnlineSafetyTrust.Storage.Readers;
using OnlineSafetyTrust.Storage.Trends;

namespace OnlineSafetyTrust.StaffConsole.Pages.Trends;

/// <summary>I1: counts by school, month and nature. What is suppressed is the reader's decision; the page only says so.</summary>
internal sealed class TrendsPage(TrendReader trends, ISchoolDays days, Wording say) : ConsolePage
{
    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    public TrendTable? Table { get; private set; }

    public NatureTitles Natures { get; private set; } = NatureTitles.None;

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnGetCsvAsync()
    {
        await LoadAsync();
        return Table is null ? NotFound() : SheetFiles.Csv(TrendRows.Sheet(Table, Natures));
    }

    private async Task LoadAsync()
    {
        // Nothing asked: this academic year.
        To ??= say.Today;
        From ??= new DateOnly(To.Value.Month >= 9 ? To.Value.Year : To.Value.Year - 1, 9, 1);
        var table = await trends.ReadAsync(Who, From.Value, To.Value, TrendUnit.Month, Ct);
        Table = table.Value;
        Wrong(table.Errors);
        Natures = new NatureTitles((await days.FindAsync(Who.Tenant, Ct))?.Facts.Policy?.Policy);
    }
}
