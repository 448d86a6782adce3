using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Storage.Reading;
using OnlineSafetyTrust.Storage.Trends;

namespace OnlineSafetyTrust.Storage.Readers;

/// <param name="Cells">School × period × nature, zeros included where the school has that nature in the range.</param>
public sealed record TrendTable(IReadOnlyList<TrendPeriod> Periods, IReadOnlyList<SchoolView> Schools, IReadOnlyList<string> Natures, IReadOnlyList<TrendCell> Cells);

/// <param name="Nature">Null: all natures together.</param>
/// <param name="Count">Null: suppressed.</param>
public sealed record TrendCell(TenantId School, TrendPeriod Period, string? Nature, long? Count);

/// <summary>
/// Incidents counted by school, period and nature (I1). A school's staff see its figures as they are; for its governors and its trust
/// small numbers are suppressed here and nowhere else (I2). No trend touches an incident.
/// </summary>
public sealed class TrendReader(CounterReader counters, SchoolReader schools)
{
    private const string Counter = "incidents";
    private const int MostPeriods = 120;

    public static readonly DomainError RangeWrong = DomainError.Invalid("TREND_RANGE", "Ask for a range that ends after it begins and has at most 120 periods.", "from", "to");

    public async Task<Result<TrendTable>> ReadAsync(Reader who, DateOnly from, DateOnly to, TrendUnit by, CancellationToken ct)
    {
        var exact = Sight.IsStaff(who);
        var members = await schools.ListAsync(who, ct);
        var periods = TrendPeriods.Of(from, to, by, members.Count == 1 ? members[0].Calendar : null, MostPeriods);
        if (to < from || periods.Count is 0 or > MostPeriods)
        {
            return RangeWrong;
        }

        // Whole periods for others: two ranges that differ by a day would give away that day.
        var (first, last) = exact ? (from, to) : (periods[0].From, periods[^1].To);
        var days = members.Count == 0 ? [] : await counters.ByDayAsync(who, [.. members.Select(s => s.Id)], Counter, first, last, ct);
        var natures = days.Select(d => NatureOf(d.Dimensions)).Distinct().Order(StringComparer.Ordinal).ToArray();
        var cube = Count(days, members, periods, natures);
        var hidden = exact ? new bool[cube.GetLength(0), cube.GetLength(1), cube.GetLength(2)] : Suppression.Hide(cube);
        return new TrendTable(periods, members, natures, [.. Cells(cube, hidden, members, periods, natures)]);
    }

    // The last nature is the sum of all, so that a total is protected like any other cell of its row.
    private static long[,,] Count(IReadOnlyList<CounterDay> days, IReadOnlyList<SchoolView> members, IReadOnlyList<TrendPeriod> periods, string[] natures)
    {
        var cube = new long[members.Count, periods.Count, natures.Length + 1];
        var places = members.Select((s, i) => (s.Id, i)).ToDictionary(p => p.Id, p => p.i);
        foreach (var day in days)
        {
            var period = TrendPeriods.Find(periods, day.Day);
            if (period >= 0)
            {
                cube[places[day.School], period, Array.IndexOf(natures, NatureOf(day.Dimensions))] += day.Total;
                cube[places[day.School], period, natures.Length] += day.Total;
            }
        }

        return cube;
    }

    private static IEnumerable<TrendCell> Cells(long[,,] cube, bool[,,] hidden, IReadOnlyList<SchoolView> members, IReadOnlyList<TrendPeriod> periods, string[] natures)
    {
        for (var s = 0; s < members.Count; s++)
        {
            for (var p = 0; p < periods.Count; p++)
            {
                for (var n = 0; n <= natures.Length; n++)
                {
                    yield return new TrendCell(members[s].Id, periods[p], n == natures.Length ? null : natures[n], hidden[s, p, n] ? null : cube[s, p, n]);
                }
            }
        }
    }

    private static string NatureOf(string dimensions)
    {
        foreach (var part in dimensions.Split(';'))
        {
            if (part.StartsWith("nature=", StringComparison.Ordinal))
            {
                return part["nature=".Length..];
            }
        }

        return "none";
    }
}
