using Npgsql;
using OnlineSafetyTrust.Chaos.Stores;
using OnlineSafetyTrust.Chaos.Traffic;
using OnlineSafetyTrust.Storage;
using OnlineSafetyTrust.Storage.Journal;

namespace OnlineSafetyTrust.System.Tests;

/// <summary>A killed process loses nothing that the kernel has: only settings and syncs show that a power cut would lose nothing either.</summary>
public sealed class DurabilityTests
{
    private const int Commands = 25;

    [Fact]
    public async Task On_SQLite_the_writing_connection_syncs_every_commit()
    {
        SqliteSyncs.Count();
        var store = StoreUnderTest.Create(Database.Sqlite);
        await using var gateway = await HostedGateway.StartAsync(store);

        Assert.Equal(("wal", "2"), (await AskWriterAsync(gateway, "PRAGMA journal_mode"), await AskWriterAsync(gateway, "PRAGMA synchronous")));
        var log = Path.Combine(store.Directory, "store.db-wal");
        await EachCommandIsSyncedAsync(gateway, () => Task.FromResult<long>(SqliteSyncs.Of(log)));
    }

    [Fact]
    public async Task On_PostgreSQL_the_writing_connection_waits_for_the_disk_whatever_the_role_says()
    {
        // A server of its own: nobody else's syncs are counted.
        var store = StoreUnderTest.Create(Database.PostgreSql);
        var database = new NpgsqlConnectionStringBuilder(store.Settings["Store:ConnectionString"]).Database!;
        var keys = new NpgsqlConnectionStringBuilder(store.Settings["Store:KeyConnectionString"]).Database!;
        foreach (var each in new[] { database, keys })
        {
            store.Server!.Execute(each, $"ALTER DATABASE {each} SET synchronous_commit = off");
        }

        await using var gateway = await HostedGateway.StartAsync(store);

        Assert.Equal("on", await AskWriterAsync(gateway, "SHOW synchronous_commit"));
        Assert.Equal("on", await AskWriterAsync(gateway, "SHOW fsync"));
        Assert.Equal("on", await AskWriterAsync(gateway, "SHOW full_page_writes"));
        // A host that vanishes between looking and committing holds the head's lock no longer than this.
        Assert.Equal("15s", await AskWriterAsync(gateway, "SHOW idle_in_transaction_session_timeout"));
        await EachCommandIsSyncedAsync(gateway, () => SyncsOfServerAsync(gateway));
        Assert.Equal(["on"], await gateway.Get<Store>().KeyStore.Database.QueryAsync("SHOW synchronous_commit", null, row => row.GetString(0), default));
    }

    /// <summary>One after the other, so that no flush is shared: the log was synced for each of them, before the answer.</summary>
    /// <param name="syncs">Of the write-ahead log, so far, as whoever made them counts.</param>
    private static async Task EachCommandIsSyncedAsync(HostedGateway gateway, Func<Task<long>> syncs)
    {
        var metrics = gateway.Get<JournalMetrics>();
        for (var i = 0; i < Commands; i++)
        {
            var (commits, synced) = (metrics.Syncs, await syncs());
            Assert.Equal(Answer.Acknowledged, (await gateway.Api.SendAsync(gateway.Repertoire.Make("assignRole"))).Answer);
            Assert.True(metrics.Syncs > commits, "A command was acknowledged without a commit.");
            Assert.True(await syncs() > synced, "A command was acknowledged without a sync of the log.");
        }

        Assert.Equal(0, metrics.Failures);
    }

    /// <summary>A server process reports its count with a delay: the writer's is told to at once.</summary>
    private static async Task<long> SyncsOfServerAsync(HostedGateway gateway)
    {
        await AskWriterAsync(gateway, "SELECT pg_stat_force_next_flush()");
        return long.Parse(await AskWriterAsync(gateway, "SELECT wal_sync FROM pg_stat_wal"), global::System.Globalization.CultureInfo.InvariantCulture);
    }

    private static Task<string> AskWriterAsync(HostedGateway gateway, string sql) => gateway.Get<Store>().Sequencer.RunAsync(async connection =>
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(await command.ExecuteScalarAsync(), global::System.Globalization.CultureInfo.InvariantCulture)!;
    });
}
