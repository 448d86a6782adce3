using Microsoft.Extensions.Options;

namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>Registers reminders in the table; the pump delivers them.</summary>
internal sealed class Reminders(IReminderTable table, TimeProvider clock, IOptions<ReminderOptions> options, ReminderPump pump)
{
    public async Task<IGrainReminder> RegisterAsync(GrainId grain, string name, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        if (period < options.Value.MinimumReminderPeriod || period <= TimeSpan.Zero)
        {
            throw new ArgumentException(
                $"Reminder {name} of {grain} has a period of {period}; the minimum is {options.Value.MinimumReminderPeriod}.",
                nameof(period));
        }

        var first = clock.GetUtcNow() + dueTime;
        await table.UpsertAsync(new ReminderRow(grain.Type, grain.Key, name, first, period, first), CancellationToken.None);
        pump.Expect(first);
        return new GrainReminder(name);
    }

    public async Task UnregisterAsync(GrainId grain, string name)
    {
        if (!await table.RemoveAsync(grain.Type, grain.Key, name, CancellationToken.None))
        {
            throw new OrleansException($"Reminder {name} of {grain} is not registered.");
        }
    }

    public async Task<IGrainReminder?> FindAsync(GrainId grain, string name) =>
        (await ListAsync(grain)).Find(reminder => reminder.ReminderName == name);

    public async Task<List<IGrainReminder>> ListAsync(GrainId grain) =>
        [.. (await table.ReadAsync(grain.Type, grain.Key, CancellationToken.None)).Select(row => new GrainReminder(row.Name))];

    private sealed record GrainReminder(string ReminderName) : IGrainReminder;
}
