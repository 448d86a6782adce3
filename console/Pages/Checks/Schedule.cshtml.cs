using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.StaffConsole.Fields;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.Checks;

internal sealed class ScheduleForm
{
    /// <summary>Of the checks that run; otherwise new ones.</summary>
    public bool Change { get; set; }

    public DateOnly? From { get; set; }

    public TimeOnly? By { get; set; }

    public List<CheckItem> LookFor { get; set; } = [];

    public string? LookForNote { get; set; }

    public CheckerKind Checker { get; set; }

    public string? ProviderName { get; set; }

    public string? ProviderContact { get; set; }

    public bool DevicesRemoved { get; set; }

    public bool WithStrategy { get; set; }

    public DateOnly? ReviewOn { get; set; }

    public Guid? Incident { get; set; }

    public IncidentId? For => Incident is { } id ? new IncidentId(id) : null;

    private OffSiteProvider? Provider => string.IsNullOrWhiteSpace(ProviderName) && string.IsNullOrWhiteSpace(ProviderContact) ? null : new(ProviderName ?? "", ProviderContact ?? "");

    public static ScheduleForm Of(CheckScheduleView s) => new()
    {
        Change = true, By = s.By, LookFor = [.. s.LookFor], LookForNote = Unreadable.ForForm(s.LookForNote), Checker = s.Checker,
        ProviderName = Unreadable.ForForm(s.ProviderName), ProviderContact = Unreadable.ForForm(s.ProviderContact),
        DevicesRemoved = s.DevicesRemoved, WithStrategy = s.WithStrategy, ReviewOn = s.ReviewOn,
    };

    /// <summary>As the strategy agreed, where it says anything of checks.</summary>
    public static ScheduleForm Of(StrategyInForce? strategy) =>
        strategy?.InForce?.Checks is { } agreed ? new() { By = agreed.By, WithStrategy = true } : new();

    public ScheduleChecks Schedule(PupilId pupil) => new(pupil, From, By!.Value, LookFor, LookForNote, Checker, Provider, DevicesRemoved, For, WithStrategy, ReviewOn);

    public ChangeChecks Changed() => new(By!.Value, LookFor, LookForNote, Checker, Provider, DevicesRemoved, WithStrategy, ReviewOn);
}

/// <summary>E1: starts a pupil's daily checks or changes them.</summary>
internal sealed class SchedulePage(ChecksDesk desk, StrategyReader strategies) : PupilChecksPage(desk)
{
    [BindProperty]
    public ScheduleForm Form { get; set; } = new();

    public Task<IActionResult> OnGetAsync() => ShowAsync(async () =>
    {
        Form = await Desk.Checks.ScheduleAsync(Who, Pupil, Ct) is { Status: ScheduleStatus.Active } running ? ScheduleForm.Of(running)
            : ScheduleForm.Of((await strategies.FindAsync(Who, Pupil, Ct))?.InForce);
        await OfferAsync();
    });

    public Task<IActionResult> OnPostAsync()
    {
        WrongWhereUnread();
        if (Form.By is null && ErrorOf("by") is null)
        {
            Wrong([CheckErrors.ByWrong]);
        }

        return Form.Change
            ? SendAsync(context => Grain.ChangeAsync(context, Form.Changed()), "checks", OfferAsync)
            : SendAsync(context => Desk.Offers.IfKnownAsync(context, NamedRecords.Of(Form.For), () => Grain.ScheduleAsync(context, Form.Schedule(Pupil)), Ct), "checks", OfferAsync);
    }

    protected override async Task<bool> LoadAsync()
    {
        if (!Leads || await Desk.Pupils.FindAsync(Who, Pupil, Ct) is null)
        {
            return false;
        }

        await Desk.Names.LearnAsync([], [Pupil], Ct);
        return true;
    }
}
