namespace OnlineSafetyTrust.Contracts.Incidents;

/// <summary>Refusals of steps, referrals and the guarded paths.</summary>
public static class IncidentStepErrors
{
    public static readonly DomainError NotFound = DomainError.NotFound("step");

    public static readonly DomainError NotYours =
        DomainError.Refused("STEP_NOT_YOURS", "This step belongs to somebody else. Its owner, the DSL, a deputy or the headteacher can do it.", "step");

    public static readonly DomainError AlreadyEnded = DomainError.Refused("STEP_ENDED", "This step is no longer open. Look at the plan for what is.", "step");

    public static DomainError TooEarly(string first) =>
        DomainError.Refused("STEP_TOO_EARLY", $"Another step comes first: {first}.", "step");

    public static readonly DomainError DoneInFuture = DomainError.Invalid("DONE_IN_FUTURE", "The time lies in the future. Enter when it was done.", "doneAt");

    public static readonly DomainError DoneBeforeIncident =
        DomainError.Invalid("DONE_TOO_EARLY", "The step cannot have been done before the incident happened. Check the time.", "doneAt");

    public static readonly DomainError AnswerMissing = DomainError.Invalid("ANSWER_MISSING", "This step is to be considered. Answer yes or no and say why.", "answer", "reason");

    public static readonly DomainError AnswerNotAsked = DomainError.Invalid("ANSWER_NOT_ASKED", "This step is to be done, not considered. Leave the answer out.", "answer");

    public static readonly DomainError EvidenceWrong = DomainError.Invalid("EVIDENCE_WRONG", "A file's fingerprint or size is not valid. Upload the file again.", "evidence");

    /// <param name="roles">Who may waive it; nobody where the law or the policy allows it to nobody.</param>
    public static DomainError NotWaivable(IReadOnlyList<Role> roles) => DomainError.Refused(
        "STEP_NOT_WAIVABLE",
        roles.Count == 0
            ? "Neither the policy nor the law lets anybody waive this step. It has to be done."
            : $"Only these roles may waive this step: {string.Join(", ", roles.Select(NameOf))}. Ask one of them, or do the step.",
        "step");

    public static readonly DomainError UseReferral =
        DomainError.Refused("USE_REFERRAL", "Record the referral with agency, reference and when to chase, or the decision not to refer with its reason. That completes this step.", "step");

    public static readonly DomainError UseReview =
        DomainError.Refused("USE_REVIEW", "Answer the six questions of the review. That completes this step.", "step");

    public static readonly DomainError ReviewNotTakenBack =
        DomainError.Refused("REVIEW_NOT_TAKEN_BACK", "The review found that police and social care must be told, and a second answer does not take that back. Make the referrals now, and tell them what has changed.", "reason");

    /// <param name="incident">Its reference: a device that several incidents wait for has to be told which one is meant.</param>
    public static DomainError UseExamination(string incident) => DomainError.Refused(
        "USE_EXAMINATION",
        $"Record the examination of each device of this incident, naming incident {incident}, with its lawful ground and that nothing on it is evidence. Deleting there completes this step.",
        "step");

    /// <param name="incident">Its reference: a device that several incidents wait for has to be told which one is meant.</param>
    public static DomainError UseSealing(string incident) => DomainError.Refused(
        "USE_SEALING",
        $"Record each device of this incident as sealed, naming incident {incident}, with place and seal number. That completes this step. If the school cannot get hold of a device, say why in the reason.",
        "step", "reason");

    /// <param name="waivers">Who may waive the step.</param>
    public static DomainError UseStrategy(IReadOnlyList<Role> waivers) => DomainError.Refused(
        "USE_STRATEGY",
        $"Draft an access strategy that names this incident for each pupil concerned and have it agreed, or decided by the head. That completes this step. One that is in force counts once it was reviewed since the report. {WayOut(waivers)}",
        "step", "reason");

    /// <param name="waivers">Who may waive the step.</param>
    public static DomainError UseChecks(IReadOnlyList<Role> waivers) => DomainError.Refused(
        "USE_CHECKS",
        $"Schedule daily checks that name this incident for each pupil concerned; the weekly update comes with them. That completes this step. {WayOut(waivers)}",
        "step", "reason");

    public static readonly DomainError PupilsMissing = DomainError.Invalid(
        "PUPILS_MISSING", "Several pupils are concerned. Say for which of them this is; what is the same for brothers and sisters may be recorded for them together.", "pupils");

