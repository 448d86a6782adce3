namespace OnlineSafetyTrust.Storage.Journal;

/// <summary>Wakes whoever waits for what a flush stored. Any number of flushes before the next wait are one wake-up.</summary>
internal sealed class FlushSignal
{
    private TaskCompletionSource _next = New();

    public void Raise() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    /// <summary>Take it before looking, await it when there was nothing: a flush in between is not missed.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
