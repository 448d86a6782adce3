using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.StaffConsole.Drawing;
using OnlineSafetyTrust.StaffConsole.Words;
using OnlineSafetyTrust.Storage.Readers;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.StaffConsole.Pages.Pupils;

/// <summary>C9: a pupil's whole chronology as a table, oldest first, for the safeguarding record that the school keeps already.</summary>
internal sealed class ExportPupilPage(PupilDesk desk, ISchoolDays days, SheetFiles files, Wording say) : SchoolPage
{
    private const int PageSize = 500;

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public async Task<IActionResult> OnGetAsync() => await SheetAsync() is { } sheet ? SheetFiles.Csv(sheet) : NotFound();

    public async Task<IActionResult> OnGetPdfAsync() => await SheetAsync() is { } sheet ? await files.PdfAsync(sheet, Ct) : NotFound();

    private async Task<Sheet?> SheetAsync()
    {
        var lines = new List<IncidentPupilView>();
        for (string? after = null; ;)
        {
            if (await desk.Reads.Chronology.PageAsync(Who, new PupilId(Id), ChronologyOrder.HappenedAtAsc, new PageRequest(First: PageSize, After: after), Ct) is not { Ok: true, Value: var page })
            {
                return null;
            }

            lines.AddRange(page.Items.Select(i => i.Item));
            if (!page.HasNext)
            {
                break;
            }

            after = page.Items[^1].Cursor;
        }

        var natures = new NatureTitles((await days.FindAsync(Who.Tenant, Ct))?.Facts.Policy?.Policy);
        await desk.Names.LearnAsync([], [new PupilId(Id)], Ct);
        return new Sheet(
            "chronology", $"Chronology: {desk.Names.Of(new PupilId(Id))}", ["Happened", "Reported", "Incident", "Part", "Year", "Nature", "Awareness", "Status", "Done, or decided against"],
            lines.Select(l => (string?[])
            [
                say.Time(l.At), say.Time(l.ReportedAt), IncidentReference.Of(l.Incident), Wording.Of(l.Part), l.Dimensions.YearGroup, l.Status == IncidentStatus.Reported ? "Not triaged yet" : natures.Of(l.Nature),
                l.Awareness is { } aware ? Wording.Of(aware) : null, Wording.Of(l.Status), string.Join("; ", l.Done.Select(Said)),
            ]));
    }

    private string Said(DoneStep done) => $"{say.Time(done.At)} {(done.ForIncident ? "for the incident: " : "")}{(done.Answer == false ? "decided against: " : "")}{Wording.Of(done.Kind)}";
}
