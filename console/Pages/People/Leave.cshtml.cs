using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.People;

/// <summary>A3: a leaver loses access at once. Looking at the page does nothing yet.</summary>
internal sealed class LeavePage(IGrainFactory grains, PeopleReader people, IConsoleClock clock) : PersonPage(grains, people)
{
    private readonly PeopleReader _people = people;

    /// <summary>Of DSL and headteacher what they alone are today.</summary>
    public IReadOnlyList<Role> Last { get; private set; } = [];

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public Task<IActionResult> OnPostAsync() => SendAsync(context => School.RecordLeaverAsync(context, new RecordLeaver(new PersonId(Id))), "person-left");

    protected override async Task<bool> LoadAsync()
    {
        if (!await base.LoadAsync())
        {
            return false;
        }

        var today = clock.DateOf(clock.Now);
        var others = (await _people.PresentAsync(Who, Ct)).Where(p => p.Id != Person.Id).ToList();
        Last = [.. new[] { Role.Dsl, Role.Headteacher }.Where(role => Holds(Person, role) && !others.Exists(p => Holds(p, role)))];
        return true;

        bool Holds(PersonView person, Role role) => person.Roles.Any(r => r.Role == role && r.ActiveOn(today));
    }
}
