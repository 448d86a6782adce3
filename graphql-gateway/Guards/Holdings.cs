using OnlineSafetyTrust.Contracts.Journal;

namespace OnlineSafetyTrust.Gateway.Guards;

/// <summary>How many of something each person holds at once, in this process's memory.</summary>
/// <param name="most">Of one person. 0: no limit.</param>
internal sealed class Holdings(int most)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(TenantId Tenant, Actor Person), int> _held = [];

    /// <summary>Dispose it when it is given back; null: they hold as many as they may.</summary>
    public IDisposable? TryTake(Reader who)
    {
        var key = (who.Tenant, who.Actor);
        lock (_lock)
        {
            var held = _held.GetValueOrDefault(key);
            if (most > 0 && held >= most)
            {
                return null;
            }

            _held[key] = held + 1;
        }

        return new Holding(this, key);
    }

    private void GiveBack((TenantId Tenant, Actor Person) key)
    {
        lock (_lock)
        {
            if (--_held[key] == 0)
            {
                _held.Remove(key);
            }
        }
    }

    private sealed class Holding(Holdings holdings, (TenantId Tenant, Actor Person) key) : IDisposable
    {
        private int _given;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _given, 1) == 0)
            {
                holdings.GiveBack(key);
            }
        }
    }
}
