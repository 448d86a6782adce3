using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.StaffConsole.Words;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.People;

internal sealed class CancelCoverPage(IGrainFactory grains, ISchoolDays days, Names names) : CoverPage(grains, days, names)
{
    [BindProperty(SupportsGet = true)]
    public Guid Absent { get; set; }

    /// <summary>First day of the absence.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly From { get; set; }

    public CoverPeriod Cover { get; private set; } = null!;

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public Task<IActionResult> OnPostAsync() => SendAsync(context => School.CancelCoverAsync(context, new CancelCover(new PersonId(Absent), From)), "cover-cancelled");

    protected override async Task<bool> LoadAsync()
    {
        if (!await base.LoadAsync() || Covers.FirstOrDefault(c => c.Absent.Value == Absent && c.From == From) is not { } cover)
        {
            return false;
        }

        Cover = cover;
        return true;
    }
}
