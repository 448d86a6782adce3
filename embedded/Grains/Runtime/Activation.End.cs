using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace OnlineSafetyTrust.Embedded.Grains;

/// <content>OnDeactivateAsync, disposal, and what becomes of the requests that wait.</content>
internal sealed partial class Activation
{
    private void Leave()
    {
        var frame = new LifecycleCall(this, null);
        Follow(frame, LeaveAsync, task => Left(frame, task));
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
