using Dapper;
using Npgsql;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage.Reading;
using OnlineSafetyTrust.Storage.Upkeep;

namespace OnlineSafetyTrust.Storage.Tests;

public abstract class ReadingTests(IDatabaseFixture database) : IAsyncLifetime
{
    protected static readonly KeysetOrder Newest = new(("at", true));
    private TestStore _store = null!;

    public async Task InitializeAsync() => _store = await TestStore.OpenAsync(database.Options);

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task Another_schools_rows_answer_as_if_they_did_not_exist()
    {
        var (mine, theirs) = (Samples.NewStream(), Samples.NewStream());
        await AddAsync(mine, "mine", 0);
        await AddAsync(theirs, "theirs", 0);
        var who = Samples.Reader(mine.Tenant);

        Assert.Null(await _store.Views.FindAsync<NoteView>(who, Samples.Notes, Id(theirs), default));
        Assert.Equal([Id(mine)], (await _store.Views.FindManyAsync<NoteView>(who, Samples.Notes, [Id(mine), Id(theirs)], default)).Keys);
        Assert.Single(await _store.Views.QueryAsync<NoteView>(who, Samples.Notes, "", null, "id", 100, default));
        Assert.Equal([$"note/{Id(mine)}"], who.TakeSeen());
        Assert.Empty(await _store.Journal.ReadEventsAsync(new StreamKey(mine.Tenant, theirs.Stream), 10, default));
    }

    [Fact]
    public async Task A_predicate_that_gets_round_the_tenant_shows_nothing_of_another_school()
    {
        var (mine, theirs) = (Samples.NewStream(), Samples.NewStream());
        await AddAsync(theirs, "theirs", 0);
        var who = Samples.Reader(mine.Tenant);

        // PostgreSQL's row-level security hides the rows; on SQLite the reader refuses to hand them out.
        var answer = await Record.ExceptionAsync(async () => Assert.Empty(await _store.Views.QueryAsync<NoteView>(who, Samples.Notes, "1 = 1) OR (1 = 1", null, "", 100, default)));

        Assert.True(answer is null or InvalidOperationException, $"{answer}");
        Assert.Empty(who.TakeSeen());
    }

    [Fact]
    public async Task Several_schools_are_read_at_once_where_nothing_is_personal()
    {
        StreamKey[] keys = [Samples.NewStream(), Samples.NewStream(), Samples.NewStream()];
        foreach (var key in keys)
        {
            await _store.Journal.AppendAsync(Samples.Bare(key, 0) with { Rows = [new ViewRow(Samples.Plain, "1", [1L], "{}"u8.ToArray())] });
        }

        var who = Samples.Reader(TenantId.Trust(Guid.CreateVersion7()));
        TenantId[] members = [keys[0].Tenant, keys[1].Tenant];
        var found = await _store.Views.QueryAsync<NoteTaken>(who, members, Samples.Plain, "n = 1", null, 10, default);
        Assert.Equal(members.Select(m => m.ToString()).Order(), found.Select(r => r.Stream.Tenant.ToString()).Order());
        Assert.Empty(await _store.Views.QueryAsync<NoteTaken>(who, [], Samples.Plain, "", null, 10, default));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _store.Views.QueryAsync<NoteView>(who, members, Samples.Notes, "", null, 10, default));

