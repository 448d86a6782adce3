namespace OnlineSafetyTrust.Embedded.GraphQL;

/// <summary>Takes batches that are ready to be fetched; the operation runs them when nothing else can go on.</summary>
public interface IBatchScheduler
{
    void Schedule(Func<ValueTask> dispatch);
}

public sealed class DataLoaderOptions
{
    /// <summary>Keys per call of the batch function; more keys make more calls.</summary>
    public int MaxBatchSize { get; set; } = 1024;

    internal CancellationToken Aborted { get; set; }
}

public interface IDataLoader
{
    /// <summary>Forgets what was loaded.</summary>
    void ClearCache();
}

public interface IDataLoader<TKey, TValue> : IDataLoader
    where TKey : notnull
{
    /// <summary>The value of the key, or default when the batch function gave none.</summary>
    Task<TValue?> LoadAsync(TKey key, CancellationToken cancellationToken = default);

    /// <summary>The values in the order of the keys.</summary>
    Task<IReadOnlyList<TValue?>> LoadAsync(IReadOnlyCollection<TKey> keys, CancellationToken cancellationToken = default);

    void RemoveCacheEntry(TKey key);

    void SetCacheEntry(TKey key, Task<TValue?> value);
}

public static class DataLoaderExtensions
{
    /// <summary>As LoadAsync; a missing value is an error.</summary>
    public static async Task<TValue> LoadRequiredAsync<TKey, TValue>(
        this IDataLoader<TKey, TValue> dataLoader, TKey key, CancellationToken cancellationToken = default)
        where TKey : notnull =>
        await dataLoader.LoadAsync(key, cancellationToken).ConfigureAwait(false)
            ?? throw new KeyNotFoundException("The key was not found.");
}
