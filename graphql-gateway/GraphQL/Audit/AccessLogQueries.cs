using OnlineSafetyTrust.Gateway.GraphQL.People;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.Gateway.GraphQL.Audit;

/// <summary>Somebody read a record.</summary>
public sealed class AccessLogEntry(AuditEntry entry)
{
    /// <summary>When it was read.</summary>
    public DateTimeOffset At => entry.At;

    /// <summary>As they were held at that moment.</summary>
    public IReadOnlyList<Role> Roles => entry.Roles;

    /// <summary>Why personal data was touched: safeguarding, daily-check…</summary>
    public string Purpose => entry.Purpose;

    /// <summary>What they asked: fields of the API, or the address of a page.</summary>
    public string Operation => entry.Operation;

    /// <summary>The same on the events and log lines of that request.</summary>
    public Guid CorrelationId => entry.CorrelationId;

    /// <summary>Null: an integration, the product itself, or somebody who holds a link (purpose "signature").</summary>
    public Task<Person?> GetPersonAsync(PersonById people, CancellationToken ct) => people.PersonAsync(entry.Actor.Person, ct);
}

[ExtendObjectType(OperationTypeNames.Query)]
public sealed class AccessLogQueries
{
    /// <summary>Who read a record: for DSL, head and data protection officer. Null where there is no such record for the caller.</summary>
    /// <param name="recordId">An incident, pupil, device or person; the school itself for the incident logs that left it.</param>
    /// <param name="order">In which order.</param>
    [Authorize]
    [UsePaging(ConnectionName = "AccessLog")]
    public async Task<Connection<AccessLogEntry>?> GetAccessLogAsync(
        [ID] string recordId, [DefaultValue(AccessLogOrder.AtDesc)] AccessLogOrder order, int? first, string? after, int? last, string? before, Session session, AccessLogReader log, CancellationToken ct) =>
        Guid.TryParseExact(recordId, "D", out var record) && await log.PageAsync(session.Asks().Reader, record, order, Connections.Page(first, after, last, before), ct) is { } page
            ? Connections.Of(page, e => new AccessLogEntry(e))
            : null;
}