    public static readonly DomainError PupilsNotAsked =
        DomainError.Invalid("PUPILS_NOT_ASKED", "This step is not recorded pupil by pupil. Leave the pupils out.", "pupils");

    public static readonly DomainError PupilNotConcerned = DomainError.Invalid(
        "PUPIL_NOT_CONCERNED", "The step is about pupils who are alleged or affected. Choose among them, each once; if one is missing, the DSL corrects the record first.", "pupils");

    /// <param name="incident">Its reference.</param>
    public static DomainError UseRemoval(string incident) => DomainError.Refused(
        "USE_REMOVAL",
        $"Record each registered device of each pupil concerned as taken, naming incident {incident}. For pupils who hold none, name them and say why. One that a parent has is recorded as taken, and as given to the parent again. A device that is gone or somebody else's is retired from the register or corrected there.",
        "step", "pupils");

    public static readonly DomainError NobodyToTell = DomainError.Refused(
        "NOBODY_TO_TELL", "Nobody holds the role that is to be told, and nobody stands in for it. Give somebody the role first, or answer no and say why.", "answer");

    /// <param name="waivers">Who may waive the step.</param>
    public static DomainError NobodyConcerned(IReadOnlyList<Role> waivers) => DomainError.Refused(
        "NOBODY_CONCERNED",
        $"Nobody is put down as having done it, so this step would be done for nobody. Correct the record: add the pupil, or their part. {Waiving(waivers)}", "step");

    /// <param name="incident">Its reference.</param>
    public static DomainError UseBan(string incident) => DomainError.Refused(
        "USE_BAN", $"Set the ban of each pupil concerned, naming incident {incident}. For pupils who get none, name them, answer no and say why.", "step", "pupils");

    public static readonly DomainError OnlyNoForPupils =
        DomainError.Invalid("ANSWER_WRONG", "For pupils named here only a no is recorded; a ban that is set for them is recorded by itself.", "answer");

    public static readonly DomainError UnbannedMissing =
        DomainError.Invalid("PUPILS_MISSING", "A ban was set for one of the pupils. Name those who get none, and say why.", "pupils");

    public static readonly DomainError ContactUnknown =
        DomainError.Invalid("CONTACT_UNKNOWN", "This is no contact of the pupils named here. Choose one of theirs, or write down with whom you spoke.", "parents.contactId");

    public static readonly DomainError ContactOfOne = DomainError.Invalid(
        "CONTACT_OF_ONE", "This is a contact of one of the pupils named here and not of all. Record it for that pupil, and what the others' parents were told for them.", "parents.contactId", "pupils");

    public static readonly DomainError NoContact = DomainError.Refused(
        "NO_CONTACT", "The school must not contact this person or tell them anything. Choose another contact, or record that contact was not made, and why.", "parents.contactId");

    public static readonly DomainError ContactMissing =
        DomainError.Invalid("CONTACT_MISSING", "Say how contact with the parents ended: made, held on an agency's advice, or not made because of risk.", "parents");

    public static readonly DomainError ContactIncomplete =
        DomainError.Invalid("CONTACT_INCOMPLETE", "Say with whom you spoke, how, and what was said.", "parents.contactId", "parents.who", "parents.how", "parents.said");

    public static readonly DomainError ContactAttemptIncomplete =
        DomainError.Invalid("CONTACT_ATTEMPT_INCOMPLETE", "Say whom you tried to reach, and how.", "parents.contactId", "parents.who", "parents.how");

    public static readonly DomainError ContactHeldIncomplete =
        DomainError.Invalid("CONTACT_HELD_INCOMPLETE", "Say which agency advised to wait, and what it said.", "parents.advisedBy", "parents.reason");

    public static readonly DomainError ContactRiskIncomplete =
        DomainError.Invalid("CONTACT_RISK_INCOMPLETE", "Say why contact could increase the risk, and on which day, today or later, the decision is looked at again. Only from the review day on may it stand without a further day.", "parents.reason", "parents.reviewOn");

    public static readonly DomainError DslOnly = DomainError.NotAllowed("the DSL, a deputy and whoever covers for them");

    public static readonly DomainError ReferralNotFound = DomainError.NotFound("referral");

    public static readonly DomainError NewReferralOnly = DomainError.Refused(
        "NEW_REFERRAL_ONLY",
        "You can record a referral that you made. What an agency answered, and whether parents may be told, is for the DSL, a deputy and the headteacher: tell one of them.",
        "referral", "parentsMayBeTold");

    public static readonly DomainError AgencyNameMissing = DomainError.Invalid("AGENCY_NAME_MISSING", "Say which agency it was.", "agencyName");

