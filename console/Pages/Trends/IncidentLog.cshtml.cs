using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.StaffConsole.Drawing;
using OnlineSafetyTrust.StaffConsole.Words;
using OnlineSafetyTrust.Storage.Readers;
using OnlineSafetyTrust.Storage.Trends;

namespace OnlineSafetyTrust.StaffConsole.Pages.Trends;

/// <summary>C9: the log for somebody outside the school. How coarse it is, is the reader's decision; the page only says so.</summary>
internal sealed class IncidentLogPage(IncidentLogReader logs, ISchoolDays days, SheetFiles files) : SchoolPage
{
    public const string Address = "/console/incident-log";

    public static readonly Role[] Makers = [Role.Dsl, Role.DeputyDsl, Role.Headteacher];

    private NatureTitles _natures = NatureTitles.None;

    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    [BindProperty(SupportsGet = true)]
    public LogRecipient? Recipient { get; set; }

    /// <summary>Null: nothing was asked yet.</summary>
    public IncidentLog? Log { get; private set; }

    public string LogOfSchool => $"/console/access/{Who.Tenant.Value:D}";

    public static IReadOnlyList<string> Headings { get; } = ["Month", "Nature", "Key stage", "4Cs", "Closed", "Referred", "Incidents"];

    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ? Page() : NotFound();

    public string Title => $"Incidents for the {Wording.Of(Log!.Recipient).ToLowerInvariant()}, {Wording.ShortDay(Log.From)} to {Wording.ShortDay(Log.To)}";

    public bool MakesPdf => files.MakesPdf;

    public async Task<IActionResult> OnGetCsvAsync() => await LoadAsync() && Log is not null ? SheetFiles.Csv(Sheet) : NotFound();

    public async Task<IActionResult> OnGetPdfAsync() => await LoadAsync() && Log is not null ? await files.PdfAsync(Sheet, Ct) : NotFound();

    public string?[] Cells(IncidentLogRow row) =>
    [
        row.Period.From.AddMonths(1) > row.Period.To ? row.Period.From.ToString("MMM yyyy", CultureInfo.InvariantCulture) : $"Other months of {Year(row.Period)}",
        row.Nature is null ? "Several, or not told" : _natures.Of(row.Nature), Word(row.KeyStage), Word(row.FourC), YesNo(row.Closed), YesNo(row.Referred), row.Count.ToString(CultureInfo.InvariantCulture),
    ];

    public IEnumerable<string> LeftOut() => Log!.LeftOut.Select(y => $"{Year(y)}: fewer than {IncidentLogReader.Fewest} incidents. None of them is told, nor how many there were.");

    private Sheet Sheet => new("incident-log", Title, Headings, [.. Log!.Rows.Select(Cells), .. LeftOut().Select(s => (string?[])[s])]);

    private static string Year(TrendPeriod year) => string.Create(CultureInfo.InvariantCulture, $"{year.From.Year}/{year.To.Year % 100:00}");

    private static string Word(string? value) => value switch
    {
        null => "Several, or not told",
        "none" => "None",
        _ => char.ToUpperInvariant(value[0]) + value[1..],
    };

    private static string YesNo(bool? value) => value switch { true => "Yes", false => "No", null => "Some, or not told" };

    private async Task<bool> LoadAsync()
    {
        if (!Who.HasAny(Makers))
        {
            return false;
        }

        if (From is not { } from || To is not { } to || Recipient is not { } recipient)
        {
            return true;
        }

        if (await logs.ReadAsync(Who, from, to, recipient, Ct) is not { } log)
        {
            return false;
        }

        Log = log.Value;
        Wrong(log.Errors);
        _natures = new NatureTitles((await days.FindAsync(Who.Tenant, Ct))?.Facts.Policy?.Policy);
        return true;
    }
}
