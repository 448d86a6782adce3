using OnlineSafetyTrust.Gateway.GraphQL.Incidents;
using OnlineSafetyTrust.Gateway.GraphQL.People;
using OnlineSafetyTrust.Gateway.GraphQL.Schools;
using OnlineSafetyTrust.Gateway.GraphQL.Trusts;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.GraphQL.Viewers;

/// <summary>Whoever is signed in, at the school or trust of their sign-in.</summary>
public sealed class Viewer
{
    /// <summary>Roles of today, own and covered.</summary>
    public IReadOnlyList<Role> GetRoles(Session session) => [.. session.Reader.Roles.Order()];

    /// <summary>SCHOOL or TRUST.</summary>
    public TenantKind GetTenant(Session session) => session.Tenant.Kind;

    /// <summary>The product's today, Europe/London.</summary>
    public DateOnly GetToday(ProductDay today) => today.Now;

    /// <summary>The person signed in.</summary>
    public Task<Person?> GetPersonAsync(Session session, PersonById people, CancellationToken ct) => people.PersonAsync(session.Person, ct);

    /// <summary>Null for a sign-in to a trust.</summary>
    public async Task<School?> GetSchoolAsync(Session session, SchoolReader schools, CancellationToken ct) =>
        await schools.FindAsync(session.Reader, session.Tenant, ct) is { } view ? new School(view) : null;

    /// <summary>The trust, as far as the caller may see it.</summary>
    public async Task<Trust?> GetTrustAsync(Session session, SchoolReader schools, CancellationToken ct) =>
        await schools.TrustAsync(session.Reader, ct) is { } view ? new Trust(view) : null;

    /// <summary>What waits for them.</summary>
    public async Task<Unread> GetUnreadAsync(Session session, TaskReader tasks, IncidentReader incidents, ProductDay today, CancellationToken ct)
    {
        var (open, overdue) = await tasks.CountAsync(session.Reader, today.Instant, ct);
        return new Unread(open, overdue, await incidents.CountUntriagedAsync(session.Reader, ct));
    }

    /// <summary>The caller's own reports.</summary>
    /// <param name="order">In which order.</param>
    [UsePaging(ConnectionName = "Receipts")]
    public async Task<Connection<Receipt>> GetReceiptsAsync(
        [DefaultValue(ReceiptsOrder.ReportedAtDesc)] ReceiptsOrder order, int? first, string? after, int? last, string? before, Session session, IncidentReader incidents, CancellationToken ct) =>
        Connections.Of(await incidents.ReceiptsAsync(session.Reader, order, Connections.Page(first, after, last, before), ct), r => new Receipt(r));
}

/// <summary>What waits for the caller.</summary>
/// <param name="Tasks">Open ones.</param>
/// <param name="OverdueTasks">Of these, past their deadline.</param>
/// <param name="Untriaged">Reports that wait for triage, of those the caller sees.</param>
public sealed record Unread(long Tasks, long OverdueTasks, long Untriaged);

[ExtendObjectType(OperationTypeNames.Query)]
public sealed class ViewerQueries
{
    /// <summary>Whoever is signed in.</summary>
    [Authorize]
    public Viewer GetViewer(Session session)
    {
        session.Asks();
        return new Viewer();
    }
}
