using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.School;

/// <summary>A2: this school year and later.</summary>
internal sealed class CalendarPage(SchoolReader schools, IConsoleClock clock) : OwnSchoolPage(schools)
{
    public const string Address = $"{Path}/calendar";

    public IReadOnlyList<SchoolTerm> Terms => [.. Calendar.Terms.Where(t => t.End >= YearStart)];

    public IReadOnlyList<DateOnly> InsetDays => [.. Calendar.InsetDays.Where(d => d >= YearStart).Order()];

    public IReadOnlyList<SchoolClosure> Closures => [.. Calendar.Closures.Where(c => c.To >= YearStart).OrderByDescending(c => c.From)];

    /// <summary>1 September.</summary>
    private DateOnly YearStart => clock.DateOf(clock.Now) is { Month: >= 9, Year: var year } ? new DateOnly(year, 9, 1) : new DateOnly(clock.DateOf(clock.Now).Year - 1, 9, 1);

    public Task<IActionResult> OnGetAsync() => ShowAsync();
}
