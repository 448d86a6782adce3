using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.People;

/// <summary>A3: what is wrong in a person's name or address is put right; both are sent.</summary>
internal sealed class DetailsPage(IGrainFactory grains, PeopleReader people) : PersonPage(grains, people)
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    public Task<IActionResult> OnGetAsync() => ShowAsync(() =>
    {
        (Name, Email) = (Unreadable.ForForm(Person.Name), Unreadable.ForForm(Person.Email));
        return Task.CompletedTask;
    });

    public Task<IActionResult> OnPostAsync() => SendAsync(context => School.UpdatePersonAsync(context, new UpdatePerson(new PersonId(Id), Name ?? "", Email ?? "")), "person-updated");
}
