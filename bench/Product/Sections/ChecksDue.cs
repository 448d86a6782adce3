using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Bench.Measuring;
using OnlineSafetyTrust.Chaos.Checking;
using OnlineSafetyTrust.Chaos.Serving;
using OnlineSafetyTrust.Chaos.Stores;
using OnlineSafetyTrust.Chaos.Traffic;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Grains.Schools;
using OnlineSafetyTrust.Silo.Clock;

namespace OnlineSafetyTrust.Bench.Sections;

/// <summary>A hundred schools of a trust in the same minute: every check is overdue at 15:30, while somebody reports an incident.</summary>
internal static class ChecksDue
{
    private const int Each = 100;

    /// <summary>Of the next weekday: the product's clock does not go back.</summary>
    private static readonly DateTimeOffset Due = London.ToInstant(
        Enumerable.Range(1, 3).Select(London.DateOf(DateTimeOffset.UtcNow).AddDays).First(d => d.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)), new TimeOnly(15, 30));

    private static readonly CheckItem[] LookFor = [CheckItem.NoDeviceHeld];

    public static async Task RunAsync(Settings settings)
    {
        var schools = settings.Short ? 10 : 100;
        Table.Title($"{schools * Each:N0} checks due at 15:30 in {schools} schools");
        foreach (var database in (Database[])[Database.Sqlite, Database.PostgreSql])
        {
            using var store = StoreUnderTest.Create(database);
            using var mails = new MailSink();
            var grounds = new List<Ground>();
            for (var i = 0; i < schools; i++)
            {
                grounds.Add(await Founding.FoundAsync(store, Each));
            }

            await using var app = await InProcess.StartAsync(store, mails.Settings);
            await ScheduleAsync(app, grounds);
            await app.Services.GetRequiredService<ClockMover>().MoveAsync(Due.AddMinutes(-30), default);
            await MeasureAsync(app, store, grounds[0], schools, $"{database}");
            await app.StopAsync();
        }
    }

    private static Task ScheduleAsync(WebApplication app, List<Ground> grounds) =>
        Parallel.ForEachAsync(grounds.SelectMany(g => g.Pupils.Select(p => (Ground: g, Pupil: p))), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (one, _) =>
        {
            var (school, day) = (one.Ground.School, DateOnly.FromDateTime(Due.Date));
            var context = InProcess.System(school) with { Actor = Actor.Of(one.Ground.Staff[Role.Dsl][0]) };
            await InProcess.DoneAsync(app.Grains().GetGrain<ICheckScheduleGrain>(ChecksKey.Of(school, one.Pupil).ToString()).ScheduleAsync(
                context, new ScheduleChecks(one.Pupil, day, new(15, 30), LookFor, null, CheckerKind.ClassTeacher, ReviewOn: day.AddDays(28))));
        });

    private static async Task MeasureAsync(WebApplication app, StoreUnderTest store, Ground ground, int grounds, string name)
    {
        using var api = new Api(app.Urls.First());
        var repertoire = new Repertoire(ground, 1);
        // No longer: each report is a mail to the same DSL, and these wait in one line.
        await Window.WarmUpAsync(2, TimeSpan.FromSeconds(5), _ => ReportAsync(api, repertoire));
        var quiet = await Window.RunAsync(1, TimeSpan.FromSeconds(5), () => TimeSpan.Zero, _ => ReportAsync(api, repertoire));

        await Quiet.UntilDrainedAsync(store, TimeSpan.FromMinutes(5));
        var waiting = await CountAsync(store);
        if (waiting < grounds * Each)
        {
            throw new InvalidOperationException($"Only {waiting} deadlines wait: there is nothing to measure.");
        }

        var clock = app.Services.GetRequiredService<MovableClock>();
        clock.Hold(Due);
        clock.Run();
        var started = Stopwatch.GetTimestamp();
        var drained = DrainedAsync(store, started);
        var latencies = new List<long>();
        while (!drained.IsCompleted)
        {
            var before = Stopwatch.GetTimestamp();
            await ReportAsync(api, repertoire);
            latencies.Add(Stopwatch.GetTimestamp() - before);
        }

        var (took, busy) = (await drained, new Window(latencies.Count, TimeSpan.FromSeconds(1), TimeSpan.Zero, [.. latencies.Order()]));
        await Quiet.UntilDrainedAsync(store, TimeSpan.FromMinutes(5));
        Table.Line(name, $"{waiting:N0} deadlines drained in {took.TotalSeconds:0.0} s, their messages in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
        Table.Line($"{name}, reportIncident meanwhile", $"median {busy.Median:0.0} ms, p99 {busy.Percentile(0.99):0.0} ms of {busy.Done} (before: {quiet.Median:0.0} ms, {quiet.Percentile(0.99):0.0} ms)");
        Table.Verdict("drained in 20 s", took.TotalSeconds <= 20);
        Table.Verdict("interactive commands under 100 ms at the 99th percentile", busy.Percentile(0.99) < 100);
    }

    private static async Task<TimeSpan> DrainedAsync(StoreUnderTest store, long started)
    {
        while (await CountAsync(store) > 0)
        {
            await Task.Delay(50);
        }

        return Stopwatch.GetElapsedTime(started);
    }

    private static async Task<long> CountAsync(StoreUnderTest store)
    {
        await using var connection = await store.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM due WHERE at <= {Microseconds.ToUnix(Due)}";
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task ReportAsync(Api api, Repertoire repertoire)
    {
        var reply = await api.SendAsync(repertoire.Make("reportIncident"));
        if (reply.Answer != Answer.Acknowledged)
        {
            throw new InvalidOperationException($"A report was not acknowledged: {reply.Payload}");
        }
    }
}
