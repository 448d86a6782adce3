namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>One request: waits in an activation's inbox, runs as a turn, answers its caller.</summary>
internal abstract class GrainCall : CallScope
{
    private Task? _running;

    public override GrainCall Call => this;

    public GrainMethod Method { get; set; } = GrainMethod.Turn;

    /// <summary>Link of the inbox.</summary>
    public GrainCall? Next { get; set; }

    /// <summary>Where it waits or runs.</summary>
    public Activation? Activation { get; set; }

    /// <summary>The request that made this one; cut when done, so that endless chains hold no memory.</summary>
    public GrainCall? Caller { get; set; }

    public bool Started { get; set; }

    public bool Finished { get; private set; }

    /// <summary>What the caller waits for.</summary>
    public abstract Task Answer { get; }

    /// <summary>Counts as activity for idle collection.</summary>
    public virtual bool KeepsAlive => true;

    /// <summary>Goes to the next activation when this one leaves before running it.</summary>
    public virtual GrainReference? Target => null;

    public abstract Task Invoke(object grain);

    public abstract void Fail(Exception exception);

    protected abstract void Complete(Task task);

    public virtual Task InvokeFiltered(object grain, IIncomingGrainCallFilter[] filters) => Invoke(grain);

    /// <summary>Can the other request not run while this one does?</summary>
    public virtual bool Blocks(GrainCall other) =>
        !Method.AlwaysInterleave && !other.Method.AlwaysInterleave && !(Method.ReadOnly && other.Method.ReadOnly);

    public void EndWhenCompleted(Task task)
    {
        _running = task;
        task.GetAwaiter().UnsafeOnCompleted(End);
    }

    public void Finish(Task task)
    {
        Complete(task);
        Finished = true;
        Caller = null;
    }

    private void End() => Activation!.End(this, _running!);
}

/// <summary>The result of methods that have none.</summary>
internal readonly struct NoResult;
