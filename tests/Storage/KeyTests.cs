using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage.Upkeep;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Storage.Tests;

public abstract class KeyTests(IDatabaseFixture database)
{
    private static readonly StreamKey Stream = Samples.NewStream();
    private static readonly KeyOwner Owner = new("pupil/1");

    [Fact]
    public async Task A_sealed_text_opens_in_its_place_only()
    {
        await using var store = await TestStore.OpenAsync(database.NewOptions());
        var text = store.Keyring.Seal(Stream, 3, "name", Owner, "Ada"u8, []);

        Assert.Equal("Ada"u8.ToArray(), store.Keyring.Open(Stream, "name", text));
        Assert.Throws<AuthenticationTagMismatchException>(() => store.Keyring.Open(Stream, "otherField", text));
        Assert.Throws<AuthenticationTagMismatchException>(() => store.Keyring.Open(Samples.NewStream(), "name", text));
        Assert.Throws<AuthenticationTagMismatchException>(() => store.Keyring.Open(Stream, "name", text.Replace(":3:", ":4:", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Destroying_an_owners_keys_erases_its_values_here_and_after_a_restart()
    {
        var options = database.NewOptions();
        var (key, other) = (Samples.NewStream(), Samples.NewStream());
        var who = Samples.Reader(key.Tenant);
        await using (var store = await TestStore.OpenAsync(options))
        {
            var digest = store.Keyring.Digest(key.Tenant, "upn", "1"u8);
            await store.Journal.AppendAsync(Samples.Note(store.Keyring, key, 0, "t", "secret") with { Lookups = [new LookupRow("upn", digest, "1", KeyOwner.Of(key.Stream))] });
            await store.Journal.AppendAsync(Samples.Note(store.Keyring, other, 0, "t", "kept"));
            Assert.Equal("secret", (await Find(store, key))!.Body.Text);

            await store.Keyring.DestroyAsync(key.Tenant, KeyOwner.Of(key.Stream), default);

            Assert.Null((await Find(store, key))!.Body.Text);
            Assert.Equal("kept", (await Find(store, other))!.Body.Text);
            Assert.Empty(await store.Get<Reading.LookupReader>().FindAsync(who, "upn", digest, default));
        }

        await using var again = await TestStore.OpenAsync(options);
        Assert.Null((await Find(again, key))!.Body.Text);
        Assert.Equal("kept", (await Find(again, other))!.Body.Text);

        static Task<Reading.Row<NoteView>?> Find(TestStore s, StreamKey k) => s.Views.FindAsync<NoteView>(Samples.Reader(k.Tenant), Samples.Notes, k.Stream.Id.ToString("D"), default);
    }

    [Fact]
    public async Task An_owner_keeps_its_key_once_the_append_is_stored_and_gets_another_when_it_was_refused()
    {
        await using var store = await TestStore.OpenAsync(database.NewOptions());
        var key = Samples.NewStream();
        var refused = Samples.Note(store.Keyring, key, 5, "t", "x");
        Assert.Equal(AppendStatus.VersionConflict, (await store.Journal.AppendAsync(refused)).Status);

        var first = Samples.Note(store.Keyring, key, 0, "t", "x");
        await store.Journal.AppendAsync(first);
        var second = Samples.Note(store.Keyring, key, 1, "t", "y");

        Assert.NotEqual(Assert.Single(refused.Keys).Key, Assert.Single(first.Keys).Key);
        Assert.Empty(second.Keys);
    }

    [Fact]
    public async Task Sealing_more_owners_than_were_reserved_still_works_and_every_key_is_durable()
    {
        var options = database.NewOptions();
        var keys = Enumerable.Range(0, 300).Select(_ => Samples.NewStream()).ToArray();
        await using (var store = await TestStore.OpenAsync(options))
        {
            await store.Keyring.ReserveAsync(10, default);
            await Task.WhenAll(keys.Select(k => Task.Run(async () => await store.Journal.AppendAsync(Samples.Note(store.Keyring, k, 0, "t", $"{k}")))));
        }

        await using var again = await TestStore.OpenAsync(options);
        foreach (var key in keys)
        {
            var row = await again.Views.FindAsync<NoteView>(Samples.Reader(key.Tenant), Samples.Notes, key.Stream.Id.ToString("D"), default);
            Assert.Equal($"{key}", row!.Body.Text);
        }
    }

    [Fact]
    public async Task Rotation_wraps_all_keys_again_and_the_old_master_key_opens_nothing()
    {
        var options = database.NewOptions();
        var key = Samples.NewStream();
        var next = Path.Combine(options.DataDirectory, "next.key");
        byte[] digest;
        await using (var store = await TestStore.OpenAsync(options))
        {
            await store.Journal.AppendAsync(Samples.Note(store.Keyring, key, 0, "t", "secret"));
            digest = store.Keyring.Digest(key.Tenant, "upn", "1"u8);
            StoreUpkeep.CreateMasterKey(next);
            var (wrapped, damaged) = await store.Get<StoreUpkeep>().RotateMasterKeyAsync(next);
            Assert.True(wrapped > 2 && damaged == 0);
        }

        var error = await Assert.ThrowsAsync<StoreException>(() => TestStore.OpenAsync(options));
        Assert.Equal(StoreProblem.MasterKeyMismatch, error.Problem);
        await using var again = await TestStore.OpenAsync(options with { MasterKeyFile = next });
        Assert.Equal("secret", (await again.Views.FindAsync<NoteView>(Samples.Reader(key.Tenant), Samples.Notes, key.Stream.Id.ToString("D"), default))!.Body.Text);
        Assert.Equal(digest, again.Keyring.Digest(key.Tenant, "upn", "1"u8));
    }

    [Fact]
    public async Task A_process_that_goes_on_beside_a_rotation_makes_no_key_that_nobody_could_open()
    {
        var options = database.NewOptions();
        var next = Path.Combine(options.DataDirectory, "next.key");
        var keys = Enumerable.Range(0, 600).Select(_ => Samples.NewStream()).ToList();
        var stored = new List<StreamKey>();
        await using (var store = await TestStore.OpenAsync(options))
        {
            StoreUpkeep.CreateMasterKey(next);
            await store.Get<StoreUpkeep>().RotateMasterKeyAsync(next);
            Assert.True(store.Get<StoreUpkeep>().IsWorking);

            // Until what was reserved is used up: the rotation wrapped that as well.
            var refused = await Assert.ThrowsAsync<StoreException>(async () =>
            {
                foreach (var key in keys)
                {
                    await store.Journal.AppendAsync(Samples.Note(store.Keyring, key, 0, "t", $"{key}"));
                    stored.Add(key);
                }
            });
            Assert.Equal((StoreProblem.MasterKeyMismatch, true), (refused.Problem, refused.NothingStored));
            Assert.Equal(StoreProblem.MasterKeyMismatch, (await Assert.ThrowsAsync<StoreException>(() => store.Get<StoreUpkeep>().SecretAsync("another", default))).Problem);
            Assert.False(store.Get<StoreUpkeep>().IsWorking);
        }

        Assert.NotEmpty(stored);
        await using var again = await TestStore.OpenAsync(options with { MasterKeyFile = next });
        foreach (var key in stored)
        {
            Assert.Equal($"{key}", (await again.Views.FindAsync<NoteView>(Samples.Reader(key.Tenant), Samples.Notes, key.Stream.Id.ToString("D"), default))!.Body.Text);
        }
    }

    [Fact]
    public async Task A_rotation_that_a_process_of_an_older_release_went_on_beside_is_completed_and_damage_stays_damage()
    {
        var options = database.NewOptions();
        var next = Path.Combine(options.DataDirectory, "next.key");
        await using (var store = await TestStore.OpenAsync(options))
        {
            foreach (var key in new[] { Samples.NewStream(), Samples.NewStream() })
            {
                await store.Journal.AppendAsync(Samples.Note(store.Keyring, key, 0, "t", "x"));
            }
        }

        // Not started: with the former key in its place it would not.
        await using var closed = TestStore.Services(options);
        var all = closed.GetRequiredService<Store>().KeyStore.Database;
        await all.WriteAsync(c => c.ExecuteAsync("CREATE TABLE before AS SELECT * FROM keys"));
        StoreUpkeep.CreateMasterKey(next);
        await closed.GetRequiredService<StoreUpkeep>().RotateMasterKeyAsync(next);
        await all.WriteAsync(c => c.ExecuteAsync("DELETE FROM keys; INSERT INTO keys SELECT * FROM before"));
        await all.WriteAsync(c => c.ExecuteAsync("UPDATE keys SET wrapped = @none WHERE id = (SELECT MIN(id) FROM keys)", new { none = Array.Empty<byte>() }));
        var now = options with { MasterKeyFile = next };
        Assert.Contains("went on beside a rotation", (await Assert.ThrowsAsync<StoreException>(() => TestStore.OpenAsync(now))).Message, StringComparison.Ordinal);

        Assert.Equal((1, 1), await closed.GetRequiredService<StoreUpkeep>().RotateMasterKeyAsync(next));
        await (await TestStore.OpenAsync(now)).DisposeAsync();
    }

    [Fact]
    public async Task A_lost_key_is_an_error_and_no_erasure_and_an_older_key_store_does_not_start()
    {
        var options = database.NewOptions();
        var (early, late) = (Samples.NewStream(), Samples.NewStream());
        await using (var store = await TestStore.OpenAsync(options))
        {
            await store.Journal.AppendAsync(Samples.Note(store.Keyring, early, 0, "t", "early"));
            await store.Journal.AppendAsync(Samples.Note(store.Keyring, late, 0, "t", "erased"));
            await store.Keyring.DestroyAsync(late.Tenant, KeyOwner.Of(late.Stream), default);
            Assert.True((await VerifyAsync(store)).Ok);
        }

        // Another process makes keys of a later time.
        await using (var store = await TestStore.OpenAsync(options))
        {
            await store.Journal.AppendAsync(Samples.Note(store.Keyring, late, 1, "t", "late"));
            await store.LoseKeyAsync(early);
            Assert.Contains("1 keys that seal records are not in the key store", Assert.Single((await VerifyAsync(store)).Problems), StringComparison.Ordinal);
        }

        await using (var store = await TestStore.OpenAsync(options))
        {
            Assert.Equal("late", (await Find(store, late))!.Body.Text);
            Assert.Equal(Unreadable.Text, (await Find(store, early))!.Body.Text);
            await store.LoseKeyAsync(late);
        }

        Assert.Equal(StoreProblem.KeysLost, (await Assert.ThrowsAsync<StoreException>(() => TestStore.OpenAsync(options))).Problem);

        static Task<VerifyReport> VerifyAsync(TestStore s) => s.Get<IStoreVerifier>().VerifyAsync(null, null, default);
        static Task<Reading.Row<NoteView>?> Find(TestStore s, StreamKey k) => s.Views.FindAsync<NoteView>(Samples.Reader(k.Tenant), Samples.Notes, k.Stream.Id.ToString("D"), default);
    }

    [Fact]
    public async Task A_lost_key_takes_what_it_sealed_and_no_list_that_it_stands_in()
    {
        var options = database.NewOptions();
        var school = Samples.School();
        var keys = Enumerable.Range(0, 3).Select(_ => Samples.NewStream(school)).OrderBy(k => k.Stream.Value, StringComparer.Ordinal).ToArray();
        await using (var store = await TestStore.OpenAsync(options))
        {
            foreach (var key in keys)
            {
                await store.Journal.AppendAsync(Samples.Note(store.Keyring, key, 0, "t", "text"));
            }

            await store.LoseKeyAsync(keys[0]);
            await store.AddNewestKeyAsync();
        }

        await using var again = await TestStore.OpenAsync(options);
        var who = Samples.Reader(school);
        Assert.Equal([Unreadable.Text, "text", "text"], await TextsAsync(again, who));
        Assert.True(who.HasMissed);
        Assert.Equal([Unreadable.Text, "text", "text"], (await again.Get<Reading.SystemReader>().ViewAsync<NoteView>(school, Samples.Notes, "", 10, default, showLost: true)).Select(r => r.Body.Text));
        await Assert.ThrowsAsync<RecordUnreadableException>(() => again.Get<Reading.SystemReader>().ViewAsync<NoteView>(school, Samples.Notes, "", 10, default));
        Assert.Equal(1, again.Metrics.KeysLost);
        Assert.All([Unreadable.Text, $"{Unreadable.Text} And the coat pockets."], text => Assert.Throws<StandInSentException>(() => Samples.Note(again.Keyring, keys[1], 1, "t", text)));

        await again.Journal.AppendAsync(Samples.Note(again.Keyring, keys[0], 1, "t", "new"));
        who = Samples.Reader(school);
        Assert.Equal(["new", "text", "text"], await TextsAsync(again, who));
        Assert.False(who.HasMissed);
        await again.Keyring.DestroyAsync(school, KeyOwner.Of(keys[0].Stream), default);
        Assert.Equal([null, "text", "text"], await TextsAsync(again, who));

        static async Task<IEnumerable<string?>> TextsAsync(TestStore s, Reader who) =>
            (await s.Views.PageAsync<NoteView>(who, Samples.Notes, "", null, new Reading.KeysetOrder(), new Reading.PageRequest(10), default)).Value!.Items.Select(i => i.Item.Body.Text);
    }

    [Fact]
    public void Every_kind_of_personal_value_has_something_to_stand_for_it()
    {
        var kinds = typeof(PersonalAttribute).Assembly.GetTypes().SelectMany(t => t.GetProperties()).Where(p => Attribute.IsDefined(p, typeof(PersonalAttribute))).Select(p => p.PropertyType).Distinct().ToList();
        Assert.True(kinds.Count > 3);
        Assert.All(kinds, k => Assert.True((Nullable.GetUnderlyingType(k) ?? k).IsInstanceOfType(Unreadable.Of(k)) && Unreadable.Is(Unreadable.Of(k)) && Unreadable.StandsIn(Unreadable.Of(k))));
    }

    /// <summary>Base64url's order of bytes is not the order of time.</summary>
    [Theory]
    [InlineData("Z", "a")]
    [InlineData("z", "0")]
    [InlineData("9", "-")]
    [InlineData("-", "_")]
    public async Task A_key_store_without_the_newest_key_in_use_does_not_start_wherever_its_text_sorts(string earlier, string later)
    {
        var options = database.NewOptions();
        var (early, late) = ($"AZ9pQw7{earlier}AAAAAAAAAAAAAA", $"AZ9pQw7{later}AAAAAAAAAAAAAA");
        await using (var store = await TestStore.OpenAsync(options))
        {
            var owners = new[] { new { owner = "note/1", key = early }, new { owner = "note/2", key = late } };
            await store.Store.Database.WriteAsync(c => c.ExecuteAsync("INSERT INTO key_owners (tenant, owner, key) VALUES ('s/1', @owner, @key)", owners));
        }

        // As a copy has it that was made between the two.
        await using var closed = TestStore.Services(options);
        var keys = closed.GetRequiredService<Store>().KeyStore.Database;
        await keys.WriteAsync(c => c.ExecuteAsync("INSERT INTO keys SELECT @early, wrapped, master FROM secrets WHERE name = 'head'", new { early }));
        Assert.Equal(StoreProblem.KeysLost, (await Assert.ThrowsAsync<StoreException>(() => TestStore.OpenAsync(options))).Problem);

        // One that is older is lost: that keeps nobody out.
        await keys.WriteAsync(c => c.ExecuteAsync("UPDATE keys SET id = @late WHERE id = @early", new { early, late }));
        await (await TestStore.OpenAsync(options)).DisposeAsync();
    }

    [Fact]
    public async Task Verifying_opens_every_key_that_records_need_and_says_whose_it_is()
    {
        await using var store = await TestStore.OpenAsync(database.NewOptions());
        var (records, keys) = (store.Store.Database, store.Store.KeyStore.Database);
        var streams = new List<(StreamKey Stream, string Key)>();
        for (var i = 0; i < 4; i++)
        {
            var stream = Samples.NewStream();
            var append = Samples.Note(store.Keyring, stream, 0, "t", "x");
            await store.Journal.AppendAsync(append);
            streams.Add((stream, Keys.SealedText.KeyText(Assert.Single(append.Keys).Key)));
        }

        await store.Get<StoreUpkeep>().SecretAsync("another", default);
        Assert.True((await VerifyAsync()).Ok);

        var ids = streams.ConvertAll(s => new { s.Key });
        await keys.WriteAsync(c => c.ExecuteAsync("UPDATE keys SET wrapped = @Random WHERE id = @Key", new { ids[0].Key, Random = RandomNumberGenerator.GetBytes(60) }));
        await keys.WriteAsync(c => c.ExecuteAsync("DELETE FROM keys WHERE id = @Key", ids[1]));
        await records.WriteAsync(c => c.ExecuteAsync("DELETE FROM key_owners WHERE key = @Key", ids[1..3]));
        await keys.WriteAsync(c => c.ExecuteAsync("UPDATE secrets SET wrapped = @None WHERE name = 'another'", new { None = Array.Empty<byte>() }));
        await keys.WriteAsync(c => c.ExecuteAsync("UPDATE keys SET master = 'former' WHERE id = @Key", ids[3]));

        // As the command does, beside the product or without it.
        await using var closed = TestStore.Services(store.Options);
        await closed.GetRequiredService<IStoreStarter>().OpenToReadAsync(default);
        var problems = (await closed.GetRequiredService<IStoreVerifier>().VerifyAsync(null, null, default)).Problems;
        Assert.Equal(4, problems.Count);
        Assert.StartsWith("2 keys that seal records are not in the key store or do not open", problems[0], StringComparison.Ordinal);
        Assert.All(streams[..2], s => Assert.Contains($"{s.Stream}", problems[0], StringComparison.Ordinal));
        Assert.Matches($"^1 keys that seal records would stay when .* They seal {streams[2].Stream}.$", problems[1]);
        Assert.StartsWith("1 keys in the key store are wrapped with another master key", problems[2], StringComparison.Ordinal);
        Assert.StartsWith("The secret 'another' in the key store does not open.", problems[3], StringComparison.Ordinal);

        Task<VerifyReport> VerifyAsync() => store.Get<IStoreVerifier>().VerifyAsync(null, null, default);
    }

    [Fact]
    public async Task A_master_key_is_under_its_name_only_when_it_is_whole()
    {
        var options = database.NewOptions();
        await (await TestStore.OpenAsync(options)).DisposeAsync();
        var blocked = Path.Combine(options.DataDirectory, "master.key", "next.key");

        Assert.Equal(StoreProblem.Misconfigured, Assert.Throws<StoreException>(() => StoreUpkeep.CreateMasterKey(blocked)).Problem);
        Assert.Equal(StoreProblem.Misconfigured, Assert.Throws<StoreException>(() => StoreUpkeep.CreateMasterKey(Path.Combine(options.DataDirectory, "master.key"))).Problem);
        Assert.Equal(["master.key"], Directory.GetFiles(options.DataDirectory, "master.key*").Select(Path.GetFileName));
        await (await TestStore.OpenAsync(options)).DisposeAsync();
    }

    [Fact]
    public async Task A_lost_master_key_file_is_named_and_never_replaced()
    {
        var options = database.NewOptions();
        await (await TestStore.OpenAsync(options)).DisposeAsync();
        var file = Path.Combine(options.DataDirectory, "master.key");
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        File.Delete(file);

        var error = await Assert.ThrowsAsync<StoreException>(() => TestStore.OpenAsync(options));

        Assert.Equal(StoreProblem.MasterKeyLost, error.Problem);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task A_new_key_store_beside_an_old_journal_is_refused()
    {
        var (options, other) = (database.NewOptions(), database.NewOptions());
        await using (var store = await TestStore.OpenAsync(options))
        {
            await store.Journal.AppendAsync(Samples.Note(store.Keyring, Samples.NewStream(), 0, "t", "x"));
        }

        if (options.Provider == StoreProvider.Sqlite)
        {
            foreach (var file in Directory.GetFiles(options.DataDirectory, "keys.db*"))
            {
                File.Delete(file);
            }

            Assert.Equal(StoreProblem.KeysLost, (await Assert.ThrowsAsync<StoreException>(() => ExistingStore.RequireAsync(options, default))).Problem);
        }

        var error = await Assert.ThrowsAsync<StoreException>(() => TestStore.OpenAsync(options with { KeyConnectionString = other.KeyConnectionString }));
        Assert.Equal(StoreProblem.KeysLost, error.Problem);
    }

    [Fact]
    public async Task No_plain_text_reaches_any_database_file()
    {
        const string Canary = "canary-7f3b-narrative";
        var options = database.NewOptions();
        await using var store = await TestStore.OpenAsync(options);
        await store.Journal.AppendAsync(Samples.Note(store.Keyring, Samples.NewStream(), 0, "open-title-5c1d", Canary));

        var found = await DatabaseBytes.FindAsync(store, "open-title-5c1d");
        Assert.True(found, "The search itself must be able to find what is stored in the open.");
        Assert.False(await DatabaseBytes.FindAsync(store, Canary));
        Assert.False(await DatabaseBytes.FindAsync(store, Convert.ToBase64String(Encoding.UTF8.GetBytes(Canary))[..20]));
    }
}

public sealed class SqliteKeyTests(SqliteFixture database) : KeyTests(database), IClassFixture<SqliteFixture>;

public sealed class PostgresKeyTests(PostgresFixture database) : KeyTests(database), IClassFixture<PostgresFixture>
{
    private readonly PostgresFixture _database = database;

    [Fact]
    public async Task What_another_process_destroyed_is_erased_here_with_the_next_look()
    {
        var (options, time, key) = (_database.NewOptions(), new ManualTimeProvider(Samples.At), Samples.NewStream());
        await using var here = await TestStore.OpenAsync(options, time);
        await using var there = await TestStore.OpenAsync(options, time);
        await here.Journal.AppendAsync(Samples.Note(here.Keyring, key, 0, "t", "secret"));
        Assert.Equal("secret", await TextAsync());

        await there.Keyring.DestroyAsync(key.Tenant, KeyOwner.Of(key.Stream), default);
        time.Advance(TimeSpan.FromSeconds(15));

        // The look runs beside us: each question here gives it time.
        var questions = 0;
        while (await TextAsync() is not null)
        {
            Assert.InRange(++questions, 1, 10_000);
        }

        async Task<string?> TextAsync() =>
            (await here.Views.FindAsync<NoteView>(Samples.Reader(key.Tenant), Samples.Notes, key.Stream.Id.ToString("D"), default))!.Body.Text;
    }
}
