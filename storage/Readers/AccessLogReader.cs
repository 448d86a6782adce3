using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.Storage.Readers;

/// <summary>Who saw a record (J1): for DSL, head and data protection officer.</summary>
public sealed class AccessLogReader(ViewReader views, AuditReader audit)
{
    private static readonly ViewTable[] Records = [IncidentTables.Incident, PupilTables.Pupil, DeviceTables.Device, PersonTables.Person];

    /// <summary>Null: no such record, or not for this reader. Of the school itself: the incident logs that left it.</summary>
    public async Task<Result<Page<AuditEntry>>?> PageAsync(Reader who, Guid record, AccessLogOrder order, PageRequest page, CancellationToken ct)
    {
        if (!Sight.AccessLog(who))
        {
            return null;
        }

        var id = record.ToString("D");
        if (record == who.Tenant.Value)
        {
            return await audit.AccessLogAsync(who, $"{IncidentLogReader.Record}/{id}", order, page, ct);
        }

        foreach (var table in Records)
        {
            if (await views.CountAsync(who, table, "id = @id", new Dictionary<string, object?> { ["id"] = id }, ct) > 0)
            {
                return await audit.AccessLogAsync(who, $"{table.Name}/{id}", order, page, ct);
            }
        }

        return null;
    }
}
