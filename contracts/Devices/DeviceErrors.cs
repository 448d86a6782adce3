namespace OnlineSafetyTrust.Contracts.Devices;

public static class DeviceErrors
{
    public static readonly DomainError Unknown = DomainError.NotFound("device");

    public static readonly DomainError AlreadyRegistered = DomainError.Refused("DEVICE_EXISTS", "This device is in the register already.");

    /// <summary>A command that is refused so answers with the record that has the number.</summary>
    public static readonly DomainError SerialKnown = DomainError.Refused(
        "SERIAL_KNOWN", "A device with this serial number is in the register already. Use that record, and correct it where it is wrong: a second one would go round what is held or frozen.", "serial");

    /// <summary>As <see cref="SerialKnown"/>, of a record that was retired.</summary>
    public static readonly DomainError SerialRetired = DomainError.Refused(
        "SERIAL_RETIRED", "A device with this serial number was retired from the register. Bring that record back instead of entering it anew: its history goes with it.", "serial");

    public static readonly DomainError Retired = DomainError.Refused(
        "DEVICE_RETIRED", "This device was retired from the register. Bring it back first, or use the record that now has its serial number.");

    public static readonly DomainError NotRetired = DomainError.Refused("DEVICE_NOT_RETIRED", "This device is in the register and need not be brought back.");

    public static readonly DomainError CorrectionReasonMissing = DomainError.Invalid("REASON_MISSING", "Say why: the record keeps it beside what it said before.", "reason");

    public static readonly DomainError OthersHeld = DomainError.Refused(
        "OTHERS_HELD", "The register shows another device with this pupil or a parent. Take that too, and give it to the parent again if they keep it, or correct or retire its record, before you confirm that none is left.", "noneLeft");

    public static readonly DomainError EvidenceStays = DomainError.Refused(
        "EVIDENCE_STAYS", "This device is evidence: its serial number, its holder and whose it is stay as they are until it is released. Tell your DSL what is wrong with them.", "serial", "holder", "ownership");

    public static readonly DomainError EssentialStays = DomainError.Refused(
        "ESSENTIAL_STAYS", "Only the headteacher, or who covers for them today, can say that a device is no longer essential. Ask them to record it.", "essential");

    public static readonly DomainError RetireHeld = DomainError.Refused(
        "DEVICE_IN_CUSTODY", "This device is held, and stays in the register. Record first that it was given back.");

    /// <summary>As <see cref="StrategyNotAgreed"/>, of a device that a parent has.</summary>
    public static readonly DomainError RetireWaits = DomainError.Refused(
        "STRATEGY_NOT_AGREED",
        "A parent has this device until a technology access strategy is agreed, and none is: it stays in the register. Have one agreed first; or record that it was taken again, and that the headteacher decided to give it back.");

    /// <summary>The same for those who may not know why.</summary>
    public static readonly DomainError ParentKeeps = DomainError.Refused("DEVICE_WITH_PARENT", "A parent was given this device for the time being. Ask your DSL before it is lent or used.");

    public static readonly DomainError NotDescribed = DomainError.Invalid("DEVICE_NOT_DESCRIBED", "Enter a label or a serial number, so that the device can be found again.", "label", "serial");

    public static readonly DomainError HolderWrong = DomainError.Invalid("HOLDER_WRONG", "Name one pupil or one member of staff, not both.", "holder");

    public static readonly DomainError HolderMissing = DomainError.Invalid("HOLDER_MISSING", "Say whose personal device it is.", "holder");

    public static readonly DomainError HolderUnknown = DomainError.Invalid("HOLDER_UNKNOWN", "There is no such pupil or member of staff at this school. Choose one from the list.", "holder");

    public static readonly DomainError NotShared = DomainError.Refused("DEVICE_NOT_SHARED", "Uses are recorded for shared devices only. Lend the device instead.");

    public static readonly DomainError UseEndsBeforeStart = DomainError.Invalid("END_BEFORE_START", "The use ends before it starts. Change one of the two times.", "to");

    public static readonly DomainError UseInFuture = DomainError.Invalid("USE_IN_FUTURE", "This use lies in the future. Record it when it has happened.", "from");

    public static readonly DomainError NotTheSchools = DomainError.Refused("DEVICE_NOT_THE_SCHOOLS", "Only the school's own devices are lent.");

    public static readonly DomainError OnLoan = DomainError.Refused("DEVICE_ON_LOAN", "This device is on loan. Record that it came back first.");

    public static readonly DomainError NotOnLoan = DomainError.Refused("DEVICE_NOT_ON_LOAN", "This device is not on loan.");

    public static readonly DomainError DueBackPast = DomainError.Invalid("DUE_BACK_PAST", "The loan would be over before it starts. Choose a day to come.", "dueBack");

    public static readonly DomainError PlaceMissing = DomainError.Invalid("PLACE_MISSING", "Say where the device is now.", "place");

    public static readonly DomainError GroundMissing = DomainError.Invalid("GROUND_MISSING", "Say by what right: the rule of the behaviour policy, or the law.", "lawfulGround");

    public static readonly DomainError SealMissing = DomainError.Invalid("SEAL_MISSING", "Enter the number of the seal or bag.", "sealNumber");

    public static readonly DomainError OfficerMissing = DomainError.Invalid("OFFICER_MISSING", "Enter the officer's name or collar number.", "officer");

    public static readonly DomainError ReceiverUnknown = DomainError.Invalid("PERSON_UNKNOWN", "There is no such person on the staff of this school. Choose one from the list.", "toStaff");

