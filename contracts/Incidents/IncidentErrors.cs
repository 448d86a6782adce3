namespace OnlineSafetyTrust.Contracts.Incidents;

/// <summary>Refusals of reporting, triage, corrections and links.</summary>
public static class IncidentErrors
{
    public const string Leads = "the DSL, a deputy and the headteacher";

    public static readonly DomainError NotFound = DomainError.NotFound("incident");

    public static DomainError OfOthers(string field) => DomainError.Invalid(
        "INCIDENT_OF_OTHERS", "This pupil is not in the incident that is named. Take it out, or correct the incident's record first: the pupil is missing there.", field);

    public static readonly DomainError StaffOnly = DomainError.NotAllowed("a member of staff of this school");

    public static readonly DomainError AlreadyReported =
        DomainError.Conflict("INCIDENT_EXISTS", "This report was already sent. Look under your receipts.");

    public static readonly DomainError DangerNotAnswered =
        DomainError.Invalid("DANGER_NOT_ANSWERED", "Say first whether anyone is in immediate danger. If so, ring 999 now.", "danger");

    public static readonly DomainError NumbersNotShown =
        DomainError.Invalid("NUMBERS_NOT_SHOWN", "Someone is in immediate danger: ring 999, then the DSL on the number shown, then send this report.", "numbersShown");

    public static readonly DomainError AboutStaff =
        DomainError.Refused("ABOUT_STAFF", "A concern about a member of staff is not reported here, so that they cannot see it. Tell the headteacher now, in person or by telephone.", "aboutStaff");

    public static readonly DomainError AboutHead =
        DomainError.Refused("ABOUT_HEAD", "A concern about the headteacher is not reported here. Tell the chair of governors now, in person or by telephone.", "aboutStaff");

    public static readonly DomainError WhatMissing = DomainError.Invalid("WHAT_MISSING", "Say in a sentence what happened.", "what");

    public static readonly DomainError InTheFuture =
        DomainError.Invalid("IN_THE_FUTURE", "The time lies in the future. Enter when it really happened.", "happenedAt");

    public const int LongestWhat = 20_000;

    public const int LongestText = 4_000;

    public const int LongestToDo = 500;

    public const int MostPeople = 50;

    public const int MostAddresses = 100;

