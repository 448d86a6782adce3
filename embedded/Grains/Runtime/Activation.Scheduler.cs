using Microsoft.Extensions.Logging;

namespace OnlineSafetyTrust.Embedded.Grains;

/// <content>The task scheduler: requests and their continuations run here, one at a time.</content>
internal sealed partial class Activation : IThreadPoolWorkItem
{
    // Long enough to use a warm cache, short enough to let other grains run.
    private const int StepsPerVisit = 64;

    private static readonly ExecutionContext Blank = BlankContext();

    [ThreadStatic]
    private static Activation? t_current;

    private Queue<Task>? _ready;
    private List<GrainCall>? _suspects;
    private bool _freshSuspects;
    private bool _scheduled;

    void IThreadPoolWorkItem.Execute()
    {
        t_current = this;

        // Inside a task of this scheduler, so that every await in the grain comes back to it.
        var visit = new Task(static activation => ((Activation)activation!).Drain(), this);
        visit.RunSynchronously(this);
        t_current = null;
        if (visit.IsFaulted)
        {
            silo.Log.LogCritical(visit.Exception, "The scheduler of {Grain} failed.", Name);
        }
    }

    /// <summary>Keeps an eye on a call that looks like a cycle, see <see cref="CallCycle"/>.</summary>
    public void Suspect(GrainCall call)
    {
        bool wake;
        lock (_gate)
        {
            (_suspects ??= []).Add(call);
            _freshSuspects = true;
            wake = MustWake();
        }

        if (wake)
        {
            Schedule();
        }
    }

    protected override void QueueTask(Task task)
    {
        bool wake;
        lock (_gate)
        {
            (_ready ??= new Queue<Task>(2)).Enqueue(task);
            wake = MustWake();
        }

        if (wake)
        {
            Schedule();
        }
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && t_current == this && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_gate)
        {
            return _ready?.ToArray() ?? [];
        }
    }

    private static ExecutionContext BlankContext()
    {
        ExecutionContext? blank = null;
        var thread = new Thread(() => blank = ExecutionContext.Capture());
        thread.UnsafeStart();
        thread.Join();
        return blank!;
    }

    private bool MustWake() => !_scheduled && (_scheduled = true);

    private void Schedule() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);

    private void Drain()
    {
        for (var step = 0; step < StepsPerVisit; step++)
        {
            JudgeSuspects();
            Task? task = null;
            GrainCall? call = null;
            Phase before;
            lock (_gate)
            {
                before = _phase;
                if (_ready is not { Count: > 0 } || !_ready.TryDequeue(out task))
                {
                    call = _phase == Phase.Active ? TakeAdmitted() : null;
                    if (call is null && !MovesOn())
                    {
                        _scheduled = _freshSuspects;
                        if (!_scheduled)
                        {
                            return;
                        }

                        continue;
                    }
                }
            }

            Step(task, call, before);
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private void JudgeSuspects()
    {
        if (_suspects is null)
        {
            return;
        }

        List<GrainCall> suspects;
        lock (_gate)
        {
            suspects = _suspects;
            _suspects = null;
            _freshSuspects = false;
        }

        foreach (var suspect in suspects)
        {
            if (CallCycle.Judge(suspect)?.Activation is not { } waiting)
            {
                continue;
            }

            if (waiting == this)
            {
                lock (_gate)
                {
                    (_suspects ??= []).Add(suspect);
                }
            }
            else
            {
                waiting.Suspect(suspect);
            }
        }
    }

    private void Step(Task? task, GrainCall? call, Phase before)
    {
        if (task is not null)
        {
            TryExecuteTask(task);
        }
        else if (call is not null)
        {
            Begin(call);
        }
        else if (before == Phase.New)
        {
            Enter();
        }
        else
        {
            Leave();
        }
    }
}
