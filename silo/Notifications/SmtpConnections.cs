using System.Collections.Concurrent;
using System.Net;
using System.Net.Mail;

namespace OnlineSafetyTrust.Silo.Notifications;

/// <summary>
/// Connections to the mail server, a bounded number at once. One that carried a mail is kept for the next for a few seconds: greeting, TLS and
/// sign-in cost more than the mail itself.
/// </summary>
internal sealed class SmtpConnections : IDisposable
{
    /// <summary>Servers close connections that are idle for minutes, and some after a hundred mails.</summary>
    private static readonly TimeSpan LongestIdle = TimeSpan.FromSeconds(5);
    private const int MostMails = 50;

    private readonly ConcurrentStack<Connection> _idle = new();
    private readonly SemaphoreSlim _places;
    private readonly TimeProvider _system;
    private readonly ITimer _sweep;

    public SmtpConnections(TimeProvider system, int atOnce)
    {
        (_system, _places) = (system, new SemaphoreSlim(Math.Max(1, atOnce)));
        _sweep = system.CreateTimer(_ => CloseIdle(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public async Task SendAsync(MailOptions settings, MailMessage message, CancellationToken ct)
    {
        await _places.WaitAsync(ct);
        try
        {
            if (Kept(settings) is not { } kept || !await TrySendAsync(kept, message, ct))
            {
                await SendAsync(new Connection(settings), message, ct);
            }
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose()
    {
        _sweep.Dispose();
        CloseIdle();
        _places.Dispose();
    }

    /// <summary>False when the server had hung up meanwhile: the mail goes over a new connection.</summary>
    private async Task<bool> TrySendAsync(Connection kept, MailMessage message, CancellationToken ct)
    {
        try
        {
            await SendAsync(kept, message, ct);
            return true;
        }
        catch (SmtpException e) when (e is not SmtpFailedRecipientException && e.StatusCode is SmtpStatusCode.GeneralFailure or SmtpStatusCode.ServiceNotAvailable)
        {
            return false;
        }
    }

    private async Task SendAsync(Connection connection, MailMessage message, CancellationToken ct)
    {
        try
        {
            await connection.Client.SendMailAsync(message, ct);
        }
        catch
        {
            connection.Client.Dispose();
            throw;
        }

        if (++connection.Mails == MostMails)
        {
            connection.Client.Dispose();
            return;
        }

        connection.IdleSince = _system.GetTimestamp();
        _idle.Push(connection);
        _sweep.Change(LongestIdle, Timeout.InfiniteTimeSpan);
    }

    private Connection? Kept(MailOptions settings)
    {
        while (_idle.TryPop(out var connection))
        {
            // Settings that changed want a new connection.
            if (ReferenceEquals(connection.Settings, settings) && _system.GetElapsedTime(connection.IdleSince) < LongestIdle)
            {
                return connection;
            }

            connection.Client.Dispose();
        }

        return null;
    }

    /// <summary>Runs when no mail has been sent for a while.</summary>
    private void CloseIdle()
    {
        while (_idle.TryPop(out var connection))
        {
            connection.Client.Dispose();
        }
    }

    private sealed class Connection(MailOptions settings)
    {
        public MailOptions Settings { get; } = settings;

        public SmtpClient Client { get; } = new(settings.Host, settings.Port)
        {
            EnableSsl = settings.Tls,
            Credentials = settings.User.Length > 0 ? new NetworkCredential(settings.User, settings.Password) : null,
        };

        public int Mails { get; set; }

        public long IdleSince { get; set; }
    }
}
