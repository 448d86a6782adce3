using System.Data.Common;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage.Sql;

namespace OnlineSafetyTrust.Storage.Reading;

public sealed record CounterSum(TenantId School, string Dimensions, long Total);

public sealed record CounterDay(TenantId School, DateOnly Day, string Dimensions, long Total);

/// <summary>
/// Sums of the schools' daily counts. A school's reader sees its own; a trust's reader sees the schools it passes, which the caller
/// took from the trust's view. Small numbers are not suppressed here.
/// </summary>
public sealed class CounterReader
{
    private readonly IDatabase _database;

    internal CounterReader(IDatabase database) => _database = database;

    public async Task<IReadOnlyList<CounterSum>> SumAsync(Reader who, IReadOnlyList<TenantId> schools, string counter, DateOnly from, DateOnly to, CancellationToken ct) =>
        await ReadAsync(who, schools, counter, from, to, "tenant, dimensions", row => new CounterSum(TenantId.Parse(row.GetString(0)), row.GetString(1), row.GetInt64(2)), ct);

    public async Task<IReadOnlyList<CounterDay>> ByDayAsync(Reader who, IReadOnlyList<TenantId> schools, string counter, DateOnly from, DateOnly to, CancellationToken ct) =>
        await ReadAsync(who, schools, counter, from, to, "tenant, day, dimensions",
            row => new CounterDay(TenantId.Parse(row.GetString(0)), DateOnly.ParseExact(row.GetString(1), "yyyy-MM-dd"), row.GetString(2), row.GetInt64(3)), ct);

    private Task<List<T>> ReadAsync<T>(Reader who, IReadOnlyList<TenantId> schools, string counter, DateOnly from, DateOnly to, string by, Func<DbDataReader, T> map, CancellationToken ct)
    {
        if (who.Tenant.Kind == TenantKind.School && schools.Any(s => s != who.Tenant))
        {
            throw new InvalidOperationException("A school reads its own counters only.");
        }

        // SUM of bigint is numeric on PostgreSQL.
        var sql = $"""
            SELECT {by}, CAST(SUM(total) AS BIGINT) FROM counters
             WHERE {_database.Dialect.AnyOf("tenant", "@schools")} AND counter = @counter AND day >= @from AND day <= @to
             GROUP BY {by} ORDER BY {by}
            """;
        var args = Arguments.Of(("schools", schools.Select(s => s.ToString()).ToArray()), ("counter", counter), ("from", from), ("to", to));
        return _database.QueryAsync(new ReadScope(who.Tenant, schools), sql, args, map, ct);
    }
}
