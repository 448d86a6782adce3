using System.Collections.Concurrent;
using System.Globalization;

namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>A stored state.</summary>
/// <param name="Etag">Changes with every save.</param>
/// <param name="Bytes">UTF-8 JSON.</param>
public sealed record GrainStateRow(string Etag, ReadOnlyMemory<byte> Bytes);

/// <summary>
/// Embedded only: the table behind durable grain storage, one row per (name, key). Saves and removals compare
/// the etag and change the row in one step.
/// </summary>
public interface IGrainStateTable
{
    /// <param name="name"><c>{grain type}/{state name}</c>.</param>
    /// <param name="key">The grain's key.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    /// <returns>Null when there is no row.</returns>
    Task<GrainStateRow?> LoadAsync(string name, string key, CancellationToken cancellationToken);

    /// <param name="name"><c>{grain type}/{state name}</c>.</param>
    /// <param name="key">The grain's key.</param>
    /// <param name="etag">The etag the row must have; null: there must be no row.</param>
    /// <param name="bytes">What to store.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    /// <returns>The new etag, or null when the row's etag is another one and nothing was stored.</returns>
    Task<string?> SaveAsync(string name, string key, string? etag, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <returns>False when the row's etag is another one; true also when there is no row and none was expected.</returns>
    Task<bool> RemoveAsync(string name, string key, string? etag, CancellationToken cancellationToken);
}

/// <summary>State that lives as long as this object.</summary>
public sealed class InMemoryGrainStateTable : IGrainStateTable
{
    private readonly ConcurrentDictionary<(string Name, string Key), GrainStateRow> _rows = new();
    private long _version;

    public Task<GrainStateRow?> LoadAsync(string name, string key, CancellationToken cancellationToken) =>
        Task.FromResult(_rows.GetValueOrDefault((name, key)));

    public Task<string?> SaveAsync(
        string name, string key, string? etag, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var row = new GrainStateRow(
            Interlocked.Increment(ref _version).ToString(CultureInfo.InvariantCulture), bytes.ToArray());
        var current = _rows.GetValueOrDefault((name, key));
        var saved = current?.Etag == etag
            && (current is null ? _rows.TryAdd((name, key), row) : _rows.TryUpdate((name, key), row, current));
        return Task.FromResult(saved ? row.Etag : null);
    }

    public Task<bool> RemoveAsync(string name, string key, string? etag, CancellationToken cancellationToken)
    {
        var current = _rows.GetValueOrDefault((name, key));
        return Task.FromResult(current?.Etag == etag
            && (current is null || _rows.TryRemove(KeyValuePair.Create((name, key), current))));
    }
}
