using Dapper;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage.Pumps;

namespace OnlineSafetyTrust.Storage.Tests;

public abstract class PumpTests(IDatabaseFixture database) : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = Samples.At;
    private TestStore _store = null!;

    private IDueStore Due => _store.Get<IDueStore>();

    private IOutboxStore Outbox => _store.Get<IOutboxStore>();

    public async Task InitializeAsync() => _store = await TestStore.OpenAsync(database.NewOptions());

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task A_deadline_is_claimed_once_and_again_after_its_lease()
    {
        var key = Samples.NewStream();
        await _store.Journal.AppendAsync(Samples.Bare(key, 0) with { Due = [new DueRow("step/1", Now), new DueRow("step/2", Now.AddHours(1))] });
        var shard = (int)DueShard.Of(key.Tenant.ToString(), key.Stream.Value);

        var first = await Due.ClaimAsync(shard, Now, Now, Now.AddMinutes(1), 10, default);
        var second = await Due.ClaimAsync(shard, Now, Now, Now.AddMinutes(1), 10, default);
        var afterLease = await Due.ClaimAsync(shard, Now, Now.AddMinutes(1), Now.AddMinutes(2), 10, default);

        Assert.Equal([new ClaimedDue(key, "step/1", Now)], first);
        Assert.Empty(second);
        Assert.Equal(first, afterLease);
        Assert.Equal(Now, await Due.NextAsync(default));
        Assert.Empty(await Due.ClaimAsync((shard + 1) % 16, Now.AddDays(1), Now.AddDays(1), Now.AddDays(2), 10, default));
    }

    [Fact]
    public async Task A_moved_deadline_replaces_the_earlier_one_and_its_release_leaves_it_alone()
    {
        var key = Samples.NewStream();
        var shard = (int)DueShard.Of(key.Tenant.ToString(), key.Stream.Value);
        await _store.Journal.AppendAsync(Samples.Bare(key, 0) with { Due = [new DueRow("step/1", Now)] });
        var claimed = Assert.Single(await Due.ClaimAsync(shard, Now, Now, Now.AddMinutes(1), 10, default));
        await _store.Journal.AppendAsync(Samples.Bare(key, 1) with { Due = [new DueRow("step/1", Now.AddMinutes(5))] });

        await Due.ReleaseAsync(claimed, Now.AddDays(7), default);

        Assert.Single(await Due.ClaimAsync(shard, Now.AddMinutes(5), Now, Now.AddMinutes(1), 10, default));
        await _store.Journal.AppendAsync(Samples.Bare(key, 2) with { GoneDue = ["step/1"] });
        Assert.Null(await Due.NextAsync(default));
    }

    [Fact]
    public async Task Pumps_that_claim_at_once_share_the_rows_without_doubles()
    {
        var tenant = Samples.School();
        var keys = Enumerable.Range(0, 400).Select(_ => Samples.NewStream(tenant)).ToArray();
        await Task.WhenAll(keys.Select(k => _store.Journal.AppendAsync(Samples.Bare(k, 0) with { Due = [new DueRow("x", Now)] }).AsTask()));

        var claims = await Task.WhenAll(Enumerable.Range(0, 64).Select(n => Due.ClaimAsync(n % 16, Now, Now, Now.AddMinutes(1), 50, default).AsTask()));

        var claimed = claims.SelectMany(c => c).Select(c => c.Key).ToArray();
        Assert.Equal(claimed.Distinct().Count(), claimed.Length);
        Assert.Equal(400, claimed.Length);
    }

    [Fact]
    public async Task A_mail_of_a_run_that_failed_stays_whatever_becomes_of_those_after_it()
    {
        OutboxMessage[] messages = [Message("mail:a", "1"), Message("mail:a", "2"), Message("mail:a", "3")];
        await _store.Journal.AppendAsync(Samples.Bare(Samples.NewStream(), 0) with { Outbox = messages });
        var run = await Outbox.LeaseAsync(OutboxLane.Mail, Now, Now.AddMinutes(1), 10, default);

        await Outbox.FailedAsync(run[2], [run[1]], null, "refused", default);
        await Outbox.FailedAsync(run[0], [], Now.AddSeconds(5), "no answer", default);

        Assert.Equal(new OutboxCounts(0, 0, 1, 1), await Outbox.CountAsync(Now, default));
        Assert.Equal(messages[0].Id, Assert.Single(await Outbox.LeaseAsync(OutboxLane.Mail, Now.AddSeconds(5), Now.AddMinutes(1), 10, default)).Message.Id);
    }

    [Fact]
    public async Task A_run_of_one_destination_leaves_in_order_and_the_next_run_after_it()
    {
        var many = Enumerable.Range(0, IOutboxStore.LongestRun + 1).Select(n => Message("mail:a", $"{n}")).ToArray();
        var other = Message("mail:b", "1");
        await _store.Journal.AppendAsync(Samples.Bare(Samples.NewStream(), 0) with { Outbox = [.. many, other] });

        var first = await Outbox.LeaseAsync(OutboxLane.Mail, Now, Now.AddMinutes(1), 10, default);
        Assert.Equal([.. many[..^1].Select(m => m.Id), other.Id], first.Select(m => m.Message.Id));
        Assert.Equal(new OutboxCounts(0, 2, 0, 0), await Outbox.CountAsync(Now, default));
        Assert.Empty(await Outbox.LeaseAsync(OutboxLane.Mail, Now, Now.AddMinutes(1), 10, default));
        await Outbox.DeliveredAsync(first, default);

        var second = Assert.Single(await Outbox.LeaseAsync(OutboxLane.Mail, Now, Now.AddMinutes(1), 10, default));
        Assert.Equal((many[^1].Id, 1, "32"), (second.Message.Id, second.Attempt, System.Text.Encoding.UTF8.GetString(second.Message.Payload.Span)));
        await Outbox.DeliveredAsync([second], default);
        Assert.Equal(new OutboxCounts(0, 0, 0, 0), await Outbox.CountAsync(Now, default));
    }

    [Fact]
    public async Task A_run_that_fails_in_the_middle_goes_on_there_later()
    {
        var messages = Enumerable.Range(1, 4).Select(n => Message("stream:x", $"{n}")).ToArray();
        await _store.Journal.AppendAsync(Samples.Bare(Samples.NewStream(), 0) with { Outbox = messages });
        var run = await Outbox.LeaseAsync(OutboxLane.Streams, Now, Now.AddMinutes(1), 10, default);

        await Outbox.FailedAsync(run[1], [run[0]], Now.AddSeconds(5), "no route", default);

        Assert.Empty(await Outbox.LeaseAsync(OutboxLane.Streams, Now.AddSeconds(4), Now.AddMinutes(1), 10, default));
        var again = await Outbox.LeaseAsync(OutboxLane.Streams, Now.AddSeconds(5), Now.AddMinutes(1), 10, default);
        Assert.Equal(messages[1..].Select((m, n) => (m.Id, n == 0 ? 2 : 1)), again.Select(m => (m.Message.Id, m.Attempt)));
        await Outbox.DeliveredAsync([again[0]], default);
        Assert.Equal(messages[2..].Select(m => m.Id), (await Outbox.LeaseAsync(OutboxLane.Streams, Now, Now.AddMinutes(1), 10, default)).Select(m => m.Message.Id));
    }

    [Fact]
    public async Task Lanes_lease_only_their_own_messages()
    {
        var (mail, stream) = (Message("mail:a", "1"), Message("stream:a", "1"));
        await _store.Journal.AppendAsync(Samples.Bare(Samples.NewStream(), 0) with { Outbox = [mail, stream] });

        Assert.Equal(stream.Id, Assert.Single(await Outbox.LeaseAsync(OutboxLane.Streams, Now, Now.AddMinutes(1), 10, default)).Message.Id);
        Assert.Equal(mail.Id, Assert.Single(await Outbox.LeaseAsync(OutboxLane.Mail, Now, Now.AddMinutes(1), 10, default)).Message.Id);
    }

    [Fact]
    public async Task Dead_messages_that_are_put_back_are_leased_also_when_a_run_to_their_destination_ends_meanwhile()
    {
        var messages = Enumerable.Range(1, 3).Select(n => Message("mail:a", $"{n}")).ToArray();
        await _store.Journal.AppendAsync(Samples.Bare(Samples.NewStream(), 0) with { Outbox = messages });
        var run = await Outbox.LeaseAsync(OutboxLane.Mail, Now, Now.AddMinutes(1), 10, default);
        await Outbox.FailedAsync(run[0], [], null, "refused", default);
        var rest = await Outbox.LeaseAsync(OutboxLane.Mail, Now, Now.AddMinutes(1), 10, default);

        Assert.Equal(1, await _store.Get<Upkeep.StoreUpkeep>().RetryDeadAsync());
        await Outbox.DeliveredAsync(rest, default);

        var back = Assert.Single(await Outbox.LeaseAsync(OutboxLane.Mail, Now, Now.AddMinutes(1), 10, default));
        Assert.Equal((1, "1"), (back.Attempt, System.Text.Encoding.UTF8.GetString(back.Message.Payload.Span)));
        Assert.NotEqual(messages[0].Id, back.Message.Id);
        await Outbox.DeliveredAsync([back], default);
        Assert.Empty(await Outbox.LeaseAsync(OutboxLane.Mail, Now, Now.AddMinutes(1), 10, default));
        Assert.Equal(new OutboxCounts(0, 0, 0, 0), await Outbox.CountAsync(Now, default));
    }

    [Fact]
    public async Task A_failed_message_backs_off_and_a_dead_one_lets_its_destination_go_on()
    {
        var (one, two) = (Message("stream:x", "1"), Message("stream:x", "2"));
        await _store.Journal.AppendAsync(Samples.Bare(Samples.NewStream(), 0) with { Outbox = [one, two] });
        var leased = (await Outbox.LeaseAsync(OutboxLane.Streams, Now, Now.AddMinutes(1), 10, default))[0];

        await Outbox.FailedAsync(leased, [], Now.AddMinutes(5), "no route", default);
        Assert.Empty(await Outbox.LeaseAsync(OutboxLane.Streams, Now.AddMinutes(2), Now.AddMinutes(3), 10, default));
        Assert.Equal(new OutboxCounts(0, 0, 1, 0), await Outbox.CountAsync(Now.AddMinutes(2), default));
        var again = (await Outbox.LeaseAsync(OutboxLane.Streams, Now.AddMinutes(5), Now.AddMinutes(6), 10, default))[0];
        Assert.Equal((one.Id, 2), (again.Message.Id, again.Attempt));

        await Outbox.FailedAsync(again, [], null, "gone", default);
        Assert.Equal(two.Id, Assert.Single(await Outbox.LeaseAsync(OutboxLane.Streams, Now.AddMinutes(5), Now.AddMinutes(6), 10, default)).Message.Id);
        Assert.Equal(1, (await Outbox.CountAsync(Now, default)).Dead);
        Assert.Equal("gone", Assert.Single(await _store.Get<Upkeep.StoreUpkeep>().DeadMessagesAsync(10, default)).Error);
    }

    [Fact]
    public async Task A_line_that_fails_is_listed_with_its_last_error_since_its_first_failure_until_something_is_delivered()
    {
        OutboxMessage[] messages = [Message("mail:a", "1"), Message("mail:a", "2"), Message("mail:b", "3")];
        await _store.Journal.AppendAsync(Samples.Bare(Samples.NewStream(), 0) with { Outbox = messages });
        var before = DateTimeOffset.UtcNow;
        await FailAsync(Now, "SMTP 450");
        var first = Assert.Single(await Outbox.FailingAsync(10, default));
        await FailAsync(Now.AddMinutes(1), "ConnectionRefused");

        var line = Assert.Single(await Outbox.FailingAsync(10, default));
        Assert.Equal(("mail:a", "test", 2, Now.AddMinutes(2), "ConnectionRefused"), (line.Destination, line.Kind, line.Attempts, line.NextTry, line.Error));
        Assert.Equal(first.Since, line.Since);
        Assert.InRange(line.Since!.Value, Microseconds.Truncate(before), DateTimeOffset.UtcNow);

        await Outbox.DeliveredAsync([.. (await Outbox.LeaseAsync(OutboxLane.Mail, Now.AddMinutes(2), Now.AddHours(1), 10, default)).Where(m => m.Message.Destination == "mail:a").Take(1)], default);
        Assert.Empty(await Outbox.FailingAsync(10, default));

        async Task FailAsync(DateTimeOffset at, string error) =>
            await Outbox.FailedAsync((await Outbox.LeaseAsync(OutboxLane.Mail, at, at.AddHours(1), 10, default)).First(m => m.Message.Destination == "mail:a"), [], at.AddMinutes(1), error, default);
    }

    [Fact]
    public async Task Messages_that_hang_on_no_line_are_found_and_get_one()
    {
        OutboxMessage[] messages = [Message("mail:a", "1"), Message("mail:a", "2"), Message("mail:b", "3")];
        await _store.Journal.AppendAsync(Samples.Bare(Samples.NewStream(), 0) with { Outbox = messages });
        Assert.Empty(await Outbox.WithoutLineAsync(10, default));
        await _store.Store.Database.WriteAsync(c => c.ExecuteAsync("DELETE FROM outbox_lines WHERE destination = 'mail:a'"));

        var stuck = Assert.Single(await Outbox.WithoutLineAsync(10, default));
        Assert.Equal(("mail:a", 2L), (stuck.Destination, stuck.Count));
        Assert.Equal((1, 0), (await Outbox.RestoreLinesAsync(default), await Outbox.RestoreLinesAsync(default)));

        Assert.Equal(messages.Select(m => m.Id), (await Outbox.LeaseAsync(OutboxLane.Mail, Now, Now.AddMinutes(1), 10, default)).Select(m => m.Message.Id));
    }

    [Fact]
    public async Task A_late_confirmation_of_an_expired_lease_does_not_free_the_next_message()
    {
        await _store.Journal.AppendAsync(Samples.Bare(Samples.NewStream(), 0) with { Outbox = [Message("mail:z", "1")] });
        var slow = await Outbox.LeaseAsync(OutboxLane.Mail, Now, Now.AddMinutes(1), 10, default);
        var quick = await Outbox.LeaseAsync(OutboxLane.Mail, Now.AddMinutes(2), Now.AddMinutes(3), 10, default);
        await Outbox.DeliveredAsync(quick, default);
        await _store.Journal.AppendAsync(Samples.Bare(Samples.NewStream(), 0) with { Outbox = [Message("mail:z", "2")] });
        var next = await Outbox.LeaseAsync(OutboxLane.Mail, Now.AddMinutes(2), Now.AddMinutes(3), 10, default);

        await Outbox.DeliveredAsync(slow, default);

        Assert.Single(next);
        Assert.Empty(await Outbox.LeaseAsync(OutboxLane.Mail, Now.AddMinutes(2), Now.AddMinutes(3), 10, default));
        Assert.Equal(1, (await Outbox.CountAsync(Now.AddMinutes(2), default)).Leased);
    }

    [Fact]
    public async Task Deliveries_while_messages_keep_coming_leave_none_behind()
    {
        var stream = Samples.NewStream();
        var senders = Task.Run(async () =>
        {
            for (var n = 0; n < 150; n++)
            {
                await _store.Journal.AppendAsync(Samples.Bare(stream, n) with { Outbox = [Message("mail:busy", $"{n}")] });
            }
        });
        var got = new List<string>();
        while (got.Count < 150)
        {
            var leased = await Outbox.LeaseAsync(OutboxLane.Mail, Now, Now.AddMinutes(1), 10, default);
            got.AddRange(leased.Select(m => System.Text.Encoding.UTF8.GetString(m.Message.Payload.Span)));
            await Outbox.DeliveredAsync(leased, default);
            if (leased.Count == 0)
            {
                await Outbox.WaitAsync(OutboxLane.Mail, TimeSpan.FromSeconds(30), default);
            }
        }

        await senders;
        Assert.Equal(Enumerable.Range(0, 150).Select(n => $"{n}"), got);
        Assert.Equal(new OutboxCounts(0, 0, 0, 0), await Outbox.CountAsync(Now, default));
    }

    [Fact]
    public async Task A_wake_up_between_two_waits_is_kept()
    {
        await Outbox.WaitAsync(OutboxLane.Mail, TimeSpan.Zero, default);
        await _store.Journal.AppendAsync(Samples.Bare(Samples.NewStream(), 0) with { Outbox = [Message("mail:w", "1")] });

        await Outbox.WaitAsync(OutboxLane.Mail, TimeSpan.FromMinutes(5), default);
    }

    private static OutboxMessage Message(string destination, string text) => new(Guid.NewGuid(), destination, "test", System.Text.Encoding.UTF8.GetBytes(text));
}

public sealed class SqlitePumpTests(SqliteFixture database) : PumpTests(database), IClassFixture<SqliteFixture>;

public sealed class PostgresPumpTests(PostgresFixture database) : PumpTests(database), IClassFixture<PostgresFixture>;
