using System.Text.Json;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Storage.Reading;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.Live;

/// <summary>
/// Follows the journal from where it stood at the start and tells this process's subscribers, in the journal's order; who lost access is
/// cut off before anything after it is told. Woken by this process's flushes while somebody listens; others' are found within a second.
/// </summary>
internal sealed partial class JournalFollower(
    SystemReader journal, ChangeReader changes, TaskBook tasks, LiveAccess access, ITopicEventSender topics, TimeProvider system, ILogger<JournalFollower> log)
    : BackgroundService, IHostedLifecycleService
{
    private const int Batch = 500;
    private const string CheckOverdue = "check.overdue.v1";
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Blind = TimeSpan.FromSeconds(3);

    private readonly Dictionary<TenantId, TenantId> _trusts = [];
    private long _position;

    /// <summary>Position up to which subscribers have been told.</summary>
    public long Position => Volatile.Read(ref _position);

    public async Task StartingAsync(CancellationToken cancellationToken) => _position = await journal.HeadAsync(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (seen, ticked) = (system.GetTimestamp(), long.MinValue);
        while (!stoppingToken.IsCancellationRequested)
        {
            var (flushed, arrival) = (journal.NextFlush, access.Arrival);
            try
            {
                if (ticked == long.MinValue || system.GetElapsedTime(ticked) >= LookAgain)
                {
                    await access.TickAsync(stoppingToken);
                    ticked = system.GetTimestamp();
                }

                while (await TellAsync(stoppingToken))
                {
                }

                seen = system.GetTimestamp();
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(e);
                if (system.GetElapsedTime(seen) > Blind)
                {
                    // Who lost access cannot be known: everybody has to show again who they are.
                    access.EndAll();
                }

                flushed = new TaskCompletionSource().Task;
            }

            using var woken = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            // Where nobody listens, a look each second is enough to know from where on to tell whoever comes.
            await Task.WhenAny(access.Any ? flushed : arrival, Task.Delay(LookAgain, system, woken.Token));
            await woken.CancelAsync();
        }
    }

    /// <summary>Tells of the next events; false when there are none.</summary>
    private async Task<bool> TellAsync(CancellationToken ct)
    {
        // The head first: whoever comes to listen after this comes after everything before it.
        var head = await journal.HeadAsync(ct);
        if (head > _position && !access.Any)
        {
            Volatile.Write(ref _position, head);
            _trusts.Clear();
        }

        var events = head == _position ? [] : await journal.EventsAfterAsync(_position, Batch, ct);
        if (events.Count == 0)
        {
            return false;
        }

        foreach (var tenant in events.Where(e => e.Type.StartsWith("person.", StringComparison.Ordinal)).Select(e => e.Key.Tenant).Distinct())
        {
            await access.CheckAsync(tenant, ct);
        }

        foreach (var tenant in events.GroupBy(e => e.Key.Tenant))
        {
            try
            {
                await TellAsync(tenant.Key, [.. tenant], ct);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // What cannot be told of one school keeps nothing from the others; its own connect again and read what is there.
                LogUntold(e);
                access.EndAll(tenant.Key);
            }
        }

        Volatile.Write(ref _position, events[^1].Position);
        return true;
    }

    private async Task TellAsync(TenantId tenant, IReadOnlyList<StoredEvent> events, CancellationToken ct)
    {
        if (events.Any(e => e.Key.Stream == SchoolKey.Stream))
        {
            // It may have changed its trust.
            _trusts.Remove(tenant);
        }

        // One message for however many events of a batch: each reader sees the newest state anyway.
        var incidents = events.Where(e => e.Key.Stream.Kind == IncidentKey.Kind).Select(e => e.Key.Stream.Id).Distinct().ToList();
        foreach (var incident in incidents)
        {
            await topics.SendAsync(Topics.Incidents(tenant), new IncidentTouched(new IncidentId(incident)), ct);
        }

        if (events.Any(e => CountedEvents.Names.Contains(e.Type)))
        {
            var moved = new TrendsMoved(events[^1].Position);
            await topics.SendAsync(Topics.Trends(tenant), moved, ct);
            if (await TrustAsync(tenant, ct) is { } trust)
            {
                await topics.SendAsync(Topics.Trends(trust), moved, ct);
            }
        }

        if (access.Listens(tenant) && events.Where(e => e.Type == CheckOverdue).Select(e => (new PupilId(e.Key.Stream.Id), DateOf(e))).Distinct().ToList() is { Count: > 0 } overdue)
        {
            foreach (var (pupil, date, checker) in await changes.CheckersAsync(tenant, overdue, ct))
            {
                await topics.SendAsync(Topics.Checks(tenant), new CheckLate(pupil, date, checker), ct);
            }
        }

        foreach (var given in await tasks.LookAsync(tenant, [.. events.Select(e => e.Key.Stream).Distinct()], ct))
        {
            await topics.SendAsync(Topics.Tasks(tenant), given, ct);
        }
    }

    private async ValueTask<TenantId?> TrustAsync(TenantId school, CancellationToken ct)
    {
        if (_trusts.TryGetValue(school, out var known))
        {
            return known;
        }

        var trust = await changes.TrustAsync(school, ct);
        return trust is { } found ? _trusts[school] = found : null;
    }

    private static DateOnly DateOf(StoredEvent overdue)
    {
        using var payload = JsonDocument.Parse(overdue.Payload);
        return DateOnly.ParseExact(payload.RootElement.GetProperty("date").GetString()!, "yyyy-MM-dd");
    }

    [LoggerMessage(2, LogLevel.Error, "What was stored could not be told; whoever listened there has to connect again")]
    private partial void LogUntold(Exception e);

    [LoggerMessage(1, LogLevel.Error, "The journal could not be followed; it will be tried again within a second")]
    private partial void LogFailed(Exception e);
}
