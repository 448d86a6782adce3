using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage.Reading;
using OnlineSafetyTrust.Storage.Trends;

namespace OnlineSafetyTrust.Storage.Readers;

/// <summary>For whom an incident log is made.</summary>
public enum LogRecipient
{
    /// <summary>The local authority.</summary>
    LocalAuthority,

    /// <summary>The school's trust.</summary>
    Trust,

    /// <summary>The governors.</summary>
    Governors,
}

/// <param name="LeftOut">Academic years with some incidents, too few of them to be told.</param>
public sealed record IncidentLog(LogRecipient Recipient, DateOnly From, DateOnly To, IReadOnlyList<IncidentLogRow> Rows, IReadOnlyList<TrendPeriod> LeftOut);

/// <summary>Incidents that are alike, five at least. What is null differs among them or would say too much.</summary>
/// <param name="Period">A month; or the academic year, for what is left of it beside the months told.</param>
/// <param name="KeyStage">EYFS, KS1 to KS5, several, none.</param>
/// <param name="FourC">content, contact, conduct, commerce, several, none.</param>
public sealed record IncidentLogRow(TrendPeriod Period, string? Nature, string? KeyStage, string? FourC, bool? Closed, bool? Referred, long Count);

/// <summary>
/// Logs that leave the school (C9): counts of incidents that are alike, without day, year group, pupil, text or id. Made of counters, so that no
/// incident is opened. What stands in a row is decided in whole academic years (I2), and months and natures stand alone only where the trends
/// that governors see show them: other periods, or the trends beside the log, give away no more. Each making is in the read audit.
/// </summary>
public sealed class IncidentLogReader(CounterReader counters)
{
    /// <summary>In the read audit, before the school's UUID.</summary>
    public const string Record = "incident_log";

    /// <summary>Incidents in a row.</summary>
    public const int Fewest = Suppression.Smallest;

    private const string Counter = "incident-log";
    private const int MostYears = 5;
    private static readonly string[] Dimensions = ["nature", "keyStage", "fourC", "closed", "referred"];

    public static readonly DomainError RangeWrong =
        DomainError.Invalid("LOG_RANGE", "Ask for a range that ends after it begins and touches at most 5 academic years.", "from", "to");

    /// <summary>Null: not for this reader.</summary>
    public async Task<Result<IncidentLog>?> ReadAsync(Reader who, DateOnly from, DateOnly to, LogRecipient recipient, CancellationToken ct)
    {
        if (!Sight.LeavingLog(who))
        {
            return null;
        }

        var years = to < from ? [] : TrendPeriods.Of(from, to, TrendUnit.Year, null, MostYears);
        if (years.Count is 0 or > MostYears)
        {
            return (Result<IncidentLog>)RangeWrong;
        }

        var asked = TrendPeriods.Of(from, to, TrendUnit.Month, null, 12 * MostYears);
        var days = await counters.ByMonthAsync(who, [who.Tenant], Counter, years[0].From, years[^1].To, ct);
        var (rows, leftOut) = (new List<IncidentLogRow>(), new List<TrendPeriod>());
        foreach (var year in years)
        {
            CounterDay[] here = [.. days.Where(d => year.From <= d.Day && d.Day <= year.To)];
            var all = RowsOf(year, here, who.Tenant);
            rows.AddRange(all.Where(r => r.Period == year || asked.Contains(r.Period)));
            if (all.Count == 0 && here.Sum(d => d.Total) > 0)
            {
                leftOut.Add(year);
            }
        }

        who.Visit(who.Tenant, who.Roles, $"incident-log for {Kebab(recipient)}, {asked[0].From:yyyy-MM} to {asked[^1].To:yyyy-MM}").Saw($"{Record}/{who.Tenant.Value:D}");
        return new IncidentLog(recipient, asked[0].From, asked[^1].To, rows, leftOut);
    }

    private static List<IncidentLogRow> RowsOf(TrendPeriod year, IReadOnlyList<CounterDay> days, TenantId school)
    {
        var months = TrendPeriods.Of(year.From, year.To, TrendUnit.Month, null, 12);
        var natures = TrendReader.NaturesOf(days);
        var (_, hidden) = TrendReader.Guarded(days, [school], months, natures);
        var names = months.Select(m => m.From.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture)).ToList();
        var cells = days.GroupBy(d => (Month: TrendPeriods.Find(months, d.Day), d.Dimensions)).Select(g => new Coarsening.Cell(
            [names[g.Key.Month], .. Dimensions.Select(n => TrendReader.DimensionOf(g.Key.Dimensions, n))], g.Sum(d => d.Total)));

        return
        [
            .. Coarsening.Rows([.. cells], Shown).Select(r => new IncidentLogRow(
                r.Values[0] is { } month ? months[names.IndexOf(month)] : year, r.Values[1], r.Values[2], r.Values[3], Said(r.Values[4]), Said(r.Values[5]), r.Count)),
        ];

        bool Shown(IReadOnlyList<string?> named, string value) => named switch
        {
            [] => !hidden[0, names.IndexOf(value), natures.Length],
            [var month] => !hidden[0, month is null ? months.Count : names.IndexOf(month), Array.IndexOf(natures, value)],
            _ => true,
        };
    }

    private static bool? Said(string? value) => value is null ? null : value == "yes";

    private static string Kebab(LogRecipient recipient) => recipient == LogRecipient.LocalAuthority ? "local-authority" : recipient.ToString().ToLowerInvariant();
}
