using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage.Sql;

namespace OnlineSafetyTrust.Storage.Reading;

/// <param name="Day">Of sums by month its first.</param>
public sealed record CounterDay(TenantId School, DateOnly Day, string Dimensions, long Total);

/// <summary>
/// Sums of the schools' daily counts. A school's reader sees its own; a trust's reader sees the schools it passes, which the caller
/// took from the trust's view. Small numbers are not suppressed here.
/// </summary>
public sealed class CounterReader
{
    private readonly IDatabase _database;

    internal CounterReader(IDatabase database) => _database = database;

    public Task<IReadOnlyList<CounterDay>> ByDayAsync(Reader who, IReadOnlyList<TenantId> schools, string counter, DateOnly from, DateOnly to, CancellationToken ct) =>
        SumAsync(who, schools, counter, from, to, "day", ct);

    /// <summary>The same by calendar month: a trust's ten years are read as months, not as days.</summary>
    public Task<IReadOnlyList<CounterDay>> ByMonthAsync(Reader who, IReadOnlyList<TenantId> schools, string counter, DateOnly from, DateOnly to, CancellationToken ct) =>
        SumAsync(who, schools, counter, from, to, "SUBSTR(day, 1, 7) || '-01'", ct);

    private async Task<IReadOnlyList<CounterDay>> SumAsync(Reader who, IReadOnlyList<TenantId> schools, string counter, DateOnly from, DateOnly to, string period, CancellationToken ct)
    {
        if (who.Tenant.Kind == TenantKind.School && schools.Any(s => s != who.Tenant))
        {
            throw new InvalidOperationException("A school reads its own counters only.");
        }

        // SUM of bigint is numeric on PostgreSQL.
        var sql = $"""
            SELECT tenant, {period}, dimensions, CAST(SUM(total) AS BIGINT) FROM counters
             WHERE {_database.Dialect.AnyOf("tenant", "@schools")} AND counter = @counter AND day >= @from AND day <= @to
             GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
            """;
        var args = Arguments.Of(("schools", schools.Select(s => s.ToString()).ToArray()), ("counter", counter), ("from", from), ("to", to));
        return await _database.QueryAsync(
            new ReadScope(who.Tenant, schools), sql, args,
            row => new CounterDay(TenantId.Parse(row.GetString(0)), DateOnly.ParseExact(row.GetString(1), "yyyy-MM-dd"), row.GetString(2), row.GetInt64(3)), ct);
    }
}
