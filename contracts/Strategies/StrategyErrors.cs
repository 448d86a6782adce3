using OnlineSafetyTrust.Contracts.Incidents;

namespace OnlineSafetyTrust.Contracts.Strategies;

public static class StrategyErrors
{
    public static readonly DomainError Unknown = DomainError.NotFound("access strategy");

    public static readonly DomainError StillActive =
        DomainError.Refused("STRATEGY_ACTIVE", "This pupil has an agreed strategy. Review it, or end it before you draft another one.");

    public static readonly DomainError PartiesMissing = DomainError.Invalid(
        "PARTIES_MISSING", "The school and somebody with parental responsibility always have to agree. Add them; the pupil's view is recorded besides.", "parties");

    /// <summary>Agencies that the incidents were referred to are neither party nor left out with a reason.</summary>
    public static DomainError AgenciesMissing(IEnumerable<Agency> agencies) => DomainError.Invalid(
        AgenciesMissingCode, $"The incidents were referred to {Named(agencies)}. Add each as a party, or say why it is left out.", "parties", "agenciesLeftOut");

    public const string AgenciesMissingCode = "AGENCIES_MISSING";

    public const string IncidentsMissingCode = "INCIDENTS_MISSING";

    public static readonly DomainError AskDsl = DomainError.Refused("ASK_DSL", "Ask your DSL, and speak to nobody of the family about it before: more has to be in this strategy than you can see.");

    /// <summary>Referred after the draft: the last signature does not put it in force.</summary>
    public static DomainError AgenciesCame(IEnumerable<Agency> agencies, string field) => DomainError.Refused(
        AgenciesMissingCode, $"Since the draft the incidents were referred to {Named(agencies)}. Draft it anew, with them as parties or with the reason why they are left out.", field);

    /// <summary>Something happened after the draft for which the pupil's devices are to be away until a strategy is agreed: this one is not about it.</summary>
    public static DomainError IncidentsCame(string field) => DomainError.Refused(
        IncidentsMissingCode, "Since the draft another incident asks for a strategy, and the terms were not agreed with it in mind. Draft it anew: it names the incident by itself.", field);

    public static DomainError LeftOutReasonMissing(int index) =>
        DomainError.Invalid("REASON_MISSING", "Say why the agency is left out.", $"agenciesLeftOut.{index}.reason");

    public static DomainError LeftOutWrong(int index) => DomainError.Invalid(
        "AGENCY_NOT_INVOLVED", "Leave out an agency only once, and only one that an incident was referred to and that is no party. Remove this one.", $"agenciesLeftOut.{index}.agency");

    public static readonly DomainError PartyWrong = DomainError.Invalid(
        "PARTY_WRONG", "Name each party once; an agency needs its kind, and only somebody with parental responsibility refers to a contact.", "parties");

    public static readonly DomainError ContactMayNotAgree = DomainError.Invalid(
        "CONTACT_MAY_NOT_AGREE",
        "This person is not one of the pupil's contacts who may agree: it takes parental responsibility, and no court order or no-contact rule against it. Choose another contact, or correct the pupil's contacts first.",
        "parties");

    public static readonly DomainError ReviewNotAhead = DomainError.Invalid("REVIEW_NOT_AHEAD", "The review has to be on a day to come.", "reviewOn");

    public static readonly DomainError NextReviewNotAhead = DomainError.Invalid("REVIEW_NOT_AHEAD", "The next review has to be on a day to come.", "nextReviewOn");

    public static readonly DomainError OwnerUnknown = DomainError.Invalid("PERSON_UNKNOWN", "There is no such person on the staff of this school. Choose one from the list.", "owner");

    public static DomainError WindowWrong(string field) =>
        DomainError.Invalid("WINDOW_WRONG", "A time of use needs at least one day and has to end after it begins, on the same day.", field);

    public static readonly DomainError NotAParty = DomainError.Invalid("NOT_A_PARTY", "This party does not have to agree to the strategy. Choose one that the draft names, or draft it anew.", "party");

    public static readonly DomainError FormWrong = DomainError.Invalid("FORM_WRONG", "Only who opens a link answers by it. Choose on a screen, on paper, or before a witness.", "form");

    public static readonly DomainError LinkPartyWrong = DomainError.Invalid(
        "LINK_PARTY_WRONG", "By link answer those with parental responsibility and agencies. The school and the pupil answer on a screen, on paper or before a witness.", "party");

    public static readonly DomainError BirthDateUnknown = DomainError.Refused(
        "BIRTH_DATE_UNKNOWN", "Whoever opens a link enters the pupil's date of birth, and it is not known here. Enter it on the pupil's record, or have it answered on paper.");

    public static readonly DomainError LinkContactMissing = DomainError.Invalid(
        "LINK_CONTACT_MISSING", "Say which of the pupil's contacts gets the link: it must be somebody with parental responsibility. Enter the contact first if they are not listed.", "contact");

    public static readonly DomainError AlreadyAnswered = DomainError.Refused(
        "ALREADY_ANSWERED", "This party has answered, and nobody doubts that it was them. If they think otherwise now, record it when they tell you.", "party");

