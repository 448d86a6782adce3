using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Incidents;

namespace OnlineSafetyTrust.StaffConsole.Pages.Incidents;

/// <summary>C8: a change's owner gets here by their task, reads what to change and learns nothing else of the incident.</summary>
internal sealed class ChangePage(IncidentDesk desk) : SchoolPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public int Number { get; set; }

    [BindProperty]
    public string? Outcome { get; set; }

    public string? What { get; private set; }

    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync()
    {
        // The command first: sent twice, the form finds no open change, but its stored answer.
        var reply = await desk.Grain(Who.Tenant, Id).CompleteChangeAsync(Command(), new CompleteChange(Number, Outcome));
        if (reply.Ok)
        {
            return Redirect(await desk.Incidents.FindAsync(Who, new IncidentId(Id), Ct) is not null ? $"/console/incidents/{Id}?done=change" : "/console");
        }

        return Refused(reply) ?? (await LoadAsync() ? Page() : NotFound());
    }

    private async Task<bool> LoadAsync()
    {
        if (await desk.Incidents.FindAsync(Who, new IncidentId(Id), Ct) is { } incident)
        {
            var change = incident.Debrief?.Changes.FirstOrDefault(c => c.Number == Number && c.DoneAt is null);
            What = change?.What;
            return change is not null;
        }

        var task = await desk.TaskAsync(Who, Id, string.Create(CultureInfo.InvariantCulture, $"change-{Number}"), Ct);
        What = task?.Asked;
        return task is not null;
    }
}
