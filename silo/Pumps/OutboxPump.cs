using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Silo.Notifications;

namespace OnlineSafetyTrust.Silo.Pumps;

/// <summary>
/// Carries messages to streams and people. Delivery may repeat (the receiver knows the id), is ordered per destination, and backs off;
/// what cannot be delivered for good is kept in sight as dead.
/// </summary>
public sealed partial class OutboxPump(
    IOutboxStore store, StreamModels models, IGrainFactory grains, NoticeDelivery notices, TimeProvider system, ILogger<OutboxPump> log) : BackgroundService
{
    private const int Batch = 128;
    private const int AtOnce = 32;
    private const int StreamAttempts = 30;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);
    private readonly System.Collections.Concurrent.ConcurrentQueue<LeasedMessage> _interrupted = [];
    private readonly SemaphoreSlim _turn = new(1);
    private long _tried;

    /// <summary>Messages tried since the start.</summary>
    public long Tried => Volatile.Read(ref _tried);

    /// <summary>Delivers what can be delivered now. The host's own loop and the clock's mover take turns: whoever finds nothing knows that nothing is on its way.</summary>
    /// <returns>How many messages were tried.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            return await LeaseAndDeliverAsync(ct);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>What was interrupted is given back: the next start need not wait for its leases to end.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await GiveBackAsync(system.GetUtcNow(), cancellationToken);
    }

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    private async Task<int> LeaseAndDeliverAsync(CancellationToken ct)
    {
        var now = system.GetUtcNow();
        await GiveBackAsync(now, ct);
        var leased = await store.LeaseAsync(now, now + Lease, Batch, ct);
        if (leased.Count == 0)
        {
            return 0;
        }

        Interlocked.Add(ref _tried, leased.Count);
        try
        {
            await DeliverAsync(leased, ct);
        }
        catch
        {
            foreach (var message in leased)
            {
                _interrupted.Enqueue(message);
            }

            throw;
        }

        return leased.Count;
    }

    /// <summary>The store failed under a delivery: its leases would keep the messages for minutes after it is back. Those delivered may be delivered again.</summary>
    private async Task GiveBackAsync(DateTimeOffset now, CancellationToken ct)
    {
        while (_interrupted.TryDequeue(out var message))
        {
            try
            {
                await store.FailedAsync(message, now, "interrupted", ct);
            }
            catch
            {
                _interrupted.Enqueue(message);
                throw;
            }
        }
    }

    private async Task DeliverAsync(IReadOnlyList<LeasedMessage> leased, CancellationToken ct)
    {
        var delivered = new System.Collections.Concurrent.ConcurrentBag<LeasedMessage>();
        try
        {
            await Parallel.ForEachAsync(leased, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (message, stop) =>
            {
                if (await TryDeliverAsync(message, stop))
                {
                    delivered.Add(message);
                }
            });
        }
        finally
        {
            // Also when the host stops meanwhile: what somebody got is not sent again.
            if (!delivered.IsEmpty)
            {
                await store.DeliveredAsync([.. delivered], CancellationToken.None);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await RunAsync(stoppingToken) == 0)
                {
                    await store.WaitAsync(Poll, stoppingToken);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogPumpFailed(e);
                await store.WaitAsync(Poll, stoppingToken);
            }
        }
    }

    private async Task<bool> TryDeliverAsync(LeasedMessage leased, CancellationToken ct)
    {
        try
        {
            if (leased.Message.Destination.StartsWith("stream:", StringComparison.Ordinal))
            {
                var key = StreamKey.Parse(leased.Message.Destination["stream:".Length..]);
                await models.Grain(grains, key).OnMessageAsync(new MessageNotice(leased.Message.Id, leased.Message.Kind, leased.Message.Payload.ToArray(), leased.CorrelationId));
            }
            else
            {
                await notices.DeliverAsync(leased, ct);
            }

            return true;
        }
        catch (PermanentlyUndeliverableException e)
        {
            LogDead(leased.Message.Kind, leased.Attempt, e.Message);
            await store.FailedAsync(leased, null, e.Message, ct);
            return false;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            var dead = leased.Attempt >= StreamAttempts && leased.Message.Destination.StartsWith("stream:", StringComparison.Ordinal);
            LogFailed(e, leased.Message.Kind, leased.Attempt);
            await store.FailedAsync(leased, dead ? null : system.GetUtcNow() + BackOff(leased.Attempt), e.GetType().Name, ct);
            return false;
        }
    }

    private static TimeSpan BackOff(int attempt)
    {
        var wait = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(attempt, 10) - 1));
        return wait < LongestBackOff ? wait : LongestBackOff;
    }

    [LoggerMessage(1, LogLevel.Warning, "A message '{Kind}' could not be delivered (attempt {Attempt}) and will be tried again")]
    private partial void LogFailed(Exception e, string kind, int attempt);

    [LoggerMessage(2, LogLevel.Error, "A message '{Kind}' is dead after attempt {Attempt}: {Why}")]
    private partial void LogDead(string kind, int attempt, string why);

    [LoggerMessage(3, LogLevel.Error, "The outbox could not be read; it will be tried again")]
    private partial void LogPumpFailed(Exception e);
}
