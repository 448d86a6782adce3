using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Storage.Readers;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.StaffConsole.Pages.Pupils;

/// <summary>Checks, bans and a strategy ended when the pupil left: the DSL says that it was seen to.</summary>
internal sealed class EndedPage(PupilDesk desk, TaskReader tasks) : PupilPage(desk)
{
    private const int Most = 500;

    /// <summary>The reader's own task; null: none waits for them.</summary>
    public TaskView? Waiting { get; private set; }

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public Task<IActionResult> OnPostAsync() =>
        SendAsync(context => Desk.Pupil(context.Tenant, Pupil).SettleEndedMeasuresAsync(context, new SettleEndedMeasures()), "ended-settled");

    protected override async Task<bool> LoadAsync()
    {
        if (!await base.LoadAsync())
        {
            return false;
        }

        var mine = await tasks.PageAsync(Who, [TaskKind.LeaverMeasures, TaskKind.ReturnerMeasures], TasksOrder.DueAtAsc, new PageRequest(First: Most), Ct);
        Waiting = mine.Ok ? mine.Value.Items.Select(i => i.Item).FirstOrDefault(t => t.Pupil == Pupil) : null;
        return true;
    }
}