    public static readonly DomainError ChaseInPast = DomainError.Invalid("CHASE_IN_PAST", "The day to chase has passed. Choose today or a later day.", "chaseOn");

    public static readonly DomainError NotReferredIncomplete =
        DomainError.Invalid("NOT_REFERRED_INCOMPLETE", "Say why it is not referred, and what would make you think again.", "reason", "wouldReopen");

    public static readonly DomainError MustRefer =
        DomainError.Refused("MUST_REFER", "This referral cannot be decided against. Make it now and record it.", "decision");

    public static readonly DomainError StepOfOtherAgency =
        DomainError.Invalid("STEP_OF_OTHER_AGENCY", "That step is about another agency. Leave the step out, or choose the right one.", "step", "agency");

    public static readonly DomainError NoPath = DomainError.Refused("NO_PROTECTED_PATH", "This incident is not on a protected path, so there is nothing to record here.");

    public const string PathForbidsCode = "PATH_FORBIDS";

    public static DomainError PathForbids(PathAction action, string why) =>
        DomainError.Refused(PathForbidsCode, why, Field(action));

    /// <summary>To who does not have the record.</summary>
    public const string ParentsHeldByAgency = "An agency said that parents may not be told yet. Do not speak to them: it could warn somebody or spoil evidence. Ask the DSL, who has the agency's word.";

    /// <param name="words">Whose word stands, and the referral it belongs to.</param>
    public static string ParentsHeld(IReadOnlyList<(Agency Agency, int? Referral)> words) =>
        $"Parents may not be told yet: so said {string.Join(" and ", words.Select(w => NameOf(w.Agency, w.Referral)))}. Do not speak to them: it could warn somebody or spoil evidence. "
        + $"Only who said it can take it back. Ask again, and record the new word as news of {string.Join(" and ", words.Select(w => $"referral {w.Referral}"))}"
        + $"{(words.Any(w => w.Agency == Agency.Police) ? ", the police's also as their answer" : "")}. Until then contact may be recorded as held on their advice.";

    public static readonly DomainError LinkInText = LinkIn("outcome");

    public static DomainError LinkIn(string field) =>
        DomainError.Refused("LINK_IN_TEXT", "Do not write down addresses of the material: they could be opened by mistake. The police get the device itself. Take the address out.", field);

    /// <summary>Of a device, a ban or checks: to those, too, who may not know why.</summary>
    public static DomainError LinkElsewhere(string field) =>
        DomainError.Refused("LINK_IN_TEXT", "Do not write down addresses here: they could be opened by mistake. Take the address out, and tell your DSL in person if it matters.", field);

    public static readonly DomainError AdviceMissing = DomainError.Invalid("ADVICE_MISSING", "Write down what the police or the agency advised.", "advice");

    public static readonly DomainError TwoDeciders =
        DomainError.Refused("TWO_DECIDERS", "Head and DSL decide this together: a second person, the head or the DSL, has to decide the same.", "decision");

    private static string WayOut(IReadOnlyList<Role> waivers) =>
        "If the only pupils without have left the school, the DSL, a deputy or the headteacher records that as the reason. "
        + Waiving(waivers);

    private static string Waiving(IReadOnlyList<Role> waivers) =>
        waivers.Count > 0 ? $"Otherwise the {string.Join(" or ", waivers.Select(NameOf))} may waive it." : "Nobody may waive it; if the plan no longer fits, triage again.";

    // HeadOfYear reads "head of year"; the DSL is written as everybody writes it.
    internal static string NameOf(Role role) => role switch
    {
        Role.Dsl => "DSL",
        Role.DeputyDsl => "deputy DSL",
        Role.Hr => "HR",
        _ => string.Concat(role.ToString().Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : " ") + char.ToLowerInvariant(c) : c.ToString())),
    };

    // The name of another agency is a text of the record.
    private static string NameOf(Agency agency, int? referral) => agency switch
    {
        Agency.Police => "the police",
        Agency.SocialCare => "children's social care",
        Agency.Mash => "the MASH",
        Agency.Lado => "the LADO",
        Agency.LocalAuthority => "the local authority",
        Agency.EarlyHelp => "Early Help",
        Agency.Prevent => "Prevent",
        _ => $"the agency of referral {referral}",
    };

    private static string Field(PathAction action) => action switch
    {
        PathAction.AttachEvidence => "evidence",
        PathAction.ContactParents => "parents",
        _ => "step",
    };
}
