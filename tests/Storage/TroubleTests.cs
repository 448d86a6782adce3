using System.Data.Common;
using System.Diagnostics;
using Dapper;
using Microsoft.Data.Sqlite;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage.Journal;
using OnlineSafetyTrust.Storage.Upkeep;

namespace OnlineSafetyTrust.Storage.Tests;

/// <summary>What goes wrong around a SQLite file, and what the person on call is told.</summary>
public sealed class TroubleTests(SqliteFixture database) : IClassFixture<SqliteFixture>
{
    [Fact]
    public async Task A_locked_file_is_named_and_the_store_goes_on_when_it_is_free()
    {
        var options = database.NewOptions() with { BusyTimeout = TimeSpan.FromMilliseconds(50) };
        await using var store = await TestStore.OpenAsync(options);
        await using var other = new SqliteConnection($"Data Source={Path.Combine(options.DataDirectory, "store.db")};Pooling=false");
        other.Open();
        await using (var transaction = other.BeginTransaction(deferred: false))
        {
            var append = await Assert.ThrowsAsync<StoreException>(() => store.Journal.AppendAsync(Samples.Bare(Samples.NewStream(), 0)).AsTask());
            Assert.Equal((StoreProblem.Locked, true), (append.Problem, append.NothingStored));
            var start = await Assert.ThrowsAsync<StoreException>(() => TestStore.OpenAsync(options));
            Assert.Equal(StoreProblem.Locked, start.Problem);
        }

        Assert.Equal(1, (await store.Journal.AppendAsync(Samples.Bare(Samples.NewStream(), 0))).Position);
    }

