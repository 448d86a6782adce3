using Microsoft.Extensions.Options;

namespace OnlineSafetyTrust.Gateway.Guards;

/// <summary>
/// Limits by cost: a bucket per person and one per school or trust, in this process's memory. Several gateways allow that many times as
/// much; it is a guard against a client gone wild, not a bill.
/// </summary>
public sealed class CostBudget(IOptions<ApiOptions> options, TimeProvider system)
{
    private const int FewBuckets = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);
    private int _sweepAt = FewBuckets;

    /// <summary>Buckets held.</summary>
    internal int Count
    {
        get
        {
            lock (_lock)
            {
                return _buckets.Count;
            }
        }
    }

    /// <summary>Takes from both or from none.</summary>
    /// <param name="person">Whoever asks; where nobody is signed in, their address.</param>
    /// <returns>Null when taken; else when it can be.</returns>
    public TimeSpan? Take(string person, string? tenant, double cost)
    {
        lock (_lock)
        {
            var mine = Find($"p:{person}", options.Value.PersonBudget);
            var all = tenant is null ? null : Find($"t:{tenant}", options.Value.TenantBudget);
            var wait = Math.Max(mine?.WaitFor(cost) ?? 0, all?.WaitFor(cost) ?? 0);
            if (wait > 0)
            {
                return TimeSpan.FromSeconds(wait);
            }

            mine?.Spend(cost);
            all?.Spend(cost);
            return null;
        }
    }

    private Bucket? Find(string key, BudgetOptions budget)
    {
        if (budget.Burst <= 0)
        {
            return null;
        }

        if (!_buckets.TryGetValue(key, out var bucket))
        {
            MakeRoom();
            _buckets[key] = bucket = new Bucket(budget, system.GetTimestamp());
        }

        bucket.Fill(system);
        return bucket;
    }

    // A full bucket is as good as none. Swept only after the number has doubled, so that new callers cannot make every call a sweep.
    private void MakeRoom()
    {
        if (_buckets.Count < _sweepAt)
        {
            return;
        }

        foreach (var (key, bucket) in _buckets)
        {
            bucket.Fill(system);
            if (bucket.IsFull)
            {
                _buckets.Remove(key);
            }
        }

        _sweepAt = Math.Max(FewBuckets, 2 * _buckets.Count);
    }

    private sealed class Bucket(BudgetOptions budget, long filledAt)
    {
        private double _left = budget.Burst;
        private long _filledAt = filledAt;

        public bool IsFull => _left >= budget.Burst;

        public void Fill(TimeProvider system)
        {
            var now = system.GetTimestamp();
            _left = Math.Min(budget.Burst, _left + (system.GetElapsedTime(_filledAt, now).TotalSeconds * budget.PerSecond));
            _filledAt = now;
        }

        /// <summary>Seconds. What costs more than a full bucket is let through by one, or it never would be.</summary>
        public double WaitFor(double cost) => Math.Max(0, (Math.Min(cost, budget.Burst) - _left) / budget.PerSecond);

        public void Spend(double cost) => _left -= cost;
    }
}