        var answer = await Record.ExceptionAsync(async () => Assert.Equal(2, (await _store.Views.QueryAsync<NoteTaken>(who, members, Samples.Plain, "1 = 1) OR (1 = 1", null, 100, default)).Count));
        Assert.True(answer is null or InvalidOperationException, $"{answer}");
    }

    [Fact]
    public async Task A_row_is_opened_again_when_it_has_changed_and_only_then()
    {
        var key = Samples.NewStream();
        await AddAsync(key, "first", 0);
        var who = Samples.Reader(key.Tenant);

        var (once, twice) = (await FindAsync(), await FindAsync());
        Assert.Same(once, twice);
        Assert.Equal([$"note/{Id(key)}"], who.TakeSeen());

        await _store.Journal.AppendAsync(Samples.Note(_store.Keyring, key, 1, "second", "x"));
        Assert.Equal("second", (await FindAsync()).Title);

        async Task<NoteView> FindAsync() => (await _store.Views.FindAsync<NoteView>(who, Samples.Notes, Id(key), default))!.Body;
    }

    [Fact]
    public async Task Pages_neither_repeat_nor_hide_rows_when_others_are_added_between_them()
    {
        var tenant = Samples.School();
        for (var n = 0; n < 10; n++)
        {
            await AddAsync(Samples.NewStream(tenant), $"{n}", n / 2);
        }

        var seen = new List<string>();
        string? after = null;
        do
        {
            var page = await PageAsync(tenant, new PageRequest(First: 3, After: after));
            seen.AddRange(page.Items.Select(i => i.Item.Body.Title));
            after = page.HasNext ? page.Items[^1].Cursor : null;
            await AddAsync(Samples.NewStream(tenant), "newer", 100);
        }
        while (after is not null);

        Assert.Equal(10, seen.Count(t => t != "newer"));
        Assert.Equal(seen.Count(t => t != "newer"), seen.Where(t => t != "newer").Distinct().Count());
        Assert.Equal(seen.Where(t => t != "newer").Select(t => int.Parse(t) / 2).OrderDescending(), seen.Where(t => t != "newer").Select(t => int.Parse(t) / 2));
    }

    [Fact]
    public async Task Paging_backwards_gives_the_page_before()
    {
        var tenant = Samples.School();
        for (var n = 0; n < 6; n++)
        {
            await AddAsync(Samples.NewStream(tenant), $"{n}", n);
        }

        var first = await PageAsync(tenant, new PageRequest(First: 2));
        var second = await PageAsync(tenant, new PageRequest(First: 2, After: first.Items[^1].Cursor));
        var back = await PageAsync(tenant, new PageRequest(Last: 2, Before: second.Items[0].Cursor));
        var last = await PageAsync(tenant, new PageRequest(Last: 2));

        Assert.Equal(["5", "4"], first.Items.Select(i => i.Item.Body.Title));
        Assert.Equal((true, false), (first.HasNext, first.HasPrevious));
        Assert.Equal(["3", "2"], second.Items.Select(i => i.Item.Body.Title));
        Assert.Equal(first.Items.Select(i => i.Cursor), back.Items.Select(i => i.Cursor));
        Assert.Equal(["1", "0"], last.Items.Select(i => i.Item.Body.Title));
    }

    [Fact]
    public async Task Mixed_directions_page_too()
    {
        var tenant = Samples.School();
        foreach (var (title, at) in new[] { ("a", 1), ("a", 2), ("b", 1), ("b", 2), ("b", 3) })
        {
            await AddAsync(Samples.NewStream(tenant), title, at);
        }

        var order = new KeysetOrder(("title", false), ("at", true));
        var seen = new List<string>();
        string? after = null;
        do
        {
            var page = (await _store.Views.PageAsync<NoteView>(Samples.Reader(tenant), Samples.Notes, "", null, order, new PageRequest(First: 2, After: after), default)).Value!;
            seen.AddRange(page.Items.Select(i => $"{i.Item.Body.Title}{(Convert.ToInt64(i.Item.Values[1]) - Microseconds.ToUnix(Samples.At)) / 60_000_000}"));
            after = page.HasNext ? page.Items[^1].Cursor : null;
        }
        while (after is not null);

        Assert.Equal(["a2", "a1", "b3", "b2", "b1"], seen);
    }

    [Theory]
    [InlineData("!")]
    [InlineData("bm9uc2Vuc2U")]
    [InlineData("WzFd")]
    [InlineData("WyJhIiwiYiJd")]
    [InlineData("WzEuNSwiYiJd")]
    public async Task A_malformed_cursor_is_an_error_of_the_caller(string cursor)
    {
        var page = await _store.Views.PageAsync<NoteView>(Samples.Reader(Samples.School()), Samples.Notes, "", null, Newest, new PageRequest(First: 3, After: cursor), default);

        Assert.Equal("CURSOR_INVALID", Assert.Single(page.Errors).Code);
    }

    [Fact]
    public async Task Counters_add_up_per_school_and_dimension()
    {
        var (one, two, other) = (Samples.School(), Samples.School(), Samples.School());
        var day = new DateOnly(2026, 9, 1);
        foreach (var (school, dimensions, on) in new[] { (one, "year=7", day), (one, "year=7", day.AddDays(1)), (one, "year=8", day), (two, "year=7", day), (other, "year=7", day), (one, "year=7", day.AddDays(40)) })
        {
            await _store.Journal.AppendAsync(Samples.Bare(Samples.NewStream(school), 0) with { Counters = [new CounterDelta(on, "incident", dimensions, 2), new CounterDelta(on, "incident", dimensions, -1)] });
        }

        var reader = _store.Get<CounterReader>();
        var trust = Samples.Reader(TenantId.Trust(Guid.CreateVersion7()));
        var both = await reader.ByDayAsync(trust, [one, two], "incident", day, day.AddDays(30), default);
        var own = await reader.ByDayAsync(Samples.Reader(two), [two], "incident", day, day, default);

        CounterDay[] expected = [new(one, day, "year=7", 1), new(one, day.AddDays(1), "year=7", 1), new(one, day, "year=8", 1), new(two, day, "year=7", 1)];
        Assert.Equal(expected.ToHashSet(), both.ToHashSet());
        Assert.Equal([expected[3]], own);
        var months = await reader.ByMonthAsync(trust, [one, two], "incident", day, day.AddDays(40), default);
        CounterDay[] byMonth = [new(one, day, "year=7", 2), new(one, day, "year=8", 1), new(one, new DateOnly(2026, 10, 1), "year=7", 1), new(two, day, "year=7", 1)];
        Assert.Equal(byMonth.ToHashSet(), months.ToHashSet());
        await Assert.ThrowsAsync<InvalidOperationException>(() => reader.ByDayAsync(Samples.Reader(two), [one], "incident", day, day, default));
    }

    [Fact]
    public async Task The_access_log_tells_who_saw_a_record_newest_first()
    {
        var (tenant, other) = (Samples.School(), Samples.School());
        for (var n = 0; n < 5; n++)
        {
            await _store.Get<IReadAudit>().RecordAsync(new ReadAuditRow(tenant, new Actor($"p/{n}"), [Role.Dsl], "safeguarding", "pupil", Guid.NewGuid(), Samples.At, ["pupil/1", "pupil/2", "pupil/1"]));
        }

        await _store.Get<IReadAudit>().RecordAsync(new ReadAuditRow(other, new Actor("p/x"), [], "safeguarding", "pupil", Guid.NewGuid(), Samples.At, ["pupil/1"]));
        var log = _store.Get<AuditReader>();
        var first = (await log.AccessLogAsync(Samples.Reader(tenant), "pupil/1", AccessLogOrder.AtDesc, new(First: 3), default)).Value!;
        var second = (await log.AccessLogAsync(Samples.Reader(tenant), "pupil/1", AccessLogOrder.AtDesc, new(First: 3, After: first.Items[^1].Cursor), default)).Value!;

        Assert.Equal(["p/4", "p/3", "p/2", "p/1", "p/0"], first.Items.Concat(second.Items).Select(i => i.Item.Actor.Value));
        Assert.Equal((true, false), (first.HasNext, second.HasNext));
        var oldest = (await log.AccessLogAsync(Samples.Reader(tenant), "pupil/1", AccessLogOrder.AtDesc, new(Last: 2), default)).Value!;
        var before = (await log.AccessLogAsync(Samples.Reader(tenant), "pupil/1", AccessLogOrder.AtDesc, new(Last: 3, Before: oldest.Items[0].Cursor), default)).Value!;
        Assert.Equal(["p/4", "p/3", "p/2", "p/1", "p/0"], before.Items.Concat(oldest.Items).Select(i => i.Item.Actor.Value));
        Assert.Equal((false, true, true, false), (oldest.HasNext, oldest.HasPrevious, before.HasNext, before.HasPrevious));
        Assert.Equal([Role.Dsl], first.Items[0].Item.Roles);
    }

    [Fact]
    public async Task A_number_is_looked_up_within_its_school_only()
    {
        var key = Samples.NewStream();
        var digest = _store.Keyring.Digest(key.Tenant, "upn", "A123"u8);
        await _store.Journal.AppendAsync(Samples.Bare(key, 0) with { Lookups = [new LookupRow("upn", digest, Id(key), KeyOwner.Of(key.Stream))] });
        var reader = _store.Get<LookupReader>();

        Assert.Equal([Id(key)], await reader.FindAsync(Samples.Reader(key.Tenant), "upn", digest, default));
        Assert.Empty(await reader.FindAsync(Samples.Reader(Samples.School()), "upn", digest, default));
        Assert.NotEqual(digest, _store.Keyring.Digest(Samples.School(), "upn", "A123"u8));
    }

    [Fact]
    public async Task A_follower_of_the_journal_sees_every_event_in_order()
    {
        var reader = _store.Get<SystemReader>();
        var start = await reader.HeadAsync(default);
        var flush = reader.NextFlush;
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _store.Journal.AppendAsync(Samples.Bare(Samples.NewStream(), 0)).AsTask()));

        await flush;
        Assert.Equal(Enumerable.Range(1, 50).Select(n => start + n), (await reader.EventsAfterAsync(start, 100, default)).Select(e => e.Position));
    }

    private async Task<Page<Row<NoteView>>> PageAsync(TenantId tenant, PageRequest page) =>
        (await _store.Views.PageAsync<NoteView>(Samples.Reader(tenant), Samples.Notes, "", null, Newest, page, default)).Value!;

    private async Task AddAsync(StreamKey key, string title, int minute) =>
        await _store.Journal.AppendAsync(Samples.Note(_store.Keyring, key, 0, title, "text", Samples.At.AddMinutes(minute)));

    private static string Id(StreamKey key) => key.Stream.Id.ToString("D");
}

