using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.StaffConsole.Fields;
using OnlineSafetyTrust.StaffConsole.Pages.Pupils;

namespace OnlineSafetyTrust.StaffConsole.Pages.Strategies;

internal sealed class AnswerForm
{
    /// <summary>As <see cref="PartyText"/>.</summary>
    public string? Party { get; set; }

    public StrategyAnswer? Answer { get; set; }

    public SignatureForm Form { get; set; }

    public string? SignedBy { get; set; }

    public string? RepresentedBy { get; set; }

    public string? Witness { get; set; }

    public string? View { get; set; }
}

/// <summary>D4: one party's signature, refusal or view.</summary>
internal sealed class AgreePage(PupilDesk desk) : StrategyPage(desk)
{
    [BindProperty]
    public AnswerForm Reply { get; set; } = new();

    /// <summary>By link answers only who has it.</summary>
    public static readonly IReadOnlyList<Choice> Forms = Choice.Of(Enum.GetValues<SignatureForm>().Except([SignatureForm.ByLink]));

    public IReadOnlyList<Choice> Parties =>
        [.. new[] { new StrategyParty(PartyKind.Pupil) }.Concat(Strategy?.Status == StrategyStatus.Active ? Missing : Strategy?.Parties ?? []).Reverse().Select(p => new Choice(PartyText.Of(p), NameOf(p)))];

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public Task<IActionResult> OnPostAsync()
    {
        var party = PartyText.Parse(Reply.Party);
        if (party is null)
        {
            Wrong("party", "Choose who answered.");
        }

        if (Reply.Answer is null)
        {
            Wrong("answer", "Choose what they answered.");
        }

        return SendAsync(
            context => Grain.AgreeAsync(context, new AgreeStrategy(party!, Reply.Answer!.Value, Reply.Form, Reply.SignedBy ?? "", Reply.RepresentedBy, Reply.Witness, Reply.View)), "answered");
    }

    protected override async Task<bool> LoadAsync() => await base.LoadAsync() && Strategy is { Status: not StrategyStatus.Ended };
}
