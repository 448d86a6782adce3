using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Silo.Hosting;
using OnlineSafetyTrust.Storage;
using OnlineSafetyTrust.Storage.Upkeep;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Gateway.Tests;

/// <summary>The daily upkeep on a real store, on clocks that the test drives.</summary>
public sealed class UpkeepTests : IAsyncLifetime, IDisposable
{
    private const int Ahead = 30;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly DateTimeOffset Morning = new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly Actor Somebody = new("p/test");
    private readonly string _directory = Directory.CreateTempSubdirectory("ost-upkeep-").FullName;
    private readonly WatchedTime _system = new(Morning);
    private readonly ManualTimeProvider _product = new(Morning.AddDays(Ahead));
    private readonly CollectedLog<Upkeep> _log = new();
    private ServiceProvider _store = null!;
    private Upkeep _upkeep = null!;

    private string Heads => new StoreOptions { DataDirectory = _directory }.HeadPath;

    public async Task InitializeAsync()
    {
        _store = new ServiceCollection().AddOnlineSafetyTrustStorage(new StoreOptions { DataDirectory = _directory }, []).BuildServiceProvider();
        await _store.GetRequiredService<IStoreStarter>().StartAsync(CancellationToken.None);
        _upkeep = new Upkeep(_store.GetRequiredService<StoreUpkeep>(), _store.GetRequiredService<HeadExporter>(), _product, _system, _log);
    }

    public async Task DisposeAsync()
    {
        await _upkeep.StopAsync(CancellationToken.None);
        await _store.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    public void Dispose() => _upkeep.Dispose();

    [Fact]
    public async Task The_head_is_written_once_a_day()
    {
        await _upkeep.StartAsync(CancellationToken.None);
        await UntilAsync(() => Exported().Length > 0);
        Assert.Equal(["head-2026-09-01.json"], Exported());
        File.Delete(Path.Combine(Heads, "head-2026-09-01.json"));

        // Fifteen hours, to eleven at night: it looks each time and has nothing to do.
        await PassHoursAsync(15);
        await PassHoursAsync(1);
        await UntilAsync(() => Exported().Length > 0);
        // The day before was not written a second time, or it would be here: what looked fifteen times ended before this began.
        Assert.Equal(["head-2026-09-02.json"], Exported());

        await PassHoursAsync(24);
        await UntilAsync(() => Exported().Length > 1);
        Assert.Equal(["head-2026-09-02.json", "head-2026-09-03.json"], Exported());
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task What_fails_is_tried_again_within_the_hour()
    {
        // A file where the folder belongs.
        await File.WriteAllTextAsync(Heads, "");
        await _upkeep.StartAsync(CancellationToken.None);
        await UntilAsync(() => !_log.Lines.IsEmpty);
        Assert.Equal(LogLevel.Error, Assert.Single(_log.Lines).Level);
        File.Delete(Heads);

        await PassHoursAsync(1);
        await UntilAsync(() => Exported().Length > 0);

        Assert.Equal(["head-2026-09-01.json"], Exported());
    }

    [Fact]
    public async Task Commands_are_forgotten_by_the_clock_that_gave_them_their_times()
    {
        var tenant = TenantId.School(Guid.Parse("01930000-0000-7000-8000-000000000001"));
        var (kept, gone) = (await SentAsync(tenant, 89), await SentAsync(tenant, 91));

        await _upkeep.StartAsync(CancellationToken.None);
        await UntilAsync(async () => await FindAsync(gone) is null);

        Assert.NotNull(await FindAsync(kept));

        async ValueTask<CommandTrace?> FindAsync(Guid command) => await _store.GetRequiredService<IJournal>().FindCommandAsync(tenant, Somebody, command, CancellationToken.None);
    }

    /// <summary>A command as a grain stores it, so many days ago on the product's clock.</summary>
    private async Task<Guid> SentAsync(TenantId tenant, int daysAgo)
    {
        var command = Guid.NewGuid();
        await _store.GetRequiredService<IJournal>().AppendAsync(new Append
        {
            Key = new StreamKey(tenant, new StreamId("note", Guid.CreateVersion7())), ExpectedVersion = 0, Events = [new NewEvent("note.touched.v1", "{}"u8.ToArray())],
            At = _product.GetUtcNow().AddDays(-daysAgo), Actor = Somebody, CorrelationId = Guid.NewGuid(), CommandId = command, InputHash = new byte[32],
        });
        return command;
    }

    private string[] Exported() => Directory.Exists(Heads) ? [.. Directory.GetFiles(Heads, "*.json").Select(f => Path.GetFileName(f)).Order()] : [];

    /// <summary>Hour by hour, each only after the upkeep has looked at the one before.</summary>
    private async Task PassHoursAsync(int hours)
    {
        for (var hour = 0; hour < hours; hour++)
        {
            var looks = _system.Looks;
            _system.Advance(TimeSpan.FromHours(1));
            await UntilAsync(() => _system.Looks > looks);
        }
    }

    private static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Patience, "The upkeep has still not come.");
            await Task.Delay(5);
        }
    }

    /// <summary>A clock that the test moves, and that knows how often it was looked at: the upkeep looks once each time it wakes.</summary>
    private sealed class WatchedTime(DateTimeOffset start) : TimeProvider
    {
        private readonly ManualTimeProvider _time = new(start);
        private int _looks;

        public int Looks => Volatile.Read(ref _looks);

        public override long TimestampFrequency => _time.TimestampFrequency;

        public override long GetTimestamp() => _time.GetTimestamp();

        public void Advance(TimeSpan by) => _time.Advance(by);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => _time.CreateTimer(callback, state, dueTime, period);

        public override DateTimeOffset GetUtcNow()
        {
            Interlocked.Increment(ref _looks);
            return _time.GetUtcNow();
        }
    }
}
