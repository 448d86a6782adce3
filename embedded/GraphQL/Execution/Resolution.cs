using System.Collections;

namespace OnlineSafetyTrust.Embedded.GraphQL.Execution;

/// <summary>An object with fields that had to be resolved before writing.</summary>
internal sealed class ResultNode(object source, ObjectSet set)
{
    public object Source { get; } = source;

    public ObjectSet Set { get; } = set;

    public object?[] Slots { get; } = new object?[set.Deferred.Length];
}

/// <summary>A list in which there are such objects.</summary>
internal sealed class ResultList(List<object?> items)
{
    public List<object?> Items { get; } = items;
}

/// <summary>A field whose resolver failed, or an item of its list; reported, with its path, when its turn to be written comes.</summary>
internal sealed class ResultFailure(Exception exception)
{
    public Exception Exception { get; } = exception;
}

/// <summary>
/// The first half of an execution: runs async resolvers and what leads to them, breadth first. Batches go out when
/// nothing that has finished is left to continue with, so a DataLoader sees the keys of the whole operation.
/// </summary>
internal sealed class Resolution(OperationContext operation)
{
    private readonly List<Waiting> _waiting = [];
    private readonly Action _wake = operation.Signal.Set;

    public ResultNode Begin(object source, ObjectSet set)
    {
        operation.CountObject();
        var node = new ResultNode(source, set);
        foreach (var field in set.Deferred)
        {
            if (field.IsIncluded(operation.Bits))
            {
                Start(node, field);
            }
        }

        return node;
    }

    public void Start(ResultNode node, PlanField field)
    {
        try
        {
            var value = FieldAccess.Start(operation, field, node.Source);
            if (value is Task task && field.Source.IsAsync)
            {
                _waiting.Add(new(node, field, task));
                return;
            }

            node.Slots[field.Slot] = Settle(field, field.Shape, value);
        }
        catch (Exception e) when (e is not (OutOfMemoryException or AnswerTooLargeException))
        {
            node.Slots[field.Slot] = new ResultFailure(e);
        }
    }

    public bool IsFinished => _waiting.Count == 0;

    public async ValueTask RunAsync()
    {
        if (IsFinished)
        {
            return;
        }

        var aborted = operation.Aborted;
        using var registration = aborted.UnsafeRegister(static signal => ((Signal)signal!).Set(), operation.Signal);
        var watched = 0;
        while (true)
        {
            aborted.ThrowIfCancellationRequested();
            if (Harvest(ref watched))
            {
                if (_waiting.Count == 0)
                {
                    return;
                }

                continue;
            }

            if (operation.Dispatch())
            {
                continue;
            }

            for (; watched < _waiting.Count; watched++)
            {
                _waiting[watched].Task.GetAwaiter().UnsafeOnCompleted(_wake);
            }

            await operation.Signal.WaitAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Continues with what has completed; false when nothing had. Tasks before <paramref name="watched"/> wake the loop already.</summary>
    private bool Harvest(ref int watched)
    {
        var (count, kept, stillWatched) = (_waiting.Count, 0, 0);
        for (var i = 0; i < count; i++)
        {
            var waiting = _waiting[i];
            if (!waiting.Task.IsCompleted)
            {
                stillWatched += i < watched ? 1 : 0;
                _waiting[kept++] = waiting;
                continue;
            }

            // Continuing may add to the list's end; those are met in the next round.
            object? settled;
            try
            {
                settled = Settle(waiting.Field, waiting.Field.Shape, waiting.Field.Source.Result(waiting.Task));
            }
            catch (Exception e) when (e is not (OutOfMemoryException or AnswerTooLargeException))
            {
                settled = new ResultFailure(e);
            }

            waiting.Node.Slots[waiting.Field.Slot] = settled;
        }

        watched = stillWatched;
        _waiting.RemoveRange(kept, count - kept);
        return kept < count;
    }

    private object? Settle(PlanField field, Shape shape, object? value)
    {
        if (value is null or ResultFailure || field.Selection is not { MayDefer: true } selection)
        {
            return value;
        }

        if (shape.Item is { } item)
        {
            var items = new List<object?>(value is ICollection collection ? collection.Count : 4);
            foreach (var one in FieldAccess.Items(value))
            {
                items.Add(Settle(field, item, one));
            }

            return new ResultList(items);
        }

        var type = shape.Object ?? FieldAccess.TypeOf(operation, field, value);
        if (FieldAccess.Refusal(operation, type.Requirements) is { } refusal)
        {
            return new ResultFailure(refusal);
        }

        return Begin(value, selection.For(type));
    }

    private readonly record struct Waiting(ResultNode Node, PlanField Field, Task Task);
}
