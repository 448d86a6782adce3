using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Storage.Reading;
using OnlineSafetyTrust.Storage.Trends;

namespace OnlineSafetyTrust.Storage.Readers;

/// <param name="Schools">Empty for those to whom no figures are shown.</param>
/// <param name="Cells">School × period × nature, zeros included where the school has that nature in the range.</param>
public sealed record TrendTable(IReadOnlyList<TrendPeriod> Periods, IReadOnlyList<SchoolView> Schools, IReadOnlyList<string> Natures, IReadOnlyList<TrendCell> Cells);

/// <param name="Nature">Null: all natures together.</param>
/// <param name="Count">Null: suppressed.</param>
public sealed record TrendCell(TenantId School, TrendPeriod Period, string? Nature, long? Count);

/// <summary>
/// Incidents counted by school, period and nature (I1). Those who lead a school see its figures as they are; for its governors and its trust
/// incidents count once they are triaged and small numbers are suppressed, here and nowhere else (I2); for everybody else there are none. No trend touches an incident.
/// </summary>
public sealed class TrendReader(CounterReader counters, SchoolReader schools)
{
    private const string Counter = "incidents";
    private const int MostPeriods = 120;
    private const int MostYears = 10;

    public static readonly DomainError RangeWrong = DomainError.Invalid("TREND_RANGE", "Ask for a range that ends after it begins and has at most 120 periods, and for governors and the trust at most ten academic years.", "from", "to");

    public static readonly DomainError UnitWrong = DomainError.Invalid(
        "TREND_UNIT", "Figures for governors and the trust are by month or year: with periods that overlap, small numbers would come out by subtraction.", "by");

    public async Task<Result<TrendTable>> ReadAsync(Reader who, DateOnly from, DateOnly to, TrendUnit by, CancellationToken ct)
    {
        var exact = Sight.ExactFigures(who);
        if (!exact && Sight.Figures(who) && by is not (TrendUnit.Month or TrendUnit.Year))
        {
            return UnitWrong;
        }

        var members = await schools.ListAsync(who, ct);
        var periods = TrendPeriods.Of(from, to, by, members.Count == 1 ? members[0].Calendar : null, MostPeriods);
        if (to < from || periods.Count is 0 or > MostPeriods)
        {
            return RangeWrong;
        }

        if (!Sight.Figures(who))
        {
            return new TrendTable(periods, [], [], []);
        }

        if (!exact)
        {
            return await GuardedAsync(who, members, periods, ct);
        }

        // Whole periods, like everybody's: a part of September under September's name would be wrong.
        var days = members.Count == 0 ? [] : await counters.ByDayAsync(who, [.. members.Select(s => s.Id)], Counter, periods.Min(p => p.From), periods.Max(p => p.To), ct);
        var natures = NaturesOf(days);
        var counts = Count(days, [.. members.Select(m => m.Id)], periods, natures, places: periods.Count);
        return Table(members, periods, natures, (s, p, n) => counts[s, p, n]);
    }

    /// <summary>
    /// Small numbers are hidden in whole academic years, the twelve months beside their sum; whatever is asked is cut out of that. Two
    /// questions then give away no more than one.
    /// </summary>
    private async Task<Result<TrendTable>> GuardedAsync(Reader who, IReadOnlyList<SchoolView> members, IReadOnlyList<TrendPeriod> periods, CancellationToken ct)
    {
        var years = TrendPeriods.Of(periods[0].From, periods[^1].To, TrendUnit.Year, null, MostPeriods);
        if (years.Count > MostYears)
        {
            return RangeWrong;
        }

        var counted = members.Count == 0 ? [] : await counters.ByMonthAsync(who, [.. members.Select(s => s.Id)], Counter, years[0].From, years[^1].To, ct);
        CounterDay[] days = [.. counted.Where(d => DimensionOf(d.Dimensions, "nature") != CountedNatures.Untriaged)];
        var natures = NaturesOf(days);
        var places = new Dictionary<TrendPeriod, (long[,,] Counts, bool[,,] Hidden, int Place)>();
        foreach (var year in years)
        {
            var months = TrendPeriods.Of(year.From, year.To, TrendUnit.Month, null, MostPeriods);
            var (counts, hidden) = Guarded(days, [.. members.Select(m => m.Id)], months, natures, ct);
            for (var m = 0; m < months.Count; m++)
            {
                places[months[m]] = (counts, hidden, m);
            }

            places[year] = (counts, hidden, months.Count);
        }

        return Table(members, periods, natures, (s, p, n) => places[periods[p]] is var of && of.Hidden[s, of.Place, n] ? null : of.Counts[s, of.Place, n]);
    }

    /// <summary>An academic year's counts of school × month, then their sum × nature, then their sum, and which of them are not told.</summary>
    internal static (long[,,] Counts, bool[,,] Hidden) Guarded(IReadOnlyList<CounterDay> days, IReadOnlyList<TenantId> schools, IReadOnlyList<TrendPeriod> months, string[] natures, CancellationToken ct = default)
    {
        var counts = Count([.. days.Where(d => months[0].From <= d.Day && d.Day <= months[^1].To)], schools, months, natures, places: months.Count + 1);
        return (counts, Suppression.Hide(counts, ct));
    }

    internal static string[] NaturesOf(IReadOnlyList<CounterDay> days) => [.. days.Select(d => DimensionOf(d.Dimensions, "nature")).Distinct().Order(StringComparer.Ordinal)];

    // The last nature is the sum of all, so that a total is protected like any other cell of its row.
    /// <param name="places">One more than there are periods: the last is their sum.</param>
    private static long[,,] Count(IReadOnlyList<CounterDay> days, IReadOnlyList<TenantId> members, IReadOnlyList<TrendPeriod> periods, string[] natures, int places)
    {
        var cube = new long[members.Count, places, natures.Length + 1];
        var schools = members.Select((s, i) => (Id: s, i)).ToDictionary(p => p.Id, p => p.i);
        foreach (var day in days)
        {
            var (period, nature) = (TrendPeriods.Find(periods, day.Day), Array.IndexOf(natures, DimensionOf(day.Dimensions, "nature")));
            if (period < 0)
            {
                continue;
            }

            foreach (var place in places > periods.Count ? [period, periods.Count] : (ReadOnlySpan<int>)[period])
            {
                cube[schools[day.School], place, nature] += day.Total;
                cube[schools[day.School], place, natures.Length] += day.Total;
            }
        }

        return cube;
    }

    /// <param name="count">Of school, period and nature; null: not shown.</param>
    private static TrendTable Table(IReadOnlyList<SchoolView> members, IReadOnlyList<TrendPeriod> periods, string[] natures, Func<int, int, int, long?> count)
    {
        var cells = new List<TrendCell>(members.Count * periods.Count * (natures.Length + 1));
        for (var s = 0; s < members.Count; s++)
        {
            for (var p = 0; p < periods.Count; p++)
            {
                for (var n = 0; n <= natures.Length; n++)
                {
                    cells.Add(new TrendCell(members[s].Id, periods[p], n == natures.Length ? null : natures[n], count(s, p, n)));
                }
            }
        }

        return new TrendTable(periods, members, natures, cells);
    }

    internal static string DimensionOf(string dimensions, string name)
    {
        foreach (var part in dimensions.Split(';'))
        {
            if (part.StartsWith(name, StringComparison.Ordinal) && part[name.Length] == '=')
            {
                return part[(name.Length + 1)..];
            }
        }

        return CountedNatures.None;
    }
}
