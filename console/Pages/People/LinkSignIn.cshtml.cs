using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.People;

internal sealed class LinkSignInPage(IGrainFactory grains, PeopleReader people) : PersonPage(grains, people)
{
    [BindProperty]
    public string? Issuer { get; set; }

    [BindProperty]
    public string? Subject { get; set; }

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public Task<IActionResult> OnPostAsync() =>
        SendAsync(context => School.LinkSignInAsync(context, new LinkSignIn(new PersonId(Id), SignIn(Issuer, Subject) ?? "")), "sign-in-linked");
}
