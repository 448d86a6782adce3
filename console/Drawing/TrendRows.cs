using System.Globalization;
using System.Text;
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

    public static string Csv(TrendTable table, NatureTitles natures)
    {
        var csv = new StringBuilder("School,Month,Nature,Incidents\r\n");
        foreach (var cell in table.Cells)
        {
            var school = table.Schools.First(s => s.Id == cell.School).Name;
            csv.Append(CultureInfo.InvariantCulture, $"{Cell(school)},{cell.Period.From:yyyy-MM},{Cell(cell.Nature is null ? "All" : natures.Of(cell.Nature))},{Say(cell.Count)}\r\n");
        }

        return csv.ToString();
    }

    // What begins like a formula is one in a spreadsheet.
    private static string Cell(string text) => $"\"{(text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
