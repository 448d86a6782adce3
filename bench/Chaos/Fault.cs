using OnlineSafetyTrust.Chaos.Serving;
using OnlineSafetyTrust.Chaos.Stores;

namespace OnlineSafetyTrust.Chaos;

/// <summary>What goes wrong in a round.</summary>
internal sealed record Fault(string Name, Func<GatewayProcess, StoreUnderTest, Task> StrikeAsync)
{
    public static Fault Of(ChaosPlan plan, int round, Random random)
    {
        var pause = TimeSpan.FromMilliseconds(random.Next(100, 1500));
        return plan.Database == Database.PostgreSql && round % plan.DatabaseEvery == 0
            ? (round / plan.DatabaseEvery % 3) switch
            {
                0 => DatabaseFrozen(TimeSpan.FromSeconds(2) + pause),
                1 => DatabaseKilled(pause),
                _ => BothKilled,
            }
            : ServerKilled;
    }

    private static readonly Fault ServerKilled = new("server killed", (gateway, _) =>
    {
        gateway.Kill();
        return Task.CompletedTask;
    });

    private static readonly Fault BothKilled = new("server and database killed", (gateway, store) =>
    {
        gateway.Kill();
        store.Server!.Kill();
        store.Server.Start();
        return Task.CompletedTask;
    });

    /// <summary>The server lives on and has to find its way back by itself.</summary>
    private static Fault DatabaseKilled(TimeSpan pause) => new("database killed", async (_, store) =>
    {
        store.Server!.Kill();
        await Task.Delay(pause);
        store.Server.Start();
    });

    private static Fault DatabaseFrozen(TimeSpan pause) => new("database frozen", async (_, store) =>
    {
        store.Server!.Freeze();
        await Task.Delay(pause);
        store.Server.Thaw();
    });
}
