namespace OnlineSafetyTrust.Embedded.Grains;

/// <content>Construction, state, OnActivateAsync.</content>
internal sealed partial class Activation
{
    private void Enter()
    {
        var frame = new LifecycleCall(this, _first);
        Follow(frame, EnterAsync, task => Entered(frame, task));
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
}
