using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains.Access;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Devices;

/// <summary>What a device's decisions need from elsewhere.</summary>
/// <param name="HolderKnown">Whoever the command names as holder, borrower or user is a pupil on roll or a member of staff here.</param>
/// <param name="SameSerial">Another device with the serial number that the command brings, and why it stands in the way; null: none has it.</param>
/// <param name="Forbidden">Whoever the command names as borrower or user is to have no device until a strategy is agreed, and this one is not essential.</param>
/// <param name="Waits">It was removed until a strategy is agreed, and none has been since; a parent may have it.</param>
internal sealed record DeviceFacts(SchoolFacts School, bool HolderKnown = true, DomainError? SameSerial = null, bool Waits = false, bool Forbidden = false);

/// <summary>Rules for the register (D1). Custody: <see cref="CustodyDecider"/>.</summary>
internal static class DeviceDecider
{
    public static Result<Events> Register(DeviceState state, DeviceFacts facts, RegisterDevice command, DeviceId id, CommandContext context)
    {
        var label = command.Label?.Trim() ?? "";
        var serial = Serial(command.Serial);
        var error = !facts.School.Holds(context, Authority.Staff) ? Authority.StaffOnly
            : state.Record is not null ? DeviceErrors.AlreadyRegistered
            : label.Length == 0 && serial is null ? DeviceErrors.NotDescribed
            : command.Holder is null && command.Ownership == DeviceOwnership.Personal ? DeviceErrors.HolderMissing
            : Check(command.Holder, facts, "holder") ?? facts.SameSerial ?? CustodyDecider.AddressIn(state, ("label", command.Label), ("serial", command.Serial));
        var owner = WordsOf(id, command.Ownership, command.Holder);
        return error is not null ? error
            : Events.Of(new DeviceRegistered(
                id, command.Ownership, command.Shared, command.Kind, Personal.OfText(owner, label), Personal.OfText(owner, serial), command.Holder, command.RemovableMedia,
                command.Encryption, command.Essential));
    }

    public static Result<Events> Use(DeviceState state, DeviceFacts facts, RecordDeviceUse command, CommandContext context) =>
        !facts.School.Holds(context, Authority.Staff) ? Authority.StaffOnly
        : state.Record is not { } device ? DeviceErrors.Unknown
        : !device.Shared ? DeviceErrors.NotShared
        : InUse(device, facts, context) is { } error ? error
        // What is over is a fact, and may be what is asked for: only a use that goes on is no different from a loan.
        : (Check(command.User, facts, "user") ?? (command.To is null ? NoDeviceYet(facts, context, "user") : null)) is { } wrong ? wrong
        : command.To < command.From ? DeviceErrors.UseEndsBeforeStart
        : command.From > context.Now ? DeviceErrors.UseInFuture
        : command.To > context.Now ? DeviceErrors.UseInFuture with { Fields = ["to"] }
        : Events.Of(new DeviceUsed(command.User, Microseconds.Truncate(command.From), command.To is { } to ? Microseconds.Truncate(to) : null));

    public static Result<Events> Lend(DeviceState state, DeviceFacts facts, LendDevice command, CommandContext context) =>
        !facts.School.Holds(context, Authority.Staff) ? Authority.StaffOnly
        : state.Record is not { } device ? DeviceErrors.Unknown
        : device.Ownership != DeviceOwnership.School ? DeviceErrors.NotTheSchools
        : device.Loan is not null ? DeviceErrors.OnLoan
        : InUse(device, facts, context) is { } error ? error
        : (Check(command.Borrower, facts, "borrower") ?? NoDeviceYet(facts, context, "borrower")) is { } wrong ? wrong
        : command.DueBack < London.DateOf(context.Now) ? DeviceErrors.DueBackPast
        : Events.Of(new DeviceLent(command.Borrower, command.DueBack));

    public static Result<Events> EndLoan(DeviceState state, DeviceFacts facts, CommandContext context) =>
        !facts.School.Holds(context, Authority.Staff) ? Authority.StaffOnly
        : state.Record is not { } device ? DeviceErrors.Unknown
        : device.Loan is not { } loan ? DeviceErrors.NotOnLoan
        // Whoever it was taken from stays the one whom the custody concerns, unless nothing waits for it: then the school has its own device back.
        : !IsBack(state) && InUse(device, facts, context) is { } error ? error
        : Events.Of(new LoanEnded(loan.Borrower));

    /// <summary>From an incident on the illegal path. A device that is not in the register is frozen too: the report may come first.</summary>
    public static Result<Events> Freeze(DeviceState state, IncidentId incident) =>
        state.Freezes.Contains(incident) ? Events.None : Events.Of(new DeviceFrozen(incident));

    public static Result<Events> Release(DeviceState state, IncidentId incident) =>
        state.Freezes.Contains(incident) ? Events.Of(new DeviceReleased(incident)) : Events.None;

    /// <summary>From an incident of this device, whenever what waits for it changes.</summary>
    public static Result<Events> Await(DeviceState state, DeviceAwaited told) =>
        (state.Awaited?.GetValueOrDefault(told.Incident) ?? []).SequenceEqual(told.For) ? Events.None : Events.Of(new DeviceAwaitedBy(told.Incident, told.For));

    /// <summary>As it is stored and looked up: capitals, no spaces.</summary>
    public static string? Serial(string? serial) =>
        string.IsNullOrWhiteSpace(serial) ? null : serial.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    public static KeyOwner OwnerOf(DeviceHolder holder) => holder.Pupil is { } pupil ? KeyOwner.Of(pupil) : KeyOwner.Of(holder.Staff!.Value);

    public static KeyOwner WordsOf(DeviceId id, DeviceOwnership ownership, DeviceHolder? holder) =>
        holder is not null && ownership == DeviceOwnership.Personal ? OwnerOf(holder) : KeyOwner.Of(DeviceKey.Stream(id));

    internal static DomainError? InUse(DeviceRecord device, DeviceFacts facts, CommandContext context) =>
        device.RetiredAt is not null ? DeviceErrors.Retired
        : device.Frozen ? CustodyDecider.Frozen(facts.School, context)
        : device.Custody.IsHeld() ? DeviceErrors.InCustody
        : facts.Waits ? DeviceErrors.ParentKeeps
        : null;

    private static bool IsBack(DeviceState state) =>
        state is { Record: { Ownership: DeviceOwnership.School, Custody: CustodyState.Confiscated, UntilStrategy: false, Frozen: false, RetiredAt: null }, Awaited: null or { IsEmpty: true } };

    // Whose plan says so is told to leaders only; what the head decides they record in person.
    private static DomainError? NoDeviceYet(DeviceFacts facts, CommandContext context, string field) =>
        !facts.Forbidden || facts.School.Holds(context, [Role.Headteacher]) ? null
        : facts.School.Holds(context, Authority.Leaders) ? DeviceErrors.NoDeviceYet(field)
        : Authority.LeadersOnly;

    internal static DomainError? Check(DeviceHolder? holder, DeviceFacts facts, string field) =>
        holder is null ? null
        : holder.Pupil is null == holder.Staff is null ? DeviceErrors.HolderWrong with { Fields = [field] }
        : !facts.HolderKnown ? DeviceErrors.HolderUnknown with { Fields = [field] }
        : null;
}
