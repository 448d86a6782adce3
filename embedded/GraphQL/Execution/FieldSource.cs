namespace OnlineSafetyTrust.Embedded.GraphQL.Execution;

/// <summary>A compiled resolver: the parent, the coerced arguments by index, the operation.</summary>
internal delegate T Resolve<out T>(object? parent, object?[] arguments, OperationContext operation);

/// <summary>Where a field's value comes from.</summary>
internal abstract class FieldSource
{
    /// <summary>May not be finished when it returns.</summary>
    public virtual bool IsAsync => false;

    /// <summary>The value; from an async source a task, or the value where it was finished at once.</summary>
    public abstract object? Start(object? parent, object?[] arguments, OperationContext operation);

    /// <summary>The result of a task that <see cref="Start"/> gave and that has completed; throws what it threw.</summary>
    public virtual object? Result(Task task) => throw new InvalidOperationException("Not an async source.");

    /// <summary>Resolves and writes a leaf in one step without boxing; false when it is null.</summary>
    public abstract bool WriteLeaf(object? parent, object?[] arguments, OperationContext operation);

    /// <summary>Writes a leaf value, or a leaf in a list.</summary>
    public LeafWrite<object?>? Leaf { get; init; }
}

internal sealed class SyncSource<T>(Resolve<T> resolve, LeafWrite<T>? write) : FieldSource
{
    public override object? Start(object? parent, object?[] arguments, OperationContext operation) => resolve(parent, arguments, operation);

    public override bool WriteLeaf(object? parent, object?[] arguments, OperationContext operation) =>
        write!(operation.Writer, resolve(parent, arguments, operation));
}

internal sealed class TaskSource<T>(Resolve<Task<T>> resolve) : FieldSource
{
    public override bool IsAsync => true;

    public override object? Start(object? parent, object?[] arguments, OperationContext operation)
    {
        var task = resolve(parent, arguments, operation);
        return task.IsCompletedSuccessfully ? task.Result : task;
    }

    public override object? Result(Task task) => ((Task<T>)task).GetAwaiter().GetResult();

    public override bool WriteLeaf(object? parent, object?[] arguments, OperationContext operation) =>
        throw new InvalidOperationException("An async field has no value while it is written.");
}

internal sealed class ValueTaskSource<T>(Resolve<ValueTask<T>> resolve) : FieldSource
{
    public override bool IsAsync => true;

    public override object? Start(object? parent, object?[] arguments, OperationContext operation)
    {
        var task = resolve(parent, arguments, operation);
        return task.IsCompletedSuccessfully ? task.Result : task.AsTask();
    }

    public override object? Result(Task task) => ((Task<T>)task).GetAwaiter().GetResult();

    public override bool WriteLeaf(object? parent, object?[] arguments, OperationContext operation) =>
        throw new InvalidOperationException("An async field has no value while it is written.");
}

/// <summary>The stream behind a subscription field: the topic's messages or the method's own.</summary>
internal abstract class EventSource
{
    public abstract ValueTask<IAsyncEnumerable<object?>> SubscribeAsync(object?[] arguments, OperationContext operation);
}
