using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>Starts and stops the silo with its host.</summary>
internal sealed class SiloLifetime(Silo silo, IdleCollector collector) : IHostedService, IDisposable
{
    private ReminderPump? _pump;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        collector.Start();
        if (silo.Reminders is not null)
        {
            _pump = silo.Services.GetRequiredService<ReminderPump>();
            _pump.Start();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _pump?.Dispose();
        collector.Dispose();
        return silo.DrainAsync(cancellationToken);
    }

    public void Dispose() => silo.Close();
}
