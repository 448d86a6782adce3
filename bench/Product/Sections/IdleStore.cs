using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using OnlineSafetyTrust.Bench.Measuring;
using OnlineSafetyTrust.Chaos.Serving;
using OnlineSafetyTrust.Chaos.Stores;

namespace OnlineSafetyTrust.Bench.Sections;

/// <summary>Deadlines far ahead must cost nothing: 1,000 and 100,000 of them, and nobody asks for anything.</summary>
internal static class IdleStore
{
    public static async Task RunAsync(Settings settings)
    {
        Table.Title("An idle store with 1,000 and 100,000 deadlines in the future");
        foreach (var database in (Database[])[Database.Sqlite, Database.PostgreSql])
        {
            var (few, many) = (await MeasureAsync(settings, database, 1_000), await MeasureAsync(settings, database, 100_000));
            Table.Line($"{database}, 1,000", Show(few));
            Table.Line($"{database}, 100,000", Show(many));
            var processor = many.Processor / few.Processor;
            Table.Verdict($"processor {processor:0.00} (at most 1.5)", processor <= 1.5);
            if (few.Reads > 0)
            {
                var reads = many.Reads / few.Reads;
                Table.Verdict($"rows and index entries read {reads:0.00} (at most 1.5)", reads <= 1.5);
            }
            else
            {
                Table.Line("rows and index entries read", "not measured");
            }
        }

        static string Show((double Processor, double Transactions, double Reads) m) =>
            $"{m.Processor:0.00} ms CPU a second{(m.Transactions > 0 ? $", {m.Transactions:0.0} transactions, {m.Reads:0} rows and index entries read a second" : "")}";
    }

    private static async Task<(double Processor, double Transactions, double Reads)> MeasureAsync(Settings settings, Database database, int deadlines)
    {
        using var store = StoreUnderTest.Create(database);
        var ground = await Founding.FoundAsync(store, 5);
        await FillAsync(store, ground, deadlines);
        using var gateway = await GatewayProcess.StartAsync(store, GatewayProcess.FreePort());
        await Task.Delay(TimeSpan.FromSeconds(settings.Short ? 5 : 15));
        TimeSpan Processor() => gateway.Processor + (store.Server is null ? TimeSpan.Zero : ProcessorTime.Of(store.Server));
        var (seconds, before, work) = (settings.Short ? 10 : 30, Processor(), await WorkAsync(store));
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        var (used, after) = (Processor() - before, await WorkAsync(store));
        return (used.TotalMilliseconds / seconds, (double)(after.Transactions - work.Transactions) / seconds, (double)(after.Reads - work.Reads) / seconds);
    }

    // Of streams that do not exist: never due while this runs, so nobody is called.
    private static async Task FillAsync(StoreUnderTest store, Ground ground, int deadlines)
    {
        await using DbConnection connection = store.Server is null
            ? new SqliteConnection($"Data Source={Path.Combine(store.Directory, "store.db")};Pooling=false")
            : new NpgsqlConnection(store.Settings["Store:ConnectionString"] + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        var at = Microseconds.ToUnix(DateTimeOffset.UtcNow.AddDays(30));
        command.CommandText = $"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {deadlines})
            INSERT INTO due (tenant, stream, what, at, shard, leased_until) SELECT '{ground.School}', 'checks/' || i, 'day', {at} + i, i % 16, 0 FROM n
            """;
        await command.ExecuteNonQueryAsync();
        command.CommandText = "ANALYZE";
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<(long Transactions, long Reads)> WorkAsync(StoreUnderTest store)
    {
        if (store.Server is null)
        {
            return (0, 0);
        }

        // Statistics are reported by each session once it is idle for a moment.
        await using var connection = await store.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT xact_commit + xact_rollback, tup_fetched + tup_returned FROM pg_stat_database WHERE datname = current_database()";
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        return (row.GetInt64(0), row.GetInt64(1));
    }
}
