using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage.Upkeep;

namespace OnlineSafetyTrust.Storage.Tests;

/// <summary>Somebody with the database's password changes what is stored; verifying must show it.</summary>
public abstract class VerifyTests(IDatabaseFixture database)
{
    [Fact]
    public Task A_whole_store_has_no_problems() => AfterAsync(null, problems => Assert.Empty(problems));

    [Fact]
    public Task An_altered_payload_is_found() =>
        AfterAsync("UPDATE events SET payload = (SELECT payload FROM events WHERE position = 2) WHERE position = 3", problems => Assert.Contains(problems, p => p.Contains("(event 3) was altered", StringComparison.Ordinal)));

    [Fact]
    public Task A_deleted_tail_is_found() =>
        AfterAsync("DELETE FROM events WHERE position = (SELECT MAX(position) FROM events)", problems => Assert.Contains(problems, p => p.Contains("events at its end are missing", StringComparison.Ordinal)));

    [Fact]
    public Task A_tail_deleted_together_with_its_traces_is_found_by_the_exported_head() =>
        AfterAsync(
            "DELETE FROM events WHERE position > 4; UPDATE head SET position = 4; DELETE FROM streams WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.tenant = streams.tenant AND e.stream = streams.stream); DELETE FROM v_note_1; DELETE FROM due",
            problems => Assert.Contains(problems, p => p.Contains("head-2026-09-01.json shows that the journal once reached event 6", StringComparison.Ordinal)));

    [Fact]
    public Task A_deleted_stream_is_found() =>
        AfterAsync(
            "DELETE FROM v_note_1 WHERE id = (SELECT substr(stream, 6) FROM events WHERE position = 2); DELETE FROM streams WHERE (tenant, stream) IN (SELECT tenant, stream FROM events WHERE position = 2); DELETE FROM due WHERE (tenant, stream) IN (SELECT tenant, stream FROM events WHERE position = 2); DELETE FROM events WHERE position = 2",
            problems => Assert.Contains(problems, p => p.Contains("Events 2 to 2 of the journal are missing", StringComparison.Ordinal)));

    [Fact]
    public Task A_missing_view_row_is_found() =>
        AfterAsync("DELETE FROM v_note_1 WHERE id = (SELECT MIN(id) FROM v_note_1)", problems => Assert.Contains("is missing. './dev rebuild' builds the view anew.", Assert.Single(problems), StringComparison.Ordinal));

    [Fact]
    public Task A_changed_view_row_is_found() =>
        AfterAsync("UPDATE v_note_1 SET title = 'other' WHERE id = (SELECT MIN(id) FROM v_note_1)", problems => Assert.Contains("differs from what its events say", Assert.Single(problems), StringComparison.Ordinal));

    [Fact]
    public Task A_moved_deadline_is_found() =>
        AfterAsync("UPDATE due SET at = at + 1 WHERE stream = (SELECT MIN(stream) FROM due)", problems => Assert.Contains("Deadline look of", Assert.Single(problems), StringComparison.Ordinal));

    [Fact]
    public Task A_command_without_its_event_is_found() =>
        AfterAsync("UPDATE commands SET version = 9", problems => Assert.Contains("which is not in the journal", Assert.Single(problems), StringComparison.Ordinal));

