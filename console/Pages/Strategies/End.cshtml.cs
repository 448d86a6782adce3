using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.StaffConsole.Pages.Pupils;

namespace OnlineSafetyTrust.StaffConsole.Pages.Strategies;

internal sealed class EndStrategyPage(PupilDesk desk) : StrategyPage(desk)
{
    [BindProperty]
    public string? EndReason { get; set; }

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public Task<IActionResult> OnPostAsync() => SendAsync(context => Grain.EndAsync(context, new EndStrategy(EndReason ?? "")), "strategy-ended");

    protected override async Task<bool> LoadAsync() => await base.LoadAsync() && Strategy is { Status: StrategyStatus.Draft or StrategyStatus.Active };
}
