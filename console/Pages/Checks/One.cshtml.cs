using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.StaffConsole.Fields;
using OnlineSafetyTrust.Storage.Readers;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.StaffConsole.Pages.Checks;

/// <summary>E5 and the DSL's answer to a concern. A checker whom a mail led here goes on to their class's page.</summary>
internal sealed class OneSchedulePage(ChecksDesk desk) : PupilChecksPage(desk)
{
    private const int HistoryShown = 20;
    private string? _reasonField;

    /// <summary>Of the concern, yyyy-MM-dd.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Day { get; set; }

    /// <summary>Where the page of earlier checks begins.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>Of the missed check, yyyy-MM-dd.</summary>
    [BindProperty(Name = "missedDay")]
    public string? SentMissedDay { get; set; }

    [BindProperty]
    public string? MissedReason { get; set; }

    [BindProperty]
    public DateOnly? NextReviewOn { get; set; }

    [BindProperty]
    public Guid? Incident { get; set; }

    [BindProperty]
    public string? Answer { get; set; }

    /// <summary>Of the check, as the page showed it with its concern.</summary>
    [BindProperty]
    public int? Version { get; set; }

    public CheckScheduleView Schedule { get; private set; } = null!;

    public CheckView? Concern { get; private set; }

    public DateOnly? MissedDay { get; private set; }

    public IReadOnlyList<CheckView> History { get; private set; } = [];

    /// <summary>Cursor of the next page of earlier checks; null: there is none.</summary>
    public string? Older { get; private set; }

    /// <summary>A mail leads here before there is a schedule too: its reader is to make one.</summary>
    public async Task<IActionResult> OnGetAsync() =>
        !Leads ? Redirect("/console/checks")
        : await ShowAsync(OfferAsync) is var page and not NotFoundResult ? page
        : Redirect($"{Home}/schedule");

    public Task<IActionResult> OnPostAsync(string? @do)
    {
        if (@do == "answer" && DayOf(Day) is { } day)
        {
            _reasonField = "answer";
            IncidentId? incident = Incident is { } id ? new IncidentId(id) : null;
            return SendAsync(
                context => Desk.Offers.IfKnownAsync(context, NamedRecords.Of(incident), () => Grain.AnswerConcernAsync(context, new AnswerConcern(day, incident, Answer, Version)), Ct), "checks", OfferAsync);
        }

        if (@do == "acknowledge" && DayOf(SentMissedDay) is { } missed)
        {
            _reasonField = "missedReason";
            return SendAsync(context => Grain.AcknowledgeMissedAsync(context, new AcknowledgeMissedCheck(missed, MissedReason ?? "")), "checks", OfferAsync);
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
        var due = (await Desk.Checks.DueAsync(Who, everyone: true, Ct)).Where(c => c.Pupil == Pupil && (DayOf(Day) is not { } asked || c.Date == asked)).ToList();
        Concern = due.Find(c => c.ConcernWaits);
        MissedDay = due.Find(c => c.Status == CheckStatus.Missed)?.Date;
        if (await Desk.Checks.HistoryAsync(Who, Pupil, CheckHistoryOrder.DateDesc, new PageRequest(HistoryShown, After), Ct) is { Ok: true } page)
        {
            History = [.. page.Value.Items.Select(i => i.Item)];
            Older = page.Value.HasNext ? page.Value.Items[^1].Cursor : null;
        }

        IEnumerable<CheckView> shown = Concern is null ? History : [Concern, .. History];
        await Desk.Names.LearnAsync(shown.SelectMany(c => new[] { c.RecordedBy, c.Answer?.By }.Concat((c.Earlier ?? []).SelectMany(e => new[] { e.By, e.Answer?.By }))).Concat((schedule.Reviews ?? []).Select(r => r.By)), [Pupil], Ct);
        return true;
    }

    // The page has a reason of its own for each of its commands.
    protected override string FieldOf(DomainError error) => _reasonField is not null && error.Fields.Contains("reason") ? _reasonField : base.FieldOf(error);

    private static DateOnly? DayOf(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