    [Fact]
    public async Task A_rebuilt_view_equals_the_one_that_the_appends_wrote_while_appends_go_on()
    {
        await using var store = await TestStore.OpenAsync(database.NewOptions());
        var keys = Enumerable.Range(0, 250).Select(_ => Samples.NewStream()).ToArray();
        await Task.WhenAll(keys.Select((k, n) => store.Journal.AppendAsync(Samples.Note(store.Keyring, k, 0, $"{n}", "text")).AsTask()));
        await ExecuteAsync(store.Options, "DELETE FROM v_note_1 WHERE title < '2'; UPDATE v_note_1 SET title = 'wrong' WHERE title < '3'");

        // Appended between the first page and the swap: the barrier is the rebuild's own progress report.
        var progress = new Barrier(() => Task.WhenAll(keys[..60].Select(k => store.Journal.AppendAsync(Samples.Note(store.Keyring, k, 1, "again", "text")).AsTask())).GetAwaiter().GetResult());
        await store.Get<IViewRebuilder>().RebuildAsync(Samples.Notes, Samples.Fold, null, progress, default);
        await store.Journal.AppendAsync(Samples.Note(store.Keyring, keys[100], 1, "after", "text"));
        await store.Get<IViewRebuilder>().RebuildAsync(Samples.Notes, Samples.Fold, s => s.Kind == "note", null, default);

        var report = await store.Get<IStoreVerifier>().VerifyAsync(Samples.Fold, default);
        Assert.Empty(report.Problems);
        Assert.Equal((250, 311), (report.Derived.ViewRows, report.Events));
        Assert.Equal("again", (await store.Views.FindAsync<NoteView>(Samples.Reader(keys[0].Tenant), Samples.Notes, keys[0].Stream.Id.ToString("D"), default))!.Body.Title);
        Assert.Empty(await store.Get<IViewRebuilder>().UnbuiltAsync(default));
    }

    private const string OfOne = "WHERE stream = (SELECT MIN(stream) FROM due)";

    [Theory]
    [InlineData($"DELETE FROM due {OfOne}", "Deadline look of", "is missing. './dev rebuild' puts it back.")]
    [InlineData($"UPDATE due SET at = at + 1 {OfOne}", "Deadline look of", "and should be at 2026-09-01T09:30:00.0000000+00:00. './dev rebuild' moves it.")]
    [InlineData($"INSERT INTO due SELECT tenant, stream, 'other', at, shard, 0 FROM due {OfOne}", "Deadline other of", "follows from no event. './dev rebuild' removes it.")]
    [InlineData($"INSERT INTO due SELECT tenant, 'note/none', what, at, shard, 0 FROM due {OfOne}", "/note/none", "follows from no event. './dev rebuild' removes it.")]
    [InlineData("UPDATE counters SET total = total + 7 WHERE tenant = (SELECT MIN(tenant) FROM counters)", "Counter notes of", "on 2026-09-01 (kind=note) is 8 and should be 1. './dev rebuild' counts again.")]
    [InlineData("DELETE FROM counters WHERE tenant = (SELECT MIN(tenant) FROM counters)", "Counter notes of", "is 0 and should be 1. './dev rebuild' counts again.")]
    [InlineData("INSERT INTO counters SELECT tenant, counter, day, 'kind=none', 3 FROM counters WHERE tenant = (SELECT MIN(tenant) FROM counters)", "(kind=none)", "is 3 and should be 0. './dev rebuild' counts again.")]
    [InlineData("INSERT INTO counters VALUES ('s/nobody', 'notes', '2026-09-01', 'kind=note', 3)", "Counter notes of s/nobody", "is 3 and should be 0. './dev rebuild' counts again.")]
    [InlineData("DELETE FROM lookups WHERE id = (SELECT MIN(id) FROM lookups)", "A look-up of text", "is missing. './dev rebuild' puts it back.")]
    [InlineData("INSERT INTO lookups SELECT tenant, kind, digest, 'note/none', owner FROM lookups WHERE id = (SELECT MIN(id) FROM lookups)", "A look-up of text that leads to note/none", "follows from no event, or its owner is erased. './dev rebuild' removes it.")]
    [InlineData("UPDATE lookups SET owner = 'note/none' WHERE id = (SELECT MIN(id) FROM lookups)", "A look-up of text", "would not go with its owner's keys. './dev rebuild' gives it to its owner.")]
    [InlineData("UPDATE snapshots SET state = (SELECT hmac FROM head WHERE id = 1) WHERE stream = (SELECT MIN(stream) FROM snapshots)", "The snapshot of", "at version 1 cannot be read. './dev rebuild' discards it.")]
    [InlineData("UPDATE snapshots SET state = (SELECT state FROM snapshots WHERE stream = (SELECT MAX(stream) FROM snapshots)) WHERE stream = (SELECT MIN(stream) FROM snapshots)", "The snapshot of", "is not what its events say. './dev rebuild' discards it.")]
    [InlineData("INSERT INTO snapshots SELECT tenant, 'note/none', shape, version, state FROM snapshots WHERE stream = (SELECT MIN(stream) FROM snapshots)", "/note/none at version 1", "is not what its events say. './dev rebuild' discards it.")]
    [InlineData("DELETE FROM outbox_lines WHERE destination = (SELECT MIN(destination) FROM outbox_lines)", "Messages to stream:s/", "have no line in the outbox and are never delivered: 1. './dev rebuild' puts the line back.")]
    public async Task What_is_derived_and_wrong_is_found_and_rebuilt(string sql, string what, string says)
    {
        await using var store = await TestStore.OpenAsync(database.NewOptions());
        var keys = await NotesAsync(store, 5);
        Assert.Empty(await ProblemsAsync(store));
        await ExecuteAsync(store.Options, sql);

        var problem = Assert.Single(await ProblemsAsync(store));
        Assert.Contains(what, problem, StringComparison.Ordinal);
        Assert.EndsWith(says, problem, StringComparison.Ordinal);

        await RebuildAsync(store);
        Assert.Empty(await ProblemsAsync(store));
        Assert.Equal(keys.Count, (await store.Get<IOutboxStore>().LeaseAsync(OutboxLane.Streams, Samples.At, Samples.At.AddMinutes(1), 100, default)).Count);
    }