    public static DomainError TooLong(string field, int most) => DomainError.Invalid(
        "TEXT_TOO_LONG", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"This text is too long: at most {most:N0} characters."), field);

    public static readonly DomainError LinkUnknown = DomainError.Invalid("LINK_UNKNOWN", "This party has no such link. Look at the strategy again.", "party");

    public static readonly DomainError AnswerChanged = DomainError.Refused(
        "ANSWER_CHANGED", "This party has no answer by link of that moment, or not any more, and nothing was changed. Look at the strategy again.", "answeredAt");

    public static readonly DomainError VerifiedHowMissing = DomainError.Invalid("FINDINGS_MISSING", "Say whom you asked, how, and what they said.", "findings");

    /// <summary>
    /// To whoever holds it, and whatever the reason: never made, used, withdrawn, too old, too many wrong dates; no draft any more; or an agency lets parents wait, the draft is
    /// out of date, they may not decide for the pupil any more. A reason would tell them that something has happened.
    /// </summary>
    public static readonly DomainError LinkInvalid = DomainError.Refused(LinkInvalidCode, "This link does not open anything, or not any more. Ask the school for another one.");

    public const string LinkInvalidCode = "LINK_INVALID";

    public const string BirthDateWrongCode = "BIRTH_DATE_WRONG";

    public static readonly DomainError BirthDateWrong = DomainError.Invalid(BirthDateWrongCode, "This is not the date of birth that the school has. After five wrong ones the link ends.", "born");

    public static readonly DomainError SignedByMissing = DomainError.Invalid("SIGNED_BY_MISSING", "Enter the name of the person who answered.", "signedBy");

    public static readonly DomainError WitnessMissing = DomainError.Invalid("WITNESS_MISSING", "A spoken answer needs a witness. Enter the witness's name.", "witness");

    public static readonly DomainError ViewMissing = DomainError.Invalid("VIEW_MISSING", "Write down what was said: the pupil's view, why it could not be had, or why it was refused.", "view");

    public static readonly DomainError AnswerWrong = DomainError.Invalid("ANSWER_WRONG", "Only the pupil gives a view alone; every other party agrees or refuses.", "answer");

    public static readonly DomainError WithHead = DomainError.Refused(
        "STRATEGY_WITH_HEAD", "Refusal or silence has brought this draft before the headteacher, who decides whether it comes into force or is given up. Ask them to decide.");

    public static readonly DomainError NotDraft =
        DomainError.Refused("STRATEGY_NOT_DRAFT", "There is no draft to agree to. Draft a strategy first; an agreed one is changed by a review.");

    public static readonly DomainError NotActive = DomainError.Refused("STRATEGY_NOT_ACTIVE", "This strategy has ended. Draft a new one if it is needed again.");

    public static readonly DomainError NotReferred = DomainError.Refused(
        "STRATEGY_NOT_REFERRED", "Nothing waits for the head: a draft goes to the head when somebody has refused or not answered after five school days.");

    public static readonly DomainError DecisionReasonMissing = DomainError.Invalid("REASON_MISSING", "Say why, and what was said to those who did not agree.", "reason");

    /// <summary>D4: the pupil's view is part of it, whoever decides.</summary>
    public static readonly DomainError PupilNotHeard = DomainError.Refused(
        "PUPIL_NOT_HEARD", "The pupil has not been heard on these terms. Have their view recorded first, or why it could not be had.", "decision");

    public static readonly DomainError TermsMissing = DomainError.Invalid("TERMS_MISSING", "A step up or down needs the new terms.", "terms");

    /// <summary>What parents and agencies agreed to; anything else can be made of it under the name of a step up.</summary>
    public static readonly DomainError TermsInForce = DomainError.Refused(
        "NOT_ALLOWED", "Only the DSL and the headteacher can change or end what parents and agencies agreed to. Ask one of them; a ban, or taking a device, holds at once.");

    public static readonly DomainError InterimDecided = DomainError.Refused(
        "NOT_ALLOWED", "The DSL or the headteacher decided what holds until the strategy is agreed. Ask one of them to change or end the draft; a ban, or taking a device, holds at once.");

    public static readonly DomainError TermsNotAsked = DomainError.Invalid("TERMS_NOT_ASKED", "If the strategy continues, its terms stay. Leave them out, or choose a step up or down.", "terms");

    public static readonly DomainError FindingsMissing = DomainError.Invalid("FINDINGS_MISSING", "Say what the review found.", "findings");

    public static readonly DomainError EndReasonMissing = DomainError.Invalid("REASON_MISSING", "Say in a sentence why the strategy ends.", "endReason");

    public static readonly DomainError AlreadyEnded = DomainError.Refused("STRATEGY_ENDED", "This strategy has ended already.");

    private static string Named(IEnumerable<Agency> agencies) => string.Join(", ", agencies.Select(a => a switch
    {
        Agency.Police => "the police",
        Agency.SocialCare => "children's social care",
        Agency.Mash => "MASH",
        Agency.Lado => "the LADO",
        Agency.LocalAuthority => "the local authority",
        Agency.EarlyHelp => "Early Help",
        Agency.Prevent => "Prevent/Channel",
        _ => "another agency",
    }));
}
