using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Grains.Access;

namespace OnlineSafetyTrust.Grains.Devices;

/// <summary>The record's personal words, opened for comparison only; null too where nothing is compared with them.</summary>
internal sealed record KnownDevice(string? Label, string? Serial);

/// <summary>Rules for putting a device's record right, and for taking it out of the register (D1).</summary>
internal static class DeviceCorrecting
{
    private static readonly Role[] Keepers = [Role.Dsl, Role.DeputyDsl, Role.Headteacher, Role.SeniorLeader, Role.OnlineSafetyLead, Role.NetworkManager];
    private static readonly DomainError KeepersOnly = DomainError.NotAllowed("the DSL, the deputy DSL, the headteacher, senior leaders, the online safety lead and the network manager");

    /// <summary>Opens what is sent or sealed anew, and nothing else: a lost key refuses no more than it must.</summary>
    public static KnownDevice Known(DeviceState state, CorrectDevice command, Func<Personal<string>?, string?> open) => state.Record is not { } device ? new(null, null)
        : new(command.Label is not null || Reseals(device, command) ? open(device.Label) : null, command.Serial is not null || Reseals(device, command) ? open(device.Serial) : null);

    public static Result<Events> Correct(DeviceState state, KnownDevice known, DeviceFacts facts, CorrectDevice command, CommandContext context)
    {
        if (!facts.School.Holds(context, Keepers) || state.Record is not { } device)
        {
            return facts.School.Holds(context, Keepers) ? DeviceErrors.Unknown : KeepersOnly;
        }

        var label = command.Label is { } named ? Text(named.To) : known.Label;
        var serial = command.Serial is { } number ? DeviceDecider.Serial(number.To) : known.Serial;
        var (holder, ownership, essential) = (Holder(device, command), command.Ownership ?? device.Ownership, command.Essential ?? device.Essential);
        var owner = DeviceDecider.WordsOf(device.Id, ownership, holder);
        DeviceWords before = new(), after = new();
        // What is told of a child goes with that child's key: corrected to be another's, it is sealed anew.
        var resealed = Reseals(device, command);
        var described = (command.Label is null && !resealed ? device.Label is not null : label is not null) || (command.Serial is null && !resealed ? device.Serial is not null : serial is not null);
        if (resealed || label != known.Label)
        {
            (before, after) = (before with { Label = device.Label }, after with { Label = Personal.OfText(owner, label) });
        }

        if (resealed || serial != known.Serial)
        {
            (before, after) = (before with { Serial = device.Serial }, after with { Serial = Personal.OfText(owner, serial) });
        }

        if (command.Kind is { } kind && kind != device.Kind)
        {
            (before, after) = (before with { Kind = device.Kind }, after with { Kind = kind });
        }

        if (holder != device.Holder)
        {
            (before, after) = (before with { Holder = device.Holder }, after with { Holder = holder });
        }

        if (ownership != device.Ownership)
        {
            (before, after) = (before with { Ownership = device.Ownership }, after with { Ownership = ownership });
        }

        if (essential != device.Essential)
        {
            (before, after) = (before with { Essential = device.Essential }, after with { Essential = essential });
        }

        var newSerial = serial != known.Serial;
        var error = device.RetiredAt is not null ? DeviceErrors.Retired
            : string.IsNullOrWhiteSpace(command.Reason) ? DeviceErrors.CorrectionReasonMissing
            : CustodyDecider.AddressIn(state, ("label", command.Label?.To), ("reason", command.Reason)) is { } address ? address
            : !described ? DeviceErrors.NotDescribed
            : holder is null && ownership == DeviceOwnership.Personal ? DeviceErrors.HolderMissing
            : holder != device.Holder && DeviceDecider.Check(holder, facts, "holder") is { } wrong ? wrong
            : ownership == DeviceOwnership.Personal && device.Loan is not null ? DeviceErrors.OnLoan
            : (newSerial || holder != device.Holder || ownership != device.Ownership) && IsEvidence(device) ? DeviceErrors.EvidenceStays
            : essential == EssentialPurpose.None && device.Essential != EssentialPurpose.None && !facts.School.Holds(context, [Role.Headteacher]) ? DeviceErrors.EssentialStays
            : newSerial && serial is not null ? facts.SameSerial
            : null;
        return error is not null ? error
            : before == new DeviceWords() && after == new DeviceWords() ? Events.None
            : Events.Of(new DeviceCorrected(before, after, Reason(state, command.Reason), newSerial, UntilStrategy(state, device.Put(before, after).HeldBy())));
    }

    private static DeviceHolder? Holder(DeviceRecord device, CorrectDevice command) => command.Holder is { } held ? held.To : device.Holder;

    private static bool Reseals(DeviceRecord device, CorrectDevice command) =>
        DeviceDecider.WordsOf(device.Id, command.Ownership ?? device.Ownership, Holder(device, command)) != device.WordsOf();

    // All devices of one pupil were to be removed: another's, taken by mistake, waits for nothing, and waits again when that was the mistake.
    private static bool? UntilStrategy(DeviceState state, DeviceHolder? whose) =>
        state is not { Record: { } device, Removal: { } removal } || whose == device.HeldBy() ? null : !removal.Over && whose == removal.From;

    public static Result<Events> Retire(DeviceState state, DeviceFacts facts, RetireDevice command, CommandContext context) =>
        !facts.School.Holds(context, Keepers) ? KeepersOnly
        : state.Record is not { } device ? DeviceErrors.Unknown
        : device.RetiredAt is not null ? Events.None
        : string.IsNullOrWhiteSpace(command.Reason) ? DeviceErrors.CorrectionReasonMissing
        : device.Frozen ? CustodyDecider.Frozen(facts.School, context)
        : device.Custody.IsHeld() ? DeviceErrors.RetireHeld
        : facts.Waits ? DeviceErrors.RetireWaits
        : device.Loan is not null ? DeviceErrors.OnLoan
        : device.Essential != EssentialPurpose.None && !facts.School.Holds(context, [Role.Headteacher]) ? DeviceErrors.EssentialStays
        : Events.Of(new DeviceRetired(Reason(state, command.Reason)));

    public static Result<Events> Reinstate(DeviceState state, DeviceFacts facts, ReinstateDevice command, CommandContext context) =>
        !facts.School.Holds(context, Keepers) ? KeepersOnly
        : state.Record is not { } device ? DeviceErrors.Unknown
        : device.RetiredAt is null ? DeviceErrors.NotRetired
        : string.IsNullOrWhiteSpace(command.Reason) ? DeviceErrors.CorrectionReasonMissing
        : (facts.SameSerial ?? CustodyDecider.AddressIn(state, ("reason", command.Reason))) is { } error ? error
        : Events.Of(new DeviceReinstated(Reason(state, command.Reason)));

    private static bool IsEvidence(DeviceRecord device) => device.Frozen || device.Custody is CustodyState.SealedAsEvidence or CustodyState.WithPolice;

    // Why a record was wrong may name whoever it was about before.
    private static Personal<string> Reason(DeviceState state, string reason) => Personal.Of(CustodyDecider.OwnerOf(state), reason.Trim());

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
