using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OnlineSafetyTrust.Silo.Pumps;

/// <summary>
/// Brings the pumps to life once the host takes requests; afterwards their reminders do. A store that does not take the reminders is asked again until it does.
/// When the host stops, what the pumps were at is given back.
/// </summary>
internal sealed partial class DuePumpStarter(IGrainFactory grains, DuePump pump, IHostApplicationLifetime host, TimeProvider system, ILogger<DuePumpStarter> log) : BackgroundService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await pump.GiveBackAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The silo stops before this service's own token is cancelled.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, host.ApplicationStopping);
        await host.UntilStartedAsync(stopping.Token);
        for (var shard = 0; shard < DuePump.Shards; shard++)
        {
            await StartAsync(shard, stopping.Token);
        }
    }

    private async Task StartAsync(int shard, CancellationToken stopping)
    {
        while (true)
        {
            stopping.ThrowIfCancellationRequested();
            try
            {
                await grains.GetGrain<IDuePumpGrain>(shard.ToString(CultureInfo.InvariantCulture)).StartAsync();
                return;
            }
            catch (Exception e)
            {
                // The host stops before it has quite started: the next start does this again.
                stopping.ThrowIfCancellationRequested();
                LogNotStarted(e, shard);
                await Task.Delay(RetryAfter, system, stopping);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Deadlines of shard {Shard} could not be begun with and will be tried again")]
    private partial void LogNotStarted(Exception e, int shard);
}
