using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Storage.Upkeep;

namespace OnlineSafetyTrust.Silo.Hosting;

/// <summary>Once a day: writes the store's head outside the database and forgets command ids after their 90 days, which the product's clock counts: it gave them their times.</summary>
internal sealed partial class Upkeep(
    StoreUpkeep store, HeadExporter heads, [FromKeyedServices(ProductClock.Key)] TimeProvider clock, TimeProvider system, ILogger<Upkeep> log) : BackgroundService
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    private async Task RunAsync(CancellationToken stoppingToken)
    {
        DateOnly? done = null;
        using var timer = new PeriodicTimer(LookAgain, system);
        do
        {
            var today = DateOnly.FromDateTime(system.GetUtcNow().UtcDateTime);
            if (done == today)
            {
                continue;
            }

            try
            {
                await heads.ExportAsync(today, stoppingToken);
                await store.PruneCommandsAsync(clock.GetUtcNow());
                done = today;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(1, LogLevel.Error, "The daily upkeep failed and is tried again within the hour")]
    private partial void LogFailed(Exception e);
}
