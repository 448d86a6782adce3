namespace OnlineSafetyTrust.Embedded.GraphQL;

/// <summary>
/// Joins the keys asked for during an operation into batches and remembers each key's task for the operation's
/// length. Resolvers resume on any thread, hence the lock; it is never held while foreign code runs.
/// </summary>
public abstract class DataLoaderBase<TKey, TValue> : IDataLoader<TKey, TValue>
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, Task<TValue?>> _cache = [];
    private readonly IBatchScheduler _scheduler;
    private readonly Func<ValueTask> _dispatch;
    private readonly CancellationToken _aborted;
    private readonly int _maxBatchSize;
    private Batch? _open;

    protected DataLoaderBase(IBatchScheduler batchScheduler, DataLoaderOptions? options = null)
    {
        _scheduler = batchScheduler;
        _dispatch = DispatchAsync;
        _aborted = options?.Aborted ?? default;
        _maxBatchSize = options?.MaxBatchSize is > 0 and var size ? size : int.MaxValue;
    }

    public Task<TValue?> LoadAsync(TKey key, CancellationToken cancellationToken = default)
    {
        bool isNew;
        Task<TValue?> task;
        lock (_lock)
        {
            task = Find(key, out isNew);
        }

        if (isNew)
        {
            _scheduler.Schedule(_dispatch);
        }

        return task;
    }

    public Task<IReadOnlyList<TValue?>> LoadAsync(IReadOnlyCollection<TKey> keys, CancellationToken cancellationToken = default)
    {
        var isNew = false;
        var tasks = new Task<TValue?>[keys.Count];
        lock (_lock)
        {
            var i = 0;
            foreach (var key in keys)
            {
                tasks[i++] = Find(key, out var added);
                isNew |= added;
            }
        }

        if (isNew)
        {
            _scheduler.Schedule(_dispatch);
        }

        return AllAsync(tasks);
    }

    public void ClearCache()
    {
        lock (_lock)
        {
            _cache.Clear();
        }
    }

    public void RemoveCacheEntry(TKey key)
    {
        lock (_lock)
        {
            _cache.Remove(key);
        }
    }

    public void SetCacheEntry(TKey key, Task<TValue?> value)
    {
        lock (_lock)
        {
            _cache[key] = value;
        }
    }

    /// <summary>Gives each key's value; the result has as many values as there are keys.</summary>
    private protected abstract ValueTask<IReadOnlyList<TValue?>> FetchAsync(IReadOnlyList<TKey> keys, CancellationToken cancellationToken);

    private static async Task<IReadOnlyList<TValue?>> AllAsync(Task<TValue?>[] tasks) => await Task.WhenAll(tasks).ConfigureAwait(false);

    /// <param name="key">The key.</param>
    /// <param name="opened">A batch was opened and must be scheduled.</param>
    private Task<TValue?> Find(TKey key, out bool opened)
    {
        opened = false;
        ref var task = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_cache, key, out var known);
        if (!known)
        {
            var promise = new TaskCompletionSource<TValue?>();
            task = promise.Task;
            opened = _open is null;
            (_open ??= new Batch()).Add(key, promise);
        }

        return task!;
    }

    private ValueTask DispatchAsync()
    {
        Batch? batch;
        lock (_lock)
        {
            batch = _open;
            _open = null;
        }

        if (batch is null)
        {
            return default;
        }

        return batch.Keys.Count <= _maxBatchSize ? RunAsync(batch) : RunPartsAsync(batch);
    }

    private async ValueTask RunPartsAsync(Batch batch)
    {
        var parts = batch.Split(_maxBatchSize).Select(p => RunAsync(p).AsTask()).ToArray();
        await Task.WhenAll(parts).ConfigureAwait(false);
    }

    private async ValueTask RunAsync(Batch batch)
    {
        IReadOnlyList<TValue?> values;
        try
        {
            values = await FetchAsync(batch.Keys, _aborted).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Every waiting field must learn of it; it is theirs to report.
            foreach (var promise in batch.Promises)
            {
                promise.TrySetException(e);
            }

            return;
        }

        for (var i = 0; i < batch.Promises.Count; i++)
        {
            batch.Promises[i].TrySetResult(values[i]);
        }
    }

    private sealed class Batch
    {
        public List<TKey> Keys { get; } = [];

        public List<TaskCompletionSource<TValue?>> Promises { get; } = [];

        public void Add(TKey key, TaskCompletionSource<TValue?> promise)
        {
            Keys.Add(key);
            Promises.Add(promise);
        }

        public IEnumerable<Batch> Split(int size)
        {
            for (var start = 0; start < Keys.Count; start += size)
            {
                var part = new Batch();
                for (var i = start; i < Math.Min(start + size, Keys.Count); i++)
                {
                    part.Add(Keys[i], Promises[i]);
                }

                yield return part;
            }
        }
    }
}
