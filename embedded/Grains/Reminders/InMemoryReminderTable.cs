namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>Reminders that live as long as this object.</summary>
public sealed class InMemoryReminderTable : IReminderTable
{
    private static readonly Comparer<ReminderRow> ByDue = Comparer<ReminderRow>.Create(static (left, right) =>
    {
        var order = left.NextDueAt.CompareTo(right.NextDueAt);
        return order != 0 ? order : Key(left).CompareTo(Key(right));
    });

    private readonly Lock _gate = new();
    private readonly Dictionary<(string, string, string), ReminderRow> _rows = [];
    private readonly SortedSet<ReminderRow> _byDue = new(ByDue);

    public Task UpsertAsync(ReminderRow row, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(row);
        lock (_gate)
        {
            Replace(Key(row), row);
        }

        return Task.CompletedTask;
    }

    public Task<bool> RemoveAsync(string grainType, string grainKey, string name, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(Replace((grainType, grainKey, name), null));
        }
    }

    public Task<IReadOnlyList<ReminderRow>> ReadAsync(string grainType, string grainKey, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<ReminderRow>>(
                [.. _rows.Values.Where(row => row.GrainType == grainType && row.GrainKey == grainKey)]);
        }
    }

    public Task<IReadOnlyList<ReminderRow>> ReadDueAsync(DateTimeOffset until, int limit, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<ReminderRow>>(
                [.. _byDue.TakeWhile(row => row.NextDueAt <= until).Take(limit)]);
        }
    }

    public Task<DateTimeOffset?> ReadNextDueAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(_byDue.Min?.NextDueAt);
        }
    }

    public Task<bool> AdvanceAsync(ReminderRow row, DateTimeOffset nextDueAt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(row);
        lock (_gate)
        {
            return Task.FromResult(_rows.GetValueOrDefault(Key(row)) == row && Replace(Key(row), row with { NextDueAt = nextDueAt }));
        }
    }

    private static (string, string, string) Key(ReminderRow row) => (row.GrainType, row.GrainKey, row.Name);

    private bool Replace((string, string, string) key, ReminderRow? row)
    {
        var existed = _rows.Remove(key, out var old);
        if (old is not null)
        {
            _byDue.Remove(old);
        }

        if (row is not null)
        {
            _rows.Add(key, row);
            _byDue.Add(row);
        }

        return existed;
    }
}
