using System.Globalization;
using OnlineSafetyTrust.StaffConsole.Words;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Drawing;

/// <param name="Natures">In the order of the table's natures; null: suppressed.</param>
internal sealed record TrendRow(string Month, IReadOnlyList<long?> Natures, long? Total);

/// <summary>A school's trend, month by month.</summary>
internal static class TrendRows
{
    public static IReadOnlyList<TrendRow> Of(TrendTable table, TenantId school)
    {
        var cells = table.Cells.Where(c => c.School == school).ToDictionary(c => (c.Period.From, c.Nature ?? ""), c => c.Count);
        return [.. table.Periods.Select(p => new TrendRow(
            p.From.ToString("MMM yy", CultureInfo.InvariantCulture), [.. table.Natures.Select(n => cells.GetValueOrDefault((p.From, n)))], cells.GetValueOrDefault((p.From, ""))))];
    }

    // Not "fewer than 5": a number that would give a small one away is suppressed too, and may be larger or 0.
    public static string Say(long? count) => count?.ToString(CultureInfo.InvariantCulture) ?? "not shown";

    public static Sheet Sheet(TrendTable table, NatureTitles natures) => new(
        "incidents", "Incidents by month and nature", ["School", "Month", "Nature", "Incidents"],
        table.Cells.Select(c => (string?[])
        [
            table.Schools.First(s => s.Id == c.School).Name, c.Period.From.ToString("yyyy-MM", CultureInfo.InvariantCulture), c.Nature is null ? "All" : natures.Of(c.Nature), Say(c.Count),
        ]));
}
