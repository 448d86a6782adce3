using System.Diagnostics;
using System.Text.Json;
using Dapper;
using Npgsql;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage.Process;
using OnlineSafetyTrust.Storage.Upkeep;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Storage.Tests;

public abstract class DurabilityTests(IDatabaseFixture database)
{
    [Fact]
    public async Task What_a_killed_process_acknowledged_is_stored_and_the_store_is_whole()
    {
        var options = database.NewOptions();
        var acknowledged = new List<StreamKey>();
        using (var child = Start(options))
        {
            while (await child.StandardOutput.ReadLineAsync() is { } line)
            {
                acknowledged.Add(StreamKey.Parse(line));
                if (acknowledged.Count == 300)
                {
                    child.Kill();
                }
            }

            await child.WaitForExitAsync();
        }

        Assert.True(acknowledged.Count >= 300, $"The child ended early, after {acknowledged.Count} appends.");
        await using var store = await TestStore.OpenAsync(options);
        foreach (var key in acknowledged)
        {
            Assert.Single(await store.Journal.ReadEventsAsync(key, 10, default));
        }

        Assert.Empty((await store.Get<IStoreVerifier>().VerifyAsync(Samples.Fold, null, default)).Problems);
        Assert.Equal(AppendStatus.Appended, (await store.Journal.AppendAsync(Samples.Bare(Samples.NewStream(), 0))).Status);
    }

    [Fact]
    public async Task Process_state_is_written_only_by_who_read_it_last()
    {
        await using var store = await TestStore.OpenAsync(database.NewOptions());
        var state = store.Get<ProcessState>();
        var etag = await state.WriteAsync("s", "n", "k", new byte[] { 1 }, null);

        Assert.Null(await state.WriteAsync("s", "n", "k", new byte[] { 2 }, null));
        Assert.Null(await state.WriteAsync("s", "n", "k", new byte[] { 2 }, "other"));
        var next = await state.WriteAsync("s", "n", "k", new byte[] { 3 }, etag);
        Assert.Equal(3, (await state.ReadAsync("s", "n", "k", default))!.Bytes.Span[0]);
        Assert.False(await state.ClearAsync("s", "n", "k", etag!));
        Assert.True(await state.ClearAsync("s", "n", "k", next!));
        Assert.Null(await state.ReadAsync("s", "n", "k", default));
    }

    [Fact]
    public async Task Reminders_are_found_when_due_and_moved_by_one()
    {
        await using var store = await TestStore.OpenAsync(database.NewOptions());
        var reminders = store.Get<Reminders>();
        await reminders.UpsertAsync(new ReminderRow("g", "late", Samples.At.AddHours(1), Samples.At, TimeSpan.FromMinutes(1), ""));
        await reminders.UpsertAsync(new ReminderRow("g", "soon", Samples.At, Samples.At, TimeSpan.FromMinutes(1), ""));

        var due = Assert.Single(await reminders.DueAsync(Samples.At, 10, default));
        Assert.NotNull(await reminders.MoveAsync(due, Samples.At.AddHours(2)));
        Assert.Null(await reminders.MoveAsync(due, Samples.At.AddHours(3)));
        Assert.Equal(Samples.At.AddHours(1), await reminders.NextAsync(default));
        Assert.Equal(2, (await reminders.OfAsync("g", default)).Count);
        var row = await reminders.FindAsync("g", "late", default);
        Assert.True(await reminders.RemoveAsync("g", "late", row!.ETag));
    }

    private static System.Diagnostics.Process Start(StoreOptions options) => System.Diagnostics.Process.Start(new ProcessStartInfo("dotnet", ["exec", typeof(CrashingChild).Assembly.Location, "append", JsonSerializer.Serialize(options)])
    { RedirectStandardOutput = true })!;
}

