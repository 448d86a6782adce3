using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Incidents;
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
        .. Timeline.Of(Incident, Desk.Names, contacts).Select(e => (string?[])[say.Time(e.At), e.What, null]),
        .. Incident.Steps.Where(s => s.Outcome is not null).Select(s => (string?[])[say.Time(s.DoneAt ?? s.RecordedAt), $"Outcome of step {s.Number}: {s.Rule.Text}", s.Outcome]),
        .. Incident.Referrals.Where(r => r.Response is not null).Select(r => (string?[])[say.Time(r.At), $"Answer of {Wording.Of(r.Agency)}", r.Response]),
        .. Incident.Paths.SelectMany(p => p.PoliceAnswers).Distinct().Where(a => a.Advice is not null).Select(a => (string?[])[say.Time(a.At), "Advice of the police", a.Advice]),
        .. Incident.Paths.Select(p => p.Decision).OfType<JointDecisionView>().Select(d => (string?[])[say.Time(d.At), "Reason of head and DSL, without the police’s reply", d.Reason]),
        .. Incident.Debrief is { } debrief ? [(string?[])[say.Time(debrief.At), "Findings of the debrief", debrief.Findings]] : Array.Empty<string?[]>(),
        .. Incident.Closure is { } closure ? [(string?[])[say.Time(closure.AskedAt), "Summary on closing", closure.Summary]] : Array.Empty<string?[]>(),
    ];
}
