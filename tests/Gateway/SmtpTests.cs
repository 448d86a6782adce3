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
        var (sender, id) = (new SmtpMailSender(settings), Guid.Parse("01930000-0000-7000-8000-000000000001"));
        var mail = new NoticeTexts(settings).Compose(id, "teacher@school.example", new Notice("check-overdue", "/checks/x", null, null));

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
        var sender = new SmtpMailSender(new Settings(server.Port));

        await Assert.ThrowsAsync<MailRefusedException>(() => sender.SendAsync(To("refused@school.example"), CancellationToken.None));
        var busy = await Assert.ThrowsAnyAsync<Exception>(() => sender.SendAsync(To("busy@school.example"), CancellationToken.None));

        Assert.IsNotType<MailRefusedException>(busy);
        Assert.Empty(await server.MailsAsync());
    }

    [Fact]
    public async Task A_server_that_is_down_is_worth_another_try()
    {
        using var server = await MailServer.StartAsync();
        var sender = new SmtpMailSender(new Settings(server.Port));
        server.Stop();

        var down = await Assert.ThrowsAnyAsync<Exception>(() => sender.SendAsync(To("teacher@school.example"), CancellationToken.None));
        Assert.IsNotType<MailRefusedException>(down);

        await server.StartAgainAsync();
        await sender.SendAsync(To("teacher@school.example"), CancellationToken.None);
        Assert.Single(await server.MailsAsync());
    }

    private static Mail To(string address) => new("<1@school.example>", address, "Online safety: something", "Sign in to look.");

    private sealed class Settings(int port) : IOptionsMonitor<MailOptions>
    {
        public MailOptions CurrentValue { get; } =
            new() { Host = "127.0.0.1", Port = port, Tls = false, From = "notices@school.example", PublicAddress = "https://trust.example" };

        public MailOptions Get(string? name) => CurrentValue;

        public IDisposable? OnChange(Action<MailOptions, string?> listener) => null;
    }
}
