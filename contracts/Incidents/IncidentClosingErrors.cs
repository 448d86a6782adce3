namespace OnlineSafetyTrust.Contracts.Incidents;

/// <summary>Refusals of debrief, monitoring and closing.</summary>
public static class IncidentClosingErrors
{
    public static readonly DomainError FindingsMissing = DomainError.Invalid("FINDINGS_MISSING", "Write down what was found.", "findings");

    public static readonly DomainError AlreadyDebriefed = DomainError.Refused("ALREADY_DEBRIEFED", "The debrief is on record. Correct the record, or reopen the incident after it is closed.");

    public static readonly DomainError ChangeIncomplete =
        DomainError.Invalid("CHANGE_INCOMPLETE", "Each change needs a sentence, an owner who works here and a day, today or later.", "changes");

    public static readonly DomainError PresentUnknown =
        DomainError.Invalid("PRESENT_UNKNOWN", "Somebody who took part is not a member of staff of this school. Choose from the school's staff, and name guests in the findings.", "present");

    public static readonly DomainError MonitorInPast = DomainError.Invalid("MONITOR_IN_PAST", "The day until which you watch has passed. Choose today or a later day.", "monitorUntil", "extendTo");

    public static readonly DomainError PolicyReasonMissing = DomainError.Invalid("POLICY_REASON_MISSING", "Say where the policy fell short.", "policyReason");

    public static readonly DomainError ChangeNotFound = DomainError.NotFound("change");

    public static readonly DomainError ChangeNotYours = DomainError.NotAllowed($"the change's owner, {IncidentErrors.Leads}");

    public static readonly DomainError NotMonitored = DomainError.Refused("NOT_MONITORED", "No monitoring is running. Set a date in the debrief first.");

    public static readonly DomainError SummaryMissing = DomainError.Invalid("SUMMARY_MISSING", "Say in a sentence how it ended.", "summary");

    public static DomainError StepsOpen(int open) =>
        DomainError.Refused("STEPS_OPEN", open == 1 ? "One step is still open. Do it or, where the policy allows, waive it." : $"{open} steps are still open. Do them or, where the policy allows, waive them.");

    public static readonly DomainError ParentsWithheld = DomainError.Refused(
        "PARENTS_WITHHELD",
        "The decision not to contact parents is still to be looked at again. Record the contact; or, from the review day on, that contact is not made because of risk, without a further day.");

    public static DomainError ReferralUnanswered(int referral) => DomainError.Refused(
        "REFERRAL_UNANSWERED",
        $"Referral {referral} still waits for an answer. Record its outcome; that the agency never answered is an outcome too.");

    public static readonly DomainError DebriefMissing = DomainError.Refused("DEBRIEF_MISSING", "The policy asks for a debrief. Record it first.");

    public static readonly DomainError StillMonitored = DomainError.Refused("STILL_MONITORED", "The situation is still being watched. Record the monitoring review first.");

    public static readonly DomainError AlreadyAsked = DomainError.Refused("CLOSURE_ASKED", "The closure waits for a second person's approval. If there is more to do, they can send it back, and whoever asked can take it back.");

    public static DomainError NoSecondApprover(IReadOnlyList<Role> roles) => DomainError.Refused(
        "NO_SECOND_APPROVER",
        $"The policy wants a second person to approve a closure ({string.Join(", ", roles.Select(IncidentStepErrors.NameOf))}), and today there is none but you. Let another lead ask for it, have somebody appointed or stand in for one, or change the policy.",
        "incidentId");

    public static readonly DomainError NoClosureAsked = DomainError.Refused("NO_CLOSURE_ASKED", "Nobody has asked to close this incident.");

    public static readonly DomainError OwnClosure = DomainError.Refused("OWN_CLOSURE", "Whoever asks to close an incident cannot approve it. Somebody else has to. You can take it back, with a reason.");

    public static readonly DomainError NotAnApprover = DomainError.Refused("NOT_AN_APPROVER", "The policy names other people to approve a closure. Ask one of them.");

    public static readonly DomainError NotClosed = DomainError.Refused("NOT_CLOSED", "This incident is not closed, so it need not be reopened.");
}
