using System.Runtime.CompilerServices;

namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>
/// Finds the call that came back to a grain which waits for it. A request that was sent but is not awaited
/// (fire and forget) closes nothing, so a suspicion is judged only after the step that sent it, when its
/// <c>await</c> has run; until then it stays with the activation whose <c>await</c> is missing.
/// </summary>
internal static class CallCycle
{
    public static bool Closes(GrainCall call)
    {
        if (call.Activation is not { Class.Reentrant: false } target)
        {
            return false;
        }

        for (var frame = call.Caller; frame is not null; frame = frame.Caller)
        {
            if (frame.Activation == target && frame.Blocks(call))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Fails the call if every link of its chain is awaited. Otherwise gives the request whose <c>await</c>
    /// has not run yet, or null when the suspicion is settled.
    /// </summary>
    public static GrainCall? Judge(GrainCall call)
    {
        var link = call;
        while (!call.Started && !call.Answer.IsCompleted && link.Caller is { } caller)
        {
            if (!IsAwaited(link.Answer))
            {
                return caller;
            }

            if (caller.Activation == call.Activation && caller.Blocks(call))
            {
                call.Fail(new GrainCallCycleException(
                    $"A call came back to a grain that waits for it: {Describe(call)}."));
                return null;
            }

            link = caller;
        }

        return null;
    }

    private static string Describe(GrainCall call)
    {
        var chain = new List<string>();
        for (GrainCall? frame = call; frame is not null; frame = frame.Caller)
        {
            if (frame.Activation is { } activation && (frame is not LifecycleCall || chain.Count == 0 || chain[^1] != activation.Name))
            {
                chain.Add(activation.Name);
            }
        }

        chain.Reverse();
        return string.Join(" -> ", chain);
    }

    private static bool IsAwaited(Task task)
    {
        try
        {
            return Continuation(task) is not null;
        }
        catch (MissingFieldException)
        {
            // A runtime that renamed the field: better a false alarm for fire-and-forget than a silent deadlock.
            return true;
        }
    }

    // The framework has no public way to ask whether anybody awaits a task; debuggers read this field too.
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "m_continuationObject")]
    private static extern ref object? Continuation(Task task);
}
