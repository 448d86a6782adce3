using System.Globalization;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage.Sql;

namespace OnlineSafetyTrust.Storage.Reading;

/// <param name="Roles">As they were held at that moment.</param>
public sealed record AuditEntry(Actor Actor, IReadOnlyList<Role> Roles, string Purpose, string Operation, Guid CorrelationId, DateTimeOffset At);

/// <summary>Who saw a record, newest first.</summary>
public sealed class AuditReader
{
    private const string Sql = """
        SELECT a.position, a.actor, a.roles, a.purpose, a.operation, a.correlation_id, a.at
          FROM read_audit_records r JOIN read_audit a ON a.position = r.position
         WHERE r.tenant = @tenant AND a.tenant = @tenant AND r.record = @record AND r.position < @before
         ORDER BY r.position DESC LIMIT @limit
        """;

    private readonly IDatabase _database;

    internal AuditReader(IDatabase database) => _database = database;

    /// <param name="record"><c>kind/{uuid}</c>, as <see cref="Reader.Saw"/> was told.</param>
    /// <param name="after">Cursor of the last entry of the page before.</param>
    public async Task<Result<Page<AuditEntry>>> AccessLogAsync(Reader who, string record, int first, string? after, CancellationToken ct)
    {
        var before = long.MaxValue;
        if (after is not null && !long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out before))
        {
            return Keyset.CursorInvalid;
        }

        var limit = Math.Clamp(first, 0, Keyset.LargestPage);
        var args = Arguments.Of(("tenant", who.Tenant), ("record", record), ("before", before), ("limit", limit + 1));
        var rows = await _database.QueryAsync(new ReadScope(who.Tenant), Sql, args, row => new PageItem<AuditEntry>(
            row.GetInt64(0).ToString(CultureInfo.InvariantCulture),
            new AuditEntry(new Actor(row.GetString(1)), Roles(row.GetString(2)), row.GetString(3), row.GetString(4), Guid.ParseExact(row.GetString(5), "D"), Microseconds.FromUnix(row.GetInt64(6)))), ct);
        return new Page<AuditEntry>(rows[..Math.Min(rows.Count, limit)], rows.Count > limit, after is not null);
    }

    private static Role[] Roles(string text) => [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<Role>)];
}
