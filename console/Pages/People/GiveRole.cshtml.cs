using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.StaffConsole.Fields;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.People;

internal sealed class GiveRolePage(IGrainFactory grains, PeopleReader people, IConsoleClock clock) : PersonPage(grains, people)
{
    public static readonly IReadOnlyList<Choice> Roles = Choice.Of(Enum.GetValues<Contracts.Role>().Except([Contracts.Role.TrustSafeguardingLead, Contracts.Role.TrustAdministrator]));

    [BindProperty]
    public Role? Role { get; set; }

    [BindProperty]
    public DateOnly? From { get; set; }

    [BindProperty]
    public DateOnly? To { get; set; }

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public Task<IActionResult> OnPostAsync()
    {
        if (Role is null)
        {
            Wrong("role", "Choose a role.");
        }

        return SendAsync(context => School.AssignRoleAsync(context, new AssignRole(new PersonId(Id), Role!.Value, From ?? clock.DateOf(clock.Now), To)), "role-given");
    }
}
