using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.StaffConsole.Words;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.Checks;

/// <summary>E2: a whole class on one page, exceptions first, one submit. Nothing is recorded that nobody chose.</summary>
internal sealed class ChecksPage(CheckReader checks, IGrainFactory grains, Names names, Wording say) : SchoolPage
{
    private IReadOnlyList<CheckView> _all = [];

    [BindProperty]
    public CheckForm Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public bool Everyone { get; set; }

    public IReadOnlyList<CheckView> Open => [.. _all.Where(IsOpen)];

    /// <summary>Exceptions.</summary>
    public IReadOnlyList<CheckView> Found => [.. _all.Where(c => c.Status is CheckStatus.Concern or CheckStatus.PupilAbsent or CheckStatus.DeviceNotInSchool)];

    public IReadOnlyList<CheckView> Made => [.. _all.Where(c => c.Status == CheckStatus.Clear)];

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        base.OnPageHandlerExecuting(context);
        Session.IsForDailyChecks();
    }

    public async Task OnGetAsync()
    {
        await LoadAsync();
        Form.Lines = [.. Open.Select(Blank)];
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var context = Command();
        var lines = Form.Lines.Where(l => l.Result is not null).ToList();
        if (lines.Count == 0)
        {
            await OnGetAsync();
            Wrong("", "Choose a result for at least one check.");
            return Page();
        }

        var replies = await Task.WhenAll(lines.Select(line => RecordAsync(context, line)));
        if (replies.All(r => r.Ok))
        {
            return Redirect($"/console/checks?done=recorded{(Everyone ? "&everyone=true" : "")}");
        }

        // What was recorded leaves the list; what was not stays as it was entered, with its error.
        var refused = lines.Zip(replies).Where(l => !l.Second.Ok).ToDictionary(l => (l.First.Pupil, l.First.Date), l => l);
        await LoadAsync();
        var open = Open;
        Form.Lines = [.. open.Select(c => refused.TryGetValue((c.Pupil.Value, c.Date), out var line) ? line.First : Blank(c))];
        foreach (var ((pupil, date), (_, reply)) in refused)
        {
            var place = open.ToList().FindIndex(c => c.Pupil.Value == pupil && c.Date == date);
            Wrong(place < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"line-{place}"), $"{(place < 0 ? "A check" : names.Of(new PupilId(pupil)))}: {reply.Errors[0].Message}");
        }

        CommandId = Guid.NewGuid();
        return Page();
    }

    // Each line has its own command id, so that the page can be sent again: what is recorded stays as it is.
    private Task<Result<CheckReply>> RecordAsync(CommandContext context, CheckLine line)
    {
        var own = context with { CommandId = context.NewId(string.Create(CultureInfo.InvariantCulture, $"check/{line.Pupil:D}/{line.Date:yyyy-MM-dd}")), Input = null };
        return grains.GetGrain<ICheckScheduleGrain>(ChecksKey.Of(context.Tenant, new PupilId(line.Pupil)).ToString()).RecordAsync(own, line.Command());
    }

    private async Task LoadAsync()
    {
        _all = await checks.DueAsync(Who, Everyone, Ct);
        await names.LearnAsync([], _all.Select(c => (PupilId?)c.Pupil), Ct);
    }

    private CheckLine Blank(CheckView check) => CheckLine.Of(check, preset: !Everyone && check.Date == say.Today);

    private static bool IsOpen(CheckView check) => check.Status is CheckStatus.Planned or CheckStatus.Overdue or CheckStatus.Missed;
}
