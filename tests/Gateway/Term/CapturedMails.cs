using System.Collections.Concurrent;
using OnlineSafetyTrust.Contracts.Notifications;

namespace OnlineSafetyTrust.Gateway.Tests.Term;

/// <summary>Takes every mail at once and keeps it.</summary>
internal sealed class CapturedMails : IMailSender
{
    private readonly ConcurrentQueue<Mail> _mails = [];
    private TaskCompletionSource? _hang;

    public IReadOnlyCollection<Mail> All => _mails;

    public async Task SendAsync(Mail mail, CancellationToken ct)
    {
        if (Interlocked.Exchange(ref _hang, null) is { } hangs)
        {
            hangs.SetResult();
            await Task.Delay(Timeout.Infinite, ct);
        }

        _mails.Enqueue(mail);
    }

    /// <summary>The next mail is not taken until its sending is given up.</summary>
    /// <returns>Completes when that mail has come.</returns>
    public Task HangOnce()
    {
        _hang = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _hang.Task;
    }

    /// <summary>Subjects as people read them.</summary>
    public static string SubjectOf(string kind) => "Online safety: " + kind switch
    {
        "check-overdue" => "A daily device check is overdue",
        "check-escalated" => "A daily device check is still overdue",
        "check-missed" => "A daily device check was missed",
        "check-concern" => "A daily device check found a concern",
        "check-concern-overdue" => "A concern that a daily device check found is not answered yet",
        "check-concern-escalated" => "A concern that a daily device check found is still not answered",
        "checks-review" => "A review of daily checks is due",
        "checks-review-overdue" => "A review of daily checks is overdue",
        "weekly-update" => "The weekly update is ready to be completed",
        "weekly-update-overdue" => "The weekly update is overdue",
        "weekly-update-escalated" => "The weekly update is still overdue",
        "leaver-measures" => "A pupil has left: look at what ended with it",
        "weekly-update-sent" => "The weekly update on daily checks",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
