using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.StaffConsole.Pages.Pupils;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.Devices;

/// <summary>Somebody gets a device of the school: a member of staff from the list, or a pupil who was looked for first.</summary>
internal abstract class BorrowingPage(DeviceDesk desk, PupilReader pupils, PupilSearch search) : DevicePage(desk), IFindsPupil
{
    [BindProperty]
    public string? Search { get; set; }

    public PupilsFound? Found { get; private set; }

    public string SearchLabel => "A pupil";

    /// <summary>The pupil who was chosen.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Pupil { get; set; }

    /// <summary>Member of staff, where no pupil was chosen.</summary>
    [BindProperty]
    public Guid? Person { get; set; }

    /// <summary>This page's own address.</summary>
    public abstract string Here { get; }

    public string PathOf(PupilId pupil) => $"{Here}?pupil={pupil}";

    protected DeviceHolder Holder => new(Pupil is { } pupil ? new PupilId(pupil) : null, Pupil is null && Person is { } person ? new PersonId(person) : null);

    /// <summary>Sent by the search instead of the form.</summary>
    protected bool IsSearch => Request.Form.ContainsKey("search");

    protected async Task<IActionResult> FindAsync()
    {
        var found = await search.FindAsync(Search, Ct);
        Found = found.Value;
        Wrong(found.Errors);

        return await ShowAsync(ChooseAsync);
    }

    protected async Task ChooseAsync()
    {
        Staff = await Desk.Offers.StaffAsync(Ct);
        if (Pupil is { } id && await pupils.FindAsync(Who, new PupilId(id), Ct) is null)
        {
            Pupil = null;
        }

        await Desk.Names.LearnAsync([], [Pupil is { } pupil ? new PupilId(pupil) : null], Ct);
    }

    // The grain names the borrower or user; on the page that is whoever is chosen.
    protected override string FieldOf(DomainError error) => base.FieldOf(error) is "borrower" or "user" ? "person" : base.FieldOf(error);
}

/// <summary>D1: a device of the school goes on loan.</summary>
internal sealed class LendPage(DeviceDesk desk, PupilReader pupils, PupilSearch search) : BorrowingPage(desk, pupils, search)
{
    [BindProperty]
    public DateOnly? DueBack { get; set; }

    public override string Here => $"{Home}/lend";

    public Task<IActionResult> OnGetAsync() => ShowAsync(ChooseAsync);

    public Task<IActionResult> OnPostAsync()
    {
        if (IsSearch)
        {
            return FindAsync();
        }

        if (DueBack is null)
        {
            Wrong("dueBack", "Enter the day by which it is to be back.");
        }

        return SendAsync(context => Grain.LendAsync(context, new LendDevice(Holder, DueBack!.Value)), "lent", ChooseAsync);
    }
}

/// <summary>D1: who used a shared device, and when.</summary>
internal sealed class UsePage(DeviceDesk desk, PupilReader pupils, PupilSearch search, IConsoleClock clock) : BorrowingPage(desk, pupils, search)
{
    [BindProperty]
    public DateOnly? Day { get; set; }

    [BindProperty]
    public TimeOnly? From { get; set; }

    /// <summary>Null: still in use.</summary>
    [BindProperty]
    public TimeOnly? To { get; set; }

    public override string Here => $"{Home}/use";

    public Task<IActionResult> OnGetAsync()
    {
        Day = clock.DateOf(clock.Now);
        return ShowAsync(ChooseAsync);
    }

    public Task<IActionResult> OnPostAsync()
    {
        if (IsSearch)
        {
            Day = clock.DateOf(clock.Now);
            return FindAsync();
        }

        if (Day is null)
        {
            Wrong("day", "Enter the day.");
        }

        if (From is null)
        {
            Wrong("from", "Enter since when.");
        }

        return SendAsync(
            context => Grain.RecordUseAsync(context, new RecordDeviceUse(Holder, clock.ToInstant(Day!.Value, From!.Value), To is { } to ? clock.ToInstant(Day.Value, to) : null)), "used", ChooseAsync);
    }
}

/// <summary>D1: a lent device is back.</summary>
internal sealed class EndLoanPage(DeviceDesk desk) : DevicePage(desk)
{
    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public Task<IActionResult> OnPostAsync() => SendAsync(context => Grain.EndLoanAsync(context, new EndLoan()), "loan-ended");
}
