using System.Globalization;
using System.Security.Claims;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Gateway.GraphQL;
using OnlineSafetyTrust.Gateway.Identity;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.Live;

/// <summary>
/// Ends what is still open when its person's access ends: they left, a role came or went, a day changed their roles, the token expired.
/// Driven by the journal and one clock for all, so that an open socket costs no reads.
/// </summary>
internal sealed class LiveAccess(DirectoryReader directory, ProductDay today, TimeProvider system)
{
    // Between the look-up at sign-in and the watch lie milliseconds; if anything was stored about then, it is looked at again.
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<TenantId, HashSet<Watch>> _watches = [];
    private readonly Dictionary<TenantId, long> _changed = [];
    private TaskCompletionSource _arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long? _unseen;
    private DateOnly? _day;

    /// <summary>Somebody listens.</summary>
    public bool Any
    {
        get
        {
            lock (_lock)
            {
                return _watches.Count > 0;
            }
        }
    }

    /// <summary>Completes when somebody comes to listen where nobody did. Take it before asking for <see cref="Any"/>.</summary>
    public Task Arrival => Volatile.Read(ref _arrival).Task;

    /// <param name="reader">Made of <paramref name="user"/>, whose roles were looked up just now.</param>
    /// <param name="end">Called once at most, when access ends; must not wait.</param>
    /// <returns>Dispose it when the connection has ended; null: access has ended already.</returns>
    public async ValueTask<IDisposable?> WatchAsync(Reader reader, ClaimsPrincipal user, Action end, CancellationToken ct)
    {
        var expires = long.TryParse(user.FindFirstValue(TokenClaims.Expires), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds) + TokenVerifier.Skew
            : DateTimeOffset.MaxValue;
        var watch = new Watch(this, reader, expires, end);
        bool changed;
        lock (_lock)
        {
            (_watches.TryGetValue(reader.Tenant, out var watches) ? watches : _watches[reader.Tenant] = []).Add(watch);
            if (_watches.Count == 1)
            {
                Interlocked.Exchange(ref _arrival, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
            }

            changed = IsRecent(_unseen) || IsRecent(_changed.TryGetValue(reader.Tenant, out var at) ? at : null);
        }

        if (changed && !await MayStayAsync(watch, ct))
        {
            watch.Dispose();
            return null;
        }

        return watch;
    }

    /// <summary>Something was stored that nobody looked at, because nobody listened: it may have been about anybody.</summary>
    public void Skipped()
    {
        lock (_lock)
        {
            _unseen = system.GetTimestamp();
        }
    }

    /// <summary>People, roles or covers of a school or trust changed.</summary>
    public async Task CheckAsync(TenantId tenant, CancellationToken ct)
    {
        Watch[] watches;
        lock (_lock)
        {
            _changed[tenant] = system.GetTimestamp();
            watches = _watches.TryGetValue(tenant, out var found) ? [.. found] : [];
        }

        foreach (var person in watches.GroupBy(w => w.Reader.Actor))
        {
            var roles = await RolesAsync(person.First(), ct);
            foreach (var watch in person.Where(w => !w.HasRoles(roles)))
            {
                watch.End();
            }
        }
    }

    /// <summary>Ends what has expired, and at a new day whatever the day changes.</summary>
    public async Task TickAsync(CancellationToken ct)
    {
        var now = system.GetUtcNow();
        List<Watch> expired;
        TenantId[] tenants;
        lock (_lock)
        {
            expired = [.. _watches.Values.SelectMany(w => w).Where(w => w.Expires <= now)];
            tenants = [.. _watches.Keys];
        }

        expired.ForEach(w => w.End());
        var day = today.Now;
        if (_day is not null && _day != day)
        {
            foreach (var tenant in tenants)
            {
                await CheckAsync(tenant, ct);
            }
        }

        _day = day;
    }

    /// <summary>Nothing is known any more: whoever may stay connects again.</summary>
    public void EndAll()
    {
        Watch[] all;
        lock (_lock)
        {
            all = [.. _watches.Values.SelectMany(w => w)];
        }

        Array.ForEach(all, w => w.End());
    }

    private bool IsRecent(long? at) => at is { } known && system.GetElapsedTime(known) < Recent;

    private async Task<bool> MayStayAsync(Watch watch, CancellationToken ct) => watch.HasRoles(await RolesAsync(watch, ct));

    private async Task<IReadOnlySet<Role>?> RolesAsync(Watch watch, CancellationToken ct) =>
        watch.Reader.Actor.Person is { } id && await directory.FindPersonAsync(watch.Reader.Tenant, id, ct) is { LeftAt: null } person ? person.RolesOn(today.Now) : null;

    private void Remove(Watch watch)
    {
        lock (_lock)
        {
            if (_watches.TryGetValue(watch.Reader.Tenant, out var watches) && watches.Remove(watch) && watches.Count == 0)
            {
                _watches.Remove(watch.Reader.Tenant);
            }
        }
    }

    private sealed class Watch(LiveAccess access, Reader reader, DateTimeOffset expires, Action end) : IDisposable
    {
        private Action? _end = end;

        public Reader Reader => reader;

        public DateTimeOffset Expires => expires;

        public bool HasRoles(IReadOnlySet<Role>? now) => now is not null && now.SetEquals(reader.Roles);

        public void End()
        {
            access.Remove(this);
            Interlocked.Exchange(ref _end, null)?.Invoke();
        }

        public void Dispose()
        {
            Interlocked.Exchange(ref _end, null);
            access.Remove(this);
        }
    }
}
