using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.People;

internal sealed class EverybodyPage(IGrainFactory grains, PeopleReader people) : PeoplePage(grains)
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Issuer { get; set; }

    [BindProperty]
    public string? Subject { get; set; }

    /// <summary>By name.</summary>
    public IReadOnlyList<PersonView> People { get; private set; } = [];

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public Task<IActionResult> OnPostAsync() =>
        SendAsync(context => School.AddPersonAsync(context, new AddPerson(Name ?? "", Email ?? "", SignIn(Issuer, Subject), null)), "person-added");

    protected override async Task<bool> LoadAsync()
    {
        if (!await base.LoadAsync())
        {
            return false;
        }

        People = [.. (await people.PresentAsync(Who, Ct)).OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase)];
        return true;
    }
}
