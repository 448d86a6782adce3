using System.Security.Cryptography;
using System.Text;
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
            Assert.True(await store.Get<StoreUpkeep>().RotateMasterKeyAsync(next) > 2);
        }

        var error = await Assert.ThrowsAsync<StoreException>(() => TestStore.OpenAsync(options));
        Assert.Equal(StoreProblem.MasterKeyMismatch, error.Problem);
        await using var again = await TestStore.OpenAsync(options with { MasterKeyFile = next });
        Assert.Equal("secret", (await again.Views.FindAsync<NoteView>(Samples.Reader(key.Tenant), Samples.Notes, key.Stream.Id.ToString("D"), default))!.Body.Text);
        Assert.Equal(digest, again.Keyring.Digest(key.Tenant, "upn", "1"u8));
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
            await LoseAsync(store, early);
            Assert.Contains("1 keys that seal records are not in the key store", Assert.Single((await VerifyAsync(store)).Problems), StringComparison.Ordinal);
        }

        await using (var store = await TestStore.OpenAsync(options))
        {
            Assert.Equal("late", (await Find(store, late))!.Body.Text);
            Assert.Equal(StoreProblem.KeysLost, (await Assert.ThrowsAsync<StoreException>(() => Find(store, early))).Problem);
            await LoseAsync(store, late);
        }

        Assert.Equal(StoreProblem.KeysLost, (await Assert.ThrowsAsync<StoreException>(() => TestStore.OpenAsync(options))).Problem);

        static Task<VerifyReport> VerifyAsync(TestStore s) => s.Get<IStoreVerifier>().VerifyAsync(null, default);
        static Task<Reading.Row<NoteView>?> Find(TestStore s, StreamKey k) => s.Views.FindAsync<NoteView>(Samples.Reader(k.Tenant), Samples.Notes, k.Stream.Id.ToString("D"), default);

        // As in a copy of the key store from before it was made.
        static async Task LoseAsync(TestStore s, StreamKey k)
        {
            var of = new Dictionary<string, object?> { ["owner"] = KeyOwner.Of(k.Stream).Value };
            var key = Assert.Single(await s.Get<Store>().Database.QueryAsync("SELECT key FROM key_owners WHERE owner = @owner", of, row => row.GetString(0), default));
            Assert.Equal(1, await s.Get<Store>().KeyStore.Database.WriteAsync(c => Dapper.SqlMapper.ExecuteAsync(c, "DELETE FROM keys WHERE id = @key", new { key })));
        }
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
