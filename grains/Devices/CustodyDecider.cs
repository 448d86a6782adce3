using OnlineSafetyTrust.Contracts.Access;
using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains.Access;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Devices;

/// <summary>Rules for the chain of custody (D2). Which step may follow which: <see cref="CustodyTable"/>.</summary>
internal static class CustodyDecider
{
    /// <summary>They see the chain of custody, and why a device is frozen.</summary>
    private static readonly Role[] Examiners = [Role.Dsl, Role.DeputyDsl, Role.Headteacher, Role.NetworkManager];

    /// <param name="others">The register shows another device with the same pupil.</param>
    /// <param name="guarded">The incident that it is taken for is on a guarded path: the freeze is on its way.</param>
    /// <param name="ofOthers">The refusal of an incident that is not about its holder.</param>
    public static Result<Events> Take(
        DeviceState state, SchoolFacts facts, TakeDevice command, CommandContext context, bool others = false, bool guarded = false, DomainError? ofOthers = null)
    {
        var step = command.Taking == Taking.Remove ? CustodyStep.Remove : CustodyStep.Confiscate;
        var error = MayMove(state, facts, context, Authority.Staff, Authority.StaffOnly, step)
            ?? Essential(state, facts, context, command.EssentialOverride)
            ?? (Missing(command.Place) ? DeviceErrors.PlaceMissing : Missing(command.LawfulGround) ? DeviceErrors.GroundMissing : others && command.NoneLeft ? DeviceErrors.OthersHeld : null)
            ?? ofOthers
            ?? AddressIn(guarded || state.IsFrozen, ("place", command.Place), ("lawfulGround", command.LawfulGround), ("essentialOverride.replacement", command.EssentialOverride?.Replacement));
        return error is not null ? error : Events.Of(new DeviceTaken(
            Link(state, step, context) with
            {
                FromHolder = FromHolder(state), ToStaff = context.Actor.Person, Place = Text(state, command.Place), LawfulGround = Text(state, command.LawfulGround),
                Incident = command.Incident, EssentialOverride = EssentialDecision.Of(OwnerOf(state), command.EssentialOverride),
            },
            command.NoneLeft));
    }

    public static Result<Events> Seal(DeviceState state, SchoolFacts facts, SealAsEvidence command, CommandContext context, bool guarded = false)
    {
        var error = MayMove(state, facts, context, Authority.Staff, Authority.StaffOnly, CustodyStep.Seal)
            ?? Essential(state, facts, context, command.EssentialOverride)
            ?? (Missing(command.Place) ? DeviceErrors.PlaceMissing : Missing(command.SealNumber) ? DeviceErrors.SealMissing : null)
            ?? AddressIn(guarded || state.IsFrozen, ("place", command.Place), ("sealNumber", command.SealNumber), ("essentialOverride.replacement", command.EssentialOverride?.Replacement));
        return error is not null ? error : Events.Of(new DeviceSealed(
            Link(state, CustodyStep.Seal, context) with
            {
                FromHolder = FromHolder(state), ToStaff = state.Record!.Custodian ?? context.Actor.Person, Place = Text(state, command.Place),
                SealNumber = Text(state, command.SealNumber), Incident = command.Incident ?? state.MeantBy(StepKind.IsolateAndSealDevice), EssentialOverride = EssentialDecision.Of(OwnerOf(state), command.EssentialOverride),
            }));
    }

    public static Result<Events> HandOver(DeviceState state, SchoolFacts facts, HandOverDevice command, CommandContext context, bool guarded = false)
    {
        var police = command.ToStaff is null;
        var error = MayMove(
                state, facts, context, police ? Authority.Leaders : Authority.Staff, police ? Authority.LeadersOnly : Authority.StaffOnly, police ? CustodyStep.HandToPolice : CustodyStep.HandToStaff)
            ?? (Missing(command.Place) ? DeviceErrors.PlaceMissing
                : police && Missing(command.Officer) ? DeviceErrors.OfficerMissing
                : command.ToStaff is { } receiver && !facts.IsHere(receiver) ? DeviceErrors.ReceiverUnknown
                : state.Record!.Custody == CustodyState.SealedAsEvidence && Missing(command.SealNumber) ? DeviceErrors.SealMissing
                : null)
            ?? AddressIn(guarded || state.IsFrozen, ("place", command.Place), ("officer", command.Officer), ("reference", command.Reference), ("sealNumber", command.SealNumber));
        return error is not null ? error : Events.Of(new DeviceHandedOver(
            Link(state, police ? CustodyStep.HandToPolice : CustodyStep.HandToStaff, context) with
            {
                ToStaff = command.ToStaff, Officer = Text(state, command.Officer), Reference = Text(state, command.Reference), Place = Text(state, command.Place),
                SealNumber = Text(state, command.SealNumber),
            }));
    }

