using Microsoft.Extensions.Logging;

namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>Puts a tick into the inbox when due, and arms itself again only when that tick has ended.</summary>
internal sealed class GrainTimer : IGrainTimer
{
    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly GrainTimerCreationOptions _options;
    private readonly CancellationTokenSource _stop = new();
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private TimeSpan _period;
    private bool _ticking;
    private bool _changed;

    public GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        _activation = activation;
        _callback = callback;
        _options = options;
        _period = options.Period;
        activation.Register(this);

        // The timer must not carry the registering request's context into its ticks.
        using var _ = ExecutionContext.SuppressFlow();
        _timer = activation.Silo.Clock.CreateTimer(
            static timer => ((GrainTimer)timer!).Due(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(options.DueTime, Timeout.InfiniteTimeSpan);
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            _period = period;
            _changed = _ticking;
            _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        _stop.Cancel();
        _activation.Unregister(this);
    }

    private void Due()
    {
        lock (_gate)
        {
            if (_ticking || _stop.IsCancellationRequested)
            {
                return;
            }

            _ticking = true;
        }

        _activation.TryEnqueue(new Tick(this));
    }

    private void Ticked(Task task)
    {
        if (task.IsFaulted)
        {
            _activation.Silo.Log.LogError(task.Exception.InnerException, "A timer of {Grain} failed.", _activation.Name);
        }

        lock (_gate)
        {
            _ticking = false;
            if (!_changed && !_stop.IsCancellationRequested)
            {
                _timer.Change(_period, Timeout.InfiniteTimeSpan);
            }

            _changed = false;
        }
    }

    private sealed class Tick : GrainCall
    {
        private readonly GrainTimer _timer;

        public Tick(GrainTimer timer)
        {
            _timer = timer;
            Method = timer._options.Interleave ? GrainMethod.InterleavingTurn : GrainMethod.Turn;
        }

        public override Task Answer => Task.CompletedTask;

        public override bool KeepsAlive => _timer._options.KeepAlive;

        // Disposed while it waited: the tick is dropped.
        public override Task Invoke(object grain) =>
            _timer._stop.IsCancellationRequested ? Task.CompletedTask : _timer._callback(_timer._stop.Token);

        public override void Fail(Exception exception)
        {
        }

        protected override void Complete(Task task) => _timer.Ticked(task);
    }
}
