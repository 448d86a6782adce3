namespace OnlineSafetyTrust.Contracts.Devices;

/// <summary>A device of the school or of a person: who has it, who used it, and the chain of custody (D1, D2). Key: <c>s/{uuid}/device/{uuid}</c>.</summary>
[Alias("IDeviceGrain")]
public interface IDeviceGrain : IStreamGrain
{
    /// <summary>Refused with <see cref="DeviceErrors.SerialKnown"/> or <see cref="DeviceErrors.SerialRetired"/>, the value is the device that has the number.</summary>
    Task<Result<DeviceView>> RegisterAsync(CommandContext context, RegisterDevice command);

    /// <summary>Refused as <see cref="RegisterAsync"/>.</summary>
    Task<Result<DeviceView>> CorrectAsync(CommandContext context, CorrectDevice command);

    Task<Result<DeviceView>> RetireAsync(CommandContext context, RetireDevice command);

    /// <summary>Refused as <see cref="RegisterAsync"/>.</summary>
    Task<Result<DeviceView>> ReinstateAsync(CommandContext context, ReinstateDevice command);

    Task<Result<DeviceView>> RecordUseAsync(CommandContext context, RecordDeviceUse command);

    Task<Result<DeviceView>> LendAsync(CommandContext context, LendDevice command);

    Task<Result<DeviceView>> EndLoanAsync(CommandContext context, EndLoan command);

    Task<Result<DeviceView>> TakeAsync(CommandContext context, TakeDevice command);

    Task<Result<DeviceView>> SealAsync(CommandContext context, SealAsEvidence command);

    Task<Result<DeviceView>> HandOverAsync(CommandContext context, HandOverDevice command);

    Task<Result<DeviceView>> ReturnAsync(CommandContext context, ReturnDevice command);

    Task<Result<DeviceView>> RecordExaminationAsync(CommandContext context, RecordExamination command);

    Task<Result<DeviceView>> AnswerNudeFoundAsync(CommandContext context, AnswerNudeFound command);
}

/// <summary>The device's stream <c>device/{uuid}</c>.</summary>
public static class DeviceKey
{
    public const string Kind = "device";

    public static StreamKey Of(TenantId school, DeviceId device) => new(school, Stream(device));

    public static StreamId Stream(DeviceId device) => new(Kind, device.Value);
}

/// <summary>
/// From an incident on the illegal path (C4) to a device: while any incident freezes it, it may only be sealed or handed to the police.
/// The same body releases it.
/// </summary>
[GenerateSerializer, Immutable, Alias("FreezeDevice")]
public sealed record FreezeDevice(IncidentId Incident)
{
    /// <summary>Message kind that freezes.</summary>
    public const string Freeze = "device.freeze";

    /// <summary>Message kind that releases: frozen until every incident that froze it has released it.</summary>
    public const string Unfreeze = "device.unfreeze";
}
