using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Silo.Hosting;
using OnlineSafetyTrust.Storage.Reading;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Gateway.Tests.Term;

/// <summary>
/// Two schools of thirty pupils under daily checks from October to April on the real host: what was recorded, told and counted is exactly
/// what plain loops over the dates say.
/// </summary>
public sealed class TermTests
{
    // Between a check's time and the next stage; in the hour that comes twice; right after the snow was announced.
    internal static readonly TermScript Months = new(
        2026, new(2026, 10, 12), TermDates.Utc(new(2027, 4, 19), new(13, 0)),
        [TermDates.Utc(new(2026, 10, 22), new(15, 40)), new(2026, 10, 25, 0, 30, 0, TimeSpan.Zero), TermDates.Utc(new(2027, 1, 22), new(7, 40))],
        (TermDates.Utc(new(2026, 11, 17), new(12, 0)), TermDates.Utc(new(2026, 11, 18), new(12, 5))), 30);

    private static readonly TermScript Weeks = Months with { End = TermDates.Utc(new(2026, 11, 2), new(13, 0)), Restarts = [Months.Restarts[0]], Down = null, PupilsPerSchool = 10 };

    [Fact]
    public Task From_October_to_April_nothing_is_missed_and_nothing_happens_twice() => PlayAsync(Database.Sqlite, Months);

    [Fact]
    public Task Three_weeks_around_the_end_of_summer_time_on_the_larger_database() => PlayAsync(Database.PostgreSql, Weeks);

    private static async Task PlayAsync(Database database, TermScript script)
    {
        var (machine, mails) = (new SystemTime(script.Start.AddHours(-1)), new CapturedMails());
        await using var gateway = await RunningGateway.StartAsync(database, builder =>
        {
            machine.Start();
            builder.Services.AddSingleton<TimeProvider>(machine);
            builder.Services.AddSingleton<IMailSender>(mails);
        });
        List<TermExpectation> expected = [.. script.Schools.Select(s => new TermExpectation(script, s))];
        var run = new TermRun(gateway, machine, script, expected);

        await run.PlayAsync();

        foreach (var (school, expectation) in run.Schools.Zip(expected))
        {
            var record = await TermRecord.ReadAsync(gateway, school);
            Same("told", expectation.Notices(), record.Told);
            Same("recorded", expectation.Recordings(), record.Recordings);
            Same("counted", Counted(expectation), record.Counted);
            Same("rows", expectation.ChecksOf.Keys.SelectMany(expectation.Rows), await RowsAsync(gateway, school));
            Same("weeks", expectation.Weeks.Select(w => w.IsDrafted ? $"{w.Monday:yyyy-MM-dd} {w.Status} {w.Counts(script.End)}" : $"{w.Monday:yyyy-MM-dd} {w.Status}"), await WeekRowsAsync(gateway, school));
        }

        Same(
            "mails",
            expected.Zip(run.Schools).SelectMany(s => s.First.Notices().Where(n => n.To.Length > 0).SelectMany(n => n.To.Split(',').Select(to => Text(s.Second, s.First, n with { To = to }))).Concat(Leavers(s.Second, s.First, script.End))),
            mails.All.Select(Text));
        Assert.Equal(mails.All.Count, mails.All.Select(m => m.MessageId).Distinct().Count());
        await VerifyAsync(gateway);
    }

    private static IEnumerable<string> Counted(TermExpectation expected) =>
    [
        .. expected.Weeks.Where(w => w.IsDrafted).Select(w => $"{w.Monday:yyyy-MM-dd} drafted {w.Counts(w.DraftedAt)}"),
        .. expected.Weeks.Where(w => w.Sent is not null).Select(w => $"{w.Monday:yyyy-MM-dd} sent {w.Counts(w.Sent!.Value)}"),
    ];

