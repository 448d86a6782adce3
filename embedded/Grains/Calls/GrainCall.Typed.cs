using System.Diagnostics.CodeAnalysis;

namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>A request with its answer; the emitter derives one class per method, with a field per argument.</summary>
internal abstract class GrainCall<TResult> : GrainCall
{
    // Asynchronously, so that a caller's code never runs inside the turn of the grain that answers it.
    private readonly TaskCompletionSource<TResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenRegistration _cancellation;
    private GrainReference? _target;

    public override Task Answer => _answer.Task;

    public Task<TResult> Result => _answer.Task;

    public override GrainReference? Target => _target;

    public void SendTo(GrainReference target) => _target = target;

    public void CancelWith(CancellationToken token) =>
        _cancellation = token.UnsafeRegister(
            static (call, token) => ((GrainCall<TResult>)call!)._answer.TrySetCanceled(token), this);

    public override void Fail(Exception exception)
    {
        _cancellation.Dispose();
        _answer.TrySetException(exception);
    }

    public override Task InvokeFiltered(object grain, IIncomingGrainCallFilter[] filters) =>
        Filtered(grain, filters);

    [SuppressMessage("Design", "CA1031", Justification = "Whatever a copier throws is the answer.")]
    protected override void Complete(Task task)
    {
        _cancellation.Dispose();
        if (task.IsCompletedSuccessfully)
        {
            try
            {
                _answer.TrySetResult(typeof(TResult) == typeof(NoResult)
                    ? default!
                    : DeepCopy<TResult>.Copy(((Task<TResult>)task).Result));
            }
            catch (Exception exception)
            {
                _answer.TrySetException(exception);
            }
        }
        else
        {
            _answer.TrySetFromTask(Rethrown(task));
        }
    }

    private static async Task<TResult> Rethrown(Task task)
    {
        await task.ConfigureAwait(false);
        return default!;
    }

    private async Task<TResult> Filtered(object grain, IIncomingGrainCallFilter[] filters)
    {
        var context = new FilteredCall<TResult>(this, grain, filters);
        await context.Invoke();
        return context.TypedResult;
    }
}
