using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.People;

/// <summary>C1: what a report shows in immediate danger.</summary>
internal sealed class SafeguardingNumbersPage(IGrainFactory grains, SchoolReader schools) : PeoplePage(grains)
{
    public const string Address = "/console/safeguarding-numbers";

    public override string Home => ConsoleHosting.Root;

    [BindProperty]
    public string? SafeguardingPhone { get; set; }

    [BindProperty]
    public string? OutOfHoursPhone { get; set; }

    public async Task<IActionResult> OnGetAsync()
    {
        var school = await schools.FindAsync(Who, Who.Tenant, Ct);
        (SafeguardingPhone, OutOfHoursPhone) = (school?.SafeguardingPhone, school?.OutOfHoursPhone);
        return await ShowAsync();
    }

    public Task<IActionResult> OnPostAsync() =>
        SendAsync(context => School.SetSafeguardingNumbersAsync(context, new SetSafeguardingNumbers(SafeguardingPhone, OutOfHoursPhone)), "numbers-set");
}
