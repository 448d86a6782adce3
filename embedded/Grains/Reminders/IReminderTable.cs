namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>A stored reminder; (GrainType, GrainKey, Name) is the key, NextDueAt is indexed.</summary>
public sealed record ReminderRow(
    string GrainType,
    string GrainKey,
    string Name,
    DateTimeOffset FirstTickAt,
    TimeSpan Period,
    DateTimeOffset NextDueAt);

/// <summary>Embedded only: where reminders are kept. Nothing here reads the whole table.</summary>
public interface IReminderTable
{
    /// <summary>Inserts the row or replaces the one with its key.</summary>
    Task UpsertAsync(ReminderRow row, CancellationToken cancellationToken);

    /// <returns>False when there was none.</returns>
    Task<bool> RemoveAsync(string grainType, string grainKey, string name, CancellationToken cancellationToken);

    /// <summary>All reminders of one grain, by key.</summary>
    Task<IReadOnlyList<ReminderRow>> ReadAsync(string grainType, string grainKey, CancellationToken cancellationToken);

    /// <summary>Rows with NextDueAt at or before the given time, the earliest first, at most so many; by index.</summary>
    Task<IReadOnlyList<ReminderRow>> ReadDueAsync(DateTimeOffset until, int limit, CancellationToken cancellationToken);

    /// <summary>The smallest NextDueAt; by index. Null when there are no reminders.</summary>
    Task<DateTimeOffset?> ReadNextDueAsync(CancellationToken cancellationToken);

    /// <summary>Sets NextDueAt if the row is still as given, in one step.</summary>
    /// <returns>False when the row was changed or removed meanwhile.</returns>
    Task<bool> AdvanceAsync(ReminderRow row, DateTimeOffset nextDueAt, CancellationToken cancellationToken);
}
