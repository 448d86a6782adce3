using System.Security.Cryptography;
using Dapper;
using OnlineSafetyTrust.Storage.Sql;

namespace OnlineSafetyTrust.Storage.Keys;

/// <summary>Wrapped keys in a database of their own, whose backups expire sooner than those of the records.</summary>
internal sealed partial class KeyStore(IDatabase database)
{
    private MasterKey _master = null!;
    private bool _reading;

    public IDatabase Database => database;

    /// <param name="journalHasEvents">A journal with events beside a key store without secrets: somebody restored one without the other.</param>
    public async Task OpenAsync(StoreOptions options, bool journalHasEvents, CancellationToken ct)
    {
        await LoadMasterAsync(options, mayFound: !journalHasEvents, ct);
        if (await CountOthersAsync(ct) > 0)
        {
            throw new StoreException(StoreProblem.MasterKeyMismatch, $"Some keys in the key store are wrapped with another master key than the rest. {CompleteRotation}", true);
        }
    }

    /// <summary>For whoever looks at what is there: nothing is made or refused but what cannot be looked at without.</summary>
    public async Task OpenToReadAsync(StoreOptions options, CancellationToken ct)
    {
        await LoadMasterAsync(options, mayFound: false, ct);
        _reading = true;
    }

    /// <summary>Names of secrets that do not open.</summary>
    public async Task<IReadOnlyList<string>> DamagedSecretsAsync(CancellationToken ct)
    {
        var secrets = await database.QueryAsync("SELECT name, wrapped FROM secrets", null, row => (Name: row.GetString(0), Wrapped: row.GetFieldValue<byte[]>(1)), ct);
        return [.. secrets.Where(s => _master.TryUnwrap(s.Name, s.Wrapped) is null).Select(s => s.Name)];
    }

    /// <summary>A secret of the whole store; made once, the same for all processes.</summary>
    public async Task<byte[]> SecretAsync(string name, CancellationToken ct)
    {
        if (await StoredAsync() is [var stored])
        {
            return _master.Unwrap(name, stored);
        }

        if (_reading)
        {
            throw new StoreException(StoreProblem.KeysLost, $"The key store lacks the secret '{name}'. Restore its newest backup; never start with a new one.", true);
        }

        var fresh = _master.Wrap(name, RandomNumberGenerator.GetBytes(32));
        await database.WriteAsync(c =>
        {
            HoldMaster(c);
            return c.ExecuteAsync("INSERT INTO secrets VALUES (@name, @fresh, @master) ON CONFLICT (name) DO NOTHING", new { name, fresh, master = _master.Fingerprint });
        });
        return _master.Unwrap(name, (await StoredAsync())[0]);

        Task<List<byte[]>> StoredAsync() => database.QueryAsync("SELECT wrapped FROM secrets WHERE name = @name", Arguments.Of(("name", name)), row => row.GetFieldValue<byte[]>(0), ct);
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
        database.Write(c =>
        {
            HoldMaster(c);
            return c.Execute("INSERT INTO keys VALUES (@id, @wrapped, @master)", rows);
        });
        return keys;
    }

    /// <returns>Those that are here and open.</returns>
    public async Task<Dictionary<string, byte[]>> FetchAsync(IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        var rows = await database.QueryAsync($"SELECT id, wrapped, master FROM keys WHERE {database.Dialect.AnyOf("id", "@ids")}", Arguments.Of(("ids", ids)),
            row => (Id: row.GetString(0), Wrapped: row.GetFieldValue<byte[]>(1), Master: row.GetString(2)), ct);
        if (!_reading && rows.Exists(r => r.Master != _master.Fingerprint))
        {
            throw IsRotated();
        }

        return rows.Select(r => (r.Id, Secret: _master.TryUnwrap(r.Id, r.Wrapped))).Where(r => r.Secret is not null).ToDictionary(r => r.Id, r => r.Secret!, StringComparer.Ordinal);
    }

    /// <param name="newest">The newest key that is in use: keys are made in the order of time.</param>
    /// <exception cref="StoreException">It is neither here nor was destroyed here: the key store was put back from a copy that was made before.</exception>
    public async Task CheckNotOlderAsync(string newest, CancellationToken ct)
    {
        if ((await NamedAsync("keys", [newest], ct)).Count == 0 && (await NamedAsync("destroyed", [newest], ct)).Count == 0)
        {
            throw new StoreException(
                StoreProblem.KeysLost,
                "The key store lacks the newest key that records are sealed with, and it was not destroyed: the key store is older than the records. Restore its newest backup; nothing that was sealed since can be read without.", true);
        }
    }

    /// <returns>Those that neither open here nor were destroyed.</returns>
    public async Task<IReadOnlyList<string>> UnknownAsync(IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        // The destroyed second: one that is destroyed between the two is found there.
        var here = await FetchAsync(ids, ct);
        var missing = ids.Where(id => !here.ContainsKey(id)).ToArray();
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
    public async Task ForgetAsync(IEnumerable<string> unused)
    {
        if (unused.Select(id => new { id }).ToArray() is { Length: > 0 } rows)
        {
            await database.WriteAsync(c => c.ExecuteAsync("DELETE FROM keys WHERE id = @id", rows));
        }
    }

    public Task<List<string>> DestroyedSinceAsync(DateTimeOffset since, CancellationToken ct) =>
        database.QueryAsync("SELECT id FROM destroyed WHERE at >= @since", Arguments.Of(("since", since)), row => row.GetString(0), ct);

    private async Task LoadMasterAsync(StoreOptions options, bool mayFound, CancellationToken ct)
    {
        var masters = await database.QueryAsync("SELECT DISTINCT master FROM secrets", null, row => row.GetString(0), ct);
        if (masters.Count == 0 && !mayFound)
        {
            throw new StoreException(StoreProblem.KeysLost, "The key store is empty, but the journal holds records sealed with its keys. Restore the key store's newest backup; never start with a new one.", true);
        }

        _master = MasterKey.Load(options, mayCreate: masters.Count == 0);
        if (masters.Count > 0 && !masters.Contains(_master.Fingerprint))
        {
            throw new StoreException(StoreProblem.MasterKeyMismatch, "The master key is not the one that wrapped the keys in the key store. Put the right one back; without it no personal data can be read.", true);
        }
    }

    private async Task<HashSet<string>> NamedAsync(string table, IReadOnlyCollection<string> ids, CancellationToken ct) =>
        [.. await database.QueryAsync($"SELECT id FROM {table} WHERE {database.Dialect.AnyOf("id", "@ids")}", Arguments.Of(("ids", ids)), row => row.GetString(0), ct)];

    private Task CheckpointAsync() => database is Sqlite.SqliteDatabase file ? file.CheckpointAsync() : Task.CompletedTask;
}
