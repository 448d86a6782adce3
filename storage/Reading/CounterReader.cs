using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage.Sql;

namespace OnlineSafetyTrust.Storage.Reading;

public sealed record CounterDay(TenantId School, DateOnly Day, string Dimensions, long Total);

/// <summary>
/// Sums of the schools' daily counts. A school's reader sees its own; a trust's reader sees the schools it passes, which the caller
/// took from the trust's view. Small numbers are not suppressed here.
/// </summary>
public sealed class CounterReader
{
    private readonly IDatabase _database;

    internal CounterReader(IDatabase database) => _database = database;

    public async Task<IReadOnlyList<CounterDay>> ByDayAsync(Reader who, IReadOnlyList<TenantId> schools, string counter, DateOnly from, DateOnly to, CancellationToken ct)
    {
        if (who.Tenant.Kind == TenantKind.School && schools.Any(s => s != who.Tenant))
        {
            throw new InvalidOperationException("A school reads its own counters only.");
        }

        // SUM of bigint is numeric on PostgreSQL.
        var sql = $"""
            SELECT tenant, day, dimensions, CAST(SUM(total) AS BIGINT) FROM counters
             WHERE {_database.Dialect.AnyOf("tenant", "@schools")} AND counter = @counter AND day >= @from AND day <= @to
             GROUP BY tenant, day, dimensions ORDER BY tenant, day, dimensions
            """;
        var args = Arguments.Of(("schools", schools.Select(s => s.ToString()).ToArray()), ("counter", counter), ("from", from), ("to", to));
        return await _database.QueryAsync(
            new ReadScope(who.Tenant, schools), sql, args,
            row => new CounterDay(TenantId.Parse(row.GetString(0)), DateOnly.ParseExact(row.GetString(1), "yyyy-MM-dd"), row.GetString(2), row.GetInt64(3)), ct);
    }
}
