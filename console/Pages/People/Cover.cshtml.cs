using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.StaffConsole.Fields;
using OnlineSafetyTrust.StaffConsole.Words;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.People;

internal sealed class CoversPage(IGrainFactory grains, ISchoolDays days, Names names, Offers offers) : CoverPage(grains, days, names)
{
    [BindProperty]
    public Guid AbsentId { get; set; }

    [BindProperty]
    public Guid CoverId { get; set; }

    [BindProperty]
    public DateOnly? From { get; set; }

    [BindProperty]
    public DateOnly? To { get; set; }

    public IReadOnlyList<Choice> Staff { get; private set; } = [];

    public Task<IActionResult> OnGetAsync() => ShowAsync(OfferAsync);

    public Task<IActionResult> OnPostAsync()
    {
        if (From is null)
        {
            Wrong("from", "Enter the first day of the absence.");
        }

        if (To is null)
        {
            Wrong("to", "Enter the last day of the absence.");
        }

        return SendAsync(context => School.ArrangeCoverAsync(context, new ArrangeCover(new PersonId(AbsentId), new PersonId(CoverId), From!.Value, To!.Value)), "cover-arranged", OfferAsync);
    }

    private async Task OfferAsync() => Staff = await offers.StaffAsync(Ct);
}
