using OnlineSafetyTrust.Contracts.Trusts;
using OnlineSafetyTrust.Gateway.GraphQL.Schools;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.GraphQL.Trusts;

/// <summary>A trust, federation, cluster or single school.</summary>
[Node]
public sealed class Trust(TrustView view)
{
    /// <summary>Its global id.</summary>
    [ID]
    public string Id => view.Id.Value.ToString("D");

    /// <summary>Its name.</summary>
    public string Name => view.Name;

    /// <summary>Single school, federation, cluster or multi-academy trust.</summary>
    public TrustKind Kind => view.Kind;

    /// <summary>How many schools are in it.</summary>
    public int SchoolCount => view.Schools.Count;

    /// <summary>Those of its schools that the caller may see: all for its own people, one's own school otherwise.</summary>
    public async Task<IReadOnlyList<School>> GetSchoolsAsync(Session session, SchoolReader schools, CancellationToken ct) =>
        [.. (await schools.ListAsync(session.Reader, ct)).Select(s => new School(s))];

    [NodeResolver]
    public static async Task<Trust?> GetAsync(string id, Session session, SchoolReader schools, CancellationToken ct) =>
        await schools.TrustAsync(session.Asks(SessionAudit.Node).Reader, ct) is { } view && view.Id.Value.ToString("D") == id ? new Trust(view) : null;
}

[ExtendObjectType(OperationTypeNames.Query)]
public sealed class TrustQueries
{
    /// <summary>The caller's trust, or their school's.</summary>
    [Authorize]
    public async Task<Trust?> GetTrustAsync(Session session, SchoolReader schools, CancellationToken ct) =>
        await schools.TrustAsync(session.Asks().Reader, ct) is { } view ? new Trust(view) : null;
}
