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
    private static readonly FrozenDictionary<NoticeKind, string> Subjects = new Dictionary<NoticeKind, string>
    {
        [NoticeKind.IncidentReported] = "A report needs your triage",
        [NoticeKind.IncidentReportedImmediate] = "A report of immediate danger needs you now",
        [NoticeKind.IncidentEscalated] = "A report has not been looked at: please look",
        [NoticeKind.TechnicalIncidentReported] = "A technical incident was reported",
        [NoticeKind.TechnicalIncidentWithPupil] = "A technical report needs the DSL's look",
        [NoticeKind.IncidentInform] = "You are told of an incident: say that you have seen it",
        [NoticeKind.StepAssigned] = "A step of an incident is yours",
        [NoticeKind.StepOverdue] = "A step of an incident is overdue",
        [NoticeKind.TriageOverdue] = "A report is not triaged yet",
        [NoticeKind.ParentsReview] = "A decision about contact with parents is to be looked at again",
        [NoticeKind.ReferralChase] = "A referral is to be chased",
        [NoticeKind.IncidentDecisionNeeded] = "An incident needs the decision of head and DSL",
        [NoticeKind.DebriefChangeOverdue] = "A change agreed in a debrief is overdue",
        [NoticeKind.PolicyReviewRaised] = "A review of the policy was asked for",
        [NoticeKind.PolicyFloorRaised] = "The statutory minimum under your policy is a newer one: look at what changed",
        [NoticeKind.IncidentApproval] = "Closing an incident needs your approval",
        [NoticeKind.ClosureSentBack] = "Closing an incident was sent back",
        [NoticeKind.IncidentReopened] = "An incident was reopened",
        [NoticeKind.TrustLeadInvited] = "The trust's safeguarding lead was invited into an incident",
        [NoticeKind.InvitedToIncident] = "You are invited to look at an incident of a school",
        [NoticeKind.MonitoringReview] = "A monitoring date has come",
        [NoticeKind.CheckOverdue] = "A daily device check is overdue",
        [NoticeKind.CheckEscalated] = "A daily device check is still overdue",
        [NoticeKind.CheckMissed] = "A daily device check was missed",
        [NoticeKind.CheckConcern] = "A daily device check found a concern",
        [NoticeKind.CheckConcernOverdue] = "A concern that a daily device check found is not answered yet",
        [NoticeKind.CheckConcernEscalated] = "A concern that a daily device check found is still not answered",
        [NoticeKind.ChecksReview] = "A review of daily checks is due",
        [NoticeKind.ChecksReviewOverdue] = "A review of daily checks is overdue",
        [NoticeKind.ChecksCalendarMissing] = "Daily checks wait for the school's calendar",
        [NoticeKind.ChecksToSchedule] = "Daily checks that were agreed are to be scheduled",
        [NoticeKind.ChecksToScheduleOverdue] = "Daily checks that were agreed are not scheduled",
        [NoticeKind.ChecksToScheduleEscalated] = "Daily checks that were agreed are still not scheduled",
        [NoticeKind.WeeklyUpdate] = "The weekly update is ready to be completed",
        [NoticeKind.WeeklyUpdateSent] = "The weekly update on daily checks",
        [NoticeKind.WeeklyUpdateOverdue] = "The weekly update is overdue",
        [NoticeKind.WeeklyUpdateEscalated] = "The weekly update is still overdue",
        [NoticeKind.StrategyAgreement] = "A technology access strategy is to be agreed",
        [NoticeKind.StrategyAnswered] = "A technology access strategy was answered",
        [NoticeKind.StrategyAnswerNotTheirs] = "An answer to a technology access strategy was not theirs: look at it now",
        [NoticeKind.StrategyLinkEnded] = "A link to a technology access strategy ended after wrong tries",
        [NoticeKind.StrategyHeadDecision] = "A technology access strategy needs the head's decision",
        [NoticeKind.StrategyEnded] = "A technology access strategy was ended",
        [NoticeKind.StrategyTermsChanged] = "A review changed the terms of a technology access strategy",
        [NoticeKind.StrategyReview] = "A technology access strategy is due for review",
        [NoticeKind.StrategyOverrideDecision] = "A decision of yours about a device was recorded",
        [NoticeKind.StrategyReviewOverdue] = "The review of a technology access strategy is overdue",
        [NoticeKind.RoleVacant] = "Your school is without a DSL or a headteacher: please see to it",
        [NoticeKind.DeviceFrozen] = "A device needs the DSL now",
        [NoticeKind.EssentialDeviceDecision] = "A decision about an essential device was recorded as yours: look whether it is",
        [NoticeKind.LeaverMeasures] = "A pupil has left: look at what ended with it",
        [NoticeKind.ReturnerMeasures] = "A pupil is back: look whether something must begin again",
    }.ToFrozenDictionary();

    /// <summary>Every kind that is sent has a subject: <c>NoticeTextsTests</c>.</summary>
    internal static IEnumerable<NoticeKind> Kinds => Subjects.Keys;

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
