using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Grains;

namespace OnlineSafetyTrust.Silo.Pumps;

/// <summary>
/// Takes due rows of a shard and tells their grains, the deadlines of one stream in nominal order. A grain that fails keeps its row:
/// it is given back and tried again, so that a deadline is late at worst, never lost. The stream's later ones wait for it, but not for ever.
/// </summary>
public sealed partial class DuePump(
    IDueStore store, StreamModels models, IGrainFactory grains, [FromKeyedServices(ProductClock.Key)] TimeProvider clock, TimeProvider system, ILogger<DuePump> log) : IDisposable
{
    public const int Shards = 16;
    private const int Batch = 256;

    /// <summary>Of all shards together: enough to share flushes, few enough that a person's command does not wait behind hundreds.</summary>
    private const int AtOnce = 16;

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(30);

    /// <summary>From this attempt on a deadline that fails holds up no other: one that cannot be done must not silence its stream's reminders.</summary>
    private const int HoldsUpTo = 3;
    private static readonly Meter Meter = new("OnlineSafetyTrust.Silo");
    private static readonly Counter<long> Handled = Meter.CreateCounter<long>("ost.due.handled", "{deadline}");
    private static readonly Counter<long> Failed = Meter.CreateCounter<long>("ost.due.failed", "{deadline}");

    private readonly ConcurrentQueue<ClaimedDue> _interrupted = [];

    /// <summary>Failed attempts of those that fail; another process, or the next start, counts anew.</summary>
    private readonly ConcurrentDictionary<ClaimedDue, int> _attempts = [];
    private readonly SemaphoreSlim _places = new(AtOnce);
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, Shards).Select(_ => new SemaphoreSlim(1))];
    private long _claimed;

    /// <summary>Rows claimed since the start.</summary>
    public long Claimed => Volatile.Read(ref _claimed);

    /// <summary>Handles what is due now in a shard. Its own timer and the clock's mover take turns: whoever finds nothing knows that nothing is being worked on.</summary>
    /// <returns>How many rows were claimed; as many as the batch means that there may be more.</returns>
    public async Task<int> RunAsync(int shard, CancellationToken ct)
    {
        await _turns[shard].WaitAsync(ct);
        try
        {
            return await ClaimAndTellAsync(shard, system.GetUtcNow(), ct);
        }
        finally
        {
            _turns[shard].Release();
        }
    }

    /// <summary>The store failed, the caller went away or the host stopped under a claim: its lease would keep the rows for minutes. One that was dealt with has moved.</summary>
    public async Task GiveBackAsync(CancellationToken ct)
    {
        while (_interrupted.TryDequeue(out var left))
        {
            try
            {
                await store.ReleaseAsync(left, system.GetUtcNow(), ct);
            }
            catch
            {
                _interrupted.Enqueue(left);
                throw;
            }
        }
    }

    public void Dispose()
    {
        _places.Dispose();
        foreach (var turn in _turns)
        {
            turn.Dispose();
        }
    }

    private async Task<int> ClaimAndTellAsync(int shard, DateTimeOffset systemNow, CancellationToken ct)
    {
        await GiveBackAsync(ct);
        var claimed = await store.ClaimAsync(shard, Microseconds.Truncate(clock.GetUtcNow()), systemNow, systemNow + Lease, Batch, ct);
        if (claimed.Count > 0)
        {
            Interlocked.Add(ref _claimed, claimed.Count);
            var streams = claimed.GroupBy(d => d.Key).Select(g => g.OrderBy(d => d.At).ToList());
            try
            {
                await Parallel.ForEachAsync(streams, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (rows, stop) =>
                {
                    await _places.WaitAsync(stop);
                    try
                    {
                        await TellAsync(rows, stop);
                    }
                    finally
                    {
                        _places.Release();
                    }
                });
            }
            catch
            {
                claimed.ToList().ForEach(_interrupted.Enqueue);
                throw;
            }
        }

        return claimed.Count;
    }

    private async Task TellAsync(List<ClaimedDue> rows, CancellationToken ct)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            try
            {
                await models.Grain(grains, rows[i].Key).OnDueAsync(new DueNotice(rows[i].What, rows[i].At));
                Handled.Add(1);
                _attempts.TryRemove(rows[i], out _);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Failed.Add(1);
                var attempt = _attempts.AddOrUpdate(rows[i], 1, (_, n) => n + 1);
                LogFailed(e, rows[i].Key.Stream.Kind, rows[i].What, rows[i].At, attempt);
                var holds = attempt < HoldsUpTo;
                foreach (var left in holds ? rows[i..] : [rows[i]])
                {
                    await store.ReleaseAsync(left, system.GetUtcNow() + BackOff(attempt), ct);
                }

                if (holds)
                {
                    return;
                }
            }
        }
    }

    private static TimeSpan BackOff(int attempt)
    {
        var wait = RetryAfter * Math.Pow(2, Math.Clamp(attempt - HoldsUpTo + 1, 0, 10));
        return wait < LongestBackOff ? wait : LongestBackOff;
    }

    [LoggerMessage(1, LogLevel.Error, "A deadline of a {Kind} ('{What}', due {At:O}) failed (attempt {Attempt}; from the third on it holds up no other) and will be tried again")]
    private partial void LogFailed(Exception e, string kind, string what, DateTimeOffset at, int attempt);
}
