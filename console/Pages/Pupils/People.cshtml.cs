using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.StaffConsole.Fields;

namespace OnlineSafetyTrust.StaffConsole.Pages.Pupils;

/// <summary>Who looks after a pupil, as far as the roster does not say.</summary>
internal sealed class PupilPeoplePage(PupilDesk desk) : PupilPage(desk)
{
    [BindProperty]
    public Guid? KeyWorker { get; set; }

    [BindProperty]
    public Guid? ClassTeacher { get; set; }

    [BindProperty]
    public string? OffSiteProvider { get; set; }

    public IReadOnlyList<Choice> Staff { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        if (await Desk.Pupils.FindAsync(Who, Pupil, Ct) is { View: var pupil })
        {
            (KeyWorker, ClassTeacher, OffSiteProvider) = (pupil.KeyWorker?.Value, pupil.ClassTeacher?.Value, Unreadable.ForForm(pupil.OffSiteProvider));
        }

        return await ShowAsync(OfferAsync);
    }

    public Task<IActionResult> OnPostAsync() => SendAsync(
        context => Desk.Pupil(context.Tenant, Pupil).UpdateAsync(
            context, new UpdatePupil(KeyWorker: Person(KeyWorker), ClassTeacher: Person(ClassTeacher), OffSiteProvider: new Change<string>(OffSiteProvider))),
        "pupil-people", OfferAsync);

    private static Change<PersonId?> Person(Guid? id) => new(id is { } known ? new PersonId(known) : null);

    private async Task OfferAsync() => Staff = await Desk.Offers.StaffAsync(Ct);
}
