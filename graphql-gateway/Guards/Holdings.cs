namespace OnlineSafetyTrust.Gateway.Guards;

/// <summary>How many of something each holder holds at once, in this process's memory.</summary>
/// <param name="most">Of one holder. 0: no limit.</param>
internal sealed class Holdings<THolder>(int most) where THolder : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<THolder, int> _held = [];

    /// <summary>Dispose it when it is given back, more than once if need be; null: they hold as many as they may.</summary>
    public IDisposable? TryTake(THolder holder)
    {
        lock (_lock)
        {
            var held = _held.GetValueOrDefault(holder);
            if (most > 0 && held >= most)
            {
                return null;
            }

            _held[holder] = held + 1;
        }

        return new Holding(this, holder);
    }

    private void GiveBack(THolder holder)
    {
        lock (_lock)
        {
            if (--_held[holder] == 0)
            {
                _held.Remove(holder);
            }
        }
    }

    private sealed class Holding(Holdings<THolder> holdings, THolder holder) : IDisposable
    {
        private int _given;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _given, 1) == 0)
            {
                holdings.GiveBack(holder);
            }
        }
    }
}
