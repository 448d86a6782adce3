using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Bench.Listening;
using OnlineSafetyTrust.Bench.Measuring;
using OnlineSafetyTrust.Chaos.Checking;
using OnlineSafetyTrust.Chaos.Serving;
using OnlineSafetyTrust.Chaos.Stores;
using OnlineSafetyTrust.Chaos.Traffic;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.Bench.Sections;

/// <summary>
/// WebSockets over loopback against the running gateway: six groups of equal subscriptions to one incident that changes again and again;
/// one socket in a hundred is never read, and every other of those says at least that it is there. The next change comes when the last
/// reader has the one before.
/// </summary>
internal static class Sockets
{
    private const int Most = 10_000;
    private const int PerSource = 20_000;
    private const int Spare = 1_000;
    private const double MegabytesEach = 0.4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly Role[] Listening = [Role.Dsl, Role.DeputyDsl, Role.Headteacher];
    private static readonly string[] Queries = ["subscription { incidentChanged { reference place what } }", "subscription { incidentChanged { reference status place what } }"];

    public static async Task RunAsync(Settings settings)
    {
        var (count, changes) = (settings.Sockets ?? await MostAsync(), settings.Short ? 20 : 400);
        Table.Title($"{count:N0} WebSockets, {changes} changes of an incident, one socket in a hundred never reads");
        using var store = StoreUnderTest.Create(Database.Sqlite);
        using var mails = new MailSink();
        var ground = await Founding.FoundAsync(store, 1);
        var allowed = new Dictionary<string, string?>(mails.Settings)
        {
            ["Api:MaxSockets"] = $"{count + Spare}", ["Api:MaxSocketsPerPerson"] = "0", ["Api:MaxSubscriptionsPerPerson"] = "0",
        };
        string incident;
        using (var gateway = await GatewayProcess.StartAsync(store, GatewayProcess.FreePort(), allowed))
        {
            using var api = new Api(gateway.Address);
            incident = await ReportAsync(api, ground);
            await Quiet.UntilDrainedAsync(store, TimeSpan.FromMinutes(2));
            await RunAsync(gateway, api, ground, incident, count, changes);
            await gateway.StopAsync();
        }

        var groups = Listening.Length * Queries.Length;
        var executions = await ExecutionsAsync(store, ground, incident);
        Table.Verdict($"{(double)executions / changes:0.00} executions for each change, {groups} groups of equal subscriptions", executions == changes * groups);
    }

    private static async Task RunAsync(GatewayProcess gateway, Api api, Ground ground, string incident, int count, int changes)
    {
        var before = ProcessorTime.Resident(gateway.Id);
        var connecting = Stopwatch.GetTimestamp();
        using var over = new CancellationTokenSource();
        var round = new Round(Enumerable.Range(0, count).Count(i => !IsPatient(i)));
        var busy = new Task[count];
        var all = await ConnectAsync(gateway, ground, count, (listener, i) => busy[i] = !IsPatient(i) ? listener.ReadAsync(round.Got, over.Token) : Speaks(i) ? listener.SayAsync(over.Token) : Task.CompletedTask);
        Table.Line("connected and subscribed in", $"{Stopwatch.GetElapsedTime(connecting).TotalSeconds:0.0} s");
        var connected = ProcessorTime.Resident(gateway.Id);
        var readers = all.Where((_, i) => !IsPatient(i)).ToArray();
        var times = new List<double>(changes);
        var (cpu, started, peak) = (gateway.Processor, Stopwatch.GetTimestamp(), connected);
        for (var change = 1; change <= changes; change++)
        {
            var at = Stopwatch.GetTimestamp();
            var last = round.Begin(change);
            await ChangeAsync(api, ground, incident, change);
            if (await Task.WhenAny(last, Task.Delay(Patience)) != last)
            {
                break;
            }

            times.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
            peak = Math.Max(peak, ProcessorTime.Resident(gateway.Id));
        }

        var (spent, took) = (gateway.Processor - cpu, Stopwatch.GetElapsedTime(started));
        times.Sort();
        var (expected, received) = ((long)changes * readers.Length, readers.Sum(r => (long)r.Received));
        Table.Verdict($"{received:N0} of {expected:N0} messages received by {readers.Length:N0} reading sockets, in order", received == expected && Array.TrueForAll(readers, r => r.Wrong is null));
        foreach (var wrong in readers.Select(r => r.Wrong).OfType<string>().Take(3))
        {
            Table.Line("a reader's trouble", wrong);
        }

        Table.Line("from sending a change to its last reader", times.Count == 0 ? "never" : $"median {times[times.Count / 2]:0} ms, p99 {times[(int)(times.Count * 0.99)]:0} ms, most {times[^1]:0} ms");
        Table.Line("messages", $"{received / took.TotalSeconds:N0}/s, {spent.TotalMicroseconds / Math.Max(received, 1):0.0} µs of the gateway's processor time each");
        Table.Line("gateway's resident memory", $"{before:0} MB alone, {connected:0} MB connected ({(connected - before) * 1024 / count:0} kB a socket), {peak:0} MB at most");
        await EndAsync("silent, never read", [.. all.Where((_, i) => IsPatient(i) && !Speaks(i))]);
        await EndAsync("answering pings, never read", [.. all.Where((_, i) => IsPatient(i) && Speaks(i))]);
        await over.CancelAsync();
        await Task.WhenAll(busy.Select(r => r.ContinueWith(_ => { }, TaskScheduler.Default)));
        Array.ForEach(all, l => l.Dispose());
    }

