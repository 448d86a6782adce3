using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Gateway.GraphQL.People;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.GraphQL.Devices;

/// <param name="Pupil">Held by this pupil.</param>
/// <param name="Staff">Held by this member of staff.</param>
public sealed record DevicesFilterInput(
    [property: ID(nameof(Pupils.Pupil))] string? Pupil, [property: ID(nameof(Person))] string? Staff, IReadOnlyList<CustodyState>? Custody, DeviceKind? Kind)
{
    internal DeviceFilter ToFilter() =>
        new(Pupil is not null || Staff is not null ? new DeviceHolder(Ids.Maybe<PupilId>(Pupil), Ids.Maybe<PersonId>(Staff)) : null, Custody, Kind);
}

[ExtendObjectType(OperationTypeNames.Query)]
public sealed class DeviceQueries
{
    /// <summary>One device; null where there is none at this school.</summary>
    [Authorize]
    public Task<Device?> GetDeviceAsync([ID(nameof(Device))] string id, Session session, DeviceReader devices, CancellationToken ct) => Device.GetAsync(id, session.Asks(), devices, ct);

    /// <summary>The school's register of devices.</summary>
    [Authorize]
    [UsePaging(ConnectionName = "Devices", AllowBackwardPagination = false)]
    public async Task<Connection<Device>> GetDevicesAsync(DevicesFilterInput? filter, int? first, string? after, Session session, DeviceReader devices, CancellationToken ct) =>
        Connections.Of(await devices.PageAsync(session.Asks().Reader, filter?.ToFilter() ?? new(), Connections.Page(first, after), ct), d => new Device(d));
}