public sealed class SqliteReadingTests(SqliteFixture database) : ReadingTests(database), IClassFixture<SqliteFixture>;

public sealed class PostgresReadingTests(PostgresFixture database) : ReadingTests(database), IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task A_second_process_that_would_not_see_what_the_first_keeps_in_memory_is_refused()
    {
        await using var first = await TestStore.OpenAsync(database.Options);
        await using var second = await TestStore.OpenAsync(database.Options);
        var only = await first.Get<StoreUpkeep>().OnlyProcessAsync(TimeSpan.Zero, default);
        var refused = await Assert.ThrowsAsync<StoreException>(() => second.Get<StoreUpkeep>().OnlyProcessAsync(TimeSpan.Zero, default));
        Assert.Equal(StoreProblem.Locked, refused.Problem);

        var waits = second.Get<StoreUpkeep>().OnlyProcessAsync(TimeSpan.FromMinutes(1), default);
        await only.DisposeAsync();
        await (await waits).DisposeAsync();
    }

    [Fact]
    public async Task A_server_that_let_go_of_the_only_process_is_asked_again_and_another_process_in_its_place_is_noticed()
    {
        await using var first = await TestStore.OpenAsync(database.Options);
        await using var second = await TestStore.OpenAsync(database.Options);
        await using var only = await first.Get<StoreUpkeep>().OnlyProcessAsync(TimeSpan.Zero, default);
        Assert.True(await only.StillAsync(default));

        await LetGoAsync();
        Assert.True(await only.StillAsync(default));
        await Assert.ThrowsAsync<StoreException>(() => second.Get<StoreUpkeep>().OnlyProcessAsync(TimeSpan.Zero, default));

        await LetGoAsync();
        await using var other = await second.Get<StoreUpkeep>().OnlyProcessAsync(TimeSpan.Zero, default);
        Assert.False(await only.StillAsync(default));

        async Task LetGoAsync()
        {
            await using var operatorsOwn = new NpgsqlConnection(database.Options.ConnectionString);
            await operatorsOwn.OpenAsync();
            Assert.Equal(1, await operatorsOwn.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM (SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) t"));
        }
    }

    /// <summary>A backup reads every table to its end; a new view's name waited for it with the journal's head in its hand.</summary>
    [Fact]
    public async Task A_rebuild_waits_for_whoever_reads_for_long_and_no_command_waits_for_the_rebuild()
    {
        await using var store = await TestStore.OpenAsync(database.Options);
        var (first, second) = (Samples.NewStream(), Samples.NewStream());
        await store.Journal.AppendAsync(Samples.Note(store.Keyring, first, 0, "before", "text"));
        await using var backup = new NpgsqlConnection(database.Options.ConnectionString);
        await backup.OpenAsync();
        await using var reading = await backup.BeginTransactionAsync();
        await backup.ExecuteAsync($"SELECT 1 FROM {Samples.Notes.TableName}", transaction: reading);

        var rebuild = store.Get<IViewRebuilder>().RebuildAsync(Samples.Notes, Samples.Fold, null, (_, e) => throw e, null, default);
        for (var n = 0; n < 20; n++)
        {
            await store.Journal.AppendAsync(Samples.Note(store.Keyring, n == 0 ? second : Samples.NewStream(), 0, "meanwhile", "text")).AsTask().WaitAsync(TimeSpan.FromSeconds(10));
        }

        Assert.False(rebuild.IsCompleted);
        await reading.CommitAsync();
        await rebuild;
        Assert.NotNull(await store.Views.FindAsync<NoteView>(Samples.Reader(second.Tenant), Samples.Notes, second.Stream.Id.ToString("D"), default));
    }

    [Fact]
    public async Task A_start_changes_row_level_security_only_where_it_is_not_as_it_should_be()
    {
        await using var connection = new NpgsqlConnection(database.Options.ConnectionString);
        await connection.OpenAsync();
        var before = await PoliciesAsync();
        Assert.Equal(8, before.Length);
        await (await TestStore.OpenAsync(database.Options)).DisposeAsync();
        Assert.Equal(before, await PoliciesAsync());

        await connection.ExecuteAsync("ALTER TABLE counters NO FORCE ROW LEVEL SECURITY");
        await connection.ExecuteAsync("ALTER TABLE read_audit DISABLE ROW LEVEL SECURITY");
        await connection.ExecuteAsync("DROP POLICY reads_own ON lookups");
        await (await TestStore.OpenAsync(database.Options)).DisposeAsync();
        Assert.Equal(2, before.Intersect(await PoliciesAsync()).Count());
        Assert.Equal(4L, await connection.ExecuteScalarAsync<long>(
            "SELECT count(*) FROM pg_class c WHERE c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'reads_own') AND c.relname IN ('lookups', 'read_audit', 'read_audit_records', 'counters')"));

        // Views' tables too, whoever left them so: by hand, or a dump that brought no rights.
        var view = Samples.Notes.TableName;
        foreach (var wrong in (string[])[$"ALTER TABLE {view} DISABLE ROW LEVEL SECURITY", $"DROP POLICY reads_own ON {view}", $"DROP POLICY writes_all ON {view}", $"REVOKE ALL ON {view} FROM {new NpgsqlConnectionStringBuilder(database.Options.ReaderConnectionString).Username}"])
        {
            await connection.ExecuteAsync(wrong);
            await using var again = await TestStore.OpenAsync(database.Options);
            var key = Samples.NewStream();
            await again.Journal.AppendAsync(Samples.Note(again.Keyring, key, 0, "mended", "text"));
            Assert.Single((await again.Views.PageAsync<NoteView>(Samples.Reader(key.Tenant), Samples.Notes, "", null, Newest, new PageRequest(First: 3), default)).Value!.Items);
            Assert.True(await connection.ExecuteScalarAsync<bool>("SELECT relrowsecurity FROM pg_class WHERE relname = @view", new { view }));
        }

        async Task<uint[]> PoliciesAsync() =>
            [.. await connection.QueryAsync<uint>("SELECT p.oid FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE c.relname IN ('lookups', 'read_audit', 'read_audit_records', 'counters') ORDER BY p.oid")];
    }
}
