using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.StaffConsole.Words;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.WeeklyUpdates;

/// <summary>E4: the draft writes itself; a person completes and sends it.</summary>
internal sealed class OneWeekPage(CheckReader checks, IGrainFactory grains, Names names) : SchoolPage
{
    /// <summary>Any day of the week, yyyy-MM-dd.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Day { get; set; }

    [BindProperty]
    public string? Comment { get; set; }

    public WeeklyUpdateView Week { get; private set; } = null!;

    /// <summary>Its owner is somebody else where the school has neither.</summary>
    public bool MaySend => Week.Status == WeeklyUpdateStatus.Drafted && (Who.HasAny(Role.Dsl, Role.DeputyDsl) || Week.Owner == Who.Actor.Person);

    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync())
        {
            return NotFound();
        }

        var reply = await grains.GetGrain<IWeeklyUpdateGrain>(WeekKey.Of(Who.Tenant, Week.Week).ToString()).SubmitAsync(Command(), new SubmitWeeklyUpdate(Comment ?? ""));
        return reply.Ok ? Redirect($"/console/weekly-updates/{Week.Week:yyyy-MM-dd}?done=sent") : Refused(reply) ?? Page();
    }

    private async Task<bool> LoadAsync()
    {
        if (!DateOnly.TryParseExact(Day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || await checks.WeekAsync(Who, day, Ct) is not { } week)
        {
            return false;
        }

        Week = week;
        await names.LearnAsync([week.Owner, week.SubmittedBy, .. week.SentTo], week.Pupils.Select(p => (PupilId?)p.Pupil).Concat(week.Addenda.Select(a => (PupilId?)a.Pupil)), Ct);
        return true;
    }
}
