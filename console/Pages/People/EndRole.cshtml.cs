using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.StaffConsole.Fields;
using OnlineSafetyTrust.StaffConsole.Words;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.People;

internal sealed class EndRolePage(IGrainFactory grains, PeopleReader people, IConsoleClock clock) : PersonPage(grains, people)
{
    private readonly PeopleReader _people = people;

    [BindProperty]
    public Role? Role { get; set; }

    [BindProperty]
    public DateOnly? LastDay { get; set; }

    /// <summary>Held today or later, each with its days and whether anybody else has it.</summary>
    public IReadOnlyList<Choice> Roles { get; private set; } = [];

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public Task<IActionResult> OnPostAsync()
    {
        if (Role is null)
        {
            Wrong("role", "Choose the role that ends.");
        }

        return SendAsync(context => School.EndRoleAsync(context, new EndRole(new PersonId(Id), Role!.Value, LastDay ?? clock.DateOf(clock.Now))), "role-ended");
    }

    protected override async Task<bool> LoadAsync()
    {
        if (!await base.LoadAsync())
        {
            return false;
        }

        var today = clock.DateOf(clock.Now);
        var shared = (await _people.PresentAsync(Who, Ct)).Where(p => p.Id != Person.Id).SelectMany(p => p.RolesOn(today)).ToHashSet();
        Roles = [.. Person.Roles.Where(r => r.To is null || r.To >= today).GroupBy(r => r.Role).Select(held => new Choice(held.Key.ToString(), Wording.Of(held.Key), Days([.. held]) + (shared.Contains(held.Key) ? "" : " Nobody else holds it today.")))];
        return true;
    }

    private static string Days(IReadOnlyList<RoleHolding> held) =>
        string.Join(' ', held.Select(r => $"Since {Wording.ShortDay(r.From)}, {(r.To is { } to ? $"until {Wording.ShortDay(to)}" : "until further notice")}."));
}