    [Fact]
    public async Task A_rebuild_keeps_the_claims_of_deadlines_that_are_right_and_remembers_by_which_rules()
    {
        await using var store = await TestStore.OpenAsync(database.NewOptions());
        var rebuilder = store.Get<IDerivedRebuilder>();
        await NotesAsync(store, 5);
        await ExecuteAsync(store.Options, "UPDATE due SET leased_until = 77; DELETE FROM due WHERE stream = (SELECT MIN(stream) FROM due)");

        Assert.Equal(0, await rebuilder.DueVersionAsync(default));
        Assert.Equal(1, await rebuilder.RebuildDueAsync(Samples.FoldWhole, 3, null, default));
        Assert.Equal(0, await rebuilder.RebuildDueAsync(Samples.FoldWhole, 4, null, default));
        Assert.Equal(4, await rebuilder.DueVersionAsync(default));
        Assert.Equal((4, 1), (await CountAsync(store.Options, "due WHERE leased_until = 77"), await CountAsync(store.Options, "due WHERE leased_until = 0")));
    }

    [Fact]
    public async Task What_is_appended_while_counters_and_deadlines_are_rebuilt_stays()
    {
        await using var store = await TestStore.OpenAsync(database.NewOptions());
        var first = (await NotesAsync(store, 1))[0];
        await ExecuteAsync(store.Options, "UPDATE counters SET total = total + 7; DELETE FROM due");

        // Appended behind the picture that the rebuild looks at: its deadline and its count are not in there.
        Barrier Append() => new(() => store.Journal.AppendAsync(Samples.Whole(store.Keyring, Samples.NewStream(first.Tenant), 0, "late", "late")).AsTask().GetAwaiter().GetResult());
        Assert.Equal(1, await store.Get<IDerivedRebuilder>().RebuildDueAsync(Samples.FoldWhole, 1, Append(), default));
        Assert.Equal(1, (await store.Get<IDerivedRebuilder>().RebuildRestAsync(Samples.FoldWhole, Append(), default)).Counters);

        Assert.Empty(await ProblemsAsync(store));
        Assert.Equal(1, await CountAsync(store.Options, "counters WHERE total = 3"));
    }

    [Fact]
    public async Task The_number_of_somebody_who_is_erased_does_not_come_back()
    {
        await using var store = await TestStore.OpenAsync(database.NewOptions());
        var erased = (await NotesAsync(store, 2))[0];
        await ExecuteAsync(store.Options, "CREATE TABLE kept AS SELECT * FROM lookups");
        await store.Keyring.DestroyAsync(erased.Tenant, KeyOwner.Of(erased.Stream), default);
        Assert.Empty(await ProblemsAsync(store));
        await RebuildAsync(store);
        Assert.Equal(1, await CountAsync(store.Options, "lookups"));

        await ExecuteAsync(store.Options, "DELETE FROM lookups; INSERT INTO lookups SELECT * FROM kept");
        Assert.EndsWith("or its owner is erased. './dev rebuild' removes it.", Assert.Single(await ProblemsAsync(store)), StringComparison.Ordinal);
        await RebuildAsync(store);
        Assert.Equal(1, await CountAsync(store.Options, "lookups"));
    }