    public static DomainError TooLong(string field, int most) => DomainError.Invalid(
        "TEXT_TOO_LONG",
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"This text is too long: at most {most:N0} characters. Shorten it, and keep the rest for the record's steps."),
        field);

    public static readonly DomainError TooManyPeople =
        DomainError.Invalid("TOO_MANY_PEOPLE", "At most 50 pupils can be entered in one report. Enter those most concerned, and describe the others in words.", "people");

    public static readonly DomainError TooManyAddresses =
        DomainError.Invalid("TOO_MANY_ADDRESSES", "At most 100 addresses can be entered in one report. Enter the most important ones, and describe the others in words.", "addresses");

    public static readonly DomainError TooLongAgo =
        DomainError.Invalid("TOO_LONG_AGO", "The time lies before September 2000. Check the year; if it is right, tell the DSL in person.", "happenedAt");

    public static readonly DomainError CheckOfAnother =
        DomainError.Invalid("CHECK_OF_ANOTHER", "The check is of a pupil who is not in this report. Add the pupil, or leave the check out.", "check");

    public static readonly DomainError PupilTwice = DomainError.Invalid("PUPIL_TWICE", "A pupil is entered twice. Enter each pupil once, with one part.", "people");

    public static DomainError YearGroupUnknown(string year) =>
        DomainError.Invalid("YEAR_GROUP_UNKNOWN", $"'{year}' is no year group. Use N1, N2, R or 1 to 14.", "people");

    public static readonly DomainError AddressMissing = DomainError.Invalid("ADDRESS_MISSING", "Enter the address that was visited, or leave the line out.", "addresses");

    public static readonly DomainError ReferralInFuture =
        DomainError.Invalid("REFERRAL_IN_FUTURE", "The referral's time lies in the future. Enter when it was made.", "directReferral.at");

    public static readonly DomainError NoLadoInWales =
        DomainError.Refused("NO_LADO_IN_WALES", "There is no LADO in Wales. Refer to the local authority's designated officer for safeguarding instead.", "agency");

    public static readonly DomainError NatureMissing = DomainError.Invalid("NATURE_MISSING", "Choose the nature of the incident from the policy's list.", "nature");

    public static readonly DomainError NatureWithoutPolicy =
        DomainError.Invalid("NATURE_WITHOUT_POLICY", "The school has adopted no policy, so there is no list of natures. Leave the nature out and choose the steps yourself.", "nature");

    public static readonly DomainError TechnicalOnly = DomainError.Refused(
        "NOT_ALLOWED", "You triage technical incidents only. If this one concerns a child, hand it to the DSL: that needs no reason.", "nature");

    public static readonly DomainError NotTechnical =
        DomainError.Refused("NOT_TECHNICAL", "This was not reported as a technical incident: the DSL has it already.", "incidentId");

    public static readonly DomainError FourCsMissing =
        DomainError.Invalid("FOUR_CS_MISSING", "Choose at least one of content, contact, conduct, commerce.", "fourCs");

    public static readonly DomainError StepsMissing =
        DomainError.Invalid("STEPS_MISSING", "The policy does not say what to do here. Choose the steps and say why.", "steps", "reason");

    public static readonly DomainError StepToDoMissing =
        DomainError.Invalid("STEP_TO_DO_MISSING", "Say what is to be done in a step of your own kind: its owner reads this sentence and nothing of the incident.", "steps");

    /// <param name="known">Ids that may be given.</param>
    public static DomainError ToDoStepUnknown(IEnumerable<string> known) => DomainError.Invalid(
        "TO_DO_STEP_UNKNOWN", $"Words can be given once to each open step of this plan, and to no other. Its steps are: {string.Join(", ", known)}.", "toDo");

    public static readonly DomainError StepsNotAsked =
        DomainError.Refused("STEPS_NOT_ASKED", "The policy says what to do here, so its steps apply. Leave your own steps out.", "steps");

    public static readonly DomainError RetriageReason =
        DomainError.Invalid("RETRIAGE_REASON", "This incident has a plan. Say why it is triaged again.", "reason");

    public static readonly DomainError PathWeakened =
        DomainError.Refused("PATH_WEAKENED", "The policy puts this nature on another protected path. Choose that path, or leave it out.", "path");

    public static readonly DomainError PathNotLeft =
        DomainError.Refused("PATH_NOT_LEFT", "This incident is on a protected path. Record the police's answer, or the DSL's review, first: only that leads off the path.", "nature", "path");

    public static readonly DomainError DevicesFrozen = DomainError.Refused(
        "DEVICES_FROZEN",
        "Devices of this incident are still frozen as evidence, and leaving the protected path would free them. First record that the police released them, as a further answer of the police, "
        + "or that head and DSL did with an agency's advice where the police do not reply. Then triage again.",
        "nature", "path");

    public static readonly DomainError AlreadyClosed =
        DomainError.Refused("INCIDENT_CLOSED", "This incident is closed. Reopen it with a reason first.");

    public static readonly DomainError NotTriaged =
        DomainError.Refused("NOT_TRIAGED", "This incident has no plan yet, or one from before it was the DSL's. Triage it first.");

    public static readonly DomainError ReasonMissing = DomainError.Invalid("REASON_MISSING", "Say why, in a sentence.", "reason");

    public static readonly DomainError NothingToCorrect =
        DomainError.Invalid("CORRECTION_INCOMPLETE", "Say which entry is wrong and what is right instead; for a pupil who was left out, who it is and their role.", "field", "number", "text", "at", "pupilId", "role", "contact");

    public static readonly DomainError LinkOne =
        DomainError.Invalid("LINK_ONE", "Name an incident of this school or another school's reference: one of the two.", "other", "otherSchoolReference");

    public static readonly DomainError LinkSelf = DomainError.Invalid("LINK_SELF", "An incident cannot be linked to itself.", "other");

    public static readonly DomainError ReferenceWrong =
        DomainError.Invalid("REFERENCE_WRONG", "A reference looks like K7QF-2M9X. Ask the other school for theirs.", "otherSchoolReference");
}
