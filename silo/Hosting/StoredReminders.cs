using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Storage.Process;
using ReminderRow = OnlineSafetyTrust.Embedded.Grains.ReminderRow;
using StoredReminder = OnlineSafetyTrust.Storage.Process.ReminderRow;

namespace OnlineSafetyTrust.Silo.Hosting;

/// <summary>The embedded host's reminders in the product's database.</summary>
internal sealed class StoredReminders(Reminders reminders) : IReminderTable
{
    private const char Separator = '|';

    public Task UpsertAsync(ReminderRow row, CancellationToken cancellationToken) => reminders.UpsertAsync(ToStored(row));

    public async Task<bool> RemoveAsync(string grainType, string grainKey, string name, CancellationToken cancellationToken) =>
        await reminders.FindAsync(Grain(grainType, grainKey), name, cancellationToken) is { } found
        && await reminders.RemoveAsync(found.Grain, found.Name, found.ETag);

    public async Task<IReadOnlyList<ReminderRow>> ReadAsync(string grainType, string grainKey, CancellationToken cancellationToken) =>
        [.. (await reminders.OfAsync(Grain(grainType, grainKey), cancellationToken)).Select(FromStored)];

    public async Task<IReadOnlyList<ReminderRow>> ReadDueAsync(DateTimeOffset until, int limit, CancellationToken cancellationToken) =>
        [.. (await reminders.DueAsync(Microseconds.Truncate(until), limit, cancellationToken)).Select(FromStored)];

    public Task<DateTimeOffset?> ReadNextDueAsync(CancellationToken cancellationToken) => reminders.NextAsync(cancellationToken);

    public async Task<bool> AdvanceAsync(ReminderRow row, DateTimeOffset nextDueAt, CancellationToken cancellationToken)
    {
        var found = await reminders.FindAsync(Grain(row.GrainType, row.GrainKey), row.Name, cancellationToken);
        return found is not null && FromStored(found) == FromStored(ToStored(row)) && await reminders.MoveAsync(found, Microseconds.Truncate(nextDueAt)) is not null;
    }

    private static string Grain(string type, string key) => $"{type}{Separator}{key}";

    private static StoredReminder ToStored(ReminderRow row) =>
        new(Grain(row.GrainType, row.GrainKey), row.Name, Microseconds.Truncate(row.NextDueAt), Microseconds.Truncate(row.FirstTickAt), row.Period, "");

    private static ReminderRow FromStored(StoredReminder row)
    {
        var at = row.Grain.IndexOf(Separator, StringComparison.Ordinal);
        return new(row.Grain[..at], row.Grain[(at + 1)..], row.Name, row.StartAt, row.Period, row.NextAt);
    }
}
