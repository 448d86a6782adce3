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

/// <summary>This mail will never be taken: its address is none, or the receiving side refused it (SMTP 5xx to the recipient or the content).</summary>
/// <param name="message">Goes to logs: neither an address nor the server's words.</param>
public sealed class MailRefusedException(string message) : Exception(message);

/// <summary>The server did not take this mail now. Servers repeat the address in what they say, so nothing of that is in here.</summary>
/// <param name="kind">Such as <c>SMTP 450</c> or <c>ConnectionRefused</c>.</param>
public sealed class MailNotTakenException(string kind) : Exception($"The mail server did not take the mail ({kind}).")
{
    public string Kind { get; } = kind;
}
