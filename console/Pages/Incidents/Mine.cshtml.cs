using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Storage.Readers;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.StaffConsole.Pages.Incidents;

/// <summary>For whoever was told of an incident or approves its closure: their own task and nothing of the record. Who sees the record goes on to it.</summary>
internal sealed class MyPartPage(IncidentDesk desk, TaskReader tasks) : RecordPage
{
    private const int Most = 500;

    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>Seeing it once sees all; each may ask something else.</summary>
    public IReadOnlyList<TaskView> Told { get; private set; } = [];

    public TaskView? Approval { get; private set; }

    public override string Home => ConsoleHosting.Root;

    public async Task<IActionResult> OnGetAsync() => await desk.Incidents.FindAsync(Who, new IncidentId(Id), Ct) is not null
        ? Redirect($"/console/incidents/{Id}{(await desk.TaskAsync(Who, Id, "approve-closure", Ct) is null ? "" : "/close")}")
        : await ShowAsync();

    public Task<IActionResult> OnPostAsync(string? @do)
    {
        var grain = desk.Grain(Who.Tenant, Id);
        return @do == "seen"
            ? SendAsync(grain.MarkSeenAsync, "seen")
            : SendAsync(context => grain.ApproveClosureAsync(context, new ApproveClosure(@do == "approve", Reason)), "closed");
    }

    protected override async Task<bool> LoadAsync()
    {
        var mine = await tasks.PageAsync(Who, [TaskKind.IncidentTold, TaskKind.ClosureApproval], TasksOrder.DueAtAsc, new PageRequest(First: Most), Ct);
        TaskView[] here = mine.Ok ? [.. mine.Value.Items.Select(i => i.Item).Where(t => t.Record.Id == Id)] : [];
        (Told, Approval) = ([.. here.Where(t => t.Kind == TaskKind.IncidentTold)], here.FirstOrDefault(t => t.Kind == TaskKind.ClosureApproval));
        return here.Length > 0;
    }
}
