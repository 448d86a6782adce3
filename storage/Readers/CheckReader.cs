using System.Globalization;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.Storage.Readers;

/// <summary>In which order a pupil's checks are listed.</summary>
public enum CheckHistoryOrder
{
    /// <summary>Newest first.</summary>
    DateDesc,

    /// <summary>Oldest first.</summary>
    DateAsc,
}

/// <summary>Daily checks (E1–E4): each checker's own list; everybody's for DSL, deputy, head, senior leaders. Never the incident behind them.</summary>
public sealed class CheckReader(ViewReader views, ISchoolDays days)
{
    private const int MostChecks = 500;

    /// <summary>Today's checks and what still waits of days before: checks to be made, missed ones, concerns without an answer. Exceptions first, then by time.</summary>
    /// <param name="everyone">Not only one's own; for those who see plans.</param>
    public async Task<IReadOnlyList<CheckView>> DueAsync(Reader who, bool everyone, CancellationToken ct)
    {
        if (who.Actor.Person is not { } me || await days.FindAsync(who.Tenant, ct) is not { } today)
        {
            return [];
        }

        var mine = everyone && Sight.Plans(who) ? null : Sight.Selves(me, today).Select(p => p.ToString()).ToArray();
        var where = new Listing()
            .And("(date = @today OR (date < @today AND waits = 1))", "today", today.Day)
            .And(views.AnyOf("checker", "@mine"), "mine", mine);
        var rows = await views.QueryAsync<CheckView>(who, CheckTables.Check, where.Where, where.Args, "by_at, id", MostChecks, ct);
        return [.. rows.Select(r => ForReader(who, r.Body)).Where(c => c.Status != CheckStatus.Withdrawn).OrderBy(Urgency).ThenBy(c => c.ByAt).ThenBy(c => c.Pupil.Value)];
    }

    /// <summary>A day's check of a pupil, for its checker and for those who see plans; null: none, or not for this reader.</summary>
    public async Task<CheckView?> FindAsync(Reader who, PupilId pupil, DateOnly date, CancellationToken ct)
    {
        // Read for the product first: what the reader may not see must not stand in the audit as seen.
        var row = await views.FindAsync<CheckView>(ProductReads.Of(who.Tenant), CheckTables.Check, $"{pupil}@{Day(date)}", ct);
        return row is not null && await ConcernsAsync(who, row.Body.Checker, ct) ? ForReader(who, row.Body) : null;
    }

    /// <summary>A pupil's checks until today, for those who see plans. Null: no such pupil, or not for this reader.</summary>
    public async Task<Result<Page<CheckView>>?> HistoryAsync(Reader who, PupilId pupil, CheckHistoryOrder order, PageRequest page, CancellationToken ct)
    {
        var found = await HistoriesAsync(who, [pupil], order, page, ct);
        return !found.Ok ? Result<Page<CheckView>>.Failed(found.Errors) : found.Value.GetValueOrDefault(pupil) is { } checks ? new Result<Page<CheckView>>(checks, []) : null;
    }

    /// <summary>The same page of the checks of several pupils; those who do not exist are left out, and all for who does not see plans.</summary>
    public async Task<Result<Dictionary<PupilId, Page<CheckView>>>> HistoriesAsync(Reader who, IReadOnlyCollection<PupilId> pupils, CheckHistoryOrder order, PageRequest page, CancellationToken ct)
    {
        if (!Sight.Plans(who) || await days.FindAsync(who.Tenant, ct) is not { } today)
        {
            return new Dictionary<PupilId, Page<CheckView>>();
        }

        var known = await views.FindManyAsync<PupilView>(who, PupilTables.Pupil, [.. pupils.Select(p => p.ToString()).Distinct()], ct);
        var args = new Dictionary<string, object?> { ["today"] = Day(today.Day) };
        var found = await views.PagesAsync<CheckView>(
            who, CheckTables.Check, "pupil", [.. known.Keys], "date <= @today", args, new KeysetOrder(("date", order == CheckHistoryOrder.DateDesc)), page, ct);
        return found.Ok
            ? found.Value.ToDictionary(p => known[p.Key].Body.Id, p => ForReader(who, Listing.Bodies(p.Value)))
            : Result<Dictionary<PupilId, Page<CheckView>>>.Failed(found.Errors);
    }

    /// <summary>Whether a check of this checker's is the reader's business.</summary>
    public async ValueTask<bool> ConcernsAsync(Reader who, PersonId? checker, CancellationToken ct) =>
        Sight.Plans(who) || (who.Actor.Person is { } me && checker is { } c && Sight.Selves(me, await days.FindAsync(who.Tenant, ct)).Contains(c));

    /// <summary>A check found before or answered by its grain, noted for the read audit.</summary>
    public static CheckView Show(Reader who, CheckView check)
    {
        who.Saw($"{CheckTables.Check.Name}/{check.Pupil}@{Day(check.Date)}");
        who.Saw(Pupil(check.Pupil));
        return ForReader(who, check);
    }

