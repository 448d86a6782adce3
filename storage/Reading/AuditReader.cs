using System.Globalization;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage.Sql;

namespace OnlineSafetyTrust.Storage.Reading;

/// <param name="Roles">As they were held at that moment.</param>
public sealed record AuditEntry(Actor Actor, IReadOnlyList<Role> Roles, string Purpose, string Operation, Guid CorrelationId, DateTimeOffset At);

/// <summary>In which order an access log is listed.</summary>
public enum AccessLogOrder
{
    /// <summary>Newest first.</summary>
    AtDesc,

    /// <summary>Oldest first.</summary>
    AtAsc,
}

/// <summary>Who saw a record.</summary>
public sealed class AuditReader
{
    private const string Select = """
        SELECT a.position, a.actor, a.roles, a.purpose, a.operation, a.correlation_id, a.at
          FROM read_audit_records r JOIN read_audit a ON a.position = r.position
         WHERE r.tenant = @tenant AND a.tenant = @tenant AND r.record = @record
        """;
    private const string Older = Select + " AND r.position < @from ORDER BY r.position DESC LIMIT @limit";
    private const string Newer = Select + " AND r.position > @from ORDER BY r.position LIMIT @limit";

    private readonly IDatabase _database;

    internal AuditReader(IDatabase database) => _database = database;

    /// <param name="record"><c>kind/{uuid}</c>, as <see cref="Reader.Saw"/> was told.</param>
    public async Task<Result<Page<AuditEntry>>> AccessLogAsync(Reader who, string record, AccessLogOrder order, PageRequest page, CancellationToken ct)
    {
        var (backward, cursor, limit) = Keyset.Ask(page);
        var older = (order == AccessLogOrder.AtDesc) != backward;
        var from = older ? long.MaxValue : 0;
        var place = $"{order}:";
        if (cursor is not null && !(cursor.StartsWith(place, StringComparison.Ordinal) && long.TryParse(cursor.AsSpan(place.Length), NumberStyles.None, CultureInfo.InvariantCulture, out from)))
        {
            return Keyset.CursorInvalid;
        }

        var args = Arguments.Of(("tenant", who.Tenant), ("record", record), ("from", from), ("limit", limit + 1));
        var rows = await _database.QueryAsync(new ReadScope(who.Tenant), older ? Older : Newer, args, row => new PageItem<AuditEntry>(
            string.Create(CultureInfo.InvariantCulture, $"{place}{row.GetInt64(0)}"),
            new AuditEntry(new Actor(row.GetString(1)), Roles(row.GetString(2)), row.GetString(3), row.GetString(4), Guid.ParseExact(row.GetString(5), "D"), Microseconds.FromUnix(row.GetInt64(6)))), ct);
        var (items, hasNext, hasPrevious) = Keyset.Cut(rows, page);
        return new Page<AuditEntry>(items, hasNext, hasPrevious);
    }

    private static Role[] Roles(string text) => [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<Role>)];
}
