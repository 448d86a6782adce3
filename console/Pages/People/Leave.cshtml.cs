using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.People;

/// <summary>A3: a leaver loses access at once. Looking at the page does nothing yet.</summary>
internal sealed class LeavePage(IGrainFactory grains, PeopleReader people) : PersonPage(grains, people)
{
    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public Task<IActionResult> OnPostAsync() => SendAsync(context => School.RecordLeaverAsync(context, new RecordLeaver(new PersonId(Id))), "person-left");
}
