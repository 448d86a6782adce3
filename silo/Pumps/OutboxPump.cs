using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OnlineSafetyTrust.Contracts.Journal;

namespace OnlineSafetyTrust.Silo.Pumps;

/// <summary>
/// Carries messages to streams and people, each in its lane. Delivery may repeat (the receiver knows the id), is ordered per stream, and backs off;
/// a mail that is refused for good is kept in sight as dead, a message to a stream never dies.
/// </summary>
public sealed partial class OutboxPump : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);

    /// <summary>Nobody waits for a message that is on its way: those of a moment share their leases and flushes, and leave the disk to commands.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);

    private readonly IOutboxStore _store;
    private readonly ILogger<OutboxPump> _log;
    private readonly IHostApplicationLifetime _host;
    private readonly OutboxLanePump[] _lanes;

    public OutboxPump(IOutboxStore store, IMessageDelivery delivery, IHostApplicationLifetime host, TimeProvider system, ILogger<OutboxPump> log)
    {
        (_store, _log, _host) = (store, log, host);
        _lanes = [.. Enum.GetValues<OutboxLane>().Select(lane => new OutboxLanePump(lane, store, delivery, system, log))];
    }

    /// <summary>Messages tried since the start.</summary>
    public long Tried => _lanes.Sum(l => l.Tried);

    /// <summary>Delivers what can be delivered now, in all lanes.</summary>
    /// <returns>How many messages were tried.</returns>
    public async Task<int> RunAsync(CancellationToken ct) => (await Task.WhenAll(_lanes.Select(l => l.RunAsync(ct)))).Sum();

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Before the silo stops: a mail that its server has taken is told to the stream that proves it, and none is begun that could not be.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.WhenAll(_lanes.Select(l => l.EndAsync(cancellationToken)));

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What was interrupted is given back: the next start need not wait for its leases to end.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(_lanes.Select(l => l.GiveBackAsync(cancellationToken)));
    }

    public override void Dispose()
    {
        foreach (var lane in _lanes)
        {
            lane.Dispose();
        }

        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await _host.UntilStartedAsync(stoppingToken);
        await Task.WhenAll(_lanes.Select(l => LoopAsync(l, stoppingToken)));
    }

    private async Task LoopAsync(OutboxLanePump lane, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await lane.RunAsync(stoppingToken) == 0)
                {
                    await _store.WaitAsync(lane.Lane, Poll, stoppingToken);
                }

                await Task.Delay(Gathering, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogPumpFailed(e);
                await _store.WaitAsync(lane.Lane, Poll, stoppingToken);
            }
        }
    }

    [LoggerMessage(3, LogLevel.Error, "The outbox could not be read; it will be tried again")]
    private partial void LogPumpFailed(Exception e);
}
