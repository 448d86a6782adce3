using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.StaffConsole.Fields;

namespace OnlineSafetyTrust.StaffConsole.Pages.Checks;

/// <summary>E5 and the DSL's answer to a concern. A checker whom a mail led here goes on to their class's page.</summary>
internal sealed class OneSchedulePage(ChecksDesk desk) : PupilChecksPage(desk)
{
    private bool _answers;

    /// <summary>Of the concern, yyyy-MM-dd.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Day { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public DateOnly? NextReviewOn { get; set; }

    [BindProperty]
    public Guid? Incident { get; set; }

    [BindProperty]
    public string? Answer { get; set; }

    public CheckScheduleView Schedule { get; private set; } = null!;

    public DateOnly? ConcernDay { get; private set; }

    public async Task<IActionResult> OnGetAsync() => Leads ? await ShowAsync(OfferAsync) : Redirect("/console/checks");

    public Task<IActionResult> OnPostAsync(string? @do)
    {
        if (@do == "answer" && DayOf(Day) is { } day)
        {
            _answers = true;
            IncidentId? incident = Incident is { } id ? new IncidentId(id) : null;
            return SendAsync(
                context => Desk.Offers.IfKnownAsync(context, NamedRecords.Of(incident), () => Grain.AnswerConcernAsync(context, new AnswerConcern(day, incident, Answer)), Ct), "checks", OfferAsync);
        }

        if (@do == "end")
        {
            return SendAsync(context => Grain.EndAsync(context, new EndChecks(Reason ?? "")), "checks", OfferAsync);
        }

        if (NextReviewOn is null)
        {
            Wrong([CheckErrors.ReviewTooEarly("nextReviewOn")]);
        }

        return SendAsync(context => Grain.ContinueAsync(context, new ContinueChecks(NextReviewOn!.Value, Reason ?? "")), "checks", OfferAsync);
    }

    protected override async Task<bool> LoadAsync()
    {
        if (await Desk.Checks.ScheduleAsync(Who, Pupil, Ct) is not { } schedule)
        {
            return false;
        }

        Schedule = schedule;
        ConcernDay = DayOf(Day) ?? (await Desk.Checks.DueAsync(Who, everyone: true, Ct)).FirstOrDefault(c => c.Pupil == Pupil && c.Status == CheckStatus.Concern)?.Date;
        await Desk.Names.LearnAsync([], [Pupil], Ct);
        return true;
    }

    // The page's own name for the reason why a concern needs no incident.
    protected override string FieldOf(DomainError error) => _answers && error.Fields.Contains("reason") ? "answer" : base.FieldOf(error);

    private static DateOnly? DayOf(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
