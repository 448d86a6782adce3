using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.GraphQL.Pupils;

/// <summary>Which pupils; what is left out does not count.</summary>
/// <param name="Search">Beginnings of names, in any order.</param>
/// <param name="YearGroup">N1 N2 R 1..14.</param>
/// <param name="Left">Those who left instead of those on roll.</param>
/// <param name="ClassName">Their class.</param>
public sealed record PupilsFilterInput([property: Personal] string? Search, string? YearGroup, [property: Personal] string? ClassName, bool Left = false)
{
    internal PupilFilter ToFilter() => new(Search, YearGroup, ClassName, Left);
}

[ExtendObjectType(OperationTypeNames.Query)]
public sealed class PupilQueries
{
    /// <summary>One pupil; null where there is none at this school.</summary>
    /// <param name="id">The pupil.</param>
    [Authorize]
    public Task<Pupil?> GetPupilAsync([ID(nameof(Pupil))] string id, Session session, PupilById pupils, CancellationToken ct)
    {
        session.Asks();
        return Pupil.FindAsync(id, pupils, ct);
    }

    /// <summary>Pupils of the school.</summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="order">In which order.</param>
    [Authorize]
    [UsePaging(ConnectionName = "Pupils")]
    public async Task<Connection<Pupil>> GetPupilsAsync(
        PupilsFilterInput? filter, [DefaultValue(PupilsOrder.NameAsc)] PupilsOrder order, int? first, string? after, int? last, string? before, Session session, PupilReader pupils, CancellationToken ct) =>
        Connections.Of(await pupils.PageAsync(session.Asks().Reader, filter?.ToFilter() ?? new(), order, Connections.Page(first, after, last, before), ct), p => new Pupil(p));
}