    public static readonly DomainError ReturnNoteMissing = DomainError.Invalid("NOTE_MISSING", "This device was evidence. Say who released it and what was agreed.", "note");

    public static readonly DomainError StrategyNotAgreed = DomainError.Refused(
        "STRATEGY_NOT_AGREED",
        "This pupil's devices are removed until a technology access strategy is agreed, and none is. Have one agreed first, give the device to a parent, or record that the headteacher decided otherwise, and why.",
        "strategyOverride");

    /// <summary>As <see cref="StrategyNotAgreed"/>, of a device that such a pupil is to be lent or has used.</summary>
    /// <param name="field">Who it is.</param>
    public static DomainError NoDeviceYet(string field) => DomainError.Refused(
        "STRATEGY_NOT_AGREED",
        "This pupil is to have no device until a technology access strategy is agreed, and none is. Have one agreed first. Only the headteacher, or who covers for them today, may decide otherwise: they then record it themselves.",
        field);

    public static readonly DomainError StrategyOverrideNotHead = DomainError.Invalid(
        "NOT_THE_HEAD", "Only the headteacher, or who covers for them today, can give a device back before a strategy is agreed. Name that person.", "strategyOverride.decidedBy");

    public static readonly DomainError StrategyOverrideReasonMissing = DomainError.Invalid(
        "REASON_MISSING", "Say why the headteacher gives the device back before a strategy is agreed.", "strategyOverride.reason");

    public static readonly DomainError StrategyOverrideNotAsked = DomainError.Invalid(
        "OVERRIDE_NOT_ASKED", "This device does not wait for a strategy, so there is nothing for the headteacher to decide. Leave the decision out.", "strategyOverride");

    public static readonly DomainError InCustody = DomainError.Refused("DEVICE_IN_CUSTODY", "This device is in custody and cannot be lent or used until it is returned.");

    public static readonly DomainError Frozen = DomainError.Refused(
        "DEVICE_FROZEN",
        "This device may hold illegal material: do not look at it, do not switch it on or off. It may only be taken, sealed and, once sealed, handed to a colleague or to the police. Ask your DSL.");

    /// <summary>The same for those who may not know why.</summary>
    public static readonly DomainError AskDsl =
        DomainError.Refused("ASK_DSL", "Leave this device as it is: do not look at it, do not switch it on or off. Take it and seal it, and ask your DSL.");

    public static readonly DomainError NothingIsEvidenceNotConfirmed = DomainError.Refused(
        "MAY_BE_EVIDENCE", "Something on this device may be evidence. Do not look further and delete nothing: seal the device and tell your DSL.", "nothingIsEvidence");

    public static readonly DomainError NudeFound = DomainError.Refused(
        "NUDE_FOUND", "Stop. Do not look again, copy, send or delete it, and do not ask the child to. Close the device, keep it, tell your DSL now: the path for nudes among under-18s applies.", "nudeFound");

    public static readonly DomainError NothingToAnswer = DomainError.Refused(
        "NOTHING_TO_ANSWER", "Nothing found on this device waits for an answer: none was reported, an incident has taken it over, or it was answered already.");

    public static readonly DomainError AnswerReasonMissing =
        DomainError.Invalid("REASON_MISSING", "Say why no incident is reported, or report one and name this device.", "reason");

    public static readonly DomainError TakeFirst =
        DomainError.Refused("NOT_IN_CUSTODY", "The school does not hold this device. Record first that it was taken, and by what right.");

    public static readonly DomainError IsEvidence =
        DomainError.Refused("DEVICE_IS_EVIDENCE", "This device is evidence: nobody at the school may look at it or delete anything. Ask the police.");

    public static readonly DomainError FindingsMissing = DomainError.Invalid("FINDINGS_MISSING", "Say what was looked for and what was found.", "findings");

    /// <summary>The same for those who may not know how it is held.</summary>
    public static readonly DomainError HeldAlready = DomainError.Refused("CUSTODY_ORDER", "This device is in custody, and cannot go from there as you say. Ask your DSL, or whoever has it.");

    /// <summary>Sorted or chosen by, it would tell what it does not show.</summary>
    public static DomainError CustodyNotShown(string field) => DomainError.Refused(
        "NOT_ALLOWED", $"How devices are held is for the DSL, the deputy DSL, the headteacher and the network manager. Leave out {field}, or choose by inCustody.", field);

    /// <summary>The transition is not in the custody table.</summary>
    public static DomainError NotFrom(CustodyState state, CustodyStep step) => DomainError.Refused("CUSTODY_ORDER", (state, step) switch
    {
        (CustodyState.WithPupil or CustodyState.Returned or CustodyState.ReturnedToParent, CustodyStep.ReturnToHolder or CustodyStep.ReturnToParent) =>
            "This device is not in custody, so there is nothing to return.",
        (CustodyState.WithPupil or CustodyState.Returned or CustodyState.ReturnedToParent, _) => "This device is not in custody. Record first that it was taken, or seal it.",
        (CustodyState.SealedAsEvidence, CustodyStep.Seal) => "This device is sealed already. Hand it over with the new seal number if the bag has changed.",
        (CustodyState.SealedAsEvidence, _) => "This device is sealed as evidence. It can only be handed over or, once released, returned.",
        (CustodyState.WithPolice, _) => "The police have this device. Record first that they gave it back.",
        _ => "The school holds this device already. Record a handover, a seal or the return.",
    });
}
