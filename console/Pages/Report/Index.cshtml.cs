using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.StaffConsole.Fields;
using OnlineSafetyTrust.StaffConsole.Pages.Pupils;

namespace OnlineSafetyTrust.StaffConsole.Pages.Report;

/// <summary>C1. Danger is asked before anything is saved; then one form, sent once.</summary>
internal sealed class ReportPage(ReportReads reads, PupilSearch search, IGrainFactory grains, IConsoleClock clock, IJournal journal) : SchoolPage
{
    private const int MostAddresses = 20;

    [BindProperty]
    public ReportForm Form { get; set; } = new();

    /// <summary>From a daily check that found a concern.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Pupil { get; set; }

    [BindProperty(SupportsGet = true, Name = "check")]
    public string? CheckDay { get; set; }

    public bool Answered => Form.Danger != ImmediateDanger.NotAnswered;

    public bool MustSeeNumbers => Form is { Danger: ImmediateDanger.Yes, NumbersShown: false };

    public string? DslPhone { get; private set; }

    public string? OutOfHoursPhone { get; private set; }

    public IReadOnlyList<string> DslNames { get; private set; } = [];

    public IReadOnlyList<PersonShown> People { get; private set; } = [];

    public IReadOnlyList<Choice> Devices { get; private set; } = [];

    public string? Message { get; private set; }

    public async Task OnGetAsync(ImmediateDanger? danger, bool? shown)
    {
        (Form.Danger, Form.NumbersShown) = (danger ?? ImmediateDanger.NotAnswered, shown ?? false);
        if (MustSeeNumbers)
        {
            (DslPhone, OutOfHoursPhone, DslNames) = await reads.NumbersAsync(Who, Ct);
            return;
        }

        (Form.HappenedAt, Form.HappenedTime) = (clock.DateOf(clock.Now), Whole(clock.TimeOf(clock.Now)));
        Form.Addresses.Add(new AddressLine());
        if (Pupil is { } pupil)
        {
            Form.People.Add(new PersonLine { Pupil = pupil, Part = PupilPart.Alleged });
        }

        await ShowAsync();
    }

    public async Task<IActionResult> OnPostAsync(string? @do)
    {
        if (@do == "send" && await SendAsync() is { } sent)
        {
            return sent;
        }

        if (@do == "find")
        {
            await FindAsync();
        }

        if (Form.Addresses.Count == 0 || (@do == "addresses" && Form.Addresses.Count < MostAddresses))
        {
            Form.Addresses.Add(new AddressLine());
        }

        await ShowAsync();
        return Page();
    }

    private async Task<IActionResult?> SendAsync()
    {
        if (Form.HappenedAt is not { } day || Form.HappenedTime is not { } time)
        {
            Wrong("happenedAt", "Enter the day and, as well as you know it, the time.");
            return null;
        }

        var people = await reads.InvolvedAsync(Who, Form, Ct);
        var devices = await reads.NameableAsync(Who, Form, Ct);
        var context = Command();
        if ((!people.Ok || !devices.Ok) && await journal.FindEarlierAsync(context) is null)
        {
            Wrong([.. people.Errors, .. devices.Errors]);
            return null;
        }

        var id = new IncidentId(context.NewId(IncidentKey.Kind));
        var reply = await grains.GetGrain<IIncidentGrain>(IncidentKey.Of(context.Tenant, id).ToString()).ReportAsync(context, new ReportIncident(
            Form.Kind, Form.Danger, Form.NumbersShown, Form.OnBehalfOf, Form.AboutStaff, Form.What ?? "", clock.ToInstant(day, time), Form.OnSite, Form.Place,
            people.Value ?? [], devices.Value ?? [],
            [.. Form.Addresses.Where(a => !a.IsEmpty).Select(a => new AddressVisited(a.Address ?? "", a.Description))],
            Form.Agency is { } agency ? new DirectReferral(agency, clock.Now, Form.Reference) : null,
            Pupil is { } pupil && Form.Involved.Any(p => p.Pupil == pupil) && DateOnly.TryParseExact(CheckDay, "yyyy-MM-dd", out var checkedOn) ? new CheckFound(new PupilId(pupil), checkedOn) : null));
        if (reply.Ok)
        {
            return Redirect($"/console/my-reports?sent={reply.Value.Id}");
        }

        Wrong(reply.Errors);
        return null;
    }

    private async Task FindAsync()
    {
        // Found again, but not taken up: out of the way of the next search.
        Form.People.RemoveAll(p => p.Part is null);
        if (string.IsNullOrWhiteSpace(Form.Search))
        {
            return;
        }

        var looked = await search.FindAsync(Form.Search, Ct);
        if (looked.Value is not { } found)
        {
            Message = looked.Errors[0].Message;
            return;
        }

        Form.People.AddRange(found.Pupils.Where(f => Form.People.All(p => p.Pupil != f.View.Id.Value)).Select(f => new PersonLine { Pupil = f.View.Id.Value }));
        Message = found.Pupils.Count == 0 ? "Nobody of that name is on roll. Check the spelling, or try the beginning of the surname."
            : found.More ? "More pupils begin like that: these are the first. Choose the part of those involved, or type more letters."
            : "Choose the part of those involved.";
    }

    private async Task ShowAsync() => (People, Devices) = await reads.ShowAsync(Who, Form, Ct);

    private static TimeOnly Whole(TimeOnly time) => new(time.Hour, time.Minute);
}
