namespace OnlineSafetyTrust.Contracts.Notifications;

/// <summary>One mail, plain text. Nothing in it is personal but the address.</summary>
/// <param name="MessageId">Stable per notice: a mail that repeats after a crash is recognised by the receiver.</param>
public sealed record Mail(string MessageId, string To, string Subject, string Text);

/// <summary>
/// Hands mail to whoever delivers it: SMTP now; XOAUTH2, Graph or a notify service may follow, because providers switch basic
/// authentication off.
/// </summary>
public interface IMailSender
{
    /// <summary>Returns when the mail was accepted.</summary>
    /// <exception cref="MailRefusedException">It will never be accepted; anything else thrown is worth another try.</exception>
    Task SendAsync(Mail mail, CancellationToken ct);
}

/// <summary>The receiving side refused this mail for good (SMTP 5xx for this recipient).</summary>
public sealed class MailRefusedException(string message, Exception? inner = null) : Exception(message, inner);
