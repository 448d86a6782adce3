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
        AfterAsync("DELETE FROM v_note_1 WHERE id = (SELECT MIN(id) FROM v_note_1)", problems => Assert.Contains("is missing. Rebuild the view.", Assert.Single(problems), StringComparison.Ordinal));

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

        var report = await store.Get<IStoreVerifier>().VerifyAsync(Samples.Fold, null, default);
        Assert.Empty(report.Problems);
        Assert.Equal((250, 311), (report.ViewRows, report.Events));
        Assert.Equal("again", (await store.Views.FindAsync<NoteView>(Samples.Reader(keys[0].Tenant), Samples.Notes, keys[0].Stream.Id.ToString("D"), default))!.Body.Title);
        Assert.Empty(await store.Get<IViewRebuilder>().UnbuiltAsync(default));
    }

    private async Task AfterAsync(string? sql, Action<IReadOnlyList<string>> expect)
    {
        await using var store = await TestStore.OpenAsync(database.NewOptions());
        for (var n = 0; n < 5; n++)
        {
            await store.Journal.AppendAsync(Samples.Note(store.Keyring, Samples.NewStream(), 0, $"{n}", "text") with { Due = [new DueRow("look", Samples.At)] });
        }

        await store.Journal.AppendAsync(Samples.Bare(Samples.NewStream(), 0) with { CommandId = Guid.NewGuid(), InputHash = new byte[32] });
        await store.Get<HeadExporter>().ExportAsync(new DateOnly(2026, 9, 1), default);
        if (sql is not null)
        {
            await ExecuteAsync(store.Options, sql);
        }

        var report = await store.Get<IStoreVerifier>().VerifyAsync(Samples.Fold, (_, events) => events[0].Type == "note.taken.v1" ? [new DueRow("look", Samples.At)] : [], default);
        expect(report.Problems);
    }

    private static async Task ExecuteAsync(StoreOptions options, string sql)
    {
        await using System.Data.Common.DbConnection connection = options.Provider == StoreProvider.Sqlite
            ? new SqliteConnection($"Data Source={Path.Combine(options.DataDirectory, "store.db")};Pooling=false")
            : new NpgsqlConnection(options.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await connection.ExecuteAsync(sql);
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
