using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.Extensions.Logging;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage.Journal;
using OnlineSafetyTrust.Storage.Sql;

namespace OnlineSafetyTrust.Storage.Keys;

internal sealed partial class Keyring(KeyStore store, IDatabase journal, Sequencer sequencer, JournalMetrics metrics, ILogger log, TimeProvider time) : IKeyring, IAsyncDisposable
{
    private const int PoolSize = 256;
    private const int RefillBelow = 128;
    private const int LargestCache = 100_000;

    /// <summary>Stands for a key that is neither in the key store nor was destroyed there.</summary>
    private static readonly byte[] Lost = [];

    /// <summary>Null: destroyed.</summary>
    private readonly ConcurrentDictionary<string, byte[]?> _secrets = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(TenantId, KeyOwner), Guid> _owners = new();
    private readonly ConcurrentDictionary<TenantId, byte[]> _lookupKeys = new();
    private readonly ConcurrentQueue<Guid> _pool = new();
    private readonly Lock _refill = new();
    private int _refilling;
    private long _forgotten;
    private byte[] _lookupRoot = [];
    private Evictions? _evictions;

    /// <summary>Rises when keys are forgotten: what was opened before this may be erased now.</summary>
    public long Forgotten
    {
        get
        {
            _evictions?.CheckFresh();
            return Volatile.Read(ref _forgotten);
        }
    }

    /// <param name="shared">Other processes destroy keys too: follow them.</param>
    public async Task StartAsync(bool shared, CancellationToken ct)
    {
        _lookupRoot = await store.SecretAsync("lookup-root", ct);
        if (shared)
        {
            _evictions = new Evictions(store, time, Evict, Clear);
        }
    }

    public ValueTask ReserveAsync(int newOwners, CancellationToken ct)
    {
        var left = _pool.Count;
        if (left >= newOwners && left < RefillBelow && Interlocked.Exchange(ref _refilling, 1) == 0)
        {
            _ = Task.Run(RefillAhead, CancellationToken.None);
        }

        return left >= newOwners ? ValueTask.CompletedTask : new ValueTask(Task.Run(() => Refill(newOwners), ct));
    }

    public string Seal(StreamKey stream, long version, string field, KeyOwner owner, ReadOnlySpan<byte> plain, ICollection<KeyAssignment> assigned)
    {
        var key = KeyFor(stream.Tenant, owner, assigned);
        return SealedText.Seal(key, Secret(SealedText.KeyText(key)) ?? throw new CryptographicException($"The key for {owner} was destroyed meanwhile."), stream, version, field, plain);
    }

