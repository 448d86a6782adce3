using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Silo.Notifications;

namespace OnlineSafetyTrust.Silo.Pumps;

/// <summary>One lane of the outbox: destinations beside each other, a stream's messages one after the other.</summary>
internal sealed partial class OutboxLanePump(OutboxLane lane, IOutboxStore store, IMessageDelivery delivery, TimeProvider system, ILogger log) : IDisposable
{
    private const int AtOnce = 32;
    private const int ErrorFrom = 10;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(5);
    private static readonly Meter Meter = new("OnlineSafetyTrust.Silo");
    private static readonly Counter<long> Failed = Meter.CreateCounter<long>("ost.outbox.failed", "{message}");
    private static readonly Counter<long> Dead = Meter.CreateCounter<long>("ost.outbox.dead", "{message}");

    // Mails wait for a server's time-out: none is begun that could outlast its lease.
    private readonly int _batch = lane == OutboxLane.Mail ? AtOnce : 4 * AtOnce;
    private readonly ConcurrentQueue<LeasedMessage> _interrupted = [];
    private readonly SemaphoreSlim _turn = new(1);
    private readonly SemaphoreSlim _connections = new(AtOnce);
    private long _tried;
    private volatile bool _ended;

    public OutboxLane Lane => lane;

    public long Tried => Volatile.Read(ref _tried);

    /// <summary>Delivers what can be delivered now. The host's own loop and the clock's mover take turns: whoever finds nothing knows that nothing is on its way.</summary>
    /// <returns>How many messages were leased.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            if (_ended)
            {
                return 0;
            }

            await GiveBackAsync(ct);
            var now = system.GetUtcNow();
            var leased = await store.LeaseAsync(lane, now, now + Lease, _batch, ct);
            Interlocked.Add(ref _tried, leased.Count);
            if (leased.Count > 0)
            {
                await DeliverAsync(leased, now + (Lease / 2), ct);
            }

            return leased.Count;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Nothing more is begun; ends when what is on its way has arrived or failed, or soon: a server that does not answer stops nobody.</summary>
    public async Task EndAsync(CancellationToken ct)
    {
        _ended = true;
        if (await _turn.WaitAsync(LongestEnd, ct))
        {
            _turn.Release();
        }
    }

    /// <summary>The store failed or the host stopped under a delivery: its leases would keep the messages for minutes. Those delivered may be delivered again.</summary>
    public async Task GiveBackAsync(CancellationToken ct)
    {
        var runs = _interrupted.ToArray();
        if (runs.Length == 0)
        {
            return;
        }

        await store.GiveBackAsync(runs, ct);
        foreach (var _ in runs)
        {
            _interrupted.TryDequeue(out var _);
        }
    }

    public void Dispose()
    {
        _turn.Dispose();
        _connections.Dispose();
    }

    private async Task DeliverAsync(IReadOnlyList<LeasedMessage> leased, DateTimeOffset until, CancellationToken ct)
    {
        var runs = leased.GroupBy(m => m.Message.Destination).Select(r => r.ToArray()).ToArray();
        var delivered = new ConcurrentBag<IReadOnlyList<LeasedMessage>>();
        try
        {
            try
            {
                await Parallel.ForEachAsync(runs, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, (run, stop) => DeliverRunAsync(run, until, delivered, stop));
            }
            finally
            {
                // Also when the host stops meanwhile: what somebody got is not sent again.
                if (!delivered.IsEmpty)
                {
                    await store.DeliveredAsync([.. delivered.SelectMany(r => r)], CancellationToken.None);
                }
            }
        }
        catch
        {
            foreach (var run in runs)
            {
                _interrupted.Enqueue(run[0]);
            }

            throw;
        }
    }

    private ValueTask DeliverRunAsync(LeasedMessage[] run, DateTimeOffset until, ConcurrentBag<IReadOnlyList<LeasedMessage>> delivered, CancellationToken ct) =>
        lane == OutboxLane.Mail ? DeliverAtOnceAsync(run, until, delivered, ct) : DeliverInOrderAsync(run, until, delivered, ct);

