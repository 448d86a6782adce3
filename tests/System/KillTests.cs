using OnlineSafetyTrust.Chaos;
using OnlineSafetyTrust.Chaos.Stores;

namespace OnlineSafetyTrust.System.Tests;

/// <summary>The harness of <c>./dev chaos</c>, few rounds. A failure names its seed: <c>./dev chaos --seed N</c> sends the same commands again.</summary>
public sealed class KillTests
{
    private const int Rounds = 20;

    [Fact]
    public Task Twenty_kills_on_SQLite_lose_nothing_and_repeat_nothing() => RunAsync(Database.Sqlite);

    [Fact]
    public Task Twenty_kills_on_PostgreSQL_of_the_server_and_of_the_database_lose_nothing_and_repeat_nothing() => RunAsync(Database.PostgreSql);

    private static async Task RunAsync(Database database)
    {
        var plan = new ChaosPlan(database, Rounds, Random.Shared.Next(1, 1_000_000), Clients: 6, VerifyEvery: 5) { LoadMilliseconds = (100, 500) };
        using var store = StoreUnderTest.Create(database);
        using var run = await ChaosRun.StartAsync(plan, store);
        for (var round = 1; round <= Rounds; round++)
        {
            await run.RoundAsync(round);
        }

        Assert.True(run.Acknowledged > Rounds, $"Seed {plan.Seed}: only {run.Acknowledged} commands were acknowledged; the load was too short to show anything.");
    }
}
