using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Silo.Notifications;
using OnlineSafetyTrust.Silo.Pumps;

namespace OnlineSafetyTrust.Gateway.Tests;

/// <summary>What the pump makes of the store's runs; the store's own side is in the storage tests.</summary>
public sealed class OutboxPumpTests
{
    private static readonly TenantId Tenant = TenantId.School(Guid.Parse("01930000-0000-7000-8000-000000000001"));
    private readonly ScriptedStore _store = new();
    private readonly ScriptedDelivery _delivery = new();
    private readonly CollectedLog<OutboxPump> _log = new();
    private readonly ApplicationLifetime _host = new(NullLogger<ApplicationLifetime>.Instance);

    [Fact]
    public async Task A_mail_server_that_never_answers_holds_up_no_stream()
    {
        _delivery.On["mail:a"] = ct => Task.Delay(Timeout.Infinite, ct);
        _store.Ready(OutboxLane.Mail, Message(1, "mail:a"));
        _store.Ready(OutboxLane.Streams, Message(2, "stream:x"));
        using var pump = Pump();
        await pump.StartAsync(CancellationToken.None);
        _host.NotifyStarted();

        Assert.Equal("2", string.Join(',', await _store.NextDeliveredAsync()));
        _store.Ready(OutboxLane.Streams, Message(3, "stream:x"));
        Assert.Equal("3", string.Join(',', await _store.NextDeliveredAsync()));

        await pump.StopAsync(CancellationToken.None);
        Assert.Equal(1, _store.GivenBack.Single().Position);
        Assert.Empty(_store.Failed);
    }

    [Theory]
    [InlineData("stream:x", OutboxLane.Streams)]
    [InlineData("mail:a", OutboxLane.Mail)]
    public async Task A_host_that_stops_lets_what_is_on_its_way_arrive_and_begins_nothing_more(string destination, OutboxLane lane)
    {
        var (begun, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        _delivery.On[destination] = _ =>
        {
            begun.TrySetResult();
            return answer.Task;
        };
        _store.Ready(lane, Message(1, destination));
        using var pump = Pump();
        await pump.StartAsync(CancellationToken.None);
        _host.NotifyStarted();
        await begun.Task;

        var stopping = pump.StoppingAsync(CancellationToken.None);
        _store.Ready(lane, Message(2, destination));
        Assert.False(stopping.IsCompleted);
        answer.SetResult();
        await stopping;

        Assert.Equal("1", string.Join(',', await _store.NextDeliveredAsync()));
        Assert.Equal(0, await pump.RunAsync(CancellationToken.None));
        await pump.StopAsync(CancellationToken.None);
        Assert.Equal(1, pump.Tried);
    }

    [Fact]
    public async Task A_pass_waits_for_both_lanes()
    {
        var answer = new TaskCompletionSource();
        _delivery.On["mail:a"] = _ => answer.Task;
        _store.Ready(OutboxLane.Mail, Message(1, "mail:a"));
        using var pump = Pump();

        var pass = pump.RunAsync(CancellationToken.None);
        Assert.False(pass.IsCompleted);
        answer.SetResult();

        Assert.Equal((1, 1L), (await pass, pump.Tried));
    }

    [Fact]
    public async Task A_run_is_delivered_in_order_and_ends_at_the_first_that_fails()
    {
        _delivery.FailAt = 3;
        _store.Ready(OutboxLane.Streams, [.. Enumerable.Range(1, 5).Select(n => Message(n, "stream:x")), Message(9, "stream:y")]);
        using var pump = Pump();

        await pump.RunAsync(CancellationToken.None);

        Assert.Equal([1, 2, 3], _delivery.Tried.Where(p => p < 9));
        var (message, before, _, _) = Assert.Single(_store.Failed);
        Assert.Equal((3L, "1,2"), (message.Position, string.Join(',', before.Select(b => b.Position))));
        Assert.Equal("9", string.Join(',', await _store.NextDeliveredAsync()));
    }

    [Fact]
    public async Task Mails_to_one_person_go_side_by_side_and_each_ends_its_own_way()
    {
        var (others, all) = (0, new TaskCompletionSource());
        _delivery.On["mail:a"] = _ =>
        {
            if (Interlocked.Increment(ref others) == 4)
            {
                all.SetResult();
            }

            return all.Task;
        };
        _delivery.Then[2] = new PermanentlyUndeliverableException("550 no such mailbox");
        _delivery.Then[3] = new InvalidOperationException("no answer");
        _store.Ready(OutboxLane.Mail, [.. Enumerable.Range(1, 4).Select(n => Message(n, "mail:a"))]);
        using var pump = Pump();

        await pump.RunAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal([(2L, "1,4", true), (3L, "", false)], _store.Failed.Select(f => (f.Message.Position, string.Join(',', f.Before.Select(b => b.Position).Order()), f.NotBefore is null)));
    }

    [Theory]
    [InlineData(9, LogLevel.Warning)]
    [InlineData(10, LogLevel.Error)]
    [InlineData(1000, LogLevel.Error)]
    public async Task A_stream_message_never_dies(int attempt, LogLevel level)
    {
        _delivery.FailAt = 1;
        _store.Ready(OutboxLane.Streams, Message(1, "stream:x") with { Attempt = attempt });
        using var pump = Pump();

        var before = DateTimeOffset.UtcNow;
        await pump.RunAsync(CancellationToken.None);

        Assert.InRange(Assert.Single(_store.Failed).NotBefore!.Value - before, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5.5));
        Assert.Equal(level, Assert.Single(_log.Lines).Level);
    }

