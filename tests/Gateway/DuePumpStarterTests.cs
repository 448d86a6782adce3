using System.Threading.Channels;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Silo.Pumps;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Gateway.Tests;

public sealed class DuePumpStarterTests : IDisposable
{
    private static readonly IEnumerable<string> Shards = Enumerable.Range(0, DuePump.Shards).Select(s => $"{s}");
    private readonly ManualTimeProvider _time = new();
    private readonly CollectedLog<DuePumpStarter> _log = new();
    private readonly ApplicationLifetime _host = new(NullLogger<ApplicationLifetime>.Instance);
    private readonly Channel<Task> _answers = Channel.CreateUnbounded<Task>();
    private readonly ToldGrains _grains;
    private readonly DuePump _pump;
    private readonly DuePumpStarter _starter;

    public DuePumpStarterTests()
    {
        _grains = new ToldGrains(async _ => await await _answers.Reader.ReadAsync());
        _pump = new DuePump(new NothingDue(), new StreamModels(), _grains.Factory, _time, _time, new CollectedLog<DuePump>());
        _starter = new DuePumpStarter(_grains.Factory, _pump, _host, _time, _log);
    }

    [Fact]
    public async Task Nothing_is_begun_before_the_host_takes_requests()
    {
        Answer(DuePump.Shards);
        await _starter.StartAsync(CancellationToken.None);
        Assert.Empty(_grains.Told);

        _host.NotifyStarted();
        await _starter.ExecuteTask!;
        Assert.Equal(Shards, _grains.Told.Select(t => t.Key));
    }

    [Fact]
    public async Task The_story_of_the_full_disk_that_ended_the_host_because_a_reminder_could_not_be_stored()
    {
        _host.NotifyStarted();
        Answer(2);
        _answers.Writer.TryWrite(Task.FromException(new IOException("no space")));
        Answer(DuePump.Shards - 2);
        await _starter.StartAsync(CancellationToken.None);
        while (!_time.HasTimer)
        {
            await Task.Yield();
        }

        _time.Advance(TimeSpan.FromSeconds(2));
        await _starter.ExecuteTask!;

        Assert.Equal(["0", "1", "2", .. Shards.Skip(2)], _grains.Told.Select(t => t.Key));
        Assert.Equal(LogLevel.Error, Assert.Single(_log.Lines).Level);
    }

    [Fact]
    public async Task A_host_that_stops_meanwhile_hears_of_no_failure()
    {
        _host.NotifyStarted();
        var answer = new TaskCompletionSource();
        _answers.Writer.TryWrite(answer.Task);
        await _starter.StartAsync(CancellationToken.None);
        while (_grains.Told.IsEmpty)
        {
            await Task.Yield();
        }

        _host.StopApplication();
        answer.SetException(new InvalidOperationException("The silo has stopped."));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _starter.ExecuteTask!);
        await _starter.StopAsync(CancellationToken.None);
        Assert.Empty(_log.Lines);
    }

    public void Dispose()
    {
        _starter.Dispose();
        _pump.Dispose();
    }

    private void Answer(int times)
    {
        for (var i = 0; i < times; i++)
        {
            _answers.Writer.TryWrite(Task.CompletedTask);
        }
    }

    private sealed class NothingDue : IDueStore
    {
        public ValueTask<IReadOnlyList<ClaimedDue>> ClaimAsync(int shard, DateTimeOffset now, DateTimeOffset systemNow, DateTimeOffset leaseUntil, int max, CancellationToken ct) => throw new NotSupportedException();

        public ValueTask ReleaseAsync(ClaimedDue claimed, DateTimeOffset notBefore, CancellationToken ct) => throw new NotSupportedException();

        public ValueTask<DateTimeOffset?> NextAsync(CancellationToken ct) => throw new NotSupportedException();
    }
}
