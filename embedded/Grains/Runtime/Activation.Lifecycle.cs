using Microsoft.Extensions.DependencyInjection;

namespace OnlineSafetyTrust.Embedded.Grains;

/// <content>Where the activation stands between birth and end.</content>
internal sealed partial class Activation
{
    private DeactivationReason? _leaving;
    private bool _drainsFirst;
    private long _keepUntil;
    private TaskCompletionSource? _gone;
    private AsyncServiceScope? _scope;

    public IServiceProvider ActivationServices
    {
        get
        {
            lock (_gate)
            {
                return (_scope ??= silo.Services.CreateAsyncScope()).ServiceProvider;
            }
        }
    }

    public Task Deactivated
    {
        get
        {
            lock (_gate)
            {
                return _phase == Phase.Gone ? Task.CompletedTask : (_gone ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }
        }
    }

    /// <summary>State to be read before OnActivateAsync.</summary>
    public List<IStorage>? Facets { get; set; }

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        bool wake;
        lock (_gate)
        {
            if (_leaving is not null || _phase >= Phase.Deactivating)
            {
                return;
            }

            _leaving = deactivationReason;

            // A grain that gives up while it activates would otherwise hand its callers to the next one forever.
            _drainsFirst = _phase != Phase.Active || deactivationReason.ReasonCode == DeactivationReasonCode.ShuttingDown;
            wake = _phase is Phase.Active or Phase.New && MustWake();
        }

        if (wake)
        {
            Schedule();
        }
    }

    public void DelayDeactivation(TimeSpan time)
    {
        lock (_gate)
        {
            _keepUntil = time < TimeSpan.Zero ? 0 : silo.Clock.GetTimestamp() + silo.Ticks(time);
        }
    }

    public void CollectIfIdle(long now, long age)
    {
        lock (_gate)
        {
            if (_phase != Phase.Active || _leaving is not null || _running > 0 || _first is not null
                || _ready is { Count: > 0 } || now - _idleSince < age || now < _keepUntil)
            {
                return;
            }
        }

        // A request that slips in here waits for the next activation: it is late, not lost.
        Deactivate(new DeactivationReason(DeactivationReasonCode.ActivationIdle, "Idle for longer than the collection age."));
    }

    private bool MovesOn() => _phase switch
    {
        Phase.New => Next(Phase.Activating),
        Phase.Active => _leaving is not null && _running == 0 && !(_drainsFirst && _first is not null) && Next(Phase.Deactivating),
        _ => false,
    };

    private bool Next(Phase phase)
    {
        _phase = phase;
        return true;
    }
}
