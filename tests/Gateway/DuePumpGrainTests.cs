// Orleans' reminders go by the machine's clock and come a minute apart at least.
#if !ORLEANS
using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Embedded.Grains.TestingHost;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Silo.Pumps;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Gateway.Tests;

/// <summary>The real pump's grain in a silo whose clock the test moves: its timer, its reminder and nothing else.</summary>
public sealed class DuePumpGrainTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly StreamKey School = SchoolKey.Of(TenantId.School(Guid.Parse("01930000-0000-7000-8000-000000000001")));
    private readonly ManualTimeProvider _time = new();
    private readonly DueRows _due = new();
    private readonly ToldGrains _grains = new();
    private readonly Activations _activations = new();
    private InProcessTestCluster _cluster = null!;

    public async Task InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder();
        builder.ConfigureSilo((_, silo) =>
        {
            silo.UseInMemoryReminderService();
            silo.AddIncomingGrainCallFilter(_activations);
            silo.Services.AddSingleton<TimeProvider>(_time);
            silo.Services.AddSingleton(_ => new DuePump(_due, new StreamModels(), _grains.Factory, _time, _time, new CollectedLog<DuePump>()));
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
        await _cluster.Client.GetGrain<IDuePumpGrain>("3").StartAsync();
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Its_timer_finds_what_falls_due_while_it_lives()
    {
        await AfterAsync(() => _due.Claims > 1);
        _due.Add(new ClaimedDue(School, "check", _time.GetUtcNow() + Second));

        await AfterAsync(() => !_grains.Told.IsEmpty);

        Assert.Equal("check", ((DueNotice)Assert.Single(_grains.Told).Notice).What);
        Assert.Equal([3], _due.Shards);
    }

    [Fact]
    public async Task Its_reminder_brings_it_back_after_it_was_deactivated_and_it_tells_what_fell_due_meanwhile()
    {
        await AfterAsync(() => _due.Claims > 0);
        var first = Assert.Single(_activations.Seen);
        first.Deactivate(new DeactivationReason(DeactivationReasonCode.ActivationIdle, "The test says so."));
        await first.Deactivated.WaitAsync(Patience);
        var claims = _due.Claims;
        _due.Add(new ClaimedDue(School, "check", _time.GetUtcNow()));

        // Shorter than the reminder's period: nobody is there yet.
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(claims, _due.Claims);
        await AfterAsync(() => !_grains.Told.IsEmpty);

        Assert.Equal("check", ((DueNotice)Assert.Single(_grains.Told).Notice).What);
        Assert.NotSame(first, _activations.Seen[^1]);
    }

    /// <summary>The silo works beside the test: time goes on second by second until what is waited for has come.</summary>
    private async Task AfterAsync(Func<bool> condition)
    {
        var began = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Patience, $"At {_time.GetUtcNow():O} the pump has still not come.");
            _time.Advance(Second);
            await Task.Delay(5);
        }
    }

    /// <summary>Rows of every shard; one that was claimed is gone, as its grain would have it.</summary>
    private sealed class DueRows : IDueStore
    {
        private readonly ConcurrentQueue<ClaimedDue> _rows = [];
        private readonly ConcurrentDictionary<int, bool> _shards = [];
        private int _claims;

        public int Claims => Volatile.Read(ref _claims);

        public IEnumerable<int> Shards => _shards.Keys;

        public void Add(ClaimedDue row) => _rows.Enqueue(row);

        public ValueTask<IReadOnlyList<ClaimedDue>> ClaimAsync(int shard, DateTimeOffset now, DateTimeOffset systemNow, DateTimeOffset leaseUntil, int max, CancellationToken ct)
        {
            _shards[shard] = true;
            Interlocked.Increment(ref _claims);
            return ValueTask.FromResult<IReadOnlyList<ClaimedDue>>(_rows.TryPeek(out var next) && next.At <= now && _rows.TryDequeue(out var row) ? [row] : []);
        }

        public ValueTask ReleaseAsync(ClaimedDue due, DateTimeOffset notBefore, CancellationToken ct) => throw new NotSupportedException();

        public ValueTask<DateTimeOffset?> NextAsync(CancellationToken ct) => throw new NotSupportedException();
    }

    /// <summary>Which activations were called; a timer's tick is no call.</summary>
    private sealed class Activations : IIncomingGrainCallFilter
    {
        private readonly ConcurrentQueue<IGrainContext> _seen = [];

        public IReadOnlyList<IGrainContext> Seen => [.. _seen];

        public Task Invoke(IIncomingGrainCallContext context)
        {
            _seen.Enqueue(context.TargetContext);
            return context.Invoke();
        }
    }
}
#endif
