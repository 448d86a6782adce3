using Microsoft.Extensions.Options;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Silo.Notifications;

namespace OnlineSafetyTrust.Gateway.Tests;

/// <summary>K2 against a real SMTP server.</summary>
public sealed class SmtpTests
{
    [Fact]
    public async Task A_notice_arrives_as_it_was_composed_and_its_id_stays_the_same()
    {
        using var server = await MailServer.StartAsync();
        var settings = new Settings(server.Port);
        using var sender = new SmtpMailSender(settings, TimeProvider.System);
        var id = Guid.Parse("01930000-0000-7000-8000-000000000001");
        var mail = new NoticeTexts(settings).Compose(id, "teacher@school.example", new Notice(NoticeKind.CheckOverdue, "/checks/x", null, null));

        await sender.SendAsync(mail, CancellationToken.None);
        await sender.SendAsync(mail, CancellationToken.None);

        var mails = await server.MailsAsync();
        Assert.Equal(2, mails.Count);
        Assert.All(mails, m => Assert.Equal("<01930000000070008000000000000001@school.example>", m.MessageId));
        Assert.Equal(("Online safety: A daily device check is overdue", "teacher@school.example"), (mails[0].Subject, mails[0].To[0]));
        Assert.Contains("https://trust.example/checks/x", mails[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_mailbox_is_refused_for_good_and_a_busy_one_is_not()
    {
        using var server = await MailServer.StartAsync();
        using var sender = new SmtpMailSender(new Settings(server.Port), TimeProvider.System);

        await Assert.ThrowsAsync<MailRefusedException>(() => sender.SendAsync(To("refused@school.example"), CancellationToken.None));
        await Assert.ThrowsAsync<MailNotTakenException>(() => sender.SendAsync(To("busy@school.example"), CancellationToken.None));

        Assert.Empty(await server.MailsAsync());
    }

    [Theory]
    [InlineData("rcpt500")]
    [InlineData("rcpt501")]
    [InlineData("rcpt552")]
    [InlineData("rcpt554")]
    [InlineData("data550")]
    [InlineData("data552")]
    [InlineData("data554")]
    public async Task Whatever_a_server_says_for_good_to_a_recipient_or_a_mail_is_for_good(string recipient)
    {
        using var server = await MailServer.StartAsync();
        using var sender = new SmtpMailSender(new Settings(server.Port), TimeProvider.System);

        await Assert.ThrowsAsync<MailRefusedException>(() => sender.SendAsync(To($"{recipient}@school.example"), CancellationToken.None));
        // Also over a connection that has been used.
        await sender.SendAsync(To("teacher@school.example"), CancellationToken.None);
        await Assert.ThrowsAsync<MailRefusedException>(() => sender.SendAsync(To($"{recipient}@school.example"), CancellationToken.None));
    }

    [Theory]
    [InlineData("notices", "rcpt450", null, "SMTP 450")]
    [InlineData("notices", "rcpt451", null, "SMTP 451")]
    [InlineData("notices", "rcpt530", null, "SMTP 530")]
    [InlineData("notices", "data452", null, "SMTP 452")]
    [InlineData("mail530", "teacher", null, "SMTP 530")]
    [InlineData("mail550", "teacher", null, "SMTP 550")]
    [InlineData("mail554", "teacher", null, "SMTP 554")]
    [InlineData("notices", "teacher", "554", "SMTP 554")]
    public async Task What_a_server_says_for_now_or_to_everybody_is_worth_another_try(string sender, string recipient, string? greeting, string kind)
    {
        using var server = await MailServer.StartAsync(greeting);
        using var smtp = new SmtpMailSender(new Settings(server.Port, $"{sender}@school.example"), TimeProvider.System);

        var e = await Assert.ThrowsAsync<MailNotTakenException>(() => smtp.SendAsync(To($"{recipient}@school.example"), CancellationToken.None));

        Assert.Equal(kind, e.Kind);
    }

    [Theory]
    [InlineData("busy-ben.adeyemi@school.example")]
    [InlineData("rcpt450-ben.adeyemi@school.example")]
    [InlineData("refused-ben.adeyemi@school.example")]
    [InlineData("data554-ben.adeyemi@school.example")]
    [InlineData("ben.adeyemi@dsl@school.example")]
    [InlineData("b\u00e9n.adeyemi@school.example")]
    public async Task The_story_of_the_greylisted_address_in_the_log(string address)
    {
        using var server = await MailServer.StartAsync();
        using var sender = new SmtpMailSender(new Settings(server.Port), TimeProvider.System);

        var e = await Assert.ThrowsAnyAsync<Exception>(() => sender.SendAsync(To(address), CancellationToken.None));

        Assert.DoesNotContain("adeyemi", e.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(address.Contains("busy", StringComparison.Ordinal) || address.Contains("450", StringComparison.Ordinal), e is MailNotTakenException);
    }

    [Fact]
    public async Task A_server_that_is_down_is_worth_another_try()
    {
        using var server = await MailServer.StartAsync();
        using var sender = new SmtpMailSender(new Settings(server.Port), TimeProvider.System);
        server.Stop();

        var down = await Assert.ThrowsAnyAsync<Exception>(() => sender.SendAsync(To("teacher@school.example"), CancellationToken.None));
        Assert.Equal("ConnectionRefused", Assert.IsType<MailNotTakenException>(down).Kind);

        await server.StartAgainAsync();
        await sender.SendAsync(To("teacher@school.example"), CancellationToken.None);
        Assert.Single(await server.MailsAsync());
    }

    [Fact]
    public async Task Mails_that_follow_each_other_share_a_connection_and_one_that_was_hung_up_is_replaced()
    {
        using var server = await MailServer.StartAsync();
        using var sender = new SmtpMailSender(new Settings(server.Port), TimeProvider.System);
        for (var i = 0; i < 3; i++)
        {
            await sender.SendAsync(To("teacher@school.example"), CancellationToken.None);
        }

        Assert.Single((await server.MailsAsync()).Select(m => m.Connection).Distinct());

        server.Stop();
        await server.StartAgainAsync();
        await sender.SendAsync(To("teacher@school.example"), CancellationToken.None);
        Assert.Single(await server.MailsAsync());
    }

    [Fact]
    public async Task A_refused_mail_leaves_nothing_behind_for_the_next()
    {
        using var server = await MailServer.StartAsync();
        using var sender = new SmtpMailSender(new Settings(server.Port), TimeProvider.System);
        await sender.SendAsync(To("teacher@school.example"), CancellationToken.None);
        await Assert.ThrowsAsync<MailRefusedException>(() => sender.SendAsync(To("refused@school.example"), CancellationToken.None));
        await sender.SendAsync(To("head@school.example"), CancellationToken.None);

        Assert.Equal(["teacher@school.example", "head@school.example"], (await server.MailsAsync()).SelectMany(m => m.To));
    }

    [Fact]
    public async Task No_more_mails_are_on_their_way_than_the_server_takes()
    {
        using var server = await MailServer.StartAsync();
        using var sender = new SmtpMailSender(new Settings(server.Port), TimeProvider.System);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => sender.SendAsync(To("teacher@school.example"), CancellationToken.None)));

        var mails = await server.MailsAsync();
        Assert.Equal(40, mails.Count);
        Assert.InRange(mails.Select(m => m.Connection).Distinct().Count(), 1, 3);
    }

    private static Mail To(string address) => new("<1@school.example>", address, "Online safety: something", "Sign in to look.");

    internal sealed class Settings(int port, string from = "notices@school.example") : IOptionsMonitor<MailOptions>
    {
        public MailOptions CurrentValue { get; } =
            new() { Host = "127.0.0.1", Port = port, Tls = false, From = from, PublicAddress = "https://trust.example" };

        public MailOptions Get(string? name) => CurrentValue;

        public IDisposable? OnChange(Action<MailOptions, string?> listener) => null;
    }
}