    [Theory]
    [InlineData("store.db")]
    [InlineData("keys.db")]
    public async Task A_corrupt_file_is_named(string name)
    {
        var options = database.NewOptions();
        await (await TestStore.OpenAsync(options)).DisposeAsync();
        var file = Path.Combine(options.DataDirectory, name);
        await File.WriteAllBytesAsync(file, Enumerable.Repeat((byte)0x5A, 8192).ToArray());

        var error = await Assert.ThrowsAsync<StoreException>(() => TestStore.OpenAsync(options));

        Assert.Equal(StoreProblem.Corrupt, error.Problem);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_damaged_page_behind_a_whole_header_is_named_by_whoever_reads_it_and_the_file_stays_as_it_is()
    {
        var options = database.NewOptions();
        var key = Samples.NewStream();
        await using (var whole = await TestStore.OpenAsync(options))
        {
            await whole.Journal.AppendAsync(Samples.Note(whole.Keyring, key, 0, "A title", "text"));
        }

        var file = Path.Combine(options.DataDirectory, "store.db");
        var damaged = await DamageAsync(file, Samples.Notes.TableName);
        await using (var store = await TestStore.OpenAsync(options))
        {
            var error = await Assert.ThrowsAsync<StoreException>(() => store.Views.FindAsync<NoteView>(Samples.Reader(key.Tenant), Samples.Notes, key.Stream.Id.ToString("D"), default));
            Assert.Equal(StoreProblem.Corrupt, error.Problem);
            Assert.Contains(file, error.Message, StringComparison.Ordinal);

            // What lies on other pages is read, and what would be written beside the damage is refused.
            Assert.Single(await store.Journal.ReadEventsAsync(key, long.MaxValue, default));
            var append = await Assert.ThrowsAsync<StoreException>(() => store.Journal.AppendAsync(Samples.Note(store.Keyring, key, 1, "Another", "text")).AsTask());
            Assert.Equal((StoreProblem.Corrupt, true), (append.Problem, append.NothingStored));
            Assert.Single(await store.Journal.ReadEventsAsync(key, long.MaxValue, default));
            Assert.Contains((await store.Get<IStoreVerifier>().VerifyAsync(Samples.Fold, null, default)).Problems, p => p.Contains($"{file} is damaged.", StringComparison.Ordinal));
        }

        Assert.Equal(damaged, await File.ReadAllBytesAsync(file));
    }

    [Fact]
    public async Task On_a_full_disk_appends_fail_cleanly_and_go_on_when_there_is_space()
    {
        Assert.True(Environment.IsPrivilegedProcess, "This test mounts a small file system: run it as root, as CI does.");
        var directory = Directory.CreateTempSubdirectory("ost-full-").FullName;
        Run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", directory);
        try
        {
            var ballast = Path.Combine(directory, "ballast");
            await File.WriteAllBytesAsync(ballast, new byte[1 << 20]);
            await using (var store = await TestStore.OpenAsync(new StoreOptions { DataDirectory = Path.Combine(directory, "data") }))
            {
                await FillAsync(store, ballast);
            }
        }
        finally
        {
            Run("umount", "-l", directory);
            Directory.Delete(directory);
        }
    }

    [Fact]
    public async Task An_unknown_outcome_fails_the_whole_flush_and_nothing_is_tried_again()
    {
        using var metrics = new JournalMetrics();
        await using var target = new LosingTarget();
        var sequencer = new Sequencer(metrics);
        var works = Enumerable.Range(0, 3).Select(_ => new AppendWork(Samples.Bare(Samples.NewStream(), 0))).ToArray();
        foreach (var work in works)
        {
            sequencer.Enqueue(work);
        }

        sequencer.Start(target, new byte[32], ownThread: true);

        foreach (var work in works)
        {
            Assert.False((await Assert.ThrowsAsync<StoreException>(() => work.Task)).NothingStored);
        }

        var later = new AppendWork(Samples.Bare(Samples.NewStream(), 0));
        sequencer.Enqueue(later);
        Assert.Equal(AppendStatus.Appended, (await later.Task).Status);
        Assert.Equal(2, target.Commits);
        await sequencer.DisposeAsync();
    }

    /// <summary>The first page of a table.</summary>
    /// <returns>The file as it is then.</returns>
    private static async Task<byte[]> DamageAsync(string file, string table)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        await connection.OpenAsync();
        var page = await connection.ExecuteScalarAsync<int>("SELECT rootpage FROM sqlite_master WHERE name = @table", new { table });
        var size = await connection.ExecuteScalarAsync<int>("PRAGMA page_size");
        await connection.CloseAsync();
        var bytes = await File.ReadAllBytesAsync(file);
        bytes.AsSpan((page - 1) * size, size).Fill(0x5A);
        await File.WriteAllBytesAsync(file, bytes);
        return bytes;
    }

    private static async Task FillAsync(TestStore store, string ballast)
    {
        StoreException? full = null;
        var stored = 0L;
        while (full is null)
        {
            try
            {
                stored = (await store.Journal.AppendAsync(Samples.Bare(Samples.NewStream(), 0, $"\"{new string('x', 50_000)}\""))).Position;
            }
            catch (StoreException error)
            {
                full = error;
            }
        }

        Assert.Equal((StoreProblem.DiskFull, true), (full.Problem, full.NothingStored));
        File.Delete(ballast);
        Assert.Equal(stored + 1, (await store.Journal.AppendAsync(Samples.Bare(Samples.NewStream(), 0))).Position);
        var report = await store.Get<IStoreVerifier>().VerifyAsync(null, null, default);
        Assert.Empty(report.Problems);
        Assert.Equal(stored + 1, report.Events);
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(new ProcessStartInfo(program, arguments))!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private sealed class LosingTarget : IFlushTarget
    {
        public int Commits { get; private set; }

        public DbConnection Connection => throw new NotSupportedException();

        public ValueTask<Facts> BeginAsync(IReadOnlyList<Work> works) => new(new Facts { Head = new Head(0, new byte[32], 0, 0) });

        public ValueTask CommitAsync(FlushPlan plan) => ++Commits == 1 ? throw new IOException("connection lost") : ValueTask.CompletedTask;

        public ValueTask RollbackAsync() => ValueTask.CompletedTask;

        public StoreException Explain(Exception error, bool committing) => Postgres.PostgresErrors.Explain(error, committing);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
