using System.Data.Common;
using OnlineSafetyTrust.Contracts.Journal;

namespace OnlineSafetyTrust.Storage.Journal;

internal static class EventRows
{
    /// <summary>Columns in the order position, version, type, at, actor, command_id, correlation_id, payload.</summary>
    public static StoredEvent Read(DbDataReader row, StreamKey key) => new(
        row.GetInt64(0),
        key,
        row.GetInt64(1),
        row.GetString(2),
        Microseconds.FromUnix(row.GetInt64(3)),
        new Actor(row.GetString(4)),
        row.IsDBNull(5) ? null : Guid.ParseExact(row.GetString(5), "D"),
        Guid.TryParseExact(row.GetString(6), "D", out var correlation) ? correlation : Guid.Empty,
        row.GetFieldValue<byte[]>(7));
}
