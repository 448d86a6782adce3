using OnlineSafetyTrust.Chaos.Serving;
using OnlineSafetyTrust.Chaos.Stores;
using OnlineSafetyTrust.Chaos.Traffic;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Silo.Notifications;

namespace OnlineSafetyTrust.System.Tests;

/// <summary>Notices survive a mail server that is down, and one that hangs up before it says that it took the mail.</summary>
public sealed class MailTests
{
    [Fact]
    public async Task Mails_wait_for_a_server_that_is_down_and_arrive_once_when_it_is_back()
    {
        var smtp = GatewayProcess.FreePort();
        await using var gateway = await HostedGateway.StartAsync(StoreUnderTest.Create(Database.Sqlite), Mail(smtp));
        await ReportAsync(gateway);
        await Eventually.TrueAsync(async () => (await CountAsync(gateway)).BackingOff > 0, "a mail that backs off");

        using var mailbox = await MailboxProcess.StartAsync(smtp);
        await Eventually.TrueAsync(async () => await CountAsync(gateway) is { Ready: 0, Leased: 0, BackingOff: 0 }, "an empty outbox");

        var mail = Assert.Single(await mailbox.MailsAsync());
        Assert.Equal("dsl1@harbour.example", mail.To);
        Assert.DoesNotContain("Pupil", mail.Text, StringComparison.Ordinal);
        Assert.Equal(0, (await CountAsync(gateway)).Dead);
    }

    [Fact]
    public async Task A_mail_whose_receipt_was_lost_comes_again_with_the_same_Message_ID()
    {
        var smtp = GatewayProcess.FreePort();
        using var mailbox = await MailboxProcess.StartAsync(smtp);
        using var proxy = new DroppingProxy(smtp, last: "\r\n.\r\n");
        await using var gateway = await HostedGateway.StartAsync(StoreUnderTest.Create(Database.Sqlite), Mail(proxy.Port));
        await ReportAsync(gateway);

        await Eventually.TrueAsync(async () => await CountAsync(gateway) is { Ready: 0, Leased: 0, BackingOff: 0 }, "an empty outbox");

        var mails = await mailbox.MailsAsync();
        Assert.Equal(1, proxy.Dropped);
        Assert.Equal(2, mails.Count);
        Assert.Single(mails.Select(m => m.MessageId).Distinct());
    }

    [Fact]
    public async Task The_story_of_the_mail_that_a_crash_before_its_record_sent_again_for_ever()
    {
        var smtp = GatewayProcess.FreePort();
        await using var gateway = await HostedGateway.StartAsync(StoreUnderTest.Create(Database.Sqlite), Mail(smtp));
        await ReportAsync(gateway);
        var (outbox, delivery) = (gateway.Get<IOutboxStore>(), gateway.Get<NoticeDelivery>());
        LeasedMessage? mail = null;
        // Whatever else is waiting comes along: what is leased here stays leased.
        await Eventually.TrueAsync(
            async () => (mail = (await outbox.LeaseAsync(OutboxLane.Mail, DateTimeOffset.UtcNow.AddMinutes(10), DateTimeOffset.UtcNow.AddHours(1), 10, default)).FirstOrDefault(m => m.Message.Kind == "notice")) is not null,
            "the mail, leased by this test");

        using var mailbox = await MailboxProcess.StartAsync(smtp);
        await delivery.DeliverAsync(mail!, default);
        await delivery.DeliverAsync(mail!, default);

        Assert.Single((await mailbox.MailsAsync()).Select(m => m.MessageId).Distinct());
    }

    private static Dictionary<string, string?> Mail(int port) => new() { ["Mail:Host"] = "127.0.0.1", ["Mail:Port"] = $"{port}", ["Mail:Tls"] = "false", ["Mail:Timeout"] = "00:00:02" };

    private static async Task ReportAsync(HostedGateway gateway) =>
        Assert.Equal(Answer.Acknowledged, (await gateway.Api.SendAsync(gateway.Repertoire.Make("reportIncident"))).Answer);

    private static ValueTask<OutboxCounts> CountAsync(HostedGateway gateway) => gateway.Get<IOutboxStore>().CountAsync(DateTimeOffset.UtcNow, default);
}
