using System.Security.Cryptography;
using Dapper;
using OnlineSafetyTrust.Storage.Sql;

namespace OnlineSafetyTrust.Storage.Keys;

/// <summary>Wrapped keys in a database of their own, whose backups expire sooner than those of the records.</summary>
internal sealed class KeyStore(IDatabase database)
{
    private MasterKey _master = null!;

    public IDatabase Database => database;

    /// <param name="journalHasEvents">A journal with events beside a key store without secrets: somebody restored one without the other.</param>
    public async Task OpenAsync(StoreOptions options, bool journalHasEvents, CancellationToken ct)
    {
        var masters = await database.QueryAsync("SELECT DISTINCT master FROM secrets", null, row => row.GetString(0), ct);
        if (masters.Count == 0 && journalHasEvents)
        {
            throw new StoreException(StoreProblem.KeysLost, "The key store is empty, but the journal holds records sealed with its keys. Restore the key store's newest backup; never start with a new one.", true);
        }

        _master = MasterKey.Load(options, mayCreate: masters.Count == 0);
        if (masters.Any(m => m != _master.Fingerprint))
        {
            throw new StoreException(StoreProblem.MasterKeyMismatch, "The master key is not the one that wrapped the keys in the key store. Put the right one back; without it no personal data can be read.", true);
        }
    }

    /// <summary>A secret of the whole store; made once, the same for all processes.</summary>
    public async Task<byte[]> SecretAsync(string name, CancellationToken ct)
    {
        var fresh = _master.Wrap(name, RandomNumberGenerator.GetBytes(32));
        await database.WriteAsync(c => c.ExecuteAsync("INSERT INTO secrets VALUES (@name, @fresh, @master) ON CONFLICT (name) DO NOTHING", new { name, fresh, master = _master.Fingerprint }));
        var stored = await database.QueryAsync("SELECT wrapped FROM secrets WHERE name = @name", Arguments.Of(("name", name)), row => row.GetFieldValue<byte[]>(0), ct);
        return _master.Unwrap(name, stored[0]);
    }

    /// <summary>New keys; on return they survive a crash.</summary>
    public List<(Guid Id, byte[] Secret)> Make(int count)
    {
        var keys = new List<(Guid Id, byte[] Secret)>(count);
        for (var i = 0; i < count; i++)
        {
            keys.Add((Guid.CreateVersion7(), RandomNumberGenerator.GetBytes(32)));
        }

        var rows = keys.ConvertAll(k => new { id = SealedText.KeyText(k.Id), wrapped = _master.Wrap(SealedText.KeyText(k.Id), k.Secret), master = _master.Fingerprint });
        database.Write(c => c.Execute("INSERT INTO keys VALUES (@id, @wrapped, @master)", rows));
        return keys;
    }

    public async Task<Dictionary<string, byte[]>> FetchAsync(IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        var rows = await database.QueryAsync($"SELECT id, wrapped FROM keys WHERE {database.Dialect.AnyOf("id", "@ids")}", Arguments.Of(("ids", ids)), row => (Id: row.GetString(0), Wrapped: row.GetFieldValue<byte[]>(1)), ct);
        return rows.ToDictionary(r => r.Id, r => _master.Unwrap(r.Id, r.Wrapped), StringComparer.Ordinal);
    }

    /// <summary>That these keys are here or were destroyed here.</summary>
    /// <exception cref="StoreException">One is neither: what it sealed cannot be read, though nobody erased it.</exception>
    public async Task CheckKnownAsync(IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        if ((await UnknownAsync(ids, ct)).Count is var lost and > 0)
        {
            throw new StoreException(
                StoreProblem.KeysLost,
                $"The key store lacks {lost} of the keys that records are sealed with, and they were not destroyed: it is older than the records. Restore its newest backup; nothing that was sealed since can be read without.", true);
        }
    }

    /// <returns>Those that are neither here nor were destroyed.</returns>
    public async Task<IReadOnlyList<string>> UnknownAsync(IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        // The destroyed second: one that is destroyed between the two is found there.
        var here = await NamedAsync("keys", ids, ct);
        var missing = ids.Where(id => !here.Contains(id)).ToArray();
        if (missing.Length == 0)
        {
            return [];
        }

        var destroyed = await NamedAsync("destroyed", missing, ct);
        return [.. missing.Where(id => !destroyed.Contains(id))];
    }

    public async Task DestroyAsync(IReadOnlyCollection<string> ids, DateTimeOffset now)
    {
        var rows = ids.Select(id => new { id, at = Microseconds.ToUnix(now) }).ToArray();
        await database.WriteAsync(async c =>
        {
            await c.ExecuteAsync("DELETE FROM keys WHERE id = @id", rows);
            return await c.ExecuteAsync("INSERT INTO destroyed VALUES (@id, @at) ON CONFLICT (id) DO NOTHING", rows);
        });
        if (!database.Dialect.IsPostgres)
        {
            // The write-ahead log still holds the wrapped keys; emptying it is part of the destruction.
            await CheckpointAsync();
        }
    }

    /// <summary>Keys that were reserved and never used seal nothing.</summary>
    public Task ForgetAsync(IEnumerable<string> unused) =>
        database.WriteAsync(c => c.ExecuteAsync("DELETE FROM keys WHERE id = @id", unused.Select(id => new { id }).ToArray()));

    public Task<List<string>> DestroyedSinceAsync(DateTimeOffset since, CancellationToken ct) =>
        database.QueryAsync("SELECT id FROM destroyed WHERE at >= @since", Arguments.Of(("since", since)), row => row.GetString(0), ct);

    /// <summary>Wraps every key with another master key, in one transaction. The journal is not touched.</summary>
    public async Task<int> RotateAsync(MasterKey next)
    {
        var old = _master;
        var count = await database.WriteAsync(async c =>
        {
            var changed = 0;
            foreach (var (table, id) in (ReadOnlySpan<(string, string)>)[("keys", "id"), ("secrets", "name")])
            {
                var rows = c.Query<(string Id, byte[] Wrapped)>($"SELECT {id}, wrapped FROM {table}").Select(r => new { r.Id, wrapped = next.Wrap(r.Id, old.Unwrap(r.Id, r.Wrapped)), master = next.Fingerprint }).ToArray();
                changed += c.Execute($"UPDATE {table} SET wrapped = @wrapped, master = @master WHERE {id} = @Id", rows);
            }

            return await Task.FromResult(changed);
        });
        _master = next;
        return count;
    }

    private async Task<HashSet<string>> NamedAsync(string table, IReadOnlyCollection<string> ids, CancellationToken ct) =>
        [.. await database.QueryAsync($"SELECT id FROM {table} WHERE {database.Dialect.AnyOf("id", "@ids")}", Arguments.Of(("ids", ids)), row => row.GetString(0), ct)];

    private Task CheckpointAsync() => database is Sqlite.SqliteDatabase file ? file.CheckpointAsync() : Task.CompletedTask;
}
