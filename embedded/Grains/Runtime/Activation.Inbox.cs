namespace OnlineSafetyTrust.Embedded.Grains;

/// <content>The inbox, and which request may start beside those that run.</content>
internal sealed partial class Activation
{
    private GrainCall? _first;
    private GrainCall? _last;
    private int _waitingInterleaving;
    private int _waitingReadOnly;
    private int _running;
    private int _runningInterleaving;
    private int _runningReadOnly;
    private long _idleSince = silo.Clock.GetTimestamp();

    private int Blocking => _running - _runningInterleaving;

    /// <returns>False when the activation is gone: ask for the next one.</returns>
    public bool TryEnqueue(GrainCall call)
    {
        bool wake;
        lock (_gate)
        {
            if (_phase == Phase.Gone)
            {
                return false;
            }

            call.Activation = this;
            call.Next = null;
            if (_last is null)
            {
                _first = call;
            }
            else
            {
                _last.Next = call;
            }

            _last = call;
            CountWaiting(call, 1);
            wake = Admits(call) && MustWake();
        }

        if (wake)
        {
            Schedule();
        }

        return true;
    }

    private void CountWaiting(GrainCall call, int change)
    {
        _waitingInterleaving += call.Method.AlwaysInterleave ? change : 0;
        _waitingReadOnly += call.Method.ReadOnly ? change : 0;
    }

    private void CountRunning(GrainCall call, int change)
    {
        _running += change;
        _runningInterleaving += call.Method.AlwaysInterleave ? change : 0;
        _runningReadOnly += call.Method.ReadOnly && !call.Method.AlwaysInterleave ? change : 0;
    }

    private bool Admits(GrainCall call) => _phase switch
    {
        Phase.New => true,
        Phase.Active => Blocking == 0 || grainClass.Reentrant || call.Method.AlwaysInterleave
            || (call.Method.ReadOnly && _runningReadOnly == Blocking),
        _ => false,
    };

    private bool Leaves(GrainCall call) => _leaving is not null && !_drainsFirst && !IsCalledFromHere(call);

    /// <summary>Takes the first request that may start now. Like Orleans, readers may pass a waiting writer.</summary>
    private GrainCall? TakeAdmitted()
    {
        // The whole inbox is walked only when something in it could pass the head.
        var walks = Blocking > 0 && (_waitingInterleaving > 0 || _waitingReadOnly > 0);
        GrainCall? previous = null;
        for (var call = _first; call is not null; call = call.Next)
        {
            if (call.Answer.IsCompleted && call.Target is not null)
            {
                Unlink(previous, call); // Cancelled or failed while it waited; previous stays what it was.
                continue;
            }

            if (Admits(call) && !Leaves(call))
            {
                Unlink(previous, call);
                call.Next = null;
                call.Started = true;
                CountRunning(call, 1);
                return call;
            }

            if (!walks && !(grainClass.Reentrant && _leaving is not null))
            {
                return null;
            }

            previous = call;
        }

        return null;
    }

    private void Unlink(GrainCall? previous, GrainCall call)
    {
        if (previous is null)
        {
            _first = call.Next;
        }
        else
        {
            previous.Next = call.Next;
        }

        if (_last == call)
        {
            _last = previous;
        }

        CountWaiting(call, -1);
    }

    // While it leaves, a request still runs here; one that it caused must not wait for the next activation.
    private bool IsCalledFromHere(GrainCall call)
    {
        for (var frame = call.Caller; frame is not null && _running > 0; frame = frame.Caller)
        {
            if (frame.Activation == this)
            {
                return true;
            }
        }

        return false;
    }
}
