using OnlineSafetyTrust.Contracts.Journal;

namespace OnlineSafetyTrust.Storage.Tests;

public abstract class JournalTests(IDatabaseFixture database) : IAsyncLifetime
{
    private TestStore _store = null!;

    public async Task InitializeAsync() => _store = await TestStore.OpenAsync(database.Options);

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task What_was_appended_is_read_back()
    {
        var key = Samples.NewStream();
        var append = Samples.Bare(key, 0, """{"n":1}""") with { CommandId = Guid.NewGuid(), InputHash = new byte[32] };

        var outcome = await _store.Journal.AppendAsync(append);

        Assert.Equal(AppendStatus.Appended, outcome.Status);
        var stored = Assert.Single(await _store.Journal.ReadEventsAsync(key, 10, default));
        Assert.Equal((1, "note.touched.v1", append.At, append.Actor, append.CommandId, append.CorrelationId),
            (stored.Version, stored.Type, stored.At, stored.Actor, stored.CommandId, stored.CorrelationId));
        Assert.Equal("""{"n":1}""", System.Text.Encoding.UTF8.GetString(stored.Payload.Span));
        Assert.Equal(outcome.Position, stored.Position);
    }

    [Fact]
    public async Task Of_many_appends_on_one_version_one_wins_and_the_others_conflict()
    {
        var key = Samples.NewStream();
        var others = Samples.NewStream();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _store.Journal.AppendAsync(Samples.Bare(key, 0)).AsTask()));
        var apart = await _store.Journal.AppendAsync(Samples.Bare(others, 0));

        Assert.Equal(1, outcomes.Count(o => o.Status == AppendStatus.Appended));
        Assert.Equal(19, outcomes.Count(o => o.Status == AppendStatus.VersionConflict));
        Assert.Equal(AppendStatus.Appended, apart.Status);
        Assert.Single(await _store.Journal.ReadEventsAsync(key, 100, default));
    }

    [Fact]
    public async Task What_rests_on_another_stream_is_refused_once_that_has_moved_on()
    {
        var school = Samples.NewStream();
        var (before, together, after) = (Samples.NewStream(school.Tenant), Samples.NewStream(school.Tenant), Samples.NewStream(school.Tenant));
        Append RestingOn(StreamKey key, long version) => Samples.Bare(key, 0) with { Premise = new Premise(school.Stream, version) };

        Assert.Equal(AppendStatus.Appended, (await _store.Journal.AppendAsync(RestingOn(before, 0))).Status);
        var outcomes = await Task.WhenAll(_store.Journal.AppendAsync(Samples.Bare(school, 0)).AsTask(), _store.Journal.AppendAsync(RestingOn(together, 0)).AsTask());
        Assert.Equal([AppendStatus.Appended, AppendStatus.PremiseChanged], outcomes.Select(o => o.Status));
        Assert.Equal(AppendStatus.PremiseChanged, (await _store.Journal.AppendAsync(RestingOn(after, 0))).Status);

        Assert.Empty(await _store.Journal.ReadEventsAsync(together, 10, default));
        Assert.Equal(AppendStatus.Appended, (await _store.Journal.AppendAsync(RestingOn(after, 1))).Status);
    }

    [Fact]
    public async Task A_number_that_only_one_may_have_is_the_first_ones_until_it_is_given_up()
    {
        var (first, second) = (Samples.NewStream(), Samples.NewStream());
        second = second with { Tenant = first.Tenant };
        var digest = _store.Keyring.Digest(first.Tenant, "serial", "SN1"u8);
        LookupRow Number(StreamKey key, bool only = true) => new("serial", digest, key.Stream.Value, KeyOwner.Of(key.Stream), only);
        Append Bringing(StreamKey key, params LookupRow[] numbers) => Samples.Bare(key, 0) with { Lookups = numbers };

        // At once, in one flush or in two.
        var outcomes = await Task.WhenAll(_store.Journal.AppendAsync(Bringing(first, Number(first))).AsTask(), _store.Journal.AppendAsync(Bringing(second, Number(second))).AsTask());
        Assert.Equal([AppendStatus.Appended, AppendStatus.NumberTaken], outcomes.Select(o => o.Status));
        Assert.Equal(AppendStatus.NumberTaken, (await _store.Journal.AppendAsync(Bringing(second, Number(second)))).Status);
        Assert.Empty(await _store.Journal.ReadEventsAsync(second, 10, default));
        Assert.Equal([first.Stream.Value], await _store.Journal.FindLookupAsync(first.Tenant, "serial", digest, default));

        // Its own number is no other's; another school has numbers of its own; who does not ask for it alone gets it beside.
        Assert.Equal(AppendStatus.Appended, (await _store.Journal.AppendAsync(Samples.Bare(first, 1) with { Lookups = [Number(first)] })).Status);
        var elsewhere = Samples.NewStream();
        Assert.Equal(AppendStatus.Appended, (await _store.Journal.AppendAsync(Bringing(elsewhere, Number(elsewhere)))).Status);
        var beside = Samples.NewStream(first.Tenant);
        Assert.Equal(AppendStatus.Appended, (await _store.Journal.AppendAsync(Bringing(beside, Number(beside, only: false)))).Status);

        await _store.Journal.AppendAsync(Samples.Bare(beside, 1) with { GoneLookups = [Number(beside)] });
        var given = await Task.WhenAll(
            _store.Journal.AppendAsync(Samples.Bare(first, 2) with { GoneLookups = [Number(first)] }).AsTask(), _store.Journal.AppendAsync(Bringing(second, Number(second))).AsTask());
        Assert.Equal([AppendStatus.Appended, AppendStatus.Appended], given.Select(o => o.Status));
        Assert.Equal([second.Stream.Value], await _store.Journal.FindLookupAsync(first.Tenant, "serial", digest, default));
    }

    [Fact]
    public async Task A_number_that_cannot_be_read_goes_with_its_record_and_leaves_those_of_others()
    {
        var (first, second) = (Samples.NewStream(), Samples.NewStream());
        second = second with { Tenant = first.Tenant };
        var digest = _store.Keyring.Digest(first.Tenant, "serial", "SN2"u8);
        LookupRow Number(StreamKey key, string kind, ReadOnlyMemory<byte> of) => new(kind, of, key.Stream.Value, KeyOwner.Of(key.Stream));
        await _store.Journal.AppendAsync(Samples.Bare(first, 0) with { Lookups = [Number(first, "serial", digest), Number(first, "other", digest)] });
        await _store.Journal.AppendAsync(Samples.Bare(second, 0) with { Lookups = [Number(second, "serial", digest)] });

        // Beside others that bring numbers, and with a new one of its own.
        var renewed = _store.Keyring.Digest(first.Tenant, "serial", "SN3"u8);
        var others = Enumerable.Range(0, 20).Select(_ => Samples.NewStream() with { Tenant = first.Tenant }).Select(k => _store.Journal.AppendAsync(Samples.Bare(k, 0) with { Lookups = [Number(k, "third", digest)] }).AsTask());
        var corrected = Samples.Bare(first, 1) with { GoneLookups = [Number(first, "serial", ReadOnlyMemory<byte>.Empty)], Lookups = [Number(first, "serial", renewed)] };
        await Task.WhenAll([.. others, _store.Journal.AppendAsync(corrected).AsTask()]);

        Assert.Equal([second.Stream.Value], await _store.Journal.FindLookupAsync(first.Tenant, "serial", digest, default));
        Assert.Equal([first.Stream.Value], await _store.Journal.FindLookupAsync(first.Tenant, "serial", renewed, default));
        Assert.Equal([first.Stream.Value], await _store.Journal.FindLookupAsync(first.Tenant, "other", digest, default));
    }

    [Fact]
    public async Task Appends_of_one_stream_within_one_flush_follow_each_other()
    {
        var key = Samples.NewStream();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 30).Select(n => _store.Journal.AppendAsync(Samples.Bare(key, n)).AsTask()));

        Assert.All(outcomes, o => Assert.Equal(AppendStatus.Appended, o.Status));
        Assert.Equal(Enumerable.Range(1, 30).Select(n => (long)n), (await _store.Journal.ReadEventsAsync(key, 100, default)).Select(e => e.Version));
    }

    [Fact]
    public async Task Positions_have_no_holes_and_syncs_are_fewer_than_appends()
    {
        var (syncs, appends) = (_store.Metrics.Syncs, _store.Metrics.Appends);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => _store.Journal.AppendAsync(Samples.Bare(Samples.NewStream(), 0)).AsTask()));

        var positions = outcomes.Select(o => o.Position).Order().ToArray();
        Assert.Equal(Enumerable.Range(0, 500).Select(n => positions[0] + n), positions);
        Assert.Equal(500, _store.Metrics.Appends - appends);
        Assert.InRange(_store.Metrics.Syncs - syncs, 1, 250);
    }

    [Fact]
    public async Task A_command_is_stored_once_and_its_retry_is_answered()
    {
        var key = Samples.NewStream();
        var append = Samples.Bare(key, 0) with { CommandId = Guid.NewGuid(), InputHash = Enumerable.Repeat((byte)7, 32).ToArray() };

        var both = await Task.WhenAll(_store.Journal.AppendAsync(append).AsTask(), _store.Journal.AppendAsync(append).AsTask());
        var later = await _store.Journal.AppendAsync(append with { ExpectedVersion = 1 });
        var trace = await _store.Journal.FindCommandAsync(key.Tenant, append.Actor, append.CommandId.Value, default);

        Assert.Equal([AppendStatus.Appended, AppendStatus.CommandKnown], both.Select(o => o.Status).Order());
        Assert.Equal(AppendStatus.CommandKnown, later.Status);
        Assert.Equal((key.Stream, 1, (byte)7), (later.Earlier!.Stream, later.Earlier.Version, later.Earlier.InputHash.Span[0]));
        Assert.Equal((key.Stream, 1), (trace!.Stream, trace.Version));
        Assert.Null(await _store.Journal.FindCommandAsync(Samples.School(), append.Actor, append.CommandId.Value, default));
        Assert.Single(await _store.Journal.ReadEventsAsync(key, 100, default));
    }

    [Fact]
    public async Task A_broken_append_fails_alone_and_its_flush_neighbours_are_stored()
    {
        var before = await _store.Journal.AppendAsync(Samples.Bare(Samples.NewStream(), 0));
        var key = Samples.NewStream();
        var broken = Samples.Bare(key, 0) with { Rows = [new ViewRow(Samples.Plain with { Name = "absent" }, "1", [1L], "{}"u8.ToArray())] };

        var tasks = Enumerable.Range(0, 20).Select(n => n == 10 ? _store.Journal.AppendAsync(broken).AsTask() : _store.Journal.AppendAsync(Samples.Bare(Samples.NewStream(), 0)).AsTask()).ToArray();
        var error = await Assert.ThrowsAsync<StoreException>(() => tasks[10]);
        var good = await Task.WhenAll(tasks.Where((_, n) => n != 10));

        Assert.True(error.NothingStored);
        Assert.Equal(Enumerable.Range(1, 19).Select(n => before.Position + n), good.Select(o => o.Position).Order());
        Assert.Empty(await _store.Journal.ReadEventsAsync(key, 10, default));
    }

    [Fact]
    public async Task A_snapshot_is_read_with_the_events_after_it_and_ignored_in_another_shape()
    {
        var key = Samples.NewStream();
        await _store.Journal.AppendAsync(Samples.Bare(key, 0));
        await _store.Journal.AppendAsync(Samples.Bare(key, 1) with { Snapshot = new Snapshot("a", "state"u8.ToArray()) });
        await _store.Journal.AppendAsync(Samples.Bare(key, 2));

        var usable = await _store.Journal.ReadAsync(key, "a", default);
        var other = await _store.Journal.ReadAsync(key, "b", default);

        Assert.Equal((2, "state"), (usable.SnapshotVersion, System.Text.Encoding.UTF8.GetString(usable.Snapshot!.Value.Span)));
        Assert.Equal([3L], usable.Events.Select(e => e.Version));
        Assert.Null(other.Snapshot);
        Assert.Equal([1L, 2L, 3L], other.Events.Select(e => e.Version));
    }

    [Fact]
    public async Task A_view_row_is_there_when_the_append_returns_and_opens_its_personal_text()
    {
        var key = Samples.NewStream();
        await _store.Journal.AppendAsync(Samples.Note(_store.Keyring, key, 0, "Corridor", "canary-narrative"));
        var who = Samples.Reader(key.Tenant);

        var row = await _store.Views.FindAsync<NoteView>(who, Samples.Notes, key.Stream.Id.ToString("D"), default);

        Assert.Equal(("Corridor", "canary-narrative"), (row!.Body.Title, row.Body.Text));
        Assert.Equal([$"note/{key.Stream.Id:D}"], who.TakeSeen());
    }

    [Fact]
    public async Task A_command_is_known_for_ninety_days_and_then_forgotten()
    {
        var tenant = Samples.School();
        var ages = new[] { 0, 89, 90, 91, 400 };
        var commands = ages.ToDictionary(a => a, _ => Guid.NewGuid());
        foreach (var (age, id) in commands)
        {
            await _store.Journal.AppendAsync(Samples.Bare(Samples.NewStream(tenant), 0) with { CommandId = id, InputHash = new byte[32], At = Samples.At.AddDays(-age) });
        }

        Assert.Equal(2, await _store.Get<Upkeep.StoreUpkeep>().PruneCommandsAsync(Samples.At));

        Assert.Equal("0,89,90", await KnownAsync());
        Assert.Equal(0, await _store.Get<Upkeep.StoreUpkeep>().PruneCommandsAsync(Samples.At));
        Assert.Equal(1, await _store.Get<Upkeep.StoreUpkeep>().PruneCommandsAsync(Samples.At.AddMicroseconds(1)));
        Assert.Equal("0,89", await KnownAsync());

        async Task<string> KnownAsync()
        {
            var known = new List<int>();
            foreach (var (age, id) in commands)
            {
                if (await _store.Journal.FindCommandAsync(tenant, new Actor("p/test"), id, default) is not null)
                {
                    known.Add(age);
                }
            }

            return string.Join(',', known);
        }
    }
}

public sealed class SqliteJournalTests(SqliteFixture database) : JournalTests(database), IClassFixture<SqliteFixture>;

public sealed class PostgresJournalTests(PostgresFixture database) : JournalTests(database), IClassFixture<PostgresFixture>;
