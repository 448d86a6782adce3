using System.Globalization;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Roster.Schools;

/// <summary>Year groups and phase of a listed school. Year 1 begins at five; a statutory age of 4 to 11 is Reception to Year 6.</summary>
internal static class SchoolAges
{
    public static IReadOnlyList<string> YearGroups(int? low, int? high)
    {
        if (low is not { } from || high is not { } to || to <= from)
        {
            return [];
        }

        return [.. Enumerable.Range(Math.Max(2, from), Math.Max(0, Math.Min(19, to) - Math.Max(2, from))).Select(YearOf)];
    }

    public static Phase PhaseOf(string phase, string type, IReadOnlyList<string> years) =>
        type.Contains("special", StringComparison.OrdinalIgnoreCase) || type.Contains("pupil referral", StringComparison.OrdinalIgnoreCase)
            || type.Contains("alternative provision", StringComparison.OrdinalIgnoreCase) ? Phase.Special
        : phase switch
        {
            "Primary" or "Nursery" or "Middle deemed primary" => Phase.Primary,
            "Secondary" or "Middle deemed secondary" or "16 plus" => Phase.Secondary,
            "All-through" => Phase.AllThrough,
            _ => ByYears(years),
        };

    // Independent schools carry 'Not applicable'.
    private static Phase ByYears(IReadOnlyList<string> years) =>
        years.Count == 0 ? Phase.AllThrough
        : Roster.YearGroups.Order(years[^1]) <= 6 ? Phase.Primary
        : Roster.YearGroups.Order(years[0]) >= 7 ? Phase.Secondary
        : Phase.AllThrough;

    private static string YearOf(int age) => age switch
    {
        2 => "N1",
        3 => "N2",
        4 => "R",
        _ => (age - 4).ToString(CultureInfo.InvariantCulture),
    };
}
