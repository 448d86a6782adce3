namespace OnlineSafetyTrust.Contracts.Checks;

public static class CheckErrors
{
    public static readonly DomainError NoSchedule = DomainError.NotFound("check");

    public static DomainError NotASchoolDay(string field) => DomainError.Invalid(
        "NOT_A_SCHOOL_DAY", "This is no school day: a weekend, a holiday, an INSET day or a closure. Choose a school day, or correct the school's calendar.", field);

    public static readonly DomainError StartPast = DomainError.Invalid("START_PAST", "The first day is over. Choose today or a later school day.", "from");

    public static readonly DomainError ByWrong = DomainError.Invalid("BY_TIME_WRONG", "Choose a time between 07:00 and 20:00.", "by");

    public static readonly DomainError LookForMissing = DomainError.Invalid("LOOK_FOR_MISSING", "Say what the checker looks for: choose at least one.", "lookFor");

    public static readonly DomainError ProviderMissing = DomainError.Invalid("PROVIDER_MISSING", "Name the provider and the person to ask there.", "provider");

    public static readonly DomainError ProviderNotNeeded =
        DomainError.Invalid("PROVIDER_NOT_NEEDED", "A provider belongs to a pupil who is taught elsewhere. Choose the off-site provider as checker, or leave the provider out.", "provider");

    public static readonly DomainError ReviewMissing =
        DomainError.Invalid("REVIEW_MISSING", "Without a strategy the checks need a date on which the DSL reviews them.", "reviewOn");

    public static readonly DomainError StrategyMissing = DomainError.Invalid(
        "STRATEGY_MISSING", "This pupil has no technology access strategy that the checks could end with. Draft one first, or give the checks a review date of their own.", "withStrategy");

    public static DomainError ReviewTooEarly(string field) => DomainError.Invalid("REVIEW_TOO_EARLY", "The review comes after the first check and after today. Choose a later date.", field);

    public static readonly DomainError AlreadyScheduled = DomainError.Refused(
        "CHECKS_ALREADY_SCHEDULED", "This pupil already has daily checks. Change those, or end them first.", "pupilId");

    public static readonly DomainError Ended = DomainError.Refused("CHECKS_ENDED", "These checks have ended. Schedule new ones if they are needed again.");

    public static readonly DomainError FollowStrategy = DomainError.Refused(
        "CHECKS_FOLLOW_STRATEGY", "These checks end with the pupil's technology access strategy. End the strategy, or change the checks so that they have a review date of their own.");

    public static readonly DomainError PupilLeft = DomainError.Refused("PUPIL_LEFT", "This pupil has left the school. Tell the next school what has to be watched.", "pupilId");

    public static readonly DomainError ReasonMissing = DomainError.Invalid("REASON_MISSING", "Say why.", "reason");

    public static readonly DomainError InFuture = DomainError.Invalid("CHECK_IN_FUTURE", "This day has not come yet. Record the check on the day itself.", "date");

    public static readonly DomainError NotDue = DomainError.Invalid("CHECK_NOT_DUE", "No check of this pupil is asked for on this day. Look at the list of checks.", "date");

    public static readonly DomainError TooOld = DomainError.Refused(
        "CHECK_TOO_OLD", "This check is too long ago to be recorded here. Tell the DSL what you know of that day.", "date");

    public static readonly DomainError NoteMissing = DomainError.Invalid("NOTE_MISSING", "Say what concerns you, in a few words.", "note");

    public static readonly DomainError ConcernStands = DomainError.Invalid(
        "NOTE_MISSING", "A concern is recorded for this day. Say why it is none; what was written stays, and the DSL answers it.", "note");

    public static readonly DomainError Changed = DomainError.Conflict(
        "CHECK_CHANGED", "Somebody recorded this check since you read it, and nothing was changed. Look at what they wrote; what you know besides, record as a correction.") with { Fields = ["expectedVersion"] };

    public static readonly DomainError NoneHeldMissing = DomainError.Invalid(
        "NONE_HELD_MISSING", "This pupil's devices were removed. Confirm that none is held but what the pupil needs or was allowed, or record a concern.", "noneHeld");

    public static readonly DomainError DevicesAreRemoved = DomainError.Invalid(
        "DEVICES_REMOVED", "This pupil's devices were removed, so a device cannot simply be out of school. Confirm that none is held but what the pupil needs or was allowed, or record a concern.", "result");

    public static readonly DomainError NotTheChecker = DomainError.NotAllowed("today's checker, the pupil's class teacher or key worker, their cover, the DSL and the deputy");

    public static readonly DomainError NotTheLead = DomainError.NotAllowed("the DSL, the deputy, and whoever the duty falls to where the school has neither");

    public static readonly DomainError NotToAnswer = DomainError.NotAllowed("the DSL, the deputy, whoever the duty falls to where the school has neither, and the head once it has come to them");

    public static readonly DomainError NotMissed = DomainError.Invalid("CHECK_NOT_MISSED", "No missed check of this day waits for an answer. Choose a day on which the check was missed.", "date");

    public static readonly DomainError NoConcern = DomainError.Invalid("NO_CONCERN", "No concern of this day waits for an answer.", "date");

    public static readonly DomainError UpdateNotReady = DomainError.Refused(
        "UPDATE_NOT_READY", "This week's update is written on the week's last school day. Send it then.", "week");

    public static readonly DomainError UpdateSent = DomainError.Refused("UPDATE_SENT", "This week's update was already sent.", "week");

    public static readonly DomainError CommentMissing = DomainError.Invalid("COMMENT_MISSING", "Add a sentence: what was done, or that nothing was needed.", "comment");

    public static readonly DomainError NoUpdate = DomainError.NotFound("weekly update");
}
