using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.Pupils;

/// <summary>Checks, bans and a strategy ended when the pupil left: the DSL says that it was seen to.</summary>
internal sealed class EndedPage(PupilDesk desk, TaskReader tasks) : PupilPage(desk)
{
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

        Waiting = await tasks.FindAsync(Who, $"{PupilKey.Of(Who.Tenant, Pupil).Stream}#leaver-measures", Ct);
        return true;
    }
}
