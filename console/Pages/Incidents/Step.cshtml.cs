using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Storage.Readers;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.StaffConsole.Pages.Incidents;

/// <summary>C3: one step. Its owner gets here by their task and learns nothing of the incident; who sees the incident sees the whole rule.</summary>
internal sealed class StepPage(IncidentDesk desk, TaskReader tasks, IConsoleClock clock) : SchoolPage
{
    private static readonly StepKind[] Referrals =
        [StepKind.ReferPolice, StepKind.ReferSocialCare, StepKind.ReferLado, StepKind.ReferLocalAuthority, StepKind.ReferAgency];

    private StepRule? _rule;

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public int Number { get; set; }

    [BindProperty]
    public StepForm Form { get; set; } = new();

    public bool SeesIncident => _rule is not null;

    public string Text { get; private set; } = "";

    /// <summary>What the DSL asks in their own words.</summary>
    public string? ToDo { get; private set; }

    public DateTimeOffset? DueAt { get; private set; }

    public bool UsesReferral => _rule is { } rule && Referrals.Contains(rule.Kind);

    public bool MayConsider => _rule is null or { Mode: StepMode.Consider };

    public bool MayContactParents => _rule is null or { Kind: StepKind.ContactParents };

    public bool ContactOnly => _rule is { Kind: StepKind.ContactParents };

    public bool MayWaive => _rule is { WaivableBy.Count: > 0 };

    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string? @do)
    {
        // The command first: sent twice, the form finds no open step, but its stored answer.
        var grain = desk.Grain(Who.Tenant, Id);
        var reply = @do == "waive" ? await grain.WaiveStepAsync(Command(), new WaiveStep(Number, Form.Reason ?? "")) : await grain.CompleteStepAsync(Command(), Form.Command(Number, clock));
        if (reply.Ok)
        {
            return Redirect(await desk.Incidents.FindAsync(Who, new IncidentId(Id), Ct) is not null ? $"/console/incidents/{Id}?done={(@do == "waive" ? "waived" : "step")}" : "/console");
        }

        return Refused(reply) ?? (await LoadAsync() ? Page() : NotFound());
    }

    private async Task<bool> LoadAsync()
    {
        if (await desk.Incidents.FindAsync(Who, new IncidentId(Id), Ct) is { } incident)
        {
            var step = incident.Steps.FirstOrDefault(s => s.Number == Number && s.Status == StepStatus.Open);
            (_rule, Text, ToDo, DueAt) = (step?.Rule, step?.Rule.Text ?? "", step?.ToDo, step?.DueAt);
            return step is not null;
        }

        var mine = await tasks.PageAsync(Who, ["incident-step"], TasksOrder.DueAtAsc, new PageRequest(First: 500), Ct);
        var name = Number.ToString(CultureInfo.InvariantCulture);
        if ((mine.Ok ? mine.Value.Items : []).Select(i => i.Item).FirstOrDefault(t => t.Record.Id == Id && t.Step == name) is not { } task)
        {
            return false;
        }

        (Text, ToDo, DueAt) = (task.Title, task.ToDo, task.DueAt);
        return true;
    }
}
