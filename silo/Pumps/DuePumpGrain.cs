using System.Globalization;

namespace OnlineSafetyTrust.Silo.Pumps;

/// <summary>Drives one shard of deadlines. Key: the shard's number. A timer ticks while it lives; a reminder brings it back to life.</summary>
[Alias("IDuePumpGrain")]
public interface IDuePumpGrain : IGrainWithStringKey
{
    Task StartAsync();
}

internal sealed class DuePumpGrain(DuePump pump) : Grain, IDuePumpGrain, IRemindable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan KeepAlive = TimeSpan.FromMinutes(1);
    private IGrainTimer? _timer;

    private int Shard => int.Parse(this.GetPrimaryKeyString(), CultureInfo.InvariantCulture);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _timer = this.RegisterGrainTimer(
            static (self, ct) => self.TickAsync(ct), this, new GrainTimerCreationOptions { DueTime = TimeSpan.Zero, Period = Tick, KeepAlive = true });
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _timer?.Dispose();
        return Task.CompletedTask;
    }

    public Task StartAsync() => this.RegisterOrUpdateReminder("pump", KeepAlive, KeepAlive);

    public Task ReceiveReminder(string reminderName, TickStatus status) => Task.CompletedTask;

    private async Task TickAsync(CancellationToken ct)
    {
        int claimed;
        do
        {
            claimed = await pump.RunAsync(Shard, ct);
        }
        while (claimed > 0 && !ct.IsCancellationRequested);
    }
}
