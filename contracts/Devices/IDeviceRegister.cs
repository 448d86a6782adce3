namespace OnlineSafetyTrust.Contracts.Devices;

/// <summary>Which devices the register knows of somebody, for decisions that must not miss one.</summary>
public interface IDeviceRegister
{
    /// <summary>Devices that this pupil holds, as owner or borrower, wherever they are kept now; none that was retired.</summary>
    ValueTask<IReadOnlyList<DeviceId>> HeldByAsync(TenantId school, PupilId pupil, CancellationToken ct);
}
