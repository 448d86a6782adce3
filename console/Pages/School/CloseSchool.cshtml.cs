using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.School;

/// <summary>A2: one closure more; the rest of the calendar stays. Today for a usual reason is one button.</summary>
internal sealed class CloseSchoolPage(SchoolReader schools, IGrainFactory grains, CheckReader checks, IConsoleClock clock) : SchoolForm(schools, grains)
{
    public const string Address = $"{Path}/close";

    public static readonly IReadOnlyList<string> Usual = ["Snow or ice", "No heating", "No water", "No power"];

    private const string ReasonLost = "Its reason could not be read";

    private readonly SchoolReader _schools = schools;

    public override string Home => CalendarPage.Address;

    /// <summary>One of <see cref="Usual"/>, sent by its button.</summary>
    [BindProperty(Name = "today")]
    public string? TodayBecause { get; set; }

    [BindProperty]
    public DateOnly? From { get; set; }

    [BindProperty]
    public DateOnly? To { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>Of the page's second form: another intention.</summary>
    public Guid OtherCommandId { get; } = Guid.NewGuid();

    /// <summary>Still to be recorded.</summary>
    public int ChecksToday { get; private set; }

    public Task<IActionResult> OnGetAsync() => ShowAsync(CountAsync);

    public async Task<IActionResult> OnPostAsync()
    {
        var today = clock.DateOf(clock.Now);
        if (TodayBecause is not null)
        {
            (From, To, Reason) = (today, today, TodayBecause);
        }

        if (From is null)
        {
            Wrong("from", "Enter the first day of the closure.");
        }

        if (await _schools.FindAsync(Who, Who.Tenant, Ct) is not { } school)
        {
            return NotFound();
        }

        var calendar = (await _schools.CalendarsAsync(Who, [school], Ct))[school.Id];
        return await SendAsync(context => Grain.SetCalendarAsync(context, new SetCalendar(With(calendar, new SchoolClosure(From!.Value, To ?? From.Value, Reason, default)), school.CalendarVersion)), "closure-announced", CountAsync);
    }

    // Announced by two people it stands there once. All reasons are sent, and those that cannot be read need other words.
    private static SchoolCalendar With(SchoolCalendar calendar, SchoolClosure closure) => calendar with
    {
        Closures = [.. calendar.Closures.Where(c => (c.From, c.To) != (closure.From, closure.To)).Select(c => Unreadable.Is(c.Reason) ? c with { Reason = ReasonLost } : c), closure],
    };

    protected override string FieldOf(DomainError error) => error.Fields is [var field] && field.Split('.') is ["closures", .., var last] ? last : base.FieldOf(error);

    private async Task CountAsync()
    {
        var today = clock.DateOf(clock.Now);
        ChecksToday = (await checks.DueAsync(Who, everyone: true, Ct)).Count(c => c.Date == today && c.Status is CheckStatus.Planned or CheckStatus.Overdue);
    }
}
