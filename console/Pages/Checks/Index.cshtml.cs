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
    private HashSet<(Guid Pupil, DateOnly Day)> _again = [];

    [BindProperty]
    public CheckForm Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public bool Everyone { get; set; }

    /// <summary>A recorded check to be put right, as "pupil@yyyy-MM-dd".</summary>
    [BindProperty(SupportsGet = true)]
    public string? Correct { get; set; }

    public IReadOnlyList<CheckView> Open => [.. _all.Where(IsOpen)];

    /// <summary>In the form: what is open, and what is to be put right.</summary>
    public IReadOnlyList<CheckView> Asked => [.. _all.Where(c => IsOpen(c) || _again.Contains((c.Pupil.Value, c.Date)))];

    /// <summary>Exceptions.</summary>
    public IReadOnlyList<CheckView> Found => [.. _all.Where(c => c.ConcernWaits || c.Status is CheckStatus.Concern or CheckStatus.PupilAbsent or CheckStatus.DeviceNotInSchool)];

    public IReadOnlyList<CheckView> Made => [.. _all.Where(c => c is { Status: CheckStatus.Clear, ConcernWaits: false })];

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        base.OnPageHandlerExecuting(context);
        Session.IsForDailyChecks();
    }

    public async Task OnGetAsync()
    {
        await LoadAsync(Correct?.Split('@') is [var pupil, var date] && Guid.TryParse(pupil, out var id) && DateOnly.TryParseExact(date, "yyyy-MM-dd", out var day) ? [(id, day)] : []);
        _again = [.. _all.Where(c => !IsOpen(c) && IdOf(c) == Correct).Select(c => (c.Pupil.Value, c.Date))];
        Form.Lines = [.. Asked.Select(c => IsOpen(c) ? CheckLine.Of(c) : CheckLine.Correcting(c))];
    }

    /// <param name="do">"rest": whoever sent it says of every check that they left, and that a look tells, that it was clear. Otherwise only what was chosen counts, by the Enter key too.</param>
    public async Task<IActionResult> OnPostAsync(string? @do)
    {
        var context = Command();
        if (@do == "rest" && !Everyone)
        {
            await LoadAsync();
            var atOneLook = Open.Where(TellsAtOneLook).Select(c => (c.Pupil.Value, c.Date)).ToHashSet();
            foreach (var line in Form.Lines.Where(l => l is { Result: null, LacksResult: false } && atOneLook.Contains((l.Pupil, l.Date))))
            {
                line.Result = CheckResult.Clear;
            }
        }

        var lines = Form.Lines.Where(l => l.Result is not null).ToList();
        var unsaid = Form.Lines.Where(l => l.LacksResult).ToList();
        if (lines.Count + unsaid.Count == 0)
        {
            await OnGetAsync();
            Wrong("", Everyone || !Open.Any(TellsAtOneLook) ? "Choose a result for at least one check." : "Choose a result for at least one check, or say that all others were clear.");
            return Page();
        }

        var replies = await Task.WhenAll(lines.Select(line => RecordAsync(context, line)));
        if (unsaid.Count == 0 && replies.All(r => r.Ok))
        {
            return Redirect($"/console/checks?done=recorded{(Everyone ? "&everyone=true" : "")}");
        }

        // What was recorded leaves the list; what was not stays as it was entered, with its error, beside what somebody else has written meanwhile.
        var refused = lines.Zip(replies).Where(l => !l.Second.Ok)
            .Select(l => (Line: l.First with { AsksNoneHeld = l.Second.Errors.Any(e => e.Code == CheckErrors.NoneHeldMissing.Code || e.Code == CheckErrors.DevicesAreRemoved.Code) }, l.Second.Errors[0].Message))
            .Concat(unsaid.Select(l => (Line: l, Message: "There is a note and no result. Choose one, or take the note out.")))
            .ToDictionary(l => (l.Line.Pupil, l.Line.Date));
        await LoadAsync(refused.Keys);
        _again = [.. refused.Keys];
        var asked = Asked.ToList();
        Form.Lines = [.. asked.Select(c => refused.TryGetValue((c.Pupil.Value, c.Date), out var line) ? line.Line with { Version = c.Version } : CheckLine.Of(c))];
        foreach (var ((pupil, date), (_, message)) in refused)
        {
            var place = asked.FindIndex(c => c.Pupil.Value == pupil && c.Date == date);
            Wrong(place < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"line-{place}"), $"{(_all.Any(c => c.Pupil.Value == pupil) ? names.Of(new PupilId(pupil)) : "A check")}: {message}");
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

    /// <param name="earlier">Checks of other days that are to be put right.</param>
    private async Task LoadAsync(IEnumerable<(Guid Pupil, DateOnly Date)>? earlier = null)
    {
        var all = (await checks.DueAsync(Who, Everyone, Ct)).ToList();
        foreach (var (pupil, date) in (earlier ?? []).Except(all.Select(c => (c.Pupil.Value, c.Date))).ToList())
        {
            if (await checks.FindAsync(Who, new PupilId(pupil), date, Ct) is { RecordedAt: not null } found)
            {
                all.Add(CheckReader.Show(Who, found));
            }
        }

        _all = all;
        await names.LearnAsync([], _all.Select(c => (PupilId?)c.Pupil), Ct);
    }

    /// <summary>Clear can be said of it together with others: of one's own, today, with nothing to confirm.</summary>
    public bool TellsAtOneLook(CheckView check) => IsOpen(check) && !Everyone && check.Date == say.Today && !check.DevicesRemoved;

    public string CorrectionOf(CheckView check) => $"/console/checks?{(Everyone ? "everyone=true&" : "")}correct={IdOf(check)}";

    internal static string IdOf(CheckView check) => string.Create(CultureInfo.InvariantCulture, $"{check.Pupil.Value:D}@{check.Date:yyyy-MM-dd}");

    public static bool IsOpen(CheckView check) => check.Status is CheckStatus.Planned or CheckStatus.Overdue or CheckStatus.Missed;
}