    private static async Task<IEnumerable<string>> RowsAsync(RunningGateway gateway, SimulatedSchool school) =>
        (await gateway.Services.GetRequiredService<SystemReader>().ViewAsync<CheckView>(school.Id, CheckTables.Check, "", 5000, CancellationToken.None))
        .Select(r => $"{school.Script.Name} {school.NumberOf(r.Body.Pupil)}@{r.Body.Date:yyyy-MM-dd} {r.Body.Status}{(r.Body.Late ? " late" : "")}");

    private static async Task<IEnumerable<string>> WeekRowsAsync(RunningGateway gateway, SimulatedSchool school) =>
        (await gateway.Services.GetRequiredService<SystemReader>().ViewAsync<WeeklyUpdateView>(school.Id, CheckTables.WeeklyUpdate, "", 5000, CancellationToken.None))
        .Select(r => r.Body).Select(w => w.Status == WeeklyUpdateStatus.Collecting
            ? $"{w.Week:yyyy-MM-dd} {w.Status}"
            : $"{w.Week:yyyy-MM-dd} {w.Status} {w.Counts.Asked} {w.Counts.Clear} {w.Counts.Concern} {w.Counts.PupilAbsent} {w.Counts.DeviceNotInSchool} {w.Counts.Missed} {w.Counts.Open} {w.Counts.Late}");

    private static string Text(SimulatedSchool school, TermExpectation expected, Told told)
    {
        var (whose, day) = told.Whose.Split('@') is [var number, var date] ? (number, $"/{date}") : (told.Whose, "");
        var path = told.Kind.StartsWith("weekly", StringComparison.Ordinal)
            ? $"/weekly-updates/{whose}"
            : $"/checks/{school.Pupil(expected.ChecksOf.Keys.Single(p => $"{p.Number}" == whose))}{day}";
        return $"{school.AddressOf(told.To)} {CapturedMails.SubjectOf(told.Kind)} {path}";
    }

    /// <summary>Nobody looks any more: whoever was the DSL on that day hears it, once.</summary>
    private static IEnumerable<string> Leavers(SimulatedSchool school, TermExpectation expected, DateTimeOffset end) =>
        expected.ChecksOf.Keys.Where(p => p.Ends == Ending.PupilLeaves && p.EndsAt <= end)
            .Select(p => $"{school.AddressOf(p.School.Holder("dsl", TermDates.DayOf(p.EndsAt!.Value)))} {CapturedMails.SubjectOf("leaver-measures")} /pupils/{school.Pupil(p)}");

    private static string Text(Mail mail) => $"{mail.To} {mail.Subject} {new Uri(mail.Text.Split('\n').Single(l => l.StartsWith("http", StringComparison.Ordinal))).AbsolutePath}";

    private static async Task VerifyAsync(RunningGateway gateway)
    {
        var report = await gateway.Services.GetRequiredService<StoreFolds>().VerifyAsync(CancellationToken.None);
        Assert.Equal([], report.Problems);
        var left = await gateway.Services.GetRequiredService<IOutboxStore>().CountAsync(DateTimeOffset.MaxValue, CancellationToken.None);
        Assert.Equal(new OutboxCounts(0, 0, 0, 0), left);
    }

    /// <summary>As bags: what comes twice is as wrong as what is missing.</summary>
    private static void Same<T>(string what, IEnumerable<T> expected, IEnumerable<T> found) where T : notnull
    {
        static Dictionary<string, int> Bag(IEnumerable<T> items) => items.GroupBy(i => i.ToString()!).ToDictionary(g => g.Key, g => g.Count());
        var (must, did) = (Bag(expected), Bag(found));
        var wrong = must.Keys.Union(did.Keys).Where(k => must.GetValueOrDefault(k) != did.GetValueOrDefault(k))
            .Select(k => $"{k}: expected {must.GetValueOrDefault(k)}, found {did.GetValueOrDefault(k)}").Order().ToList();
        Assert.True(must.Count > 0 && wrong.Count == 0, $"{what}: {wrong.Count} of {must.Count} differ\n{string.Join('\n', wrong.Take(30))}");
    }
}
