using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.StaffConsole.Words;
using OnlineSafetyTrust.Storage.Readers;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.StaffConsole.Pages;

/// <summary>K1: one's own tasks, overdue first. A class's checks are one entry, before everything else.</summary>
internal sealed class HomePage(TaskReader tasks, CheckReader checks, SchoolReader schools, Names names) : ConsolePage
{
    private const int Most = 100;

    public bool IsTrust => Who.Tenant.Kind == TenantKind.Trust;

    /// <summary>A report of immediate danger would lack a number; for those who enter them.</summary>
    public bool NumbersMissing { get; private set; }

    public int Checks { get; private set; }

    public int LateChecks { get; private set; }

    public IReadOnlyList<TaskView> Tasks { get; private set; } = [];

    public bool More { get; private set; }

    public async Task OnGetAsync()
    {
        if (IsTrust)
        {
            return;
        }

        NumbersMissing = Who.HasAny(People.CoverPage.Arrangers) && await schools.FindAsync(Who, Who.Tenant, Ct) is { } school && (school.SafeguardingPhone is null || school.OutOfHoursPhone is null);
        var due = await checks.DueAsync(Who, everyone: false, Ct);
        Checks = due.Count(c => c.Status is CheckStatus.Planned or CheckStatus.Overdue);
        LateChecks = due.Count(c => c.Status == CheckStatus.Overdue);
        var page = await tasks.PageAsync(Who, null, TasksOrder.DueAtAsc, new PageRequest(First: Most), Ct);
        Tasks = page.Ok ? [.. page.Value.Items.Select(i => i.Item).Where(t => t.Kind != TaskKind.DailyCheck || !due.Any(c => c.Pupil == t.Pupil))] : [];
        More = page is { Ok: true, Value.HasNext: true };
        await names.LearnAsync([], Tasks.Select(t => t.Pupil), Ct);
    }
}
