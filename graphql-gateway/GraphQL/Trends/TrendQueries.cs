using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Gateway.GraphQL.Schools;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;
using OnlineSafetyTrust.Storage.Trends;

namespace OnlineSafetyTrust.Gateway.GraphQL.Trends;

/// <summary>Incidents counted by school, period and nature: for DSL, deputy, headteacher, online safety lead and senior leaders as they are, for governors and the trust without counts from 1 to 4 and whatever would give them away, for nobody else.</summary>
public sealed class IncidentTrends(TrendTable table)
{
    /// <summary>First to last day of each period.</summary>
    public IReadOnlyList<TrendPeriod> Periods => table.Periods;

    /// <summary>Ids of natures that occur; <c>untriaged</c>: of incidents that nobody has triaged yet, for those who lead the school; <c>none</c>: of those that fit none.</summary>
    public IReadOnlyList<string> Natures => table.Natures;

    /// <summary>School × period × nature.</summary>
    public IReadOnlyList<TrendCount> Cells => Counts(c => c.Nature is not null);

    /// <summary>School × period, all natures together.</summary>
    public IReadOnlyList<TrendCount> Totals => Counts(c => c.Nature is null);

    private TrendCount[] Counts(Func<TrendCell, bool> which)
    {
        var schools = table.Schools.ToDictionary(s => s.Id);
        return [.. table.Cells.Where(which).Select(c => new TrendCount(schools[c.School], c))];
    }
}

/// <summary>How many incidents were reported; what was reported as technical counts once it is triaged, or handed to the DSL.</summary>
public sealed class TrendCount(SchoolView school, TrendCell cell)
{
    /// <summary>The school.</summary>
    public School School => new(school);

    /// <summary>Which period.</summary>
    public TrendPeriod Period => cell.Period;

    /// <summary>Id of a nature; null: all.</summary>
    public string? Nature => cell.Nature;

    /// <summary>Null when suppressed.</summary>
    public long? Count => cell.Count;

    /// <summary>Too small to be shown.</summary>
    public bool Suppressed => cell.Count is null;
}

[ExtendObjectType(OperationTypeNames.Query)]
public sealed class TrendQueries
{
    /// <summary>Counts of the caller's school, or of every school of the trust; empty for those to whom no figures are shown.</summary>
    /// <param name="from">First day.</param>
    /// <param name="to">Last day.</param>
    /// <param name="by">Terms and half-terms need a single school's calendar; for governors and the trust there are MONTH and YEAR.</param>
    [Authorize]
    public async Task<IncidentTrends?> GetTrendsAsync(DateOnly from, DateOnly to, Session session, TrendReader trends, CancellationToken ct, TrendUnit by = TrendUnit.Month) =>
        new(Answers.Value(await trends.ReadAsync(session.Asks().Reader, from, to, by, ct)));
}