    private static async Task<Listener[]> ConnectAsync(GatewayProcess gateway, Ground ground, int count, Action<Listener, int> connected)
    {
        var all = new Listener[count];
        var address = new UriBuilder(gateway.Address) { Scheme = "ws", Path = "/graphql" }.Uri;
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, _) =>
        {
            var (role, query) = (Listening[i % Listening.Length], Queries[i / Listening.Length % Queries.Length]);
            all[i] = await Listener.OpenAsync(address, new IPAddress([127, 0, 0, (byte)(2 + (i / PerSource))]), ground.TokenOf(role), query, IsPatient(i));
            connected(all[i], i);
        });
        return all;
    }

    private static async Task EndAsync(string kind, Listener[] neverRead)
    {
        using var enough = new CancellationTokenSource(Patience);
        var ends = await Task.WhenAll(neverRead.Select(l => l.EndAsync(enough.Token)));
        var read = neverRead.Select(l => l.Received).DefaultIfEmpty().ToArray();
        var how = string.Join(", ", ends.GroupBy(e => e).Select(g => $"{g.Count()} {g.Key}"));
        Table.Line($"{kind}: {neverRead.Length}, which ended", $"{how}; {read.Min()} to {read.Max()} messages could be read afterwards");
    }

    private static bool Speaks(int socket) => socket % 200 == 199;

    private static bool IsPatient(int socket) => socket % 100 == 99;

    private static async Task<string> ReportAsync(Api api, Ground ground)
    {
        var input = new { danger = "NO", what = new string('x', 2_000), happenedAt = DateTimeOffset.UtcNow.AddMinutes(-5), onSite = true, place = "Room 0" };
        var answer = await api.QueryAsync(
            ground.TokenOf(Role.ClassTeacher), "mutation($input: ReportIncidentInput!) { reportIncident(input: $input) { receipt { incidentId } errors { code } } }", new { input });
        return answer.GetProperty("data").GetProperty("reportIncident").GetProperty("receipt").GetProperty("incidentId").GetString()!;
    }

    private static async Task ChangeAsync(Api api, Ground ground, string incidentId, int change)
    {
        var input = new { incidentId, field = "PLACE", reason = "It moved", text = $"Room {change}" };
        var answer = await api.QueryAsync(ground.TokenOf(Role.Dsl), "mutation($input: CorrectRecordInput!) { correctRecord(input: $input) { errors { code } } }", new { input });
        if (answer.GetRawText() != """{"data":{"correctRecord":{"errors":[]}}}""")
        {
            throw new InvalidOperationException($"The change was not made: {answer}");
        }
    }

    /// <summary>From the read audit, where each execution stands: a group has one person.</summary>
    private static async Task<int> ExecutionsAsync(StoreUnderTest store, Ground ground, string incident)
    {
        await using var app = await InProcess.StartAsync(store);
        var who = new Reader(ground.School, Actor.System, new HashSet<Role>(), "bench", Guid.NewGuid());
        var record = $"incident/{System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(incident)).Split(':')[1]}";
        var executions = 0;
        for (string? after = null; ;)
        {
            var page = (await app.Services.GetRequiredService<AuditReader>().AccessLogAsync(who, record, AccessLogOrder.AtDesc, new PageRequest(First: 500, After: after), default)).Value!;
            executions += page.Items.Count(i => i.Item.Operation == "incidentChanged");
            if (!page.HasNext)
            {
                await app.StopAsync();
                return executions;
            }

            after = page.Items[^1].Cursor;
        }
    }

    /// <summary>What file descriptors and memory allow, this process and the gateway together.</summary>
    private static async Task<int> MostAsync()
    {
        var files = (await File.ReadAllLinesAsync("/proc/self/limits")).First(l => l.StartsWith("Max open files", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[3];
        var memory = (await File.ReadAllLinesAsync("/proc/meminfo")).First(l => l.StartsWith("MemAvailable", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        var byFiles = int.TryParse(files, out var limit) ? limit - Spare : Most;
        return Math.Min(Most, Math.Min(byFiles, (int)(long.Parse(memory, System.Globalization.CultureInfo.InvariantCulture) / 1024 / MegabytesEach)));
    }

    /// <summary>Completes when every reader has the newest change.</summary>
    private sealed class Round(int readers)
    {
        private TaskCompletionSource _last = new();
        private int _missing;
        private int _change;

        public Task Begin(int change)
        {
            _last = new(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _missing, readers);
            Volatile.Write(ref _change, change);
            return _last.Task;
        }

        public void Got(int change)
        {
            if (change == Volatile.Read(ref _change) && Interlocked.Decrement(ref _missing) == 0)
            {
                _last.TrySetResult();
            }
        }
    }
}
