using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.GraphQL.Devices;

/// <summary>Which devices; what is left out does not count.</summary>
/// <param name="Holder">Held by this pupil or member of staff.</param>
/// <param name="InCustody">Held by the school or the police, or not.</param>
/// <param name="Custody">How it is held. For those who see the chain of custody.</param>
/// <param name="Kind">What kind it is.</param>
/// <param name="Retired">True: those that were retired, instead of those in the register.</param>
public sealed record DevicesFilterInput(HolderInput? Holder, bool? InCustody, IReadOnlyList<CustodyState>? Custody, DeviceKind? Kind, bool? Retired)
{
    internal DeviceFilter ToFilter() => new(Holder?.ToHolder(), Custody, Kind, Retired == true, InCustody);
}

[ExtendObjectType(OperationTypeNames.Query)]
public sealed class DeviceQueries
{
    /// <summary>One device; null where there is none at this school.</summary>
    /// <param name="id">The device.</param>
    [Authorize]
    public Task<Device?> GetDeviceAsync([ID(nameof(Device))] string id, Session session, DeviceById devices, CancellationToken ct)
    {
        session.Asks();
        return Device.FindAsync(id, devices, ct);
    }

    /// <summary>The school's register of devices.</summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="order">In which order.</param>
    [Authorize]
    [UsePaging(ConnectionName = "Devices")]
    public async Task<Connection<Device>> GetDevicesAsync(
        DevicesFilterInput? filter, [DefaultValue(DevicesOrder.IdAsc)] DevicesOrder order, int? first, string? after, int? last, string? before, Session session, DeviceReader devices, CancellationToken ct) =>
        Connections.Of(await devices.PageAsync(session.Asks().Reader, filter?.ToFilter() ?? new(), order, Connections.Page(first, after, last, before), ct), d => new Device(d));
}
