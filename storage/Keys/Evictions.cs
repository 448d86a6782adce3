namespace OnlineSafetyTrust.Storage.Keys;

/// <summary>
/// Follows what other processes destroyed. When it could not look for 50 seconds, this process forgets every key it holds:
/// destroyed means unreadable everywhere within 60 seconds, also when the key store is away.
/// </summary>
internal sealed class Evictions : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan TooOld = TimeSpan.FromSeconds(50);

    // Clocks of two processes differ, and a destruction may commit late.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    private readonly KeyStore _store;
    private readonly TimeProvider _time;
    private readonly Action<IReadOnlyCollection<string>> _evict;
    private readonly Action _clear;
    private readonly ITimer _timer;
    private long _looked;

    public Evictions(KeyStore store, TimeProvider time, Action<IReadOnlyCollection<string>> evict, Action clear)
    {
        (_store, _time, _evict, _clear) = (store, time, evict, clear);
        _looked = time.GetTimestamp();
        _timer = time.CreateTimer(_ => _ = LookAsync(), null, Period, Period);
    }

    public void CheckFresh()
    {
        if (_time.GetElapsedTime(Volatile.Read(ref _looked)) > TooOld)
        {
            _clear();
            Volatile.Write(ref _looked, _time.GetTimestamp());
        }
    }

    public async Task LookAsync()
    {
        try
        {
            var started = _time.GetTimestamp();
            _evict(await _store.DestroyedSinceAsync(_time.GetUtcNow() - Overlap, default));
            Volatile.Write(ref _looked, started);
        }
        catch (Exception error) when (error is StoreException or System.Data.Common.DbException or ObjectDisposedException)
        {
            // CheckFresh forgets everything when this goes on.
        }
    }

    public void Dispose() => _timer.Dispose();
}
