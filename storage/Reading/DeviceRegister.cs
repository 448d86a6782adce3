using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Storage.Sql;

namespace OnlineSafetyTrust.Storage.Reading;

/// <summary>The register's rows are stored with what changes them: what was acknowledged is here.</summary>
internal sealed class DeviceRegister(IDatabase database) : IDeviceRegister
{
    private static readonly string Held = $"SELECT id FROM {DeviceTables.Device.TableName} WHERE tenant = @tenant AND holder = @holder AND retired = 0 ORDER BY id";

    public async ValueTask<IReadOnlyList<DeviceId>> HeldByAsync(TenantId school, PupilId pupil, CancellationToken ct) =>
        await database.QueryAsync(
            new ReadScope(school), Held, Arguments.Of(("tenant", school), ("holder", DeviceHolder.Of(pupil).ToString())), row => new DeviceId(Guid.Parse(row.GetString(0))), ct);
}
