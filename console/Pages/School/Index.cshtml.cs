using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.School;

/// <summary>A1: the school and what it keeps to.</summary>
internal sealed class AboutSchoolPage(SchoolReader schools) : OwnSchoolPage(schools)
{
    public Task<IActionResult> OnGetAsync() => ShowAsync();
}
