using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.StaffConsole.Drawing;
using OnlineSafetyTrust.StaffConsole.Words;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.Incidents;

/// <summary>C9: an incident as a table, for the safeguarding record that the school keeps already. Its address stands in the access log.</summary>
internal sealed class ExportIncidentPage(IncidentDesk desk, PupilReader pupils, Wording say) : IncidentPage(desk)
{
    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync())
        {
            return NotFound();
        }

        await LearnNamesAsync();
        return Csv.File($"incident-{Incident.Reference}.csv", Lines(await ContactsAsync(pupils)));
    }

    private IEnumerable<string?[]> Lines(IReadOnlyDictionary<Guid, string> contacts) =>
    [
        ["When", "What", "Words"],
        [say.Time(Incident.HappenedAt), "Happened", Incident.What],
        [null, "Place", Incident.Place],
        .. Incident.People.Select(p => (string?[])[null, "Pupil", $"{Desk.Names.Of(p.Pupil)}: {Wording.Of(p.Part).ToLowerInvariant()}, year {p.Dimensions.YearGroup}"]),
        .. Incident.Addresses.Select(a => (string?[])[null, "Address", $"{a.Address} {a.Description}".Trim()]),
        [null, "Nature", NatureTitle],
        .. Timeline.Of(Incident, Desk.Names, contacts).Select(e => (string?[])[say.Time(e.At), e.What, e.Words]),
    ];
}