    [Fact]
    public async Task A_mail_that_is_refused_for_good_dies_in_sight()
    {
        var dead = 0L;
        using var listener = new MeterListener { InstrumentPublished = (i, l) => { if (i.Name == "ost.outbox.dead") { l.EnableMeasurementEvents(i); } } };
        listener.SetMeasurementEventCallback<long>((_, by, _, _) => Interlocked.Add(ref dead, by));
        listener.Start();
        _delivery.On["mail:a"] = _ => throw new PermanentlyUndeliverableException("550 no such mailbox");
        _store.Ready(OutboxLane.Mail, Message(1, "mail:a"));
        using var pump = Pump();

        await pump.RunAsync(CancellationToken.None);

        Assert.Null(Assert.Single(_store.Failed).NotBefore);
        var (level, line) = Assert.Single(_log.Lines);
        Assert.Equal(LogLevel.Error, level);
        Assert.DoesNotContain("tried again", line, StringComparison.Ordinal);
        Assert.True(Interlocked.Read(ref dead) >= 1);
    }

    [Fact]
    public async Task What_is_stored_of_a_mail_that_was_not_taken_is_the_servers_code()
    {
        _delivery.Then[1] = new MailNotTakenException("SMTP 450");
        _store.Ready(OutboxLane.Mail, Message(1, "mail:a"));
        using var pump = Pump();

        await pump.RunAsync(CancellationToken.None);

        Assert.Equal("SMTP 450", Assert.Single(_store.Failed).Error);
    }

    private static LeasedMessage Message(long position, string destination) =>
        new(position, Tenant, new OutboxMessage(Guid.NewGuid(), destination, "test", Array.Empty<byte>()), 1, Guid.NewGuid(), position);

    private OutboxPump Pump() => new(_store, _delivery, _host, TimeProvider.System, _log);

    private sealed class ScriptedDelivery : IMessageDelivery
    {
        public ConcurrentDictionary<string, Func<CancellationToken, Task>> On { get; } = [];

        /// <summary>How the delivery of the message at a position ends, once its destination has acted.</summary>
        public Dictionary<long, Exception> Then { get; } = [];

        public ConcurrentQueue<long> Tried { get; } = [];

        public long FailAt { set => Then[value] = new InvalidOperationException("no"); }

        public async Task DeliverAsync(LeasedMessage leased, CancellationToken ct)
        {
            Tried.Enqueue(leased.Position);
            await (On.TryGetValue(leased.Message.Destination, out var act) ? act(ct) : Task.CompletedTask);
            if (Then.TryGetValue(leased.Position, out var failure))
            {
                throw failure;
            }
        }
    }

    private sealed class ScriptedStore : IOutboxStore
    {
        private readonly Channel<IReadOnlyList<LeasedMessage>>[] _ready = [Channel.CreateUnbounded<IReadOnlyList<LeasedMessage>>(), Channel.CreateUnbounded<IReadOnlyList<LeasedMessage>>()];
        private readonly Channel<long[]> _delivered = Channel.CreateUnbounded<long[]>();

        public ConcurrentQueue<(LeasedMessage Message, IReadOnlyList<LeasedMessage> Before, DateTimeOffset? NotBefore, string Error)> Failed { get; } = [];

        public ConcurrentQueue<LeasedMessage> GivenBack { get; } = [];

        public void Ready(OutboxLane lane, params LeasedMessage[] messages) => _ready[(int)lane].Writer.TryWrite(messages);

        public async Task<long[]> NextDeliveredAsync() => await _delivered.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

        public ValueTask<IReadOnlyList<LeasedMessage>> LeaseAsync(OutboxLane lane, DateTimeOffset systemNow, DateTimeOffset leaseUntil, int max, CancellationToken ct) =>
            ValueTask.FromResult(_ready[(int)lane].Reader.TryRead(out var messages) ? messages : []);

        public ValueTask DeliveredAsync(IReadOnlyList<LeasedMessage> messages, CancellationToken ct) => _delivered.Writer.WriteAsync([.. messages.Select(m => m.Position)], ct);

        public ValueTask FailedAsync(LeasedMessage message, IReadOnlyList<LeasedMessage> before, DateTimeOffset? notBefore, string error, CancellationToken ct)
        {
            Failed.Enqueue((message, before, notBefore, error));
            return ValueTask.CompletedTask;
        }

        public ValueTask GiveBackAsync(IReadOnlyList<LeasedMessage> messages, CancellationToken ct)
        {
            messages.ToList().ForEach(GivenBack.Enqueue);
            return ValueTask.CompletedTask;
        }

        public ValueTask<IReadOnlyList<FailingLine>> FailingAsync(int max, CancellationToken ct) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<MessagesWithoutLine>> WithoutLineAsync(int max, CancellationToken ct) => throw new NotSupportedException();

        public ValueTask<int> RestoreLinesAsync(CancellationToken ct) => throw new NotSupportedException();

        public ValueTask<OutboxCounts> CountAsync(DateTimeOffset systemNow, CancellationToken ct) => throw new NotSupportedException();

        public async ValueTask WaitAsync(OutboxLane lane, TimeSpan atMost, CancellationToken ct) => await _ready[(int)lane].Reader.WaitToReadAsync(ct);
    }
}
