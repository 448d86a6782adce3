using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.StaffConsole.Fields;
using OnlineSafetyTrust.StaffConsole.Pages.Pupils;

namespace OnlineSafetyTrust.StaffConsole.Pages.Strategies;

internal sealed class ReviewStrategyForm
{
    public ReviewResult? Result { get; set; }

    public TermsForm Terms { get; set; } = new();

    public string? Findings { get; set; }

    public DateOnly? NextReviewOn { get; set; }

    public NamedRecords Named => new([], Result is ReviewResult.Continue ? [] : Terms.Named, DeviceField: "terms.times");

    public ReviewStrategy Command() => new(Result!.Value, Result == ReviewResult.Continue ? null : Terms.Terms(), Findings ?? "", NextReviewOn!.Value);
}

internal sealed class ReviewStrategyPage(PupilDesk desk) : StrategyPage(desk)
{
    [BindProperty]
    public ReviewStrategyForm Form { get; set; } = new();

    public IReadOnlyList<Choice> Devices { get; private set; } = [];

    public Task<IActionResult> OnGetAsync() => ShowAsync(() =>
    {
        Form.Terms = TermsForm.Of(Strategy!.InForce!);
        return OfferAsync();
    });

    public Task<IActionResult> OnPostAsync()
    {
        if (Form.Result is null)
        {
            Wrong("result", "Choose how the strategy goes on.");
        }

        if (Form.NextReviewOn is null)
        {
            Wrong([StrategyErrors.NextReviewNotAhead]);
        }

        return SendAsync(context => Desk.Offers.IfKnownAsync(context, Form.Named, () => Grain.ReviewAsync(context, Form.Command()), Ct), "strategy-reviewed", OfferAsync);
    }

    protected override async Task<bool> LoadAsync() => await base.LoadAsync() && Strategy is { Status: not StrategyStatus.Ended };

    protected override string FieldOf(DomainError error) => error.Fields is [var field, ..] ? field : "";

    private async Task OfferAsync()
    {
        Form.Terms.Pad();
        Devices = await Desk.Offers.DevicesOfAsync(Pupil, Ct);
    }
}
