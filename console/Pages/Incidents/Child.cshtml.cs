using Microsoft.AspNetCore.Mvc;

namespace OnlineSafetyTrust.StaffConsole.Pages.Incidents;

/// <summary>C1: a report sent as technical goes to the DSL. Whoever hands it over may not see it afterwards, so they go home.</summary>
internal sealed class ChildPage(IncidentDesk desk) : IncidentPage(desk)
{
    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        var reply = await Grain.HandToDslAsync(Command());
        return reply.Ok
            ? Redirect(await Desk.Incidents.FindAsync(Who, new IncidentId(Id), Ct) is not null ? $"{Home}?done=handed" : "/console?done=handed")
            : Refused(reply) ?? await ShowAsync();
    }
}
