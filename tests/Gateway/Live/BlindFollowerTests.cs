using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage;
using OnlineSafetyTrust.Storage.Journal;
using OnlineSafetyTrust.Storage.Reading;
using OnlineSafetyTrust.Storage.Sql;
using OnlineSafetyTrust.Storage.Upkeep;

namespace OnlineSafetyTrust.Gateway.Tests.Live;

/// <summary>Who lost access cannot be known while the journal cannot be read: what is open does not outlive that for long.</summary>
public sealed class BlindFollowerTests
{
    [Fact]
    public async Task When_the_journal_cannot_be_read_for_three_seconds_everybody_has_to_connect_again()
    {
        var (time, trouble) = (new HeldTime(), new Trouble());
        await using var world = await LiveWorld.StartAsync(b => Break(b, time, trouble));
        using var socket = await world.ListenAsync(Role.Dsl);
        using var stream = await world.StreamAsync(Role.Headteacher);
        await socket.BeginAsync("i", LiveWorld.Incidents);

        await trouble.BeginAsync();
        // It was seen, and is not yet too long.
        await LiveWorld.NothingAsync(socket);
        time.Ahead = TimeSpan.FromSeconds(3.1);

        Assert.Equal("closed 4403 Your access has changed or ended. Sign in again.", await socket.ReadAsync());
        await Assert.ThrowsAnyAsync<Exception>(() => stream.Content.ReadAsStringAsync());
        trouble.End();
        using var again = await world.ListenAsync(Role.Dsl);
        await again.BeginAsync("i", LiveWorld.Incidents);
        var (_, reference) = await world.ReportAsync();
        Assert.Contains(reference, await again.ReadAsync(), StringComparison.Ordinal);
    }

    private static void Break(WebApplicationBuilder builder, HeldTime time, Trouble trouble)
    {
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton(s => new SystemReader(
            new TroubledDatabase(s.GetRequiredService<Store>().Database, trouble), s.GetRequiredService<IKeyring>(), s.GetRequiredService<Store>().Sequencer.Flushed));
    }

    /// <summary>Time that passes only when told, for whoever measures; timers run as ever.</summary>
    private sealed class HeldTime : TimeProvider
    {
        private readonly long _start = System.GetTimestamp();

        public TimeSpan Ahead { get; set; }

        public override long GetTimestamp() => _start + (long)(Ahead.TotalSeconds * TimestampFrequency);
    }

    private sealed class Trouble
    {
        private TaskCompletionSource? _seen;

        /// <summary>Returns when a read has failed twice: the first failure has been dealt with by then.</summary>
        public async Task BeginAsync()
        {
            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _seen, seen);
            await seen.Task;
            Volatile.Write(ref _seen, seen = new(TaskCreationOptions.RunContinuationsAsynchronously));
            await seen.Task;
        }

        public void End() => Volatile.Write(ref _seen, null);

        public void Check()
        {
            if (Volatile.Read(ref _seen) is { } seen)
            {
                seen.TrySetResult();
                throw new StoreException(StoreProblem.Unreachable, "The disk is gone.", true);
            }
        }
    }

    private sealed class TroubledDatabase(IDatabase database, Trouble trouble) : IDatabase
    {
        public Dialect Dialect => database.Dialect;

        public Task<List<T>> QueryAsync<T>(string sql, IReadOnlyDictionary<string, object?>? args, Func<DbDataReader, T> map, CancellationToken ct)
        {
            trouble.Check();
            return database.QueryAsync(sql, args, map, ct);
        }

        public Task<List<T>> QueryAsync<T>(ReadScope scope, string sql, IReadOnlyDictionary<string, object?>? args, Func<DbDataReader, T> map, CancellationToken ct) =>
            database.QueryAsync(scope, sql, args, map, ct);

        public Task<T> ReadStillAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken ct) => database.ReadStillAsync(read, ct);

        public Task<T> WriteAsync<T>(Func<DbConnection, Task<T>> change) => database.WriteAsync(change);

        public T Write<T>(Func<DbConnection, T> change) => database.Write(change);

        public Task MigrateAsync(string folder, Func<DbConnection, Task>? then, CancellationToken ct) => database.MigrateAsync(folder, then, ct);

        public Task<IAsyncDisposable> AloneAsync(CancellationToken ct) => database.AloneAsync(ct);

        public Task<IOnlyProcess> OnlyProcessAsync(TimeSpan patience, CancellationToken ct) => database.OnlyProcessAsync(patience, ct);

        public Task CheckDurableAsync(CancellationToken ct) => database.CheckDurableAsync(ct);

        public Task<IFlushTarget> OpenWriterAsync(CancellationToken ct) => database.OpenWriterAsync(ct);

        public StoreException Explain(Exception error) => database.Explain(error);

        public ValueTask DisposeAsync() => database.DisposeAsync();
    }
}
