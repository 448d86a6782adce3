using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.StaffConsole.Fields;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.School;

/// <summary>A2: the calendar as a whole.</summary>
internal sealed class CalendarFormPage(SchoolReader schools, IGrainFactory grains) : SchoolForm(schools, grains)
{
    public const string Address = $"{CalendarPage.Address}/change";

    private const int MostLines = 100;

    public override string Home => CalendarPage.Address;

    [BindProperty]
    public CalendarForm Form { get; set; } = new();

    /// <summary>Of the calendar that the lines were made from; after a refusal because of another's change, of the one that is there now.</summary>
    [BindProperty]
    public int? ExpectedVersion { get; set; }

    public bool Changed => ErrorOf("expectedVersion") is not null;

    public int Version => Changed ? School.CalendarVersion : ExpectedVersion ?? School.CalendarVersion;

    public Task<IActionResult> OnGetAsync() => ShowAsync(() =>
    {
        Form = CalendarForm.Of(Calendar);
        return Task.CompletedTask;
    });

    public Task<IActionResult> OnPostAsync(string? @do)
    {
        if (@do is not null)
        {
            return ShowAsync(() => AddAsync(@do));
        }

        WrongWhereUnread();
        foreach (var input in Form.NoDays())
        {
            Wrong(Field.IdOf(input), "This is no day. Use such as 2026-11-23.");
        }

        if (Errors.Count == 0)
        {
            Form.DropEmpty();
            ModelState.Clear();
            foreach (var (field, message) in Form.Missing())
            {
                Wrong(Field.IdOf(field), message);
            }
        }

        return SendAsync(context => Grain.SetCalendarAsync(context, new SetCalendar(Form.Calendar(), ExpectedVersion)), "calendar-set");
    }

    /// <summary>What was typed, even where it is no day.</summary>
    public string? Text(string name, IFormattable? value) =>
        ModelState.TryGetValue(name, out var entry) && entry.Errors.Count > 0 ? entry.AttemptedValue : value?.ToString(value is DateOnly ? "yyyy-MM-dd" : "HH:mm", CultureInfo.InvariantCulture);

    protected override string FieldOf(DomainError error) => error.Fields.Count == 0 ? "" : Field.IdOf(error.Fields[0]);

    private Task AddAsync(string what)
    {
        switch (what)
        {
            case "term" when Form.Terms.Count < MostLines: Form.Terms.Add(new TermLine()); break;
            case "inset" when Form.InsetDays.Count < MostLines: Form.InsetDays.Add(null); break;
            case "closure" when Form.Closures.Count < MostLines: Form.Closures.Add(new ClosureLine()); break;
            default: break;
        }

        return Task.CompletedTask;
    }
}
