namespace OnlineSafetyTrust.Embedded.Grains;

/// <content>The timers, which die with the activation.</content>
internal sealed partial class Activation
{
    private HashSet<GrainTimer>? _timers;

    public void Register(GrainTimer timer)
    {
        lock (_gate)
        {
            (_timers ??= []).Add(timer);
        }
    }

    public void Unregister(GrainTimer timer)
    {
        lock (_gate)
        {
            _timers?.Remove(timer);
        }
    }

    private void StopTimers()
    {
        GrainTimer[] timers;
        lock (_gate)
        {
            timers = _timers?.ToArray() ?? [];
        }

        foreach (var timer in timers)
        {
            timer.Dispose();
        }
    }
}
