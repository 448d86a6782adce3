using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.GraphQL.Schools;

[ExtendObjectType(OperationTypeNames.Query)]
public sealed class SchoolQueries
{
    /// <summary>One's own school, or one of one's trust, by its URN.</summary>
    /// <param name="urn">The school's six-digit number.</param>
    [Authorize]
    public async Task<School?> GetSchoolAsync(string urn, Session session, SchoolReader schools, CancellationToken ct) =>
        (await schools.ListAsync(session.Asks().Reader, ct)).FirstOrDefault(s => s.Urn == urn) is { } view ? new School(view) : null;

    /// <summary>One's own school, or those of one's trust.</summary>
    [Authorize]
    public async Task<IReadOnlyList<School>> GetSchoolsAsync(Session session, SchoolReader schools, CancellationToken ct) =>
        [.. (await schools.ListAsync(session.Asks().Reader, ct)).Select(s => new School(s))];
}
