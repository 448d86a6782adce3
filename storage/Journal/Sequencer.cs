using System.Buffers;
using System.Data.Common;
using System.Diagnostics;
using System.Threading.Channels;

namespace OnlineSafetyTrust.Storage.Journal;

/// <summary>
/// The store's one writer. While a flush is on its way to the disk, works queue; the next flush takes them all. No delay is added to gather more.
/// </summary>
internal sealed class Sequencer(JournalMetrics metrics) : IAsyncDisposable
{
    /// <summary>Bounds memory and the time others wait behind one transaction.</summary>
    private const int LargestFlush = 512;

    private readonly Channel<Work> _queue = Channel.CreateUnbounded<Work>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private readonly List<Work> _batch = [];
    private IFlushTarget _target = null!;
    private byte[] _headKey = null!;
    private Task _loop = Task.CompletedTask;
    private StoreException? _broken;

    public FlushSignal Flushed { get; } = new();

    public FlushSignal OutboxStored { get; } = new();

    /// <param name="ownThread">SQLite's calls block: they get a thread of their own.</param>
    public void Start(IFlushTarget target, byte[] headKey, bool ownThread)
    {
        (_target, _headKey) = (target, headKey);
        if (!ownThread)
        {
            _loop = Task.Run(LoopAsync);
            return;
        }

        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _loop = ended.Task;
        new Thread(() =>
        {
            LoopBlocking();
            ended.SetResult();
        })
        { IsBackground = true, Name = "journal sequencer" }.Start();
    }

    public void Enqueue(Work work)
    {
        if (!_queue.Writer.TryWrite(work))
        {
            work.Fail(new StoreException(StoreProblem.Stopped, "The store is closed: the process is shutting down.", nothingStored: true));
        }
    }

    /// <summary>Runs a change in the flush's transaction, after everything queued before it and with the head locked.</summary>
    public Task<T> RunAsync<T>(Func<DbConnection, Task<T>> change)
    {
        var work = new ChangeWork<T>(change);
        Enqueue(work);
        return work.Task;
    }

    public async ValueTask DisposeAsync()
    {
        // What is queued is still flushed: it was accepted.
        _queue.Writer.TryComplete();
        await _loop;
        if (_target is not null)
        {
            await _target.DisposeAsync();
        }
    }

    private async Task LoopAsync()
    {
        while (await _queue.Reader.WaitToReadAsync())
        {
            Take();
            await FlushOrStopAsync();
        }
    }

    private void LoopBlocking()
    {
        // A SQLite target completes every ValueTask synchronously, so this thread is the only one that touches the connection.
        while (_queue.Reader.TryPeek(out _) || _queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            Take();
            FlushOrStopAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    /// <summary>Changes run before the rows are written, so a flush takes changes, then appends, and stops at the next change: the queue's order holds.</summary>
    private void Take()
    {
        _batch.Clear();
        var appends = false;
        while (_batch.Count < LargestFlush && _queue.Reader.TryPeek(out var next) && !(appends && next is ChangeWork))
        {
            _queue.Reader.TryRead(out _);
            appends |= next is not ChangeWork;
            _batch.Add(next);
        }
    }

    /// <summary>What no flush expected stops the sequencer in the open: everybody is told, nobody waits for ever.</summary>
    private async ValueTask FlushOrStopAsync()
    {
        try
        {
            await FlushAsync();
        }
        catch (Exception error)
        {
            _broken = new StoreException(StoreProblem.Stopped, $"The store stopped after an unexpected failure ({error.GetType().Name}). Restart the product; the log says more.", false, error);
            FailAll(_broken);
        }
    }

    /// <summary>False once the sequencer has stopped for good.</summary>
    public bool IsWorking => _broken is null;

    private async ValueTask FlushAsync()
    {
        var failure = await TryFlushAsync(_batch);
        if (failure is null)
        {
            return;
        }

        if (_batch.Count == 1 || !failure.NothingStored || failure.Problem is not (StoreProblem.Unexpected or StoreProblem.DiskFull))
        {
            FailAll(failure);
            return;
        }

        // One of them may be the cause: each on its own, so that it fails alone.
        foreach (var work in _batch)
        {
            if (await TryFlushAsync([work]) is { } own)
            {
                work.Fail(own);
            }
        }
    }

    private void FailAll(StoreException failure)
    {
        foreach (var work in _batch)
        {
            work.Fail(failure);
        }
    }

    private async ValueTask<StoreException?> TryFlushAsync(List<Work> works)
    {
        if (_broken is not null)
        {
            return _broken;
        }

        var started = Stopwatch.GetTimestamp();
        var (committing, committed) = (false, false);
        FlushPlan plan;
        try
        {
            var facts = await _target.BeginAsync(works);
            var changed = await RunChangesAsync(works);
            plan = FlushPlan.Make(works, facts, _headKey, _buffer);
            var synced = changed || plan.HasRows;
            if (synced)
            {
                committing = true;
                await _target.CommitAsync(plan);
            }
            else
            {
                await _target.RollbackAsync();
            }

            committed = synced;
        }
        catch (Exception error)
        {
            return await GiveUpAsync(error, committing);
        }

        // Behind the commit: a listener that throws must not make stored work look failed.
        metrics.Flushed(works.Count, works.Count(w => w is AppendWork { Outcome.Status: Contracts.Journal.AppendStatus.Appended }), plan, committed, Stopwatch.GetElapsedTime(started));

        foreach (var work in works)
        {
            work.Complete();
        }

        if (plan.HasRows)
        {
            Flushed.Raise();
        }

        if (plan.HasOutbox)
        {
            OutboxStored.Raise();
        }

        return null;
    }

    private async ValueTask<StoreException> GiveUpAsync(Exception error, bool committing)
    {
        metrics.Failed();
        var problem = _target.Explain(error, committing);
        if (problem.Problem == StoreProblem.FlushFailed)
        {
            _broken = problem;
        }

        await _target.RollbackAsync();
        return problem;
    }

    private async ValueTask<bool> RunChangesAsync(List<Work> works)
    {
        var changed = false;
        for (var i = 0; i < works.Count && works[i] is ChangeWork change; i++)
        {
            changed = true;
            change.Failure = null;
            await ExecuteAsync("SAVEPOINT change");
            try
            {
                await change.RunAsync(_target.Connection);
            }
            catch (DbException error) when (_target.Explain(error, committing: false).Problem == StoreProblem.Unexpected)
            {
                change.Failure = error;
            }
            catch (InvalidOperationException error)
            {
                change.Failure = error;
            }

            await ExecuteAsync(change.Failure is null ? "RELEASE SAVEPOINT change" : "ROLLBACK TO SAVEPOINT change");
        }

        return changed;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _target.Connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
