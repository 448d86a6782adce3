using System.Globalization;
using System.Security.Claims;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Gateway.GraphQL;
using OnlineSafetyTrust.Gateway.Identity;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.Live;

/// <summary>
/// Ends what is still open when its person's access ends: they left, their sign-in was linked anew, a role came or went, a day changed their roles, the token expired.
/// Driven by the journal and one clock for all, so that an open socket costs no reads.
/// </summary>
internal sealed class LiveAccess(DirectoryReader directory, ProductDay today, TimeProvider system)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TenantId, HashSet<Watch>> _watches = [];
    private TaskCompletionSource _arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);
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

    /// <summary>Somebody of this school or trust listens.</summary>
    public bool Listens(TenantId tenant)
    {
        lock (_lock)
        {
            return _watches.ContainsKey(tenant);
        }
    }

    /// <summary>Completes when somebody comes to listen where nobody did. Take it before asking for <see cref="Any"/>.</summary>
    public Task Arrival => Volatile.Read(ref _arrival).Task;

    /// <param name="reader">Made of <paramref name="user"/>. Their roles are looked up again: a slow body may lie between their sign-in and here.</param>
    /// <param name="end">Called once at most, when access ends; must not wait.</param>
    /// <returns>Dispose it when the connection has ended; null: access has ended already.</returns>
    public async ValueTask<IDisposable?> WatchAsync(Reader reader, ClaimsPrincipal user, Action end, CancellationToken ct)
    {
        var expires = long.TryParse(user.FindFirstValue(TokenClaims.Expires), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds) + TokenVerifier.Skew
            : DateTimeOffset.MaxValue;
        var watch = new Watch(this, reader, user.FindFirstValue(TokenClaims.SignIn), expires, end);
        lock (_lock)
        {
            (_watches.TryGetValue(reader.Tenant, out var watches) ? watches : _watches[reader.Tenant] = []).Add(watch);
            if (_watches.Count == 1)
            {
                Interlocked.Exchange(ref _arrival, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
            }
        }

        var stays = false;
        try
        {
            stays = watch.HasRoles(await RolesAsync(watch, ct));
            return stays ? watch : null;
        }
        finally
        {
            if (!stays)
            {
                watch.Dispose();
            }
        }
    }

    /// <summary>People, roles or covers of a school or trust changed.</summary>
    public async Task CheckAsync(TenantId tenant, CancellationToken ct)
    {
        Watch[] watches;
        lock (_lock)
        {
            watches = _watches.TryGetValue(tenant, out var found) ? [.. found] : [];
        }

        foreach (var person in watches.GroupBy(w => (w.Reader.Actor, w.SignIn)))
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
    /// <param name="tenant">Of one school or trust; null: of all.</param>
    public void EndAll(TenantId? tenant = null)
    {
        Watch[] all;
        lock (_lock)
        {
            all = [.. _watches.Where(t => tenant is null || t.Key == tenant).SelectMany(t => t.Value)];
        }

        Array.ForEach(all, w => w.End());
    }

    private async Task<IReadOnlySet<Role>?> RolesAsync(Watch watch, CancellationToken ct) =>
        watch.Reader.Actor.Person is { } id && await directory.FindSignedInAsync(watch.Reader.Tenant, id, watch.SignIn, ct) is { } person ? person.RolesOn(today.Now) : null;

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

    private sealed class Watch(LiveAccess access, Reader reader, string? signIn, DateTimeOffset expires, Action end) : IDisposable
    {
        private Action? _end = end;

        public Reader Reader => reader;

        public string? SignIn => signIn;

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