    /// <param name="held">The incident that it was taken for forbids it.</param>
    /// <param name="waits">It was removed until a strategy is agreed, and none has been since.</param>
    /// <param name="forbidden">Its pupil is to hold no device until then, whatever this one was taken for.</param>
    /// <param name="guarded">The incident that it was taken for is on a guarded path.</param>
    public static Result<Events> Return(
        DeviceState state, SchoolFacts facts, ReturnDevice command, CommandContext context, bool held = false, bool waits = false, bool forbidden = false, bool guarded = false)
    {
        // What was confiscated in a lesson, for nothing that became an incident, anybody may give back.
        var simple = state is { Record: { Custody: CustodyState.Confiscated, UntilStrategy: false }, TakenFor: null };
        var step = command.To == ReturnedTo.Parent ? CustodyStep.ReturnToParent : CustodyStep.ReturnToHolder;
        var error = MayMove(state, facts, context, simple ? Authority.Staff : Authority.Leaders, simple ? Authority.StaffOnly : Authority.LeadersOnly, step, held)
            ?? (state.Record!.Custody is CustodyState.SealedAsEvidence or CustodyState.WithPolice && Missing(command.Note) ? DeviceErrors.ReturnNoteMissing : null)
            ?? (forbidden && command.To == ReturnedTo.Holder && !facts.Holds(context, Authority.Leaders) ? Authority.LeadersOnly : null)
            ?? WithoutStrategy(facts, command, context, waits || (forbidden && command.To == ReturnedTo.Holder))
            ?? AddressIn(guarded, ("note", command.Note), ("strategyOverride.reason", command.StrategyOverride?.Reason));
        return error is not null ? error : Events.Of(new DeviceReturned(
            Link(state, step, context) with
            {
                Note = Text(state, command.Note),
                StrategyOverride = command.StrategyOverride is { } head ? new StrategyOverrideDecision(head.DecidedBy, Text(state, head.Reason.Trim())!) : null,
            },
            waits && command.StrategyOverride is null));
    }

    private static DomainError? WithoutStrategy(SchoolFacts facts, ReturnDevice command, CommandContext context, bool waits) => (waits, command.StrategyOverride) switch
    {
        (true, null) => command.To == ReturnedTo.Holder ? DeviceErrors.StrategyNotAgreed : null,
        (false, null) => null,
        (false, _) => DeviceErrors.StrategyOverrideNotAsked,
        (true, { }) when !EssentialDecision.HeadsWord(facts, context) => EssentialErrors.HeadInPerson("strategyOverride"),
        (true, { } head) => !facts.RolesOf(head.DecidedBy, London.DateOf(context.Now)).Contains(Role.Headteacher) ? DeviceErrors.StrategyOverrideNotHead
            : Missing(head.Reason) ? DeviceErrors.StrategyOverrideReasonMissing
            : null,
    };

    /// <param name="held">The incident that it was taken for, or is examined for, forbids it.</param>
    /// <param name="guarded">It is on a guarded path.</param>
    public static Result<Events> Examine(DeviceState state, SchoolFacts facts, RecordExamination command, CommandContext context, bool held = false, bool guarded = false)
    {
        if (command.NudeFound)
        {
            return NudeFound(state, facts, command, context);
        }

        var step = command.Deleted ? CustodyStep.DeleteMaterial : CustodyStep.Examine;
        var error = !facts.Holds(context, Examiners) ? DomainError.NotAllowed("the DSL, the deputy DSL, the headteacher and the network manager")
            : state.Record is not { } device ? DeviceErrors.Unknown
            : device.Frozen || held ? DeviceErrors.Frozen
            : device.Custody is CustodyState.SealedAsEvidence or CustodyState.WithPolice ? DeviceErrors.IsEvidence
            : CustodyTable.Next(device.Custody, step) is null ? DeviceErrors.TakeFirst
            : Missing(command.LawfulGround) ? DeviceErrors.GroundMissing
            : !command.NothingIsEvidence ? DeviceErrors.NothingIsEvidenceNotConfirmed
            : Missing(command.Findings) ? DeviceErrors.FindingsMissing
            : AddressIn(guarded, ("lawfulGround", command.LawfulGround), ("findings", command.Findings));
        return error is not null ? error : Events.Of(new DeviceExamined(
            Link(state, step, context) with { LawfulGround = Text(state, command.LawfulGround), Note = Text(state, command.Findings), Incident = command.Incident ?? state.MeantBy(StepKind.RemoveMaterial) }));
    }

    /// <summary>By whoever found it, whatever their role and whatever else is wrong: nobody can unsay it, an incident on a guarded path takes over.</summary>
    private static Result<Events> NudeFound(DeviceState state, SchoolFacts facts, RecordExamination command, CommandContext context)
    {
        if (context.Actor.Person is not { } finder || !facts.IsHere(finder))
        {
            return Authority.StaffOnly;
        }

        if (state.Record is null)
        {
            return DeviceErrors.Unknown;
        }

        var day = London.DateOf(context.Now);
        IEnumerable<PersonId> Holding(params Role[] roles) => roles.SelectMany(r => facts.HoldersOf(r, day)).Distinct().Where(p => p != finder);
        var told = Holding(Role.Dsl, Role.DeputyDsl).ToList();
        return state.NudeWaits is not null ? Events.None : Events.Of(new DeviceNudeFound(
            Link(state, CustodyStep.Examine, context, state.Record.Custody) with
            {
                LawfulGround = Text(state, MaterialAddresses.LeftOut(command.LawfulGround)), Note = Text(state, "A nude or semi-nude picture of a child was found, and the device frozen. Nobody looks again."),
            },
            told.Count > 0 ? told : [.. Holding(Role.Headteacher)], Waits: true));
    }

