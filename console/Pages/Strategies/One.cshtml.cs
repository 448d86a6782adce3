using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.StaffConsole.Pages.Pupils;

namespace OnlineSafetyTrust.StaffConsole.Pages.Strategies;

/// <summary>D4: the strategy, who agreed, and what can be done next. Whoever only teaches the pupil finds the terms on the pupil's page.</summary>
internal sealed class OneStrategyPage(PupilDesk desk) : StrategyPage(desk)
{
    /// <summary>Those who have to agree, and the pupil, whose view is recorded besides.</summary>
    public IEnumerable<StrategyParty> Parties => [.. Strategy!.Parties, new StrategyParty(PartyKind.Pupil)];

    private bool AllAgreed => Strategy is { Status: StrategyStatus.Draft } && !Missing.Any();

    public bool WaitsForPupil => AllAgreed && Strategy!.Signatures.All(s => s.Party.Kind != PartyKind.Pupil);

    /// <summary>Everything is there, and it is a draft: an agency held it when the last word came, or it was out of date.</summary>
    public bool WaitsForLastWord => AllAgreed && !WaitsForPupil;

    /// <summary>Of earlier strategies: those with a smaller number.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Before { get; set; }

    public IReadOnlyList<StrategyView> Former { get; private set; } = [];

    /// <summary>Null: there are none before these.</summary>
    public int? Older => Former is [.., { Number: > 1 and var number }] ? number : null;

    public async Task<IActionResult> OnGetAsync() => !Leads ? Redirect($"/console/pupils/{Id}") : await ShowAsync(async () =>
    {
        Former = await Desk.Reads.Strategies.FormerAsync(Who, Pupil, Before, Ct);
        await Desk.Names.LearnAsync([Strategy?.Owner, .. Former.Prepend(Strategy).OfType<StrategyView>().SelectMany(PeopleOf)], [], Ct);
    });
}