    private async ValueTask DeliverInOrderAsync(LeasedMessage[] run, DateTimeOffset until, ConcurrentBag<IReadOnlyList<LeasedMessage>> delivered, CancellationToken ct)
    {
        var done = 0;
        try
        {
            // A slow run ends before its lease does; the rest is given back.
            while (done < run.Length && !_ended && (done == 0 || system.GetUtcNow() < until))
            {
                await delivery.DeliverAsync(run[done], ct);
                done++;
            }
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            await FailAsync(run[done], run[..done], e, ct);
            return;
        }
        catch
        {
            AddDone();
            throw;
        }

        AddDone();
        GiveBackUnless(done > 0, run);

        void AddDone()
        {
            if (done > 0)
            {
                delivered.Add(run[..done]);
            }
        }
    }

    /// <summary>Each mail stands for itself: side by side, their proofs share a flush. After a failure no other is begun.</summary>
    private async ValueTask DeliverAtOnceAsync(LeasedMessage[] run, DateTimeOffset until, ConcurrentBag<IReadOnlyList<LeasedMessage>> delivered, CancellationToken ct)
    {
        var (done, failed) = (new ConcurrentBag<LeasedMessage>(), new ConcurrentBag<(LeasedMessage Message, Exception Why)>());
        var said = false;
        try
        {
            await Parallel.ForEachAsync(run, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (message, stop) =>
            {
                await _connections.WaitAsync(stop);
                try
                {
                    // What is not begun before the lease is half over waits for the next.
                    if (!_ended && system.GetUtcNow() < until && failed.All(f => f.Why is PermanentlyUndeliverableException))
                    {
                        await delivery.DeliverAsync(message, stop);
                        done.Add(message);
                    }
                }
                catch (Exception e) when (!stop.IsCancellationRequested)
                {
                    failed.Add((message, e));
                }
                finally
                {
                    _connections.Release();
                }
            });

            // The dead first: what is tried again then decides when its destination is.
            foreach (var (message, why) in failed.OrderByDescending(f => f.Why is PermanentlyUndeliverableException))
            {
                await FailAsync(message, said ? [] : [.. done], why, ct);
                said = true;
            }
        }
        finally
        {
            if (!said && !done.IsEmpty)
            {
                delivered.Add([.. done]);
            }
        }

        GiveBackUnless(said || !done.IsEmpty, run);
    }

    // Nothing of it was begun: the next start need not wait for its lease.
    private void GiveBackUnless(bool tried, LeasedMessage[] run)
    {
        if (!tried)
        {
            _interrupted.Enqueue(run[0]);
        }
    }

    private async Task FailAsync(LeasedMessage message, IReadOnlyList<LeasedMessage> before, Exception e, CancellationToken ct)
    {
        if (e is PermanentlyUndeliverableException && lane == OutboxLane.Mail)
        {
            await store.FailedAsync(message, before, null, e.Message, ct);
            Dead.Add(1);
            LogDead(message.Message.Kind, message.Message.Id, message.Attempt, e.Message);
            return;
        }

        Failed.Add(1);
        LogFailed(message.Attempt < ErrorFrom ? LogLevel.Warning : LogLevel.Error, e, message.Message.Kind, message.Attempt);
        await store.FailedAsync(message, before, system.GetUtcNow() + BackOff(message.Attempt), e is MailNotTakenException mail ? mail.Kind : e.GetType().Name, ct);
    }

    private static TimeSpan BackOff(int attempt)
    {
        var wait = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(attempt, 10) - 1));
        return wait < LongestBackOff ? wait : LongestBackOff;
    }

    [LoggerMessage(EventId = 1, Message = "A message '{Kind}' could not be delivered (attempt {Attempt}) and will be tried again")]
    private partial void LogFailed(LogLevel level, Exception e, string kind, int attempt);

    [LoggerMessage(2, LogLevel.Error, "A message '{Kind}' ({Id}) is dead after attempt {Attempt}: {Why}. './dev outbox' shows it")]
    private partial void LogDead(string kind, Guid id, int attempt, string why);
}