    /// <summary>What became of a concern, and why checks go on or ended, is for those who read reasons.</summary>
    private static CheckView ForReader(Reader who, CheckView check) => Sight.Reasons(who) ? check : check with { Answer = null, Earlier = check.Earlier?.Select(e => e with { Answer = null }).ToList() };

    private static Page<CheckView> ForReader(Reader who, Page<CheckView> checks) => checks with { Items = [.. checks.Items.Select(i => i with { Item = ForReader(who, i.Item) })] };

    private static CheckScheduleView ForReader(Reader who, CheckScheduleView schedule) =>
        schedule with { Incident = Sight.Incidents(who) ? schedule.Incident : null, Reviews = ForReader(who, schedule.Reviews) };

    private static IReadOnlyList<ChecksReviewView> ForReader(Reader who, IReadOnlyList<ChecksReviewView>? reviews) =>
        Sight.Reasons(who) ? reviews ?? [] : [.. (reviews ?? []).Select(r => r with { Reason = null })];

    public async Task<CheckScheduleView?> ScheduleAsync(Reader who, PupilId pupil, CancellationToken ct) =>
        (await SchedulesAsync(who, [pupil], ct)).GetValueOrDefault(pupil);

    /// <summary>Pupils without a schedule, and all for those who do not plan, are left out.</summary>
    public async Task<IReadOnlyDictionary<PupilId, CheckScheduleView>> SchedulesAsync(Reader who, IReadOnlyCollection<PupilId> pupils, CancellationToken ct)
    {
        var found = Sight.Plans(who) ? await views.FindManyAsync<CheckScheduleView>(who, CheckTables.Schedule, [.. pupils.Select(p => p.ToString())], ct) : null;
        return pupils.Where(p => found?.ContainsKey(p.ToString()) == true)
            .ToDictionary(p => p, p => ForReader(who, found![p.ToString()].Body));
    }

    /// <summary>A grain's reply as this reader may see it, noted for the read audit.</summary>
    public static CheckScheduleReply Show(Reader who, CheckScheduleReply reply)
    {
        who.Saw($"{CheckTables.Schedule.Name}/{reply.Pupil}");
        who.Saw(Pupil(reply.Pupil));
        return reply with { Incident = Sight.Incidents(who) ? reply.Incident : null, Reviews = ForReader(who, reply.Reviews) };
    }

    /// <summary>A grain's reply, noted for the read audit.</summary>
    public static WeeklyUpdateReply Show(Reader who, WeeklyUpdateReply reply)
    {
        Note(who, reply.Week, reply.Pupils.Select(p => p.Pupil));
        return reply;
    }

    /// <summary>A week's update: for its owner, DSL, deputy, head; once sent, for those it was sent to and whoever holds their role today.</summary>
    /// <param name="week">Any day of it.</param>
    public async Task<WeeklyUpdateView?> WeekAsync(Reader who, DateOnly week, CancellationToken ct)
    {
        if (who.Actor.Person is not { } me || !Sight.IsStaff(who))
        {
            return null;
        }

        // Read for the product first: what the reader may not see must not stand in the audit as seen.
        var id = Day(WeekKey.MondayOf(week));
        var row = await views.FindAsync<WeeklyUpdateView>(ProductReads.Of(who.Tenant), CheckTables.WeeklyUpdate, id, ct);
        if (row is null || !(Sight.Reasons(who) || row.Body.Owner == me || row.Body.SentTo.Contains(me) || (row.Body.Status == WeeklyUpdateStatus.Submitted && await ReceivesUpdatesAsync(who, ct))))
        {
            return null;
        }

        Note(who, row.Body.Week, row.Body.Pupils.Select(p => p.Pupil).Concat(row.Body.Addenda.Select(a => a.Pupil)));
        return row.Body;
    }

    // What went to their cover is theirs to read when they are back.
    private async ValueTask<bool> ReceivesUpdatesAsync(Reader who, CancellationToken ct) =>
        await days.FindAsync(who.Tenant, ct) is { } today && who.HasAny([.. today.Facts.WeeklyUpdateTo]);

    private static void Note(Reader who, DateOnly week, IEnumerable<PupilId> pupils)
    {
        who.Saw($"{CheckTables.WeeklyUpdate.Name}/{Day(week)}");
        foreach (var pupil in pupils)
        {
            who.Saw(Pupil(pupil));
        }
    }

    private static string Pupil(PupilId pupil) => $"{PupilTables.Pupil.Name}/{pupil}";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static int Urgency(CheckView check) => check.ConcernWaits ? 0 : check.Status switch
    {
        CheckStatus.Concern => 0,
        CheckStatus.Missed => 1,
        CheckStatus.Overdue => 2,
        CheckStatus.DeviceNotInSchool => 3,
        CheckStatus.PupilAbsent => 4,
        CheckStatus.Planned => 5,
        CheckStatus.Clear => 6,
        _ => 7,
    };
}
