using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.StaffConsole.Fields;

namespace OnlineSafetyTrust.StaffConsole.Pages.Incidents;

internal sealed class DebriefForm
{
    public string? Findings { get; set; }

    public List<Guid> Present { get; set; } = [];

    public List<ChangeLine> Changes { get; set; } = [];

    public DateOnly? MonitorUntil { get; set; }

    public bool PolicyFellShort { get; set; }

    public string? PolicyReason { get; set; }

    public DebriefIncident Command() => new(
        Findings ?? "", [.. Present.Select(p => new PersonId(p))], [.. Changes.Where(c => !c.IsEmpty).Select(c => new ChangeAgreed(c.What ?? "", new PersonId(c.Owner ?? Guid.Empty), c.DueOn ?? default))],
        MonitorUntil, PolicyFellShort, PolicyReason);
}

internal sealed class ChangeLine
{
    public string? What { get; set; }

    public Guid? Owner { get; set; }

    public DateOnly? DueOn { get; set; }

    public bool IsEmpty => string.IsNullOrWhiteSpace(What) && Owner is null && DueOn is null;
}

/// <summary>C8.</summary>
internal sealed class DebriefPage(IncidentDesk desk, Offers offers) : IncidentPage(desk)
{
    private const int Lines = 3;

    [BindProperty]
    public DebriefForm Form { get; set; } = new();

    public IReadOnlyList<Choice> Staff { get; private set; } = [];

    public Task<IActionResult> OnGetAsync() => ShowAsync(MoreAsync);

    public Task<IActionResult> OnPostAsync() => SendAsync(context => Grain.DebriefAsync(context, Form.Command()), "debrief", MoreAsync);

    private async Task MoreAsync()
    {
        while (Form.Changes.Count < Lines)
        {
            Form.Changes.Add(new ChangeLine());
        }

        Staff = await offers.StaffAsync(Ct);
    }
}
