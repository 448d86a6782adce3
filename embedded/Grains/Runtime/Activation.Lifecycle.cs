using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OnlineSafetyTrust.Embedded.Grains;

/// <content>Birth and end.</content>
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

    private void Enter()
    {
        var frame = new LifecycleCall(this, _first);
        Follow(frame, EnterAsync, task => Entered(frame, task));
    }

    private void Leave()
    {
        var frame = new LifecycleCall(this, null);
        Follow(frame, LeaveAsync, task => Left(frame, task));
    }

    private static void Follow(GrainCall frame, Func<Task> run, Action<Task> then)
    {
        CallScope.Current = frame;
        var task = run();
        ExecutionContext.Restore(Blank);
        if (task.IsCompleted)
        {
            then(task);
        }
        else
        {
            task.GetAwaiter().UnsafeOnCompleted(() => then(task));
        }
    }

    private async Task EnterAsync()
    {
        Constructing = this;
        try
        {
            _grain = grainClass.Create(this);
        }
        finally
        {
            Constructing = null;
        }

        foreach (var facet in Facets ?? [])
        {
            await facet.ReadStateAsync();
        }

        await ((IGrainBase)_grain).OnActivateAsync(CancellationToken.None);
    }

    private void Entered(LifecycleCall frame, Task task)
    {
        frame.Finish(task);
        if (task.IsCompletedSuccessfully)
        {
            lock (_gate)
            {
                _phase = Phase.Active;
                _idleSince = silo.Clock.GetTimestamp();
            }

            return;
        }

        _ = DropAsync(task.Exception?.InnerException ?? new TaskCanceledException(task));
    }

    [SuppressMessage("Design", "CA1031", Justification = "A grain that fails while it leaves still leaves.")]
    private async Task LeaveAsync()
    {
        try
        {
            StopTimers();
            await ((IGrainBase)_grain!).OnDeactivateAsync(_leaving!.Value, CancellationToken.None);
        }
        catch (Exception exception)
        {
            silo.Log.LogError(exception, "{Grain} failed in OnDeactivateAsync.", Name);
        }

        await DisposeGrainAsync();
    }

    private void Left(LifecycleCall frame, Task task)
    {
        frame.Finish(task);
        foreach (var call in Vanish())
        {
            call.Target?.Dispatch(call, again: true);
        }
    }

    private async Task DropAsync(Exception exception)
    {
        StopTimers();
        await DisposeGrainAsync();
        foreach (var call in Vanish())
        {
            call.Fail(exception);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "A failing Dispose must not keep the key occupied.")]
    private async Task DisposeGrainAsync()
    {
        try
        {
            if (_grain is IAsyncDisposable asynchronous)
            {
                await asynchronous.DisposeAsync();
            }
            else
            {
                (_grain as IDisposable)?.Dispose();
            }

            if (_scope is { } scope)
            {
                await scope.DisposeAsync();
            }
        }
        catch (Exception exception)
        {
            silo.Log.LogError(exception, "{Grain} failed while it was disposed.", Name);
        }
    }

    /// <summary>Frees the key; what still waits is the caller's to hand on.</summary>
    private List<GrainCall> Vanish()
    {
        var waiting = new List<GrainCall>();
        TaskCompletionSource? gone;
        lock (_gate)
        {
            _phase = Phase.Gone;
            for (var call = _first; call is not null; call = call.Next)
            {
                waiting.Add(call);
            }

            _first = _last = null;
            gone = _gone;
        }

        grainClass.Remove(this);
        gone?.TrySetResult();
        return waiting;
    }
}
