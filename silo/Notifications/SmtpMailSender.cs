using System.Net.Mail;
using Microsoft.Extensions.Options;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.People;

namespace OnlineSafetyTrust.Silo.Notifications;

/// <summary>SMTP through System.Net.Mail, over connections that are kept for the next mail.</summary>
public sealed class SmtpMailSender(IOptionsMonitor<MailOptions> options, TimeProvider system) : IMailSender, IDisposable
{
    private readonly SmtpConnections _connections = new(system, options.CurrentValue.Connections);

    public async Task SendAsync(Mail mail, CancellationToken ct)
    {
        var settings = options.CurrentValue;
        if (settings.Host.Length == 0)
        {
            throw new InvalidOperationException("No mail server is configured (Mail:Host). Notices wait in the outbox.");
        }

        if (!EmailAddress.IsOne(mail.To))
        {
            throw new MailRefusedException("The address is none that mail can be sent to.");
        }

        using var message = new MailMessage(settings.From, mail.To, mail.Subject, mail.Text);
        message.Headers.Add("Message-ID", mail.MessageId);
        // RFC 3834: no out-of-office answers to a machine.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(settings.Timeout);
        try
        {
            await _connections.SendAsync(settings, message, limit.Token);
        }
        catch (SmtpException e)
        {
            throw SmtpFailure.Of(e);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException($"The mail server did not answer within {settings.Timeout.TotalSeconds:0} seconds.");
        }
    }

    public void Dispose() => _connections.Dispose();
}
