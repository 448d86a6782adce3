namespace OnlineSafetyTrust.Contracts.Access;

public static class BanErrors
{
    public static readonly DomainError Unknown = DomainError.NotFound("ban");

    public static readonly DomainError EndBeforeStart = DomainError.Invalid("END_BEFORE_START", "The ban would end before it starts. Change one of the two times.", "until");

    public static readonly DomainError AlreadyOver = DomainError.Invalid("BAN_OVER", "The end of this ban has passed already. Choose a time to come.", "until");

    public static readonly DomainError ReasonMissing = DomainError.Invalid("REASON_MISSING", "Say in a sentence why.", "reason");

    public static readonly DomainError LiftReasonMissing = DomainError.Invalid("REASON_MISSING", "Say in a sentence why the ban ends early.", "liftReason");

    public static readonly DomainError ServiceMissing = DomainError.Invalid("SERVICE_MISSING", "Name the service that is banned.", "service");

    public static readonly DomainError ServiceNotAsked = DomainError.Invalid("SERVICE_NOT_ASKED", "Only a ban of one service names a service. Leave it out, or choose that scope.", "service");

    public static readonly DomainError AlreadyEnded = DomainError.Refused("BAN_ENDED", "This ban has ended already.", "banId");
}

public static class EssentialErrors
{
    public static readonly DomainError HeadDecides = DomainError.Refused(
        "ESSENTIAL_DEVICE", "This is a communication, medical or access device: it stays with the pupil unless the headteacher decides otherwise and a working replacement is there. Ask the headteacher, then record both.",
        "essentialOverride");

    public static readonly DomainError NotTheHead = DomainError.Invalid(
        "NOT_THE_HEAD", "Only the headteacher, or who covers for them today, can decide about an essential device. Name that person.", "essentialOverride.decidedBy");

    /// <summary>Of an essential device and of a device that waits for a strategy: naming the head is not having the head's decision.</summary>
    /// <param name="field">Which decision.</param>
    public static DomainError HeadInPerson(string field) => DomainError.Refused(
        "HEAD_IN_PERSON",
        "The headteacher, or who covers for them today, decides this in person, or tells the DSL or a deputy, who may enter it. Nobody else can: ask one of them, and leave everything as it is until then.",
        $"{field}.decidedBy");

    public static readonly DomainError ReplacementMissing = DomainError.Invalid(
        "REPLACEMENT_MISSING", "Say what the pupil uses instead of the essential device and that it works.", "essentialOverride.replacement");
}
