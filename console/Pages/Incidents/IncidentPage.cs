using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.StaffConsole.Words;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.Incidents;

/// <summary>What every page of one incident needs.</summary>
internal sealed class IncidentDesk(IncidentReader incidents, ISchoolDays days, Names names, IGrainFactory grains)
{
    public IncidentReader Incidents => incidents;

    public ISchoolDays Days => days;

    public Names Names => names;

    public IIncidentGrain Grain(TenantId school, Guid incident) => grains.GetGrain<IIncidentGrain>(IncidentKey.Of(school, new IncidentId(incident)).ToString());
}

/// <summary>A page of one incident. Not for this reader, of another school, not there: all the same 404, and no command is sent.</summary>
internal abstract class IncidentPage(IncidentDesk desk) : SchoolPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public IncidentView Incident { get; private set; } = null!;

    public PolicyPack? Policy { get; private set; }

    protected IncidentDesk Desk => desk;

    protected IIncidentGrain Grain => desk.Grain(Who.Tenant, Id);

    public string Home => $"/console/incidents/{Id}";

    public string NatureTitle => Incident.TriagedAt is null ? "Not triaged yet" : new NatureTitles(Policy).Of(Incident.Nature);

    protected async Task<bool> LoadAsync()
    {
        if (await desk.Incidents.FindAsync(Who, new IncidentId(Id), Ct) is not { } incident)
        {
            return false;
        }

        Incident = incident;
        Policy = (await desk.Days.FindAsync(Who.Tenant, Ct))?.Facts.Policy?.Policy;
        return true;
    }

    /// <summary>Shows the form, or 404.</summary>
    protected async Task<IActionResult> ShowAsync(Func<Task>? more = null)
    {
        if (!await LoadAsync())
        {
            return NotFound();
        }

        await (more?.Invoke() ?? Task.CompletedTask);
        return Page();
    }

    /// <summary>Sends a command; back to the incident, or the form again with what was wrong.</summary>
    protected async Task<IActionResult> SendAsync<T>(Func<CommandContext, Task<Result<T>>> command, string done, Func<Task>? more = null)
    {
        if (!await LoadAsync())
        {
            return NotFound();
        }

        if (Errors.Count == 0)
        {
            var reply = await command(Command());
            if (reply.Ok)
            {
                return Redirect($"{Home}?done={done}");
            }

            if (Refused(reply) is { } gone)
            {
                return gone;
            }
        }

        await (more?.Invoke() ?? Task.CompletedTask);
        return Page();
    }
}
