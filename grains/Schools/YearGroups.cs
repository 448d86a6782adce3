using System.Globalization;

namespace OnlineSafetyTrust.Grains.Schools;

/// <summary>The year groups there are: N1 N2 R 1..14.</summary>
internal static class YearGroups
{
    private static readonly string[] All = ["N1", "N2", "R", .. Enumerable.Range(1, 14).Select(y => y.ToString(CultureInfo.InvariantCulture))];

    public static bool Contains(string yearGroup) => All.Contains(yearGroup);
}
