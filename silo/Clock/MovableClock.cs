namespace OnlineSafetyTrust.Silo.Clock;

/// <summary>
/// The product's clock. It runs with system time; in Development it can be set ahead and then goes on from there. It never goes back:
/// what was decided stays before what is decided next.
/// </summary>
public sealed class MovableClock(TimeProvider system) : TimeProvider
{
    private readonly Lock _lock = new();
    private TimeSpan _ahead;
    private DateTimeOffset? _heldAt;

    public TimeSpan Ahead
    {
        get
        {
            lock (_lock)
            {
                return _ahead;
            }
        }
    }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _heldAt ?? system.GetUtcNow() + _ahead;
        }
    }

    /// <summary>Sets the clock to an instant at or after now and holds it there until <see cref="Run"/>.</summary>
    public void Hold(DateTimeOffset at)
    {
        lock (_lock)
        {
            var now = _heldAt ?? system.GetUtcNow() + _ahead;
            _heldAt = at > now ? at : now;
        }
    }

    /// <summary>Lets the clock run on from where it stands.</summary>
    public void Run()
    {
        lock (_lock)
        {
            if (_heldAt is { } at)
            {
                _ahead = at - system.GetUtcNow();
                _heldAt = null;
            }
        }
    }

    /// <summary>It stands still.</summary>
    public bool IsHeld
    {
        get
        {
            lock (_lock)
            {
                return _heldAt is not null;
            }
        }
    }

    /// <summary>For a store without any event: history may begin in the past. Holds the clock there until <see cref="Run"/>.</summary>
    public void BeginAt(DateTimeOffset at)
    {
        lock (_lock)
        {
            _heldAt = at;
        }
    }

    /// <summary>After a restart: takes up the lead the clock had.</summary>
    public void Resume(TimeSpan ahead)
    {
        lock (_lock)
        {
            _ahead = ahead > _ahead ? ahead : _ahead;
        }
    }
}
