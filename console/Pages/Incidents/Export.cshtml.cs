using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.StaffConsole.Drawing;
using OnlineSafetyTrust.StaffConsole.Words;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.Incidents;

/// <summary>C9: an incident as a table, for the safeguarding record that the school keeps already. Its address stands in the access log. Addresses of the material stay in it (C4).</summary>
internal sealed class ExportIncidentPage(IncidentDesk desk, PupilReader pupils, SheetFiles files, Wording say) : IncidentPage(desk)
{
    public async Task<IActionResult> OnGetAsync() => await SheetAsync() is { } sheet ? SheetFiles.Csv(sheet) : NotFound();

    public async Task<IActionResult> OnGetPdfAsync() => await SheetAsync() is { } sheet ? await files.PdfAsync(sheet, Ct) : NotFound();

    private async Task<Sheet?> SheetAsync()
    {
        if (!await LoadAsync())
        {
            return null;
        }

        await LearnNamesAsync();
        return new Sheet($"incident-{Incident.Reference}", $"Incident {Incident.Reference}", ["When", "What", "Words"], Lines(await ContactsAsync(pupils)));
    }

    private IEnumerable<string?[]> Lines(IReadOnlyDictionary<Guid, string> contacts) => !Guarded ? All(Incident, contacts)
        : [[null, "Addresses", "Addresses of the material are left out: they stay in the record."], .. All(WithoutAddresses, contacts).Select(line => line.Select(MaterialAddresses.LeftOut).ToArray())];

    private IncidentView WithoutAddresses => Incident with
    {
        Addresses = [.. Incident.Addresses.Select(a => a with { Address = null })], Corrections = [.. Incident.Corrections.Select(c => c with { Address = null })],
    };

    private IEnumerable<string?[]> All(IncidentView incident, IReadOnlyDictionary<Guid, string> contacts) =>
    [
        [say.Time(incident.HappenedAt), "Happened", incident.What],
        [null, "Place", incident.Place],
        .. incident.People.Select(p => (string?[])[null, "Pupil", $"{Desk.Names.Of(p.Pupil)}: {Wording.Of(p.Part).ToLowerInvariant()}, year {p.Dimensions.YearGroup}"]),
        .. incident.Addresses.Select(a => (string?[])[null, "Address", $"{a.Address} {a.Description}".Trim()]),
        [null, "Nature", NatureTitle],
        .. Timeline.Of(incident, Desk.Names, contacts).Select(e => (string?[])[say.Time(e.At), e.What, e.Words]),
    ];
}
