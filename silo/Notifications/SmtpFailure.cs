using System.Diagnostics;
using System.Net.Mail;
using System.Net.Sockets;
using OnlineSafetyTrust.Contracts.Notifications;

namespace OnlineSafetyTrust.Silo.Notifications;

/// <summary>What a failure of <see cref="SmtpClient"/> means. Its own text holds the server's answer, which repeats the recipient's address: it goes no further.</summary>
internal static class SmtpFailure
{
    // System.Net.Mail throws the same for every step of the conversation. Only where it was thrown tells whether the answer was to this mail
    // (SmtpTests hold the names); a name that is not known means another try.
    private static readonly HashSet<string> AboutTheMail = ["System.Net.Mail.RecipientCommand", "System.Net.Mail.DataCommand", "System.Net.Mail.DataStopCommand"];

    /// <returns><see cref="MailRefusedException"/> or <see cref="MailNotTakenException"/>.</returns>
    public static Exception Of(SmtpException e) =>
        IsRefusal((int)e.StatusCode) && (e is SmtpFailedRecipientException || IsAboutTheMail(e))
            ? new MailRefusedException($"The mail server refused the mail for good (SMTP {(int)e.StatusCode}).")
            : new MailNotTakenException(KindOf(e));

    // A server that wants TLS or a password (530, 534, 535, 538) is a matter of configuration: mail waits for it to be put right.
    private static bool IsRefusal(int status) => status is >= 500 and < 600 and not (530 or 534 or 535 or 538);

    private static bool IsAboutTheMail(SmtpException e) =>
        new StackTrace(e).GetFrames().Any(f => f.GetMethod()?.DeclaringType is { } type && AboutTheMail.Contains((type.DeclaringType ?? type).FullName ?? ""));

    private static string KindOf(SmtpException e) => e.StatusCode > 0 ? $"SMTP {(int)e.StatusCode}"
        : e.GetBaseException() is SocketException socket ? $"{socket.SocketErrorCode}"
        : e.GetBaseException().GetType().Name;
}
