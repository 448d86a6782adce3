using Microsoft.AspNetCore.Mvc;

namespace OnlineSafetyTrust.StaffConsole.Pages.Pupils;

internal sealed class PupilsPage(PupilSearch search) : SchoolPage, IFindsPupil
{
    [BindProperty]
    public string? Search { get; set; }

    public PupilsFound? Found { get; private set; }

    public string Here => "/console/pupils";

    public string SearchLabel => "Name";

    public string PathOf(PupilId pupil) => $"{Here}/{pupil}";

    public async Task OnPostAsync()
    {
        var found = await search.FindAsync(Search, Ct);
        Found = found.Value;
        Wrong(found.Errors);
    }
}
