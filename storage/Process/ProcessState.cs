using Dapper;
using OnlineSafetyTrust.Storage.Sql;

namespace OnlineSafetyTrust.Storage.Process;

public sealed record StoredState(string ETag, ReadOnlyMemory<byte> Bytes);

/// <summary>State of the process that is no record (pump shards, import runs). Never personal data.</summary>
public sealed class ProcessState
{
    private readonly IDatabase _database;

    internal ProcessState(IDatabase database) => _database = database;

    public async Task<StoredState?> ReadAsync(string storage, string name, string key, CancellationToken ct)
    {
        var found = await _database.QueryAsync("SELECT etag, bytes FROM process_state WHERE storage = @storage AND name = @name AND key = @key",
            Arguments.Of(("storage", storage), ("name", name), ("key", key)), row => new StoredState(row.GetString(0), row.GetFieldValue<byte[]>(1)), ct);
        return found.Count == 0 ? null : found[0];
    }

    /// <param name="etag">Of the state that was read; null when there was none.</param>
    /// <returns>The new etag, or null: somebody else wrote meanwhile, and nothing was stored.</returns>
    public async Task<string?> WriteAsync(string storage, string name, string key, ReadOnlyMemory<byte> bytes, string? etag)
    {
        var row = new { storage, name, key, bytes = bytes.ToArray(), etag, next = Guid.NewGuid().ToString("N") };
        var written = await _database.WriteAsync(c => c.ExecuteAsync(
            etag is null
                ? "INSERT INTO process_state VALUES (@storage, @name, @key, @next, @bytes) ON CONFLICT (storage, name, key) DO NOTHING"
                : "UPDATE process_state SET etag = @next, bytes = @bytes WHERE storage = @storage AND name = @name AND key = @key AND etag = @etag",
            row));
        return written == 1 ? row.next : null;
    }

    /// <returns>False: somebody else wrote meanwhile, and nothing was removed.</returns>
    public async Task<bool> ClearAsync(string storage, string name, string key, string etag) =>
        await _database.WriteAsync(c => c.ExecuteAsync("DELETE FROM process_state WHERE storage = @storage AND name = @name AND key = @key AND etag = @etag", new { storage, name, key, etag })) == 1;
}
