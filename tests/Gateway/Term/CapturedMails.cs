using System.Collections.Concurrent;
using OnlineSafetyTrust.Contracts.Notifications;

namespace OnlineSafetyTrust.Gateway.Tests.Term;

/// <summary>Takes every mail at once and keeps it.</summary>
internal sealed class CapturedMails : IMailSender
{
    private readonly ConcurrentQueue<Mail> _mails = [];

    public IReadOnlyCollection<Mail> All => _mails;

    public Task SendAsync(Mail mail, CancellationToken ct)
    {
        _mails.Enqueue(mail);
        return Task.CompletedTask;
    }

    /// <summary>Subjects as people read them.</summary>
    public static string SubjectOf(string kind) => "Online safety: " + kind switch
    {
        "check-overdue" => "A daily device check is overdue",
        "check-escalated" => "A daily device check is still overdue",
        "check-missed" => "A daily device check was missed",
        "check-concern" => "A daily device check found a concern",
        "checks-review" => "A review of daily checks is due",
        "checks-review-overdue" => "A review of daily checks is overdue",
        "weekly-update" => "The weekly update is ready to be completed",
        "weekly-update-overdue" => "The weekly update is overdue",
        "weekly-update-escalated" => "The weekly update is still overdue",
        "weekly-update-sent" => "The weekly update on daily checks",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
