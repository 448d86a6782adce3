namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>A grain that reminders wake.</summary>
public interface IRemindable : IGrain
{
    Task ReceiveReminder(string reminderName, TickStatus status);
}

/// <summary>A registered reminder.</summary>
public interface IGrainReminder
{
    string ReminderName { get; }
}

/// <summary>One tick of a reminder; times are UTC.</summary>
[GenerateSerializer, Immutable]
public readonly struct TickStatus(DateTime firstTickTime, TimeSpan period, DateTime timeStamp)
{
    [Id(0)]
    public DateTime FirstTickTime { get; } = firstTickTime;

    [Id(1)]
    public TimeSpan Period { get; } = period;

    [Id(2)]
    public DateTime CurrentTickTime { get; } = timeStamp;

    public override string ToString() => $"<{FirstTickTime}, {Period}, {CurrentTickTime}>";
}

/// <summary>Reminders of the grain itself.</summary>
public static class GrainReminderExtensions
{
    /// <exception cref="ArgumentException">The period is shorter than <see cref="ReminderOptions.MinimumReminderPeriod"/>.</exception>
    public static Task<IGrainReminder> RegisterOrUpdateReminder(
        this IGrainBase grain, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reminderName);
        var activation = ActivationOf(grain);
        return grain is IRemindable
            ? Reminders(activation).RegisterAsync(activation.GrainId, reminderName, dueTime, period)
            : throw new InvalidOperationException($"{activation.Name} is not {nameof(IRemindable)}.");
    }

    public static Task UnregisterReminder(this IGrainBase grain, IGrainReminder reminder)
    {
        ArgumentNullException.ThrowIfNull(reminder);
        var activation = ActivationOf(grain);
        return Reminders(activation).UnregisterAsync(activation.GrainId, reminder.ReminderName);
    }

    public static Task<IGrainReminder?> GetReminder(this IGrainBase grain, string reminderName)
    {
        var activation = ActivationOf(grain);
        return Reminders(activation).FindAsync(activation.GrainId, reminderName);
    }

    public static Task<List<IGrainReminder>> GetReminders(this IGrainBase grain)
    {
        var activation = ActivationOf(grain);
        return Reminders(activation).ListAsync(activation.GrainId);
    }

    private static Activation ActivationOf(IGrainBase grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return grain.GrainContext as Activation ?? throw new ArgumentException("No grain of this host.", nameof(grain));
    }

    private static Reminders Reminders(Activation activation) => activation.Silo.Reminders
        ?? throw new InvalidOperationException("No IReminderTable is registered; see UseInMemoryReminderService.");
}
