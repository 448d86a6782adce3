using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using OnlineSafetyTrust.Contracts.Notifications;

namespace OnlineSafetyTrust.Silo.Notifications;

/// <summary>
/// What mails say (J8): what kind of thing, who should look, a link. Nothing else ever, because mails are read on phones in corridors and
/// have been shown on classroom boards.
/// </summary>
public sealed class NoticeTexts(IOptionsMonitor<MailOptions> options)
{
    private static readonly FrozenDictionary<string, string> Subjects = new Dictionary<string, string>
    {
        ["incident-reported"] = "A report needs your triage",
        ["incident-reported-immediate"] = "A report of immediate danger needs you now",
        ["incident-escalated"] = "A report has not been looked at: please look",
        ["technical-incident-reported"] = "A technical incident was reported",
        ["step-assigned"] = "A step of an incident is yours",
        ["step-overdue"] = "A step of an incident is overdue",
        ["incident-approval"] = "Closing an incident needs your approval",
        ["incident-reopened"] = "An incident was reopened",
        ["monitoring-review"] = "A monitoring date has come",
        ["check-due"] = "Daily device checks are due",
        ["check-overdue"] = "A daily device check is overdue",
        ["check-escalated"] = "A daily device check is still overdue",
        ["check-missed"] = "A daily device check was missed",
        ["check-concern"] = "A daily device check found a concern",
        ["checks-review"] = "A review of daily checks is due",
        ["checks-review-overdue"] = "A review of daily checks is overdue",
        ["checks-calendar-missing"] = "Daily checks wait for the school's calendar",
        ["checks-to-schedule"] = "Daily checks that were agreed are to be scheduled",
        ["checks-to-schedule-overdue"] = "Daily checks that were agreed are not scheduled",
        ["checks-to-schedule-escalated"] = "Daily checks that were agreed are still not scheduled",
        ["weekly-update"] = "The weekly update is ready to be completed",
        ["weekly-update-sent"] = "The weekly update on daily checks",
        ["weekly-update-overdue"] = "The weekly update is overdue",
        ["weekly-update-escalated"] = "The weekly update is still overdue",
        ["strategy-signature"] = "A technology access strategy waits for agreement",
        ["strategy-refused"] = "A technology access strategy was not agreed",
        ["strategy-review"] = "A technology access strategy is due for review",
        ["strategy-override-decision"] = "A decision of yours about a device was recorded",
        ["device-frozen"] = "A device needs the DSL now",
        ["ban-lifted"] = "A ban on the use of technology has ended",
    }.ToFrozenDictionary();

    public Mail Compose(Guid id, string address, Notice notice)
    {
        var settings = options.CurrentValue;
        var subject = Subjects.GetValueOrDefault(notice.Kind, "Something needs your attention");
        var domain = settings.From[(settings.From.IndexOf('@', StringComparison.Ordinal) + 1)..];
        return new Mail(
            $"<{id:N}@{domain}>",
            address,
            $"Online safety: {subject}",
            $"""
            {subject}.

            Sign in to look:
            {settings.PublicAddress}{notice.Path}

            This mail says nothing more on purpose. Do not reply with details.
            """);
    }
}