    /// <summary>No address of the material is written down beside the device that may hold it.</summary>
    public static DomainError? AddressIn(DeviceState state, params ReadOnlySpan<(string Field, string? Text)> texts) => AddressIn(state.IsFrozen, texts);

    private static DomainError? AddressIn(bool guarded, params ReadOnlySpan<(string Field, string? Text)> texts) => guarded ? MaterialAddresses.Refusal(texts) : null;

    /// <summary>Why a device is frozen is not for everybody who touches it.</summary>
    public static DomainError Frozen(SchoolFacts facts, CommandContext context) => facts.Holds(context, Examiners) ? DeviceErrors.Frozen : DeviceErrors.AskDsl;

    private static DomainError? MayMove(DeviceState state, SchoolFacts facts, CommandContext context, Role[] roles, DomainError others, CustodyStep step, bool held = false) =>
        !facts.Holds(context, roles) ? others
        : state.Record is not { } device ? DeviceErrors.Unknown
        : device.RetiredAt is not null ? DeviceErrors.Retired
        : (device.Frozen || held) && !CustodyTable.AllowedWhileFrozen(device.Custody, step) ? Frozen(facts, context)
        : CustodyTable.Next(device.Custody, step) is null ? NotFrom(device, step, facts, context)
        : null;

    // Sealed, or with the police: whoever neither keeps it nor sees the chain of custody does not hear so.
    private static DomainError NotFrom(DeviceRecord device, CustodyStep step, SchoolFacts facts, CommandContext context) =>
        device.Custody.IsHeld() && !facts.Holds(context, Examiners) && (device.Custodian is not { } custodian || context.Actor.Person != custodian)
            ? DeviceErrors.HeldAlready
            : DeviceErrors.NotFrom(device.Custody, step);

    private static DomainError? Essential(DeviceState state, SchoolFacts facts, CommandContext context, EssentialOverride? given) =>
        state.Record!.Essential != EssentialPurpose.None && !state.Record.Custody.IsHeld() && given is null
            ? EssentialErrors.HeadDecides
            : EssentialDecision.Check(facts, context, given);

    private static CustodyEntry Link(DeviceState state, CustodyStep step, CommandContext context, CustodyState? stays = null) => new(
        state.Record!.Id, state.Links + 1, step, stays ?? CustodyTable.Next(state.Record.Custody, step)!.Value, context.Now, context.Actor, FromStaff: state.Record.Custodian);

    private static DeviceHolder? FromHolder(DeviceState state) => state.Record!.Custody.IsHeld() ? null : state.Record.HeldBy();

    /// <summary>
    /// Still with its pupil's family, where all devices are to be taken for this incident. What a parent was given may be back in the pupil's hands, unless
    /// it was taken for just this. An essential one stays with them unless the head decides otherwise, and what the head gave back without a strategy is decided.
    /// </summary>
    public static bool IsLeft(DeviceState state, IncidentId? incident) =>
        state.Record is { RetiredAt: null, Essential: EssentialPurpose.None } device && !device.Custody.IsHeld()
        && !(device.Custody == CustodyState.ReturnedToParent && incident is not null && state.Removal?.Incident == incident)
        && !(state.Chain is [.., { StrategyOverride: not null }] && RemovedFor(state) == incident);

    // Removed without one being named, it was for what it had been taken for before.
    private static IncidentId? RemovedFor(DeviceState state) => state.Chain.Take(state.Chain.FindLastIndex(l => l.Step == CustodyStep.Remove) + 1).Reverse()
        .TakeWhile(l => l.Step is not (CustodyStep.ReturnToHolder or CustodyStep.ReturnToParent)).Select(l => l.Incident).FirstOrDefault(i => i is not null);

    /// <summary>In custody, or removed for this incident, wherever it is since.</summary>
    public static bool IsTaken(DeviceState state, IncidentId incident) =>
        state.Record?.Custody.IsHeld() == true || state.Chain.Exists(l => l.Step == CustodyStep.Remove && l.Incident == incident);

    // What is told of a device tells of whoever it was taken from.
    internal static KeyOwner OwnerOf(DeviceState state)
    {
        var device = state.Record!;
        return device.HeldBy() is { } holder ? DeviceDecider.OwnerOf(holder) : KeyOwner.Of(DeviceKey.Stream(device.Id));
    }

    private static Personal<string>? Text(DeviceState state, string? text) => Personal.OfText(OwnerOf(state), text);

    private static bool Missing(string? text) => string.IsNullOrWhiteSpace(text);
}
