using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.StaffConsole.Words;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.WeeklyUpdates;

/// <summary>E4: the last weeks' updates, as far as they are for the reader.</summary>
internal sealed class WeeksPage(CheckReader checks, Wording say) : SchoolPage
{
    private const int Back = 10;

    public IReadOnlyList<WeeklyUpdateView> Weeks { get; private set; } = [];

    public async Task OnGetAsync()
    {
        var weeks = new List<WeeklyUpdateView>();
        for (var i = 0; i < Back; i++)
        {
            if (await checks.WeekAsync(Who, say.Today.AddDays(-7 * i), Ct) is { } week)
            {
                weeks.Add(week);
            }
        }

        Weeks = weeks;
    }
}
