using System.Data.Common;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
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
        await store.Get<IViewRebuilder>().RebuildAsync(Samples.Notes, Samples.Fold, null, Undamaged, progress, default);
        await store.Journal.AppendAsync(Samples.Note(store.Keyring, keys[100], 1, "after", "text"));
        await store.Get<IViewRebuilder>().RebuildAsync(Samples.Notes, Samples.Fold, s => s.Kind == "note", Undamaged, null, default);

        var report = await store.Get<IStoreVerifier>().VerifyAsync(Samples.Fold, null, default);
        Assert.Empty(report.Problems);
        Assert.Equal((250, 311), (report.Derived.ViewRows, report.Events));
        Assert.Equal("again", (await store.Views.FindAsync<NoteView>(Samples.Reader(keys[0].Tenant), Samples.Notes, keys[0].Stream.Id.ToString("D"), default))!.Body.Title);
        Assert.Empty(await store.Get<IViewRebuilder>().UnbuiltAsync(default));
    }

    [Fact]
    public async Task A_release_that_came_back_served_lists_and_roles_as_they_were_when_it_was_replaced()
    {
        var options = database.NewOptions();
        await using (var before = await TestStore.OpenAsync(options))
        {
            await before.Journal.AppendAsync(Samples.Note(before.Keyring, Samples.NewStream(), 0, "before", "text"));
        }

        await using (var next = await TestStore.OpenAsync(options, tables: [Samples.Notes with { Version = 2 }, Samples.Plain]))
        {
            Assert.Equal(["v_note_2"], await UnbuiltAsync(next));
        }

        await using var back = await TestStore.OpenAsync(options);
        Assert.Equal(["v_note_1"], await UnbuiltAsync(back));
        await back.Get<IViewRebuilder>().RebuildAsync(Samples.Notes, Samples.Fold, null, Undamaged, null, default);
        Assert.Empty(await UnbuiltAsync(back));

        static async Task<IEnumerable<string>> UnbuiltAsync(TestStore store) => (await store.Get<IViewRebuilder>().UnbuiltAsync(default)).Select(t => t.TableName);
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

        Assert.Equal(new DerivedRules(0, 0), await rebuilder.BuiltByAsync(default));
        Assert.Equal(1, await rebuilder.RebuildDueAsync(Samples.FoldWhole, 3, Undamaged, null, default));
        Assert.Equal(0, await rebuilder.RebuildDueAsync(Samples.FoldWhole, 4, Undamaged, null, default));
        Assert.Equal(new DerivedRules(4, 0), await rebuilder.BuiltByAsync(default));
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
        Assert.Equal(1, await store.Get<IDerivedRebuilder>().RebuildDueAsync(Samples.FoldWhole, 1, Undamaged, Append(), default));
        Assert.Equal(1, (await store.Get<IDerivedRebuilder>().RebuildRestAsync(Samples.FoldWhole, 1, Undamaged, Append(), default)).Counters);

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
        Assert.Collection(
            await ProblemsAsync(store),
            p => Assert.StartsWith("1 keys that seal records would stay when their owners are erased", p, StringComparison.Ordinal),
            p => Assert.EndsWith("Restore that table from a backup.", p, StringComparison.Ordinal));
        Assert.Equal(new Mended(0, 0, 0, 0), await store.Get<IDerivedRebuilder>().RebuildRestAsync(Samples.FoldWhole, 1, Undamaged, null, default));
    }

    [Fact]
    public async Task A_lost_key_hides_no_other_damage()
    {
        await using var store = await TestStore.OpenAsync(database.NewOptions());
        var keys = await NotesAsync(store, 4);
        await store.Get<HeadExporter>().ExportAsync(new DateOnly(2026, 9, 1), default);
        var lost = await store.Store.Database.QueryAsync("SELECT key FROM key_owners WHERE tenant = @tenant", new Dictionary<string, object?> { ["tenant"] = keys[0].Tenant.ToString() }, row => row.GetString(0), default);
        await store.Store.KeyStore.Database.WriteAsync(c => c.ExecuteAsync("DELETE FROM keys WHERE id = @id", lost.ConvertAll(id => new { id })));
        await ExecuteAsync(store.Options, $"UPDATE events SET actor = 'person/x' WHERE position = 2; UPDATE counters SET total = 7 WHERE tenant = '{keys[0].Tenant}'; DELETE FROM lookups WHERE tenant = '{keys[3].Tenant}'");
        await File.WriteAllTextAsync(Path.Combine(store.Options.DataDirectory, "heads", "head-2026-08-31.json"), "{");

        await using var closed = TestStore.Services(store.Options);
        await closed.GetRequiredService<IStoreStarter>().OpenToReadAsync(default);
        // Of the tenants in the order of their ids.
        var tenants = new[] { $"Counter notes of {keys[0].Tenant}", $"A look-up of text that leads to {keys[3].Stream}" };
        if (string.CompareOrdinal(keys[0].Tenant.ToString(), keys[3].Tenant.ToString()) > 0)
        {
            Array.Reverse(tenants);
        }

        Assert.Collection(
            (await closed.GetRequiredService<IStoreVerifier>().VerifyAsync(Samples.FoldWhole, null, default)).Problems,
            p => Assert.StartsWith("head-2026-08-31.json cannot be read", p, StringComparison.Ordinal),
            p => Assert.Contains("(event 2) was altered", p, StringComparison.Ordinal),
            p => Assert.Contains("head-2026-09-01.json was written for", p, StringComparison.Ordinal),
            p => Assert.StartsWith("The journal's head does not match its events", p, StringComparison.Ordinal),
            p => Assert.StartsWith("1 keys that seal records are not in the key store", p, StringComparison.Ordinal),
            p => Assert.StartsWith(tenants[0], p, StringComparison.Ordinal),
            p => Assert.StartsWith(tenants[1], p, StringComparison.Ordinal),
            p => Assert.StartsWith("1 look-ups cannot be compared", p, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rebuilds_wait_for_each_other()
    {
        await using var store = await TestStore.OpenAsync(database.NewOptions());
        var rebuilder = store.Get<IDerivedRebuilder>();
        var first = await rebuilder.AloneAsync(default);
        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rebuilder.AloneAsync(impatient.Token));
        var second = rebuilder.AloneAsync(default);
        Assert.False(second.IsCompleted);
        await first.DisposeAsync();
        await (await second).DisposeAsync();
        await (await rebuilder.AloneAsync(default)).DisposeAsync();
    }

    [Fact]
    public async Task No_entry_of_the_read_audit_is_taken_out_unseen()
    {
        await using var store = await TestStore.OpenAsync(database.NewOptions());
        await NotesAsync(store, 1);
        const string entry = "INSERT INTO read_audit VALUES ({0}, 's/x', 'somebody', 'dsl', 'safeguarding', 'pupil', 'c', 1); INSERT INTO read_audit_records VALUES ('s/x', 'pupil/1', {0})";
        await ExecuteAsync(store.Options, string.Join(';', Enumerable.Range(1, 3).Select(i => string.Format(CultureInfo.InvariantCulture, entry, i))) + "; UPDATE head SET audit = 3");
        Assert.Empty(await ProblemsAsync(store));

        await ExecuteAsync(store.Options, "DELETE FROM read_audit WHERE position = 2");
        Assert.Collection(
            await ProblemsAsync(store),
            p => Assert.StartsWith("The read audit has 2 entries, the last with position 3, and the head says 3.", p, StringComparison.Ordinal),
            p => Assert.StartsWith("1 records in the read audit were read by nobody", p, StringComparison.Ordinal));
        await ExecuteAsync(store.Options, "DELETE FROM read_audit_records WHERE position = 2; UPDATE read_audit SET position = 2 WHERE position = 3");
        Assert.StartsWith("The read audit has 2 entries, the last with position 2, and the head says 3.", (await ProblemsAsync(store))[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_that_cannot_be_made_is_told_and_the_others_are_made()
    {
        await using var store = await TestStore.OpenAsync(database.NewOptions());
        await NotesAsync(store, 2);
        await ExecuteAsync(store.Options, "UPDATE counters SET total = 7 WHERE tenant = (SELECT MIN(tenant) FROM counters); ALTER TABLE commands RENAME TO no_commands");
        Assert.Collection(
            await ProblemsAsync(store),
            p => Assert.StartsWith("The commands could not be checked to the end: ", p, StringComparison.Ordinal),
            p => Assert.StartsWith("Counter notes of ", p, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_no_start_has_built_yet_is_no_damage_and_verifying_writes_nothing()
    {
        var options = database.NewOptions();
        await using (var store = await TestStore.OpenAsync(options))
        {
            await NotesAsync(store, 2);
        }

        // As an older release leaves it: another shape of one view, without the other, with deadlines by its own rules.
        await ExecuteAsync(options, "DELETE FROM view_tables WHERE name = 'v_plain_1'; DROP TABLE v_plain_1; UPDATE view_tables SET built = 0; DELETE FROM v_note_1; DELETE FROM due; UPDATE counters SET total = 9");
        await using var closed = TestStore.Services(options);
        await closed.GetRequiredService<IStoreStarter>().OpenToReadAsync(default);
        var before = await closed.GetRequiredService<Store>().KeyStore.Database.QueryAsync("SELECT id FROM keys ORDER BY id", null, row => row.GetString(0), default);

        var report = await closed.GetRequiredService<IStoreVerifier>().VerifyAsync(Samples.FoldWhole, new DerivedRules(1, 1), default);
        Assert.Empty(report.Problems);
        Assert.StartsWith("Not compared: v_note_1, v_plain_1, due, counters.", report.NotCompared, StringComparison.Ordinal);
        Assert.Equal((0, 2), (report.Derived.Counters, report.Derived.Lookups));
        Assert.Equal(1, await CountAsync(options, "view_tables"));
        Assert.Equal(before, await closed.GetRequiredService<Store>().KeyStore.Database.QueryAsync("SELECT id FROM keys ORDER BY id", null, row => row.GetString(0), default));
        Assert.Equal(2, before.Count);

        // Of rules that are these, a wrong count is damage.
        var wrong = (await closed.GetRequiredService<IStoreVerifier>().VerifyAsync(Samples.FoldWhole, new DerivedRules(1, 0), default)).Problems;
        Assert.Equal(2, wrong.Count(p => p.StartsWith("Counter notes of ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_start_after_a_restore_does_not_write_over_the_head_that_proves_more()
    {
        await using var store = await TestStore.OpenAsync(database.NewOptions());
        var heads = store.Get<HeadExporter>();
        await NotesAsync(store, 2);
        await heads.ExportAsync(new DateOnly(2026, 9, 1), default);
        await NotesAsync(store, 1);
        var path = await heads.ExportAsync(new DateOnly(2026, 9, 1), default);
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));

        var later = await File.ReadAllTextAsync(path);
        await ExecuteAsync(store.Options, "UPDATE head SET position = 2");
        await heads.ExportAsync(new DateOnly(2026, 9, 1), default);
        Assert.Equal(later, await File.ReadAllTextAsync(Path.ChangeExtension(path, null) + "-3.json"));
        Assert.DoesNotContain("\"position\":3", await File.ReadAllTextAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Heads_from_before_a_restore_are_told_until_they_are_put_aside()
    {
        await using var store = await TestStore.OpenAsync(database.NewOptions());
        await NotesAsync(store, 2);
        var heads = Path.Combine(store.Options.DataDirectory, "heads");
        Directory.CreateDirectory(heads);
        await File.WriteAllTextAsync(Path.Combine(heads, "head-2026-09-01.json"), $$"""{"position":9,"hmac":"{{new string('0', 64)}}"}""");
        Assert.Contains("an older copy was put back", Assert.Single(await ProblemsAsync(store)), StringComparison.Ordinal);

        Directory.CreateDirectory(Path.Combine(heads, "before-restore-2026-09-02"));
        File.Move(Path.Combine(heads, "head-2026-09-01.json"), Path.Combine(heads, "before-restore-2026-09-02", "head-2026-09-01.json"));
        Assert.Empty(await ProblemsAsync(store));
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

    [Fact]
    public async Task A_stream_that_cannot_be_folded_keeps_what_it_has_and_all_others_are_rebuilt()
    {
        await using var store = await TestStore.OpenAsync(database.NewOptions());
        var keys = await NotesAsync(store, 3, Samples.School());
        var broken = keys[0];
        await ExecuteAsync(store.Options, $"UPDATE due SET at = 7; UPDATE counters SET total = 7; DELETE FROM lookups WHERE id <> '{broken.Stream}'; UPDATE v_note_1 SET title = 'old'");
        var told = new List<StreamKey>();

        await store.Get<IViewRebuilder>().RebuildAsync(Samples.Notes, Fold, null, Tell, null, default);
        Assert.Equal(2, await store.Get<IDerivedRebuilder>().RebuildDueAsync(Fold, 1, Tell, null, default));
        Assert.Equal(new Mended(0, 2, 0, 0), await store.Get<IDerivedRebuilder>().RebuildRestAsync(Fold, 1, Tell, null, default));

        Assert.Equal([broken, broken, broken], told);
        Assert.Equal(new DerivedRules(1, 1), await store.Get<IDerivedRebuilder>().BuiltByAsync(default));
        Assert.Equal((1, 1), (await CountAsync(store.Options, $"due WHERE at = 7 AND stream = '{broken.Stream}'"), await CountAsync(store.Options, "due WHERE at = 7")));
        Assert.Equal((1, 1), (await CountAsync(store.Options, $"v_note_1 WHERE title = 'old' AND stream = '{broken.Stream}'"), await CountAsync(store.Options, "v_note_1 WHERE title = 'old'")));
        Assert.Equal((3, 1), (await CountAsync(store.Options, "lookups"), await CountAsync(store.Options, "counters WHERE total = 7")));

        FoldedStream Fold(StreamKey key, IReadOnlyList<StoredEvent> events, StoredSnapshot? snapshot) =>
            key == broken ? throw new System.Text.Json.JsonException("Half an event.") : Samples.FoldWhole(key, events, snapshot);

        void Tell(StreamKey key, Exception error)
        {
            Assert.IsType<System.Text.Json.JsonException>(error);
            told.Add(key);
        }
    }

    [Fact]
    public async Task Deadlines_need_no_keys_and_the_look_up_of_a_number_that_cannot_be_read_stays()
    {
        var options = database.NewOptions();
        await using (var store = await TestStore.OpenAsync(options))
        {
            await store.LoseKeyAsync((await NotesAsync(store, 2, Samples.School()))[0]);
            await store.AddNewestKeyAsync();
            await ExecuteAsync(options, "DELETE FROM due");
        }

        await using var again = await TestStore.OpenAsync(options);
        Assert.Equal(2, await again.Get<IDerivedRebuilder>().RebuildDueAsync(Samples.FoldWhole, 1, Undamaged, null, default));
        Assert.Equal(0, again.Metrics.KeysLost);
        Assert.Equal(new Mended(0, 0, 0, 0), await again.Get<IDerivedRebuilder>().RebuildRestAsync(Samples.FoldWhole, 1, Undamaged, null, default));
        Assert.Equal(1, again.Metrics.KeysLost);
        Assert.Equal(2, await CountAsync(options, "lookups"));
        Assert.Collection(
            await ProblemsAsync(again),
            p => Assert.StartsWith("2 keys that seal records are not in the key store or do not open", p, StringComparison.Ordinal),
            p => Assert.StartsWith("1 look-ups cannot be compared", p, StringComparison.Ordinal));
    }

    private static void Undamaged(StreamKey key, Exception error) => Assert.Fail($"{key}: {error}");

    private static async Task<IReadOnlyList<StreamKey>> NotesAsync(TestStore store, int count, TenantId? school = null)
    {
        var keys = Enumerable.Range(0, count).Select(_ => Samples.NewStream(school)).ToList();
        foreach (var key in keys)
        {
            await store.Journal.AppendAsync(Samples.Whole(store.Keyring, key, 0, "title", $"text of {key}"));
        }

        return keys;
    }

    private static async Task<IReadOnlyList<string>> ProblemsAsync(TestStore store) => (await store.Get<IStoreVerifier>().VerifyAsync(Samples.FoldWhole, null, default)).Problems;

    private static async Task RebuildAsync(TestStore store)
    {
        await store.Get<IDerivedRebuilder>().RebuildDueAsync(Samples.FoldWhole, 1, Undamaged, null, default);
        await store.Get<IDerivedRebuilder>().RebuildRestAsync(Samples.FoldWhole, 1, Undamaged, null, default);
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
