using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.StaffConsole.Words;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.Checks;

/// <summary>E5 and the DSL's answer to a concern. A checker whom a mail led here goes on to their class's page.</summary>
internal sealed class OneSchedulePage(CheckReader checks, IGrainFactory grains, Names names) : SchoolPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Pupil { get; set; }

    /// <summary>yyyy-MM-dd.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Day { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public DateOnly? NextReviewOn { get; set; }

    [BindProperty]
    public string? Answer { get; set; }

    public CheckScheduleView Schedule { get; private set; } = null!;

    public DateOnly? ConcernDay { get; private set; }

    public async Task<IActionResult> OnGetAsync() =>
        await LoadAsync() ? Page() : Who.HasAny(Role.Dsl, Role.DeputyDsl, Role.Headteacher, Role.SeniorLeader) ? NotFound() : Redirect("/console/checks");

    public async Task<IActionResult> OnPostAsync(string? @do)
    {
        if (!await LoadAsync())
        {
            return NotFound();
        }

        var grain = grains.GetGrain<ICheckScheduleGrain>(ChecksKey.Of(Who.Tenant, new PupilId(Pupil)).ToString());
        IReadOnlyList<DomainError> errors = @do switch
        {
            "continue" when NextReviewOn is null => [CheckErrors.ReviewTooEarly("nextReviewOn")],
            "continue" => (await grain.ContinueAsync(Command(), new ContinueChecks(NextReviewOn.Value, Reason ?? ""))).Errors,
            "end" => (await grain.EndAsync(Command(), new EndChecks(Reason ?? ""))).Errors,
            "answer" when ConcernDay is { } day => (await grain.AnswerConcernAsync(Command(), new AnswerConcern(day, null, Answer))).Errors.Select(AtAnswer).ToArray(),
            _ => [CheckErrors.NoConcern],
        };
        if (errors.Count == 0)
        {
            return Redirect($"/console/checks/{Pupil}?done=checks");
        }

        Wrong(errors);
        return Page();
    }

    private async Task<bool> LoadAsync()
    {
        if (await checks.ScheduleAsync(Who, new PupilId(Pupil), Ct) is not { } schedule)
        {
            return false;
        }

        Schedule = schedule;
        var concern = (await checks.DueAsync(Who, everyone: true, Ct)).FirstOrDefault(c => c.Pupil.Value == Pupil && c.Status == CheckStatus.Concern);
        ConcernDay = DateOnly.TryParseExact(Day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var asked) ? asked : concern?.Date;
        await names.LearnAsync([], [new PupilId(Pupil)], Ct);
        return true;
    }

    private static DomainError AtAnswer(DomainError error) => error.Fields.Contains("reason") ? error with { Fields = ["answer"] } : error;
}
