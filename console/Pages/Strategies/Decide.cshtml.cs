using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.StaffConsole.Pages.Pupils;

namespace OnlineSafetyTrust.StaffConsole.Pages.Strategies;

/// <summary>D4: what the head decides when parties refused or did not answer.</summary>
internal sealed class DecideStrategyPage(PupilDesk desk) : StrategyPage(desk)
{
    [BindProperty]
    public StrategyDecision? Decision { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public IEnumerable<string> NotAgreed => Strategy!.Parties.Where(p => Strategy.Signatures.LastOrDefault(s => s.Party == p)?.Answer != StrategyAnswer.Agreed).Select(NameOf);

    /// <summary>On these terms: without, only giving the draft up can be decided.</summary>
    public bool PupilHeard => Strategy!.Signatures.Any(s => s.Party.Kind == PartyKind.Pupil);

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public Task<IActionResult> OnPostAsync()
    {
        if (Decision is null)
        {
            Wrong("decision", "Choose how the strategy goes on.");
        }

        return SendAsync(context => Grain.DecideAsync(context, new DecideStrategy(Decision!.Value, Reason ?? "")), "strategy-decided");
    }

    protected override async Task<bool> LoadAsync() => await base.LoadAsync() && Strategy is { Status: StrategyStatus.Draft, ReferredToHeadAt: not null };
}
