using OnlineSafetyTrust.Storage.Process;

namespace OnlineSafetyTrust.Silo.Hosting;

/// <summary>The embedded host's process state in the product's database.</summary>
internal sealed class StoredGrainState(ProcessState states) : IGrainStateTable
{
    private const string Storage = "grains";

    public async Task<GrainStateRow?> LoadAsync(string name, string key, CancellationToken cancellationToken) =>
        await states.ReadAsync(Storage, name, key, cancellationToken) is { } found ? new GrainStateRow(found.ETag, found.Bytes) : null;

    public Task<string?> SaveAsync(string name, string key, string? etag, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        states.WriteAsync(Storage, name, key, bytes, etag);

    public async Task<bool> RemoveAsync(string name, string key, string? etag, CancellationToken cancellationToken) =>
        etag is null
            ? await states.ReadAsync(Storage, name, key, cancellationToken) is null
            : await states.ClearAsync(Storage, name, key, etag);
}
