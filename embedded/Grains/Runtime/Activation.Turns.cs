using System.Diagnostics.CodeAnalysis;

namespace OnlineSafetyTrust.Embedded.Grains;

/// <content>Begin and end of a request.</content>
internal sealed partial class Activation
{
    [SuppressMessage("Design", "CA1031", Justification = "Whatever the grain throws goes to its caller.")]
    private void Begin(GrainCall call)
    {
        Task task;
        CallScope.Current = call;
        try
        {
            var filtered = silo.Filters.Length > 0 || grainClass.Filters;
            task = filtered ? call.InvokeFiltered(_grain!, silo.Filters) : call.Invoke(_grain!);
            task ??= Task.FromException(new InvalidOperationException(
                $"{grainClass.Implementation.Name}.{call.Method.Info?.Name} returned no task."));
        }
        catch (Exception exception)
        {
            task = Task.FromException(exception);
        }

        // What the request put into its context must not leak into the next one.
        ExecutionContext.Restore(Blank);
        if (task.IsCompleted)
        {
            End(call, task);
        }
        else
        {
            call.EndWhenCompleted(task);
        }
    }

    public void End(GrainCall call, Task task)
    {
        if (task.IsFaulted && task.Exception.InnerException is InconsistentStateException { IsSourceActivation: true } stale)
        {
            stale.IsSourceActivation = false;
            Deactivate(new DeactivationReason(
                DeactivationReasonCode.ApplicationError, stale, "The stored state is newer than the activation's."));
        }

        lock (_gate)
        {
            CountRunning(call, -1);
            if (call.KeepsAlive && _running == 0)
            {
                _idleSince = silo.Clock.GetTimestamp();
            }
        }

        call.Finish(task);
    }
}
