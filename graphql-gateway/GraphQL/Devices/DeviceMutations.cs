using System.Runtime.CompilerServices;
using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Gateway.GraphQL.Errors;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.GraphQL.Devices;

/// <summary>The answer to a mutation of a device.</summary>
/// <param name="Device">As it is now. Where SERIAL_KNOWN or SERIAL_RETIRED refuses it: the device that has the serial number.</param>
/// <param name="Errors">Why nothing was changed; empty when it was done.</param>
public sealed record DevicePayload(Device? Device, IReadOnlyList<IUserError> Errors);

/// <summary>Commands to one device, its reply shown as far as the caller may see it.</summary>
public sealed class DeviceCommands(Session session, References references)
{
    internal Task<DevicePayload> RunAsync(ICommandInput input, IEnumerable<Reference> named, Func<Task<Result<DeviceView>>> command, [CallerMemberName] string resolver = "") =>
        session.RunAsync(references, input, named, command, Payload, resolver);

    private DevicePayload Payload(Result<DeviceView> result) =>
        new(result.Value is { } shown ? new Device(DeviceReader.Show(session.Reader, shown)) : null, UserErrors.Of(result.Errors));
}

[ExtendObjectType(OperationTypeNames.Mutation)]
public sealed class DeviceMutations
{
    /// <summary>Puts a device into the register. A serial number is one device's: of a known one the answer is its record.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<DevicePayload> RegisterDeviceAsync(RegisterDeviceInput input, Session session, IGrainFactory grains, DeviceCommands devices)
    {
        var context = session.Context(input);
        return devices.RunAsync(input, [], () => grains.NewDevice(context).RegisterAsync(context, input.ToCommand()));
    }

    /// <summary>Puts a device's record right; what it said before stays in its history.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<DevicePayload> CorrectDeviceAsync(CorrectDeviceInput input, Session session, IGrainFactory grains, DeviceCommands devices) =>
        devices.RunAsync(input, [], () => grains.Device(session, input.DeviceId).CorrectAsync(session.Context(input), input.ToCommand()));

    /// <summary>Takes a device out of the register's lists. Not while it is held, frozen, on loan or waits for a strategy.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<DevicePayload> RetireDeviceAsync(RetireDeviceInput input, Session session, IGrainFactory grains, DeviceCommands devices) =>
        devices.RunAsync(input, [], () => grains.Device(session, input.DeviceId).RetireAsync(session.Context(input), new RetireDevice(input.Reason)));

    /// <summary>Brings a retired device back into the register.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<DevicePayload> ReinstateDeviceAsync(ReinstateDeviceInput input, Session session, IGrainFactory grains, DeviceCommands devices) =>
        devices.RunAsync(input, [], () => grains.Device(session, input.DeviceId).ReinstateAsync(session.Context(input), new ReinstateDevice(input.Reason)));

    /// <summary>Lends a school's device.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<DevicePayload> LendDeviceAsync(LendDeviceInput input, Session session, IGrainFactory grains, DeviceCommands devices) =>
        devices.RunAsync(input, [], () => grains.Device(session, input.DeviceId).LendAsync(session.Context(input), new LendDevice(input.Borrower.ToHolder(), input.DueBack)));

    /// <summary>A lent device is back.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<DevicePayload> EndLoanAsync(EndLoanInput input, Session session, IGrainFactory grains, DeviceCommands devices) =>
        devices.RunAsync(input, [], () => grains.Device(session, input.DeviceId).EndLoanAsync(session.Context(input), new EndLoan()));

    /// <summary>Records who used a shared device, and when.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<DevicePayload> RecordDeviceUseAsync(RecordDeviceUseInput input, Session session, IGrainFactory grains, DeviceCommands devices) =>
        devices.RunAsync(input, [], () => grains.Device(session, input.DeviceId).RecordUseAsync(session.Context(input), new RecordDeviceUse(input.User.ToHolder(), input.From, input.To)));

    /// <summary>Takes a device from its holder.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<DevicePayload> TakeDeviceAsync(TakeDeviceInput input, Session session, IGrainFactory grains, DeviceCommands devices) =>
        devices.RunAsync(input, Reference.Incident("incidentId", input.IncidentId), () => grains.Device(session, input.DeviceId).TakeAsync(session.Context(input), input.ToCommand()));

    /// <summary>Isolates and seals a device as it is, without looking, without switching it on or off.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<DevicePayload> SealDeviceAsync(SealDeviceInput input, Session session, IGrainFactory grains, DeviceCommands devices) =>
        devices.RunAsync(input, Reference.Incident("incidentId", input.IncidentId), () => grains.Device(session, input.DeviceId).SealAsync(session.Context(input), input.ToCommand()));

    /// <summary>Passes a device in custody on: to another member of staff or to the police.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<DevicePayload> HandOverDeviceAsync(HandOverDeviceInput input, Session session, IGrainFactory grains, DeviceCommands devices) =>
        devices.RunAsync(input, [], () => grains.Device(session, input.DeviceId).HandOverAsync(session.Context(input), input.ToCommand()));

    /// <summary>Gives a device back to its holder or to a parent.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<DevicePayload> ReturnDeviceAsync(ReturnDeviceInput input, Session session, IGrainFactory grains, DeviceCommands devices) =>
        devices.RunAsync(input, [], () => grains.Device(session, input.DeviceId).ReturnAsync(session.Context(input), input.ToCommand()));

    /// <summary>Records that material on a device was looked at or deleted.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<DevicePayload> RecordExaminationAsync(RecordExaminationInput input, Session session, IGrainFactory grains, DeviceCommands devices) =>
        // Whoever found a nude must hear what to do, whatever else is wrong with what they sent.
        devices.RunAsync(input, input.NudeFound ? [] : Reference.Incident("incidentId", input.IncidentId), () => grains.Device(session, input.DeviceId).RecordExaminationAsync(session.Context(input), input.ToCommand()));

    /// <summary>Says why no incident is reported of a nude that was found on a device: the DSL's task to report it ends, the device stays frozen.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<DevicePayload> AnswerNudeFoundAsync(AnswerNudeFoundInput input, Session session, IGrainFactory grains, DeviceCommands devices) =>
        devices.RunAsync(input, [], () => grains.Device(session, input.DeviceId).AnswerNudeFoundAsync(session.Context(input), new AnswerNudeFound(input.Reason)));
}