public sealed class SqliteDurabilityTests(SqliteFixture database) : DurabilityTests(database), IClassFixture<SqliteFixture>
{
    [Fact]
    public async Task The_writers_live_connection_flushes_every_commit()
    {
        await using var store = await TestStore.OpenAsync(database.NewOptions());

        Assert.Equal((2, "wal"), await store.Store.Sequencer.RunAsync(async c => (await c.ExecuteScalarAsync<long>("PRAGMA synchronous"), await c.ExecuteScalarAsync<string>("PRAGMA journal_mode"))));
        Assert.Equal((2, "wal"), await store.Store.KeyStore.Database.WriteAsync(async c => (await c.ExecuteScalarAsync<long>("PRAGMA synchronous"), await c.ExecuteScalarAsync<string>("PRAGMA journal_mode"))));
    }
}

public sealed class PostgresDurabilityTests(PostgresFixture database) : DurabilityTests(database), IClassFixture<PostgresFixture>
{
    private readonly PostgresFixture _database = database;

    [Fact]
    public async Task The_writers_live_connection_flushes_every_commit()
    {
        await using var store = await TestStore.OpenAsync(_database.NewOptions());

        var settings = await store.Store.Sequencer.RunAsync(async c => (await c.ExecuteScalarAsync<string>("SHOW synchronous_commit"), await c.ExecuteScalarAsync<string>("SHOW fsync"), await c.ExecuteScalarAsync<string>("SHOW full_page_writes")));

        Assert.Equal(("on", "on", "on"), settings);
    }

    [Fact]
    public async Task The_readers_role_sees_one_school_even_with_its_own_sql()
    {
        await using var store = await TestStore.OpenAsync(_database.NewOptions());
        var (mine, theirs) = (Samples.NewStream(), Samples.NewStream());
        foreach (var key in new[] { mine, theirs })
        {
            await store.Journal.AppendAsync(Samples.Note(store.Keyring, key, 0, "t", "x") with { Counters = [new CounterDelta(new DateOnly(2026, 9, 1), "c", "", 1)] });
        }

        await using var connection = new NpgsqlConnection(store.Options.ReaderConnectionString);
        await connection.OpenAsync();
        Assert.Equal(0, await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM v_note_1"));
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await connection.ExecuteAsync("SELECT set_config('app.tenant', @tenant, true)", new { tenant = mine.Tenant.ToString() });
            Assert.Equal(mine.Tenant.ToString(), await connection.QuerySingleAsync<string>("SELECT tenant FROM v_note_1"));
            Assert.Equal(1, await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM counters"));
        }

        Assert.Equal(0, await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM v_note_1"));
        foreach (var forbidden in new[] { "SELECT COUNT(*) FROM events", "SELECT COUNT(*) FROM outbox", "SELECT COUNT(*) FROM key_owners", "DELETE FROM v_note_1" })
        {
            Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => connection.ExecuteAsync(forbidden))).SqlState);
        }
    }

    [Fact]
    public async Task The_sequencer_goes_on_after_its_connection_was_lost()
    {
        var options = _database.NewOptions();
        await using var store = await TestStore.OpenAsync(options);
        await store.Journal.AppendAsync(Samples.Bare(Samples.NewStream(), 0));

        PostgresServer.Shared.KillSessions(new NpgsqlConnectionStringBuilder(options.ConnectionString).Database!);
        var lost = await Assert.ThrowsAsync<StoreException>(() => store.Journal.AppendAsync(Samples.Bare(Samples.NewStream(), 0)).AsTask());
        var after = await store.Journal.AppendAsync(Samples.Bare(Samples.NewStream(), 0));

        Assert.Equal(StoreProblem.Unreachable, lost.Problem);
        Assert.Equal(2, after.Position);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_named()
    {
        var options = _database.NewOptions();
        var nowhere = new NpgsqlConnectionStringBuilder(options.ConnectionString) { Port = 1, Timeout = 2 }.ToString();

        var error = await Assert.ThrowsAsync<StoreException>(() => TestStore.OpenAsync(options with { ConnectionString = nowhere, KeyConnectionString = nowhere }));

        Assert.Equal(StoreProblem.Unreachable, error.Problem);
    }

    [Fact]
    public async Task A_reader_that_no_policy_holds_is_refused()
    {
        var options = _database.NewOptions();

        var error = await Assert.ThrowsAsync<StoreException>(() => TestStore.OpenAsync(options with { ReaderConnectionString = options.ConnectionString }));

        Assert.Equal(StoreProblem.Misconfigured, error.Problem);
    }
}
