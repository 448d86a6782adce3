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
        ["incident-inform"] = "You are told of an incident: say that you have seen it",
        ["step-assigned"] = "A step of an incident is yours",
        ["step-overdue"] = "A step of an incident is overdue",
        ["triage-overdue"] = "A report is not triaged yet",
        ["parents-review"] = "A decision about contact with parents is to be looked at again",
        ["referral-chase"] = "A referral is to be chased",
        ["incident-decision-needed"] = "An incident needs the decision of head and DSL",
        ["debrief-change-overdue"] = "A change agreed in a debrief is overdue",
        ["policy-review-raised"] = "A review of the policy was asked for",
        ["incident-approval"] = "Closing an incident needs your approval",
        ["incident-reopened"] = "An incident was reopened",
        ["trust-lead-invited"] = "The trust's safeguarding lead was invited into an incident",
        ["invited-to-incident"] = "You are invited to look at an incident of a school",
        ["monitoring-review"] = "A monitoring date has come",
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
        ["strategy-agreement"] = "A technology access strategy is to be agreed",
        ["strategy-head-decision"] = "A technology access strategy needs the head's decision",
        ["strategy-review"] = "A technology access strategy is due for review",
        ["strategy-override-decision"] = "A decision of yours about a device was recorded",
        ["strategy-review-overdue"] = "The review of a technology access strategy is overdue",
        ["role-vacant"] = "Your school is without a DSL or a headteacher: please see to it",
        ["device-frozen"] = "A device needs the DSL now",
        ["essential-device-decision"] = "A decision about an essential device was recorded as yours: look whether it is",
    }.ToFrozenDictionary();

    /// <summary>Every kind that is sent has a subject: <c>NoticeTextsTests</c>.</summary>
    internal static IEnumerable<string> Kinds => Subjects.Keys;

    public Mail Compose(Guid id, string address, Notice notice)
    {
        var settings = options.CurrentValue;
        var subject = Subjects[notice.Kind];
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
