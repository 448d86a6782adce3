using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Storage.Trends;

/// <summary>What trends are counted by. Half-terms and terms are a school's own.</summary>
public enum TrendUnit
{
    /// <summary>Monday to Sunday.</summary>
    Week,

    /// <summary>Calendar months.</summary>
    Month,

    /// <summary>Half-terms of each school's own calendar.</summary>
    HalfTerm,

    /// <summary>Terms of each school's own calendar.</summary>
    Term,

    /// <summary>Academic year, from 1 September.</summary>
    Year,
}

/// <summary>A period of a trend.</summary>
/// <param name="From">First day, included.</param>
/// <param name="To">Last day, included.</param>
public sealed record TrendPeriod(DateOnly From, DateOnly To);

internal static class TrendPeriods
{
    /// <summary>Whole periods that touch the range; terms and half-terms need one school's calendar, otherwise there are none.</summary>
    public static IReadOnlyList<TrendPeriod> Of(DateOnly from, DateOnly to, TrendUnit unit, SchoolCalendar? calendar, int most) => unit switch
    {
        TrendUnit.Week => Steps(from.AddDays(-(((int)from.DayOfWeek + 6) % 7)), to, d => d.AddDays(7), most),
        TrendUnit.Month => Steps(new DateOnly(from.Year, from.Month, 1), to, d => d.AddMonths(1), most),
        TrendUnit.Year => Steps(new DateOnly(from.Month >= 9 ? from.Year : from.Year - 1, 9, 1), to, d => d.AddYears(1), most),
        TrendUnit.Term => [.. (calendar?.Terms ?? []).Select(t => new TrendPeriod(t.Start, t.End)).Where(p => Touches(p, from, to))],
        TrendUnit.HalfTerm => [.. (calendar?.Terms ?? []).SelectMany(Halves).Where(p => Touches(p, from, to))],
        _ => throw new ArgumentOutOfRangeException(nameof(unit)),
    };

    /// <summary>Place of the period that holds a day, or -1.</summary>
    public static int Find(IReadOnlyList<TrendPeriod> periods, DateOnly day)
    {
        for (var i = 0; i < periods.Count; i++)
        {
            if (periods[i].From <= day && day <= periods[i].To)
            {
                return i;
            }
        }

        return -1;
    }

    private static List<TrendPeriod> Steps(DateOnly start, DateOnly to, Func<DateOnly, DateOnly> next, int most)
    {
        var periods = new List<TrendPeriod>();
        for (var from = start; from <= to && periods.Count <= most && from.Year < 9990;)
        {
            var following = next(from);
            periods.Add(new TrendPeriod(from, following.AddDays(-1)));
            from = following;
        }

        return periods;
    }

    private static IEnumerable<TrendPeriod> Halves(SchoolTerm term) =>
        term is { HalfTermStart: { } start, HalfTermEnd: { } end }
            ? [new TrendPeriod(term.Start, start.AddDays(-1)), new TrendPeriod(end.AddDays(1), term.End)]
            : [new TrendPeriod(term.Start, term.End)];

    private static bool Touches(TrendPeriod period, DateOnly from, DateOnly to) => period.From <= to && from <= period.To;
}