    [Fact]
    public async Task A_number_whose_key_has_no_owner_is_not_called_mended()
    {
        await using var store = await TestStore.OpenAsync(database.NewOptions());
        await NotesAsync(store, 1);
        await ExecuteAsync(store.Options, "DELETE FROM key_owners");
        Assert.EndsWith("Restore that table from a backup.", Assert.Single(await ProblemsAsync(store)), StringComparison.Ordinal);
        Assert.Equal(new Mended(0, 0, 0, 0), await store.Get<IDerivedRebuilder>().RebuildRestAsync(Samples.FoldWhole, null, default));
    }

    [Fact]
    public async Task What_has_no_store_is_refused_and_left_as_it_is()
    {
        var options = database.NewOptions();
        var refused = await Assert.ThrowsAsync<StoreException>(() => ExistingStore.RequireAsync(options, default));
        Assert.StartsWith("There is no store in ", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(options.DataDirectory, "store.db")));
        await Assert.ThrowsAsync<StoreException>(() => ExistingStore.RequireAsync(options, default));

        await (await TestStore.OpenAsync(options)).DisposeAsync();
        await ExistingStore.RequireAsync(options, default);
    }

    private static async Task<IReadOnlyList<StreamKey>> NotesAsync(TestStore store, int count)
    {
        var keys = Enumerable.Range(0, count).Select(_ => Samples.NewStream()).ToList();
        foreach (var key in keys)
        {
            await store.Journal.AppendAsync(Samples.Whole(store.Keyring, key, 0, "title", $"text of {key}"));
        }

        return keys;
    }

    private static async Task<IReadOnlyList<string>> ProblemsAsync(TestStore store) => (await store.Get<IStoreVerifier>().VerifyAsync(Samples.FoldWhole, default)).Problems;

    private static async Task RebuildAsync(TestStore store)
    {
        await store.Get<IDerivedRebuilder>().RebuildDueAsync(Samples.FoldWhole, 1, null, default);
        await store.Get<IDerivedRebuilder>().RebuildRestAsync(Samples.FoldWhole, null, default);
    }

    private async Task AfterAsync(string? sql, Action<IReadOnlyList<string>> expect)
    {
        await using var store = await TestStore.OpenAsync(database.NewOptions());
        for (var n = 0; n < 5; n++)
        {
            await store.Journal.AppendAsync(Samples.Whole(store.Keyring, Samples.NewStream(), 0, $"{n}", "text"));
        }

        await store.Journal.AppendAsync(Samples.Bare(Samples.NewStream(), 0) with { CommandId = Guid.NewGuid(), InputHash = new byte[32] });
        await store.Get<HeadExporter>().ExportAsync(new DateOnly(2026, 9, 1), default);
        if (sql is not null)
        {
            await ExecuteAsync(store.Options, sql);
        }

        expect(await ProblemsAsync(store));
    }

    private static async Task ExecuteAsync(StoreOptions options, string sql)
    {
        await using var connection = await ConnectAsync(options);
        await connection.ExecuteAsync(sql);
    }

    private static async Task<long> CountAsync(StoreOptions options, string from)
    {
        await using var connection = await ConnectAsync(options);
        return await connection.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM {from}");
    }

    private static async Task<DbConnection> ConnectAsync(StoreOptions options)
    {
        DbConnection connection = options.Provider == StoreProvider.Sqlite
            ? new SqliteConnection($"Data Source={Path.Combine(options.DataDirectory, "store.db")};Pooling=false")
            : new NpgsqlConnection(options.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    private sealed class Barrier(Action once) : IProgress<RebuildProgress>
    {
        private bool _done;

        public void Report(RebuildProgress value)
        {
            if (!_done)
            {
                _done = true;
                once();
            }
        }
    }
}

public sealed class SqliteVerifyTests(SqliteFixture database) : VerifyTests(database), IClassFixture<SqliteFixture>;

public sealed class PostgresVerifyTests(PostgresFixture database) : VerifyTests(database), IClassFixture<PostgresFixture>;
