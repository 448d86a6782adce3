#if !ORLEANS
using Microsoft.Extensions.DependencyInjection;

namespace OnlineSafetyTrust.GrainHost.Tests.EmbeddedOnly;

/// <summary>Embedded only: the product's tables behind state and reminders, across restarts and on a driven clock.</summary>
public class TableTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task State_in_a_table_survives_a_restart()
    {
        var table = new InMemoryGrainStateTable();
        await using var cluster = await StartAsync(table, new InMemoryReminderTable(), new ManualTimeProvider());
        await cluster.Grain<IStateGrain>("a").Add(2);
        await cluster.RestartSiloAsync(cluster.Silos[0]);
        Assert.Equal("True:2", await cluster.Grain<IStateGrain>("a").Describe());
        await cluster.KillSiloAsync(cluster.Silos[0]);
        await Assert.ThrowsAsync<SiloUnavailableException>(() => cluster.Grain<IStateGrain>("a").Describe());
        await cluster.StartAdditionalSiloAsync();
        Assert.Equal("True:2", await cluster.Grain<IStateGrain>("a").Describe());
    }

    [Fact]
    public async Task A_stale_etag_throws_and_the_grain_reads_afresh()
    {
        var table = new InMemoryGrainStateTable();
        await using var cluster = await StartAsync(table, new InMemoryReminderTable(), new ManualTimeProvider());
        var grain = cluster.Grain<IStateGrain>("a");
        await grain.Add(1);
        var born = await grain.Born();
        var row = await table.LoadAsync("state/tally", "a", CancellationToken.None);
        Assert.NotNull(await table.SaveAsync("state/tally", "a", row!.Etag, """{"Count":40}"""u8.ToArray(), CancellationToken.None));
        var error = await Assert.ThrowsAsync<InconsistentStateException>(() => grain.Add(1));
        Assert.Equal(row.Etag, error.CurrentEtag);
        Assert.Equal("True:40", await grain.Describe());
        Assert.NotEqual(born, await grain.Born());
    }

    [Fact]
    public async Task A_reminder_ticks_by_its_period_and_wakes_the_grain()
    {
        var clock = new ManualTimeProvider();
        await using var cluster = await StartAsync(new InMemoryGrainStateTable(), new InMemoryReminderTable(), clock);
        var key = Cluster.NewKey();
        var grain = cluster.Grain<IRemindedGrain>(key);
        await grain.Register("r", 5 * Minute, 10 * Minute);
        clock.Advance(5 * Minute);
        await Barrier.At(key).ArrivalAsync();
        await grain.Leave();
        clock.Advance(10 * Minute);
        await Barrier.At(key).ArrivalAsync();
        Assert.Equal("r@08:05+10=08:15", await grain.Ticks());
        await grain.Unregister("r");
        clock.Advance(10 * Minute);
        Assert.Equal("r@08:05+10=08:15", await grain.Ticks());
    }

    [Fact]
    public async Task Ticks_lost_in_downtime_are_not_replayed_and_the_next_comes_on_the_period()
    {
        var (clock, reminders, states) = (new ManualTimeProvider(), new InMemoryReminderTable(), new InMemoryGrainStateTable());
        var key = Cluster.NewKey();
        await using (var before = await StartAsync(states, reminders, clock))
        {
            await before.Grain<IRemindedGrain>(key).Register("r", 5 * Minute, 10 * Minute);
        }

        clock.Advance(62 * Minute);
        await using var after = await StartAsync(states, reminders, clock);
        clock.Advance(TimeSpan.Zero);
        clock.Advance(2 * Minute);
        Assert.True(Barrier.At(key).IsEmpty);
        clock.Advance(Minute);
        await Barrier.At(key).ArrivalAsync();
        Assert.Equal("r@08:05+10=09:05", await after.Grain<IRemindedGrain>(key).Ticks());
    }

    [Fact]
    public async Task The_table_finds_due_rows_and_advances_each_once()
    {
        var clock = new ManualTimeProvider();
        var reminders = new InMemoryReminderTable();
        var first = clock.GetUtcNow() + (5 * Minute);
        var row = new ReminderRow("reminded", "a", "r", first, Minute, first);
        await reminders.UpsertAsync(row, CancellationToken.None);
        Assert.Equal([row], await reminders.ReadDueAsync(first, 10, CancellationToken.None));
        Assert.Empty(await reminders.ReadDueAsync(first - Minute, 10, CancellationToken.None));
        Assert.Equal(first, await reminders.ReadNextDueAsync(CancellationToken.None));
        Assert.True(await reminders.AdvanceAsync(row, first + Minute, CancellationToken.None));
        Assert.False(await reminders.AdvanceAsync(row, first + Minute, CancellationToken.None));
    }

    private static Task<InProcessTestCluster> StartAsync(IGrainStateTable states, IReminderTable reminders, TimeProvider clock) =>
        StartClusterAsync(silo =>
        {
            silo.AddTableGrainStorage("memory", _ => states);
            silo.Services.AddSingleton(reminders);
            silo.Services.AddSingleton(clock);
        });

    private static async Task<InProcessTestCluster> StartClusterAsync(Action<ISiloBuilder> configure)
    {
        var cluster = new InProcessTestClusterBuilder(1).ConfigureSilo((_, silo) => configure(silo)).Build();
        await cluster.DeployAsync();
        return cluster;
    }
}
#endif