    public ValueTask FetchAsync(IReadOnlyCollection<string> sealedTexts, CancellationToken ct)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in sealedTexts)
        {
            if (SealedText.TryKey(text, out var key))
            {
                keys.Add(key);
            }
        }

        return LoadAsync(keys, ct);
    }

    public ValueTask FetchFromAsync(IReadOnlyCollection<ReadOnlyMemory<byte>> documents, CancellationToken ct)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var document in documents)
        {
            SealedText.KeysIn(document.Span, keys);
        }

        return LoadAsync(keys, ct);
    }

    public byte[]? Open(StreamKey stream, string field, string sealedText)
    {
        if (!SealedText.TryKey(sealedText, out var key))
        {
            throw new CryptographicException("A sealed value is damaged.");
        }

        return Secret(key) switch
        {
            null => null,
            { Length: 0 } => throw new RecordUnreadableException(),
            var secret => SealedText.Open(secret, stream, field, sealedText),
        };
    }

    public byte[] Digest(TenantId tenant, string kind, ReadOnlySpan<byte> value)
    {
        var key = _lookupKeys.GetOrAdd(tenant, t => HKDF.DeriveKey(HashAlgorithmName.SHA256, _lookupRoot, 32, info: Encoding.ASCII.GetBytes($"lookup|{t}")));
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.UTF8.GetBytes(kind));
        hmac.AppendData([0]);
        hmac.AppendData(value);
        return hmac.GetHashAndReset();
    }

    public async ValueTask DestroyAsync(TenantId tenant, KeyOwner owner, CancellationToken ct)
    {
        // Through the sequencer: an append that is queued with a new key of this owner is stored before, and its key is seen here.
        _owners.TryRemove((tenant, owner), out _);
        var args = new { tenant = tenant.ToString(), owner = owner.Value };
        var keys = await sequencer.RunAsync(async c => (await c.QueryAsync<string>("SELECT key FROM key_owners WHERE tenant = @tenant AND owner = @owner", args)).ToArray());
        await store.DestroyAsync(keys, time.GetUtcNow());
        Evict(keys);

        // Last: a crash before this leaves the list of keys, and the destruction is repeated.
        await sequencer.RunAsync(async c =>
        {
            await c.ExecuteAsync("DELETE FROM lookups WHERE tenant = @tenant AND owner = @owner", args);
            return await c.ExecuteAsync($"DELETE FROM key_owners WHERE tenant = @tenant AND owner = @owner AND {journal.Dialect.AnyOf("key", "@keys")}",
                new { args.tenant, args.owner, keys = journal.Dialect.List(keys) });
        });
    }

    /// <summary>Called when the assignments are on disk.</summary>
    public void Confirm(TenantId tenant, IReadOnlyList<KeyAssignment> assigned)
    {
        if (_owners.Count > LargestCache)
        {
            _owners.Clear();
        }

        foreach (var assignment in assigned)
        {
            // Destroyed between the append and here: it must not come back.
            if (_secrets.TryGetValue(SealedText.KeyText(assignment.Key), out var secret) && secret is not null)
            {
                _owners[(tenant, assignment.Owner)] = assignment.Key;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _evictions?.Dispose();
        try
        {
            await store.ForgetAsync(_pool.Select(SealedText.KeyText));
        }
        catch (StoreException)
        {
            // Keys that seal nothing stay behind: no reason to fail a shutdown.
        }
    }

    private Guid KeyFor(TenantId tenant, KeyOwner owner, ICollection<KeyAssignment> assigned)
    {
        foreach (var assignment in assigned)
        {
            if (assignment.Owner == owner)
            {
                return assignment.Key;
            }
        }

        if (_owners.TryGetValue((tenant, owner), out var known))
        {
            // Remembered by an append that was confirmed while the key was being destroyed, or lost since: a new one takes its place.
            if (!_secrets.TryGetValue(SealedText.KeyText(known), out var secret) || secret is { Length: > 0 })
            {
                return known;
            }

            _owners.TryRemove(new((tenant, owner), known));
        }

        Guid key;
        while (!_pool.TryDequeue(out key))
        {
            // Others used up what was reserved: rather wait here than fail.
            Refill(1);
        }

        assigned.Add(new KeyAssignment(owner, key));
        return key;
    }

    private void RefillAhead()
    {
        try
        {
            Refill(RefillBelow);
        }
        catch (StoreException)
        {
            // Whoever needs a key and finds none is told why.
        }
        finally
        {
            Volatile.Write(ref _refilling, 0);
        }
    }

    /// <summary>Synchronous to the bottom: callers that wait here must not need another thread of the pool to go on.</summary>
    private void Refill(int atLeast)
    {
        lock (_refill)
        {
            if (_pool.Count >= atLeast)
            {
                return;
            }

            foreach (var (id, secret) in store.Make(Math.Max(PoolSize, atLeast * 2)))
            {
                _secrets[SealedText.KeyText(id)] = secret;
                _pool.Enqueue(id);
            }
        }
    }

    private byte[]? Secret(string key)
    {
        _evictions?.CheckFresh();
        if (!_secrets.TryGetValue(key, out var secret))
        {
            Task.Run(() => LoadAsync([key], default).AsTask()).GetAwaiter().GetResult();
            _secrets.TryGetValue(key, out secret);
        }

        return secret;
    }

    private async ValueTask LoadAsync(HashSet<string> keys, CancellationToken ct)
    {
        _evictions?.CheckFresh();
        keys.RemoveWhere(_secrets.ContainsKey);
        if (keys.Count == 0)
        {
            return;
        }

        if (_secrets.Count + keys.Count > LargestCache)
        {
            Clear();
        }

        // A key is durable before anything is sealed with it: one that is not there was destroyed, for good, or lost.
        var found = await store.FetchAsync(keys, ct);
        foreach (var lost in await store.UnknownAsync([.. keys.Where(k => !found.ContainsKey(k))], ct))
        {
            if (_secrets.TryAdd(lost, Lost))
            {
                metrics.KeyLost();
                LogLost(lost);
            }
        }

        foreach (var key in keys)
        {
            _secrets.TryAdd(key, found.GetValueOrDefault(key));
        }
    }

    private void Evict(IReadOnlyCollection<string> keys)
    {
        var held = false;
        foreach (var key in keys)
        {
            held |= _secrets.TryGetValue(key, out var secret) && secret is not null;
            // Not zeroed: another thread may be sealing with these bytes, and would seal with zeros.
            _secrets[key] = null;
        }

        if (held)
        {
            Interlocked.Increment(ref _forgotten);
        }

        var gone = keys.ToHashSet(StringComparer.Ordinal);
        foreach (var (owner, key) in _owners)
        {
            if (gone.Contains(SealedText.KeyText(key)))
            {
                _owners.TryRemove(owner, out _);
            }
        }
    }

    private void Clear()
    {
        _owners.Clear();
        _secrets.Clear();
        Interlocked.Increment(ref _forgotten);
    }

    [LoggerMessage(1, LogLevel.Error, "The key {Key} is not in the key store and was not destroyed there: what it sealed cannot be read. Restore the key store's newest backup and restart; './dev verify' counts such keys.")]
    private partial void LogLost(string key);
}
