using OnlineSafetyTrust.Chaos;
using OnlineSafetyTrust.Chaos.Serving;
using OnlineSafetyTrust.Chaos.Stores;
using Xunit.Abstractions;

namespace OnlineSafetyTrust.System.Tests;

/// <summary>The harness of <c>./dev chaos</c>, few rounds. A failure names its seed: <c>./dev chaos --seed N</c> sends the same commands again.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Rounds = 20;

    [Fact]
    public Task Twenty_kills_on_SQLite_lose_nothing_and_repeat_nothing() => RunAsync(Database.Sqlite);

    [Fact]
    public Task Twenty_kills_on_PostgreSQL_of_the_server_and_of_the_database_lose_nothing_and_repeat_nothing() => RunAsync(Database.PostgreSql);

    private async Task RunAsync(Database database)
    {
        var plan = new ChaosPlan(database, Rounds, Random.Shared.Next(1, 1_000_000), Clients: 6, VerifyEvery: 5) { LoadMilliseconds = (100, 500) };
        using var store = StoreUnderTest.Create(database);
        using var run = await ChaosRun.StartAsync(plan, store);
        var reports = new List<RoundReport>();
        for (var round = 1; round <= Rounds; round++)
        {
            reports.Add(await run.RoundAsync(round));
        }

        // A round that broke its limit has thrown. Whether the clock or its processor time judged it, the machine's other work decides: that is said, not asserted.
        List<Restart> restarts = [.. reports.Select(r => r.Restart).OfType<Restart>()];
        output.WriteLine($"{database}, seed {plan.Seed}: {Restart.Summary(restarts)}");
        Assert.All(reports, r => Assert.True(r.Restart is not null || r.What.StartsWith("database", StringComparison.Ordinal), $"Seed {plan.Seed}, round {r.Round}: nobody looked at the restart."));
        Assert.True(run.Acknowledged > Rounds, $"Seed {plan.Seed}: only {run.Acknowledged} commands were acknowledged; the load was too short to show anything.");
    }
}
