namespace OnlineSafetyTrust.GrainHost.Tests;

public class ReminderTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task Reminders_are_registered_found_replaced_and_removed()
    {
        await using var cluster = await Cluster.StartAsync();
        var grain = cluster.Grain<IRemindedGrain>(Cluster.NewKey());
        Assert.Equal("", await grain.Names());
        await grain.Register("b", Hour, Hour);
        await grain.Register("a", Hour, Hour);
        await grain.Register("a", Hour, 2 * Hour);
        Assert.Equal("a,b", await grain.Names());
        Assert.True(await grain.Has("a"));
        await grain.Unregister("a");
        Assert.False(await grain.Has("a"));
        Assert.Equal("b", await grain.Names());
    }

    [Fact]
    public async Task A_period_below_the_minimum_is_refused()
    {
        await using var cluster = await Cluster.StartAsync();
        var grain = cluster.Grain<IRemindedGrain>(Cluster.NewKey());
        await Assert.ThrowsAnyAsync<Exception>(() => grain.Register("a", Hour, TimeSpan.FromSeconds(59)));
    }
}

public interface IRemindedGrain : IGrainWithStringKey
{
    Task Register(string name, TimeSpan dueTime, TimeSpan period);

    Task Unregister(string name);

    Task<bool> Has(string name);

    Task<string> Names();

    Task<string> Ticks();

    Task Leave();
}

public sealed class RemindedGrain : Grain, IRemindedGrain, IRemindable
{
    private readonly List<string> _ticks = [];

    public Task Register(string name, TimeSpan dueTime, TimeSpan period) => this.RegisterOrUpdateReminder(name, dueTime, period);

    public async Task Unregister(string name) => await this.UnregisterReminder((await this.GetReminder(name))!);

    public async Task<bool> Has(string name) => await this.GetReminder(name) is not null;

    public async Task<string> Names() =>
        string.Join(',', (await this.GetReminders()).Select(reminder => reminder.ReminderName).Order());

    public Task<string> Ticks() => Task.FromResult(string.Join(' ', _ticks));

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        _ticks.Add(FormattableString.Invariant($"{reminderName}@{status.FirstTickTime:HH:mm}+{status.Period.TotalMinutes}={status.CurrentTickTime:HH:mm}"));
        Barrier.At(this.GetPrimaryKeyString()).Came();
        return Task.CompletedTask;
    }
}
