using Microsoft.Extensions.Logging;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Silo.Pumps;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Gateway.Tests;

/// <summary>What the pump makes of deadlines that fail; the store's own side is in the storage tests.</summary>
public sealed class DuePumpTests
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(30);
    private static readonly StreamKey School = SchoolKey.Of(TenantId.School(Guid.Parse("01930000-0000-7000-8000-000000000001")));
    private readonly ManualTimeProvider _time = new();
    private readonly CollectedLog<DuePump> _log = new();
    private readonly HashSet<string> _broken = ["first"];
    private readonly ToldGrains _grains;

    public DuePumpTests() => _grains = new ToldGrains(notice => _broken.Contains(((DueNotice)notice).What) ? Task.FromException(new InvalidOperationException("no")) : Task.CompletedTask);

    [Fact]
    public async Task The_story_of_the_deadline_that_failed_and_silenced_its_stream_for_ever()
    {
        var store = new OneShard(_time, "first", "second", "third");
        using var pump = Pump(store);

        await TurnAsync(pump, TimeSpan.Zero);
        await TurnAsync(pump, TimeSpan.FromSeconds(30));
        Assert.Equal("first first", Told());
        await TurnAsync(pump, TimeSpan.FromSeconds(30));

        Assert.Equal("first first first second third", Told());
        Assert.Equal(["first"], store.Left);
        Assert.Equal(3, _log.Lines.Count(l => l.Level == LogLevel.Error));
    }

    [Fact]
    public async Task A_deadline_that_holds_up_no_other_any_more_is_tried_again_with_back_off_until_it_is_done()
    {
        var store = new OneShard(_time, "first");
        using var pump = Pump(store);
        for (var turn = 0; turn < 12; turn++)
        {
            await TurnAsync(pump, LongestWait);
        }

        Assert.Equal(12, _grains.Told.Count);
        Assert.Equal(LongestWait, store.Released[^1] - _time.GetUtcNow());
        Assert.All(store.Released.Zip(store.Released.Skip(1)), pair => Assert.True(pair.Second - pair.First >= LongestWait));

        _broken.Clear();
        await TurnAsync(pump, LongestWait);
        Assert.Empty(store.Left);
    }

    [Fact]
    public async Task A_deadline_that_fails_once_is_told_before_those_after_it()
    {
        var store = new OneShard(_time, "first", "second");
        using var pump = Pump(store);
        await TurnAsync(pump, TimeSpan.Zero);
        _broken.Clear();
        await TurnAsync(pump, TimeSpan.FromSeconds(30));

        Assert.Equal("first first second", Told());
    }

    private string Told() => string.Join(' ', _grains.Told.Select(t => ((DueNotice)t.Notice).What));

    private DuePump Pump(OneShard store) => new(store, new StreamModels(), _grains.Factory, _time, _time, _log);

    private async Task TurnAsync(DuePump pump, TimeSpan later)
    {
        _time.Advance(later);
        await pump.RunAsync(0, CancellationToken.None);
    }

    /// <summary>Deadlines of one stream, due a minute after each other. One that was told without a failure is gone, as its grain would have it.</summary>
    private sealed class OneShard(TimeProvider time, params string[] due) : IDueStore
    {
        private readonly Dictionary<string, DateTimeOffset> _notBefore = due.ToDictionary(d => d, _ => DateTimeOffset.MinValue);
        private readonly DateTimeOffset _first = time.GetUtcNow();
        private HashSet<string> _claimed = [];

        public List<DateTimeOffset> Released { get; } = [];

        public IEnumerable<string> Left => _notBefore.Keys.Except(_claimed);

        public ValueTask<IReadOnlyList<ClaimedDue>> ClaimAsync(int shard, DateTimeOffset now, DateTimeOffset systemNow, DateTimeOffset leaseUntil, int max, CancellationToken ct)
        {
            _claimed.ToList().ForEach(d => _notBefore.Remove(d));
            _claimed = [.. _notBefore.Where(d => d.Value <= systemNow).Select(d => d.Key)];
            return ValueTask.FromResult<IReadOnlyList<ClaimedDue>>([.. due.Where(_claimed.Contains).Select(d => new ClaimedDue(School, d, _first.AddMinutes(Array.IndexOf(due, d))))]);
        }

        public ValueTask ReleaseAsync(ClaimedDue claimed, DateTimeOffset notBefore, CancellationToken ct)
        {
            _claimed.Remove(claimed.What);
            _notBefore[claimed.What] = notBefore;
            Released.Add(notBefore);
            return ValueTask.CompletedTask;
        }

        public ValueTask<DateTimeOffset?> NextAsync(CancellationToken ct) => throw new NotSupportedException();
    }
}
