using Microsoft.Extensions.Options;

namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>Looks for idle activations once per quantum.</summary>
internal sealed class IdleCollector(Silo silo, IOptions<GrainCollectionOptions> options) : IDisposable
{
    private ITimer? _timer;

    public void Start()
    {
        using var _ = ExecutionContext.SuppressFlow();
        var quantum = options.Value.CollectionQuantum;
        _timer = silo.Clock.CreateTimer(_ => Collect(), null, quantum, quantum);
    }

    public void Dispose() => _timer?.Dispose();

    private void Collect()
    {
        var now = silo.Clock.GetTimestamp();
        var age = silo.Ticks(options.Value.CollectionAge);
        foreach (var activation in silo.Activations)
        {
            activation.CollectIfIdle(now, age);
        }
    }
}
